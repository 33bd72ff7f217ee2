import Foundation
import TesseraMath
import TesseraSegmentation

/// How far the profiles of each wave (M2) are from those of all waves (M1), segment by segment and
/// question by question: twice the gain in expected log-likelihood of the segment's people.
struct ProfileShift {
  /// Segments × questions, segment after segment.
  private(set) var ratios: [Double]

  init(_ models: WaveModels, _ answers: WaveAnswers) {
    let pooled = models.sizesFree.model
    let (segments, items) = (pooled.classCount, answers.table.items.count)
    ratios = [Double](repeating: 0, count: segments * items)
    let weights = answers.weights
    for (wave, rows) in answers.rowsOfWaves.enumerated() {
      let own = models.free[wave]
      for item in 0..<items {
        let column = answers.table.items[item]
        var people = [Double](repeating: 0, count: segments)
        for (place, row) in rows.enumerated() where !column.isMissing(row) {
          for latent in 0..<segments {
            people[latent] += weights[row] * own.posterior[place, latent]
          }
        }
        for latent in 0..<segments {
          ratios[latent * items + item] +=
            2 * people[latent]
            * Self.gain(
              own.model.items[item].distribution, pooled.items[item].distribution, latent)
        }
      }
    }
  }

  /// Expected log-likelihood per person of answers by one distribution, under it less under another.
  private static func gain(
    _ own: ItemModel.Distribution, _ other: ItemModel.Distribution, _ latent: Int
  ) -> Double {
    switch (own, other) {
    case (.normal(let means, let variances), .normal(let base, let spread)):
      let distance = means[latent] - base[latent]
      return 0.5
        * (log(spread[latent] / variances[latent]) - 1
          + (variances[latent] + distance * distance) / spread[latent])
    case (.counts(let rates), .counts(let base)):
      return rates[latent] * log(max(rates[latent], 1e-12) / max(base[latent], 1e-12))
        - rates[latent] + base[latent]
    case (.zeroInflated(_, let rates), .zeroInflated):
      // Counts up to where nearly all of the chance is.
      let top = rates[latent]
      var (sum, factorial) = (0.0, 0.0)
      for count in 0...Int(top + 8 * top.squareRoot() + 8) {
        if count > 1 { factorial += log(Double(count)) }
        let one = own.logChances(count: Double(count))[latent]
        let two = other.logChances(count: Double(count))[latent]
        sum += exp(one - factorial) * (one - two)
      }
      return sum
    default:
      guard let one = Self.chances(own), let two = Self.chances(other) else { return 0 }
      return zip(one[latent], two[latent]).reduce(0) { sum, pair in
        sum + (pair.0 > 0 ? pair.0 * log(pair.0 / max(pair.1, 1e-12)) : 0)
      }
    }
  }

  private static func chances(_ distribution: ItemModel.Distribution) -> [[Double]]? {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _): rows
    case .normal, .counts, .zeroInflated: nil
    }
  }
}

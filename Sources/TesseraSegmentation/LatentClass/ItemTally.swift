import Foundation
import TesseraMath

/// How one item is answered by respondents whose memberships are known.
struct ItemTally {
  private let item: Item
  private let weights: [Double]

  init(_ item: Item, weights: [Double]) {
    self.item = item
    self.weights = weights
  }

  /// The item's model in each class: one step of maximisation, with the prior's imaginary answers.
  ///
  /// - Parameters:
  ///   - posterior: Respondents × classes.
  ///   - prior: What is believed beforehand.
  /// - Returns: A model to begin EM from.
  func model(_ posterior: Matrix, prior: LatentClassPrior) -> ItemModel {
    let classes = posterior.columns
    let pull = 1e-3
    if case .numbers(let numbers) = item.answers {
      let all = moments(numbers, nil, 0)
      let own = (0..<classes).map { moments(numbers, posterior, $0) }
      let distribution: ItemModel.Distribution =
        switch item.measurement {
        case .poisson:
          .counts(
            rates: own.map {
              max(1e-6, ($0.mass * $0.mean + pull * all.mean) / ($0.mass + pull))
            })
        case .zeroInflated:
          // Half of the zeros are for good.
          .zeroInflated(
            zeros: own.map { 0.5 * min(0.9, exp(-$0.mean)) },
            rates: own.map {
              let mean = ($0.mass * $0.mean + pull * all.mean) / ($0.mass + pull)
              return max(1e-6, mean / (1 - 0.5 * min(0.9, exp(-$0.mean))))
            })
        default:
          .normal(
            means: own.map { $0.mass > 0 ? $0.mean : all.mean },
            variances: pooled(
              own.map {
                max(
                  ($0.squares + pull * all.squares / max(all.mass, 1e-12)) / ($0.mass + pull),
                  0.01 * all.squares / max(all.mass, 1e-12))
              }, own.map(\.mass)))
        }
      return ItemModel(
        name: item.name, measurement: item.measurement, distribution: distribution)
    }
    let categories = item.measurement.categories
    let all = counts(nil, 0, categories)
    let total = max(all.reduce(0, +), 1e-12)
    let rows = (0..<classes).map { latent -> [Double] in
      let raw = zip(counts(posterior, latent, categories), all).map { $0 + $1 / total }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    if case .ordinal(_, .adjacentCategory(let given)) = item.measurement, categories > 1 {
      return adjacent(rows, scores: given.isEmpty ? (1...categories).map(Double.init) : given)
    }
    return ItemModel(
      name: item.name, measurement: item.measurement, distribution: .categories(rows))
  }

  private func pooled(_ variances: [Double], _ masses: [Double]) -> [Double] {
    guard case .gaussian(.equal) = item.measurement else { return variances }
    let total = max(masses.reduce(0, +), 1e-12)
    let mean = zip(variances, masses).reduce(0) { $0 + $1.0 * $1.1 } / total
    return [Double](repeating: mean, count: variances.count)
  }

  /// Slopes from the distance of mean scores; the run does the rest.
  private func adjacent(_ rows: [[Double]], scores: [Double]) -> ItemModel {
    let reference = rows[0]
    let means = rows.map { row in zip(row, scores).reduce(0) { $0 + $1.0 * $1.1 } }
    let spread = zip(reference, scores).reduce(0.0) {
      $0 + $1.0 * ($1.1 - means[0]) * ($1.1 - means[0])
    }
    let slopes = means.map { ($0 - means[0]) / max(spread, 0.05) }
    let intercepts = reference.map { log(max($0, 1e-9)) - log(max(reference[0], 1e-9)) }
    let probabilities = slopes.map { slope -> [Double] in
      let logs = zip(intercepts, scores).map { $0 + slope * $1 }
      let top = logs.max() ?? 0
      let raw = logs.map { exp($0 - top) }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    return ItemModel(
      name: item.name, measurement: item.measurement,
      distribution: .adjacentCategories(
        probabilities: probabilities, intercepts: intercepts, slopes: slopes, scores: scores))
  }

  /// Weighted counts of the categories in a class, or of everybody.
  func counts(_ posterior: Matrix?, _ latent: Int, _ categories: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: categories)
    for row in weights.indices {
      let code = item.code(row)
      guard code > 0 else { continue }
      counts[code - 1] += weights[row] * (posterior?[row, latent] ?? 1)
    }
    return counts
  }

  /// Weight, mean and sum of squares in a class, or of everybody.
  func moments(
    _ numbers: [Double], _ posterior: Matrix?, _ latent: Int
  ) -> (mass: Double, mean: Double, squares: Double) {
    var mass = 0.0
    var sum = 0.0
    for row in numbers.indices where !numbers[row].isNaN {
      let weight = weights[row] * (posterior?[row, latent] ?? 1)
      mass += weight
      sum += weight * numbers[row]
    }
    let mean = mass > 0 ? sum / mass : 0
    var squares = 0.0
    for row in numbers.indices where !numbers[row].isNaN {
      let gap = numbers[row] - mean
      squares += weights[row] * (posterior?[row, latent] ?? 1) * gap * gap
    }
    return (mass, mean, squares)
  }
}

/// What a division says of an item, by likelihoods integrated over their parameters.
///
/// Exact: nothing is estimated. Chances have Jeffreys' prior; a rate a gamma of shape 1 at the
/// overall mean; a mean and a variance the normal-inverse-gamma of one imaginary respondent for the
/// variance and a hundredth of one for the mean, at the overall mean and variance.
///
/// - Reference: Marbac & Sedki (2017), *Statistics and Computing* 27, 1049-1063,
///   doi:10.1007/s11222-016-9670-1; Biernacki, Celeux & Govaert (2010), *CSDA* 54(12), 2991-3002.
public enum IntegratedEvidence {
  /// Log of the Bayes factor of an item that differs between segments against one that does not.
  ///
  /// - Parameters:
  ///   - item: The item with everybody's answers.
  ///   - labels: A segment for each respondent, from 0.
  ///   - segments: Number of segments.
  ///   - weights: Effective weight of each respondent.
  /// - Returns: Nats; above 0 the segments differ in it.
  /// - Complexity: O(respondents · segments).
  public static func gain(
    of item: Item, labels: [Int], segments: Int, weights: [Double]
  ) -> Double {
    let tally = ItemTally(item, weights: weights)
    var memberships = Matrix(rows: labels.count, columns: segments)
    for (row, label) in labels.enumerated() { memberships[row, label] = 1 }
    if case .numbers(let numbers) = item.answers {
      let all = tally.moments(numbers, nil, 0)
      guard all.mass > 0, all.squares > 0 else { return 0 }
      let own = (0..<segments).map { tally.moments(numbers, memberships, $0) }
      if item.measurement.isCount {
        let rate = 1 / max(all.mean, 1e-12)
        func evidence(_ part: (mass: Double, mean: Double, squares: Double)) -> Double {
          let sum = part.mass * part.mean
          return log(rate) + lgamma(1 + sum) - (1 + sum) * log(rate + part.mass)
        }
        return own.reduce(0) { $0 + evidence($1) } - evidence(all)
      }
      let variance = all.squares / all.mass
      func evidence(_ part: (mass: Double, mean: Double, squares: Double)) -> Double {
        guard part.mass > 0 else { return 0 }
        let shape = 0.5
        let scale = 0.5 * variance
        let strength = 0.01
        let gap = part.mean - all.mean
        let after =
          scale + 0.5 * part.squares
          + 0.5 * strength * part.mass / (strength + part.mass) * gap * gap
        return lgamma(shape + part.mass / 2) - lgamma(shape) + shape * log(scale)
          - (shape + part.mass / 2) * log(after) + 0.5 * log(strength / (strength + part.mass))
          - part.mass / 2 * log(2 * Double.pi)
      }
      return own.reduce(0) { $0 + evidence($1) } - evidence(all)
    }
    let categories = item.measurement.categories
    func evidence(_ counts: [Double]) -> Double {
      let total = counts.reduce(0, +)
      let width = Double(counts.count)
      return lgamma(width / 2) - width * lgamma(0.5)
        + counts.reduce(0) { $0 + lgamma($1 + 0.5) } - lgamma(total + width / 2)
    }
    let all = tally.counts(nil, 0, categories)
    return (0..<segments).reduce(-evidence(all)) {
      $0 + evidence(tally.counts(memberships, $1, categories))
    }
  }
}

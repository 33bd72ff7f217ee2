import TesseraMath
import TesseraSegmentation

/// What is typical of each segment, as a model of answers.
///
/// Methods that draw borders between respondents say nothing of a new one who answers a part of
/// the questions. The shares and means of the segments they found do, by Bayes' rule; and they hold
/// no respondent's own answers, as medoids would.
enum AnswerModel {
  /// The model of segments that exist: what a latent class model would estimate were the
  /// memberships known, with one imaginary respondent an item spread over the segments.
  ///
  /// - Parameters:
  ///   - study: The indicators and their answers.
  ///   - posterior: Respondents × segments.
  ///   - weights: Design weight of each respondent.
  ///   - shares: Share of each segment.
  /// - Returns: A latent class model over the study's indicators.
  static func of(
    _ study: EncodedStudy, _ posterior: Matrix, weights: [Double], shares: [Double]
  ) -> LatentClassModel {
    let segments = posterior.columns
    let pull = 1 / Double(segments)
    let everybody = Matrix(rows: posterior.rows, columns: 1, repeating: 1)
    let items = zip(study.indicators, study.table.items).map { indicator, item -> ItemModel in
      let total = Tally(item, everybody, 0, weights)
      let own = (0..<segments).map { Tally(item, posterior, $0, weights) }
      let distribution: ItemModel.Distribution
      switch item.measurement {
      case .gaussian:
        let overall = max(total.squares / max(total.mass, 1e-12), 1e-12)
        distribution = .normal(
          means: own.map { $0.mass > 0 ? $0.mean : total.mean },
          variances: own.map {
            max(($0.squares + pull * overall) / ($0.mass + pull), 0.0025 * overall)
          })
      case .poisson, .zeroInflated:
        distribution = .counts(
          rates: own.map { ($0.mean * $0.mass + pull * total.mean) / ($0.mass + pull) })
      case .nominal, .ordinal, .binary:
        let margins = total.counts.map { $0 / max(total.mass, 1e-12) }
        distribution = .categories(
          own.map { tally in
            let raw = zip(tally.counts, margins).map { $0 + pull * $1 }
            let sum = raw.reduce(0, +)
            return raw.map { $0 / sum }
          })
      }
      return ItemModel(
        name: item.name,
        measurement: StudyEncoder.measurement(indicator, isOrdered: false),
        distribution: distribution)
    }
    return LatentClassModel(prevalence: shares, items: items)
  }

  /// Weighted sums of an item's answers in a segment.
  private struct Tally {
    var mass = 0.0
    var mean = 0.0
    var squares = 0.0
    var counts: [Double]

    init(_ item: Item, _ posterior: Matrix, _ segment: Int, _ weights: [Double]) {
      counts = [Double](repeating: 0, count: item.measurement.categories)
      guard case .numbers(let numbers) = item.answers else {
        for row in 0..<posterior.rows {
          let code = item.code(row)
          guard code > 0 else { continue }
          counts[code - 1] += weights[row] * posterior[row, segment]
          mass += weights[row] * posterior[row, segment]
        }
        return
      }
      var sum = 0.0
      for row in numbers.indices where !numbers[row].isNaN {
        mass += weights[row] * posterior[row, segment]
        sum += weights[row] * posterior[row, segment] * numbers[row]
      }
      mean = mass > 0 ? sum / mass : 0
      for row in numbers.indices where !numbers[row].isNaN {
        squares +=
          weights[row] * posterior[row, segment] * (numbers[row] - mean) * (numbers[row] - mean)
      }
    }
  }
}

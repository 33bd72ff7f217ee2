import TesseraMath
import TesseraSegmentation

extension EncodedStudy {
  /// The indicators with what each segment answers, counted from memberships.
  ///
  /// For methods without a model of answers: weighted shares, mean and variance, or mean count.
  ///
  /// - Parameters:
  ///   - posterior: Respondents × segments.
  ///   - weights: Design weight of each respondent.
  /// - Returns: An indicator each; shares of a segment in which nobody answered are everybody's.
  func tallied(_ posterior: Matrix, weights: [Double]) -> [IndicatorResult] {
    zip(indicators, table.items).map { indicator, item in
      let categories = item.measurement.categories
      let everybody = Matrix(rows: posterior.rows, columns: 1, repeating: 1)
      let fallback = Self.tally(item, categories, everybody, 0, weights)
      return IndicatorResult(
        indicator,
        bySegment: (0..<posterior.columns).map { segment in
          Self.tally(item, categories, posterior, segment, weights) ?? fallback ?? []
        })
    }
  }

  /// Shares of the segments and what each answers, counted from memberships.
  func estimates(_ posterior: Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  ) {
    let total = weights.reduce(0, +)
    let masses = posterior.transposedMultiplied(by: weights)
    return (masses.map { $0 / total }, tallied(posterior, weights: weights).map(\.bySegment))
  }

  private static func tally(
    _ item: Item, _ categories: Int, _ posterior: Matrix, _ segment: Int, _ weights: [Double]
  ) -> [Double]? {
    var mass = 0.0
    if case .numbers(let numbers) = item.answers {
      var sum = 0.0
      for row in numbers.indices where !numbers[row].isNaN {
        mass += weights[row] * posterior[row, segment]
        sum += weights[row] * posterior[row, segment] * numbers[row]
      }
      guard mass > 0 else { return nil }
      let mean = sum / mass
      if item.measurement.isCount { return [mean] }
      var squares = 0.0
      for row in numbers.indices where !numbers[row].isNaN {
        let gap = numbers[row] - mean
        squares += weights[row] * posterior[row, segment] * gap * gap
      }
      return [mean, squares / mass]
    }
    var shares = [Double](repeating: 0, count: categories)
    for row in 0..<posterior.rows {
      let code = item.code(row)
      guard code > 0 else { continue }
      shares[code - 1] += weights[row] * posterior[row, segment]
      mass += weights[row] * posterior[row, segment]
    }
    return mass > 0 ? shares.map { $0 / mass } : nil
  }

  /// The columns and sets that the indicators stand for, in order.
  var activeNames: [String] {
    var names: [String] = []
    for indicator in indicators {
      let name = indicator.set ?? indicator.name
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

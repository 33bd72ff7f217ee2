public import TesseraMath

/// How many people would choose each product, if each chose by fit.
///
/// Shares are of the people who accept at least one product; the rest choose none. They tell
/// preference among these products at equal exposure, not sales.
public enum PreferenceShares {
  /// Shares when everybody takes the best fit, ties shared.
  ///
  /// - Parameters:
  ///   - fit: Products × respondents, 0 to 100; a fit of 0 is never chosen.
  ///   - weights: One for each respondent, 0 or more.
  /// - Returns: One share for each product, and the share who choose none; together they sum to 1.
  public static func first(
    fit: Matrix, weights: [Double]
  ) -> (products: [Double], none: Double) {
    summed(firstChances(fit), weights)
  }

  /// Shares of preference: the chance of a product is exp(φ/scale) over their sum.
  ///
  /// That is the logit, the exact mean over infinitely many draws of extreme-value noise on every fit;
  /// look-alikes take from all others alike, which randomised first choice mends. Products a respondent would refuse stay
  /// refused.
  ///
  /// - Parameters:
  ///   - fit: Products × respondents, 0 to 100.
  ///   - weights: One for each respondent.
  ///   - scale: Points of noise, above 0.
  /// - Returns: As ``first(fit:weights:)``.
  public static func preference(
    fit: Matrix, weights: [Double], scale: Double = 10
  ) -> (products: [Double], none: Double) {
    summed(preferenceChances(fit, scale: scale), weights)
  }

  /// What each person would take: the best fit, ties shared.
  ///
  /// - Parameter fit: Products × respondents, 0 to 100; a fit of 0 is never chosen.
  /// - Returns: Products and none × respondents; columns sum to 1.
  public static func firstChances(_ fit: Matrix) -> Matrix {
    chances(fit) { column, chosen in
      let best = column.reduce(0) { max($0, $1) }
      guard best > 0 else { return }
      var winners = 0.0
      for value in column where value >= best - 1e-9 { winners += 1 }
      for product in column.indices where column[product] >= best - 1e-9 {
        chosen[product] = 1 / winners
      }
    }
  }

  /// What each person would take with noise on every fit.
  ///
  /// - Parameters:
  ///   - fit: Products × respondents, 0 to 100.
  ///   - scale: Points of noise, above 0.
  /// - Returns: As ``firstChances(_:)``.
  public static func preferenceChances(_ fit: Matrix, scale: Double = 10) -> Matrix {
    precondition(scale > 0, "noise has a scale above 0")
    return chances(fit) { column, chosen in
      let best = column.reduce(0) { max($0, $1) }
      guard best > 0 else { return }
      var sum = 0.0
      for product in column.indices where column[product] > 0 {
        chosen[product] = ((column[product] - best) / scale).exponential
        sum += chosen[product]
      }
      for product in column.indices { chosen[product] /= sum }
    }
  }

  private static func chances(
    _ fit: Matrix, _ choose: ([Double], inout [Double]) -> Void
  ) -> Matrix {
    var result = Matrix(rows: fit.rows + 1, columns: fit.columns)
    var column = [Double](repeating: 0, count: fit.rows)
    var chosen = column
    for respondent in 0..<fit.columns {
      for product in 0..<fit.rows {
        column[product] = fit[product, respondent]
        chosen[product] = 0
      }
      choose(column, &chosen)
      var taken = 0.0
      for product in 0..<fit.rows {
        result[product, respondent] = chosen[product]
        taken += chosen[product]
      }
      result[fit.rows, respondent] = taken > 0 ? 0 : 1
    }
    return result
  }

  private static func summed(
    _ chances: Matrix, _ weights: [Double]
  ) -> (products: [Double], none: Double) {
    precondition(
      weights.count == chances.columns, "\(weights.count) weights, \(chances.columns) people")
    let total = weights.reduce(0, +)
    let sums = chances.multiplied(by: weights).map { total > 0 ? $0 / total : .nan }
    return (Array(sums.dropLast()), sums.last ?? .nan)
  }
}

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
    shares(fit, weights) { column, chosen in
      let best = column.reduce(0) { max($0, $1) }
      guard best > 0 else { return }
      let winners = column.indices.filter { column[$0] >= best - 1e-9 }
      for winner in winners { chosen[winner] = 1 / Double(winners.count) }
    }
  }

  /// Shares when everybody's fits are blurred before the best is taken.
  ///
  /// With extreme-value noise of a given scale the chance of a product is exp(φ/scale) over their
  /// sum: the exact mean over infinitely many draws. Products a respondent would refuse stay
  /// refused.
  ///
  /// - Parameters:
  ///   - fit: Products × respondents, 0 to 100.
  ///   - weights: One for each respondent.
  ///   - scale: Points of noise, above 0.
  /// - Returns: As ``first(fit:weights:)``.
  /// - Reference: Orme & Baker (2000), Sawtooth Software Conference (randomised first choice).
  public static func randomised(
    fit: Matrix, weights: [Double], scale: Double = 10
  ) -> (products: [Double], none: Double) {
    precondition(scale > 0, "noise has a scale above 0")
    return shares(fit, weights) { column, chosen in
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

  private static func shares(
    _ fit: Matrix, _ weights: [Double], _ choose: ([Double], inout [Double]) -> Void
  ) -> (products: [Double], none: Double) {
    precondition(weights.count == fit.columns, "\(weights.count) weights, \(fit.columns) people")
    var sums = [Double](repeating: 0, count: fit.rows)
    var column = sums
    var chosen = sums
    var (total, none) = (0.0, 0.0)
    for respondent in 0..<fit.columns where weights[respondent] > 0 {
      for product in 0..<fit.rows {
        column[product] = fit[product, respondent]
        chosen[product] = 0
      }
      choose(column, &chosen)
      var taken = 0.0
      for product in 0..<fit.rows {
        sums[product] += weights[respondent] * chosen[product]
        taken += chosen[product]
      }
      none += weights[respondent] * (1 - min(1, taken))
      total += weights[respondent]
    }
    guard total > 0 else { return (sums.map { _ in .nan }, .nan) }
    return (sums.map { $0 / total }, none / total)
  }
}

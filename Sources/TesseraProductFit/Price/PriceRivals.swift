import TesseraMath

/// The products against which one product is chosen, summed up for each respondent.
///
/// The chances are those of ``PreferenceShares`` with the one product beside the others, without
/// looking at every other product again for each of its prices.
struct PriceRivals: Sendable {
  private let scale: Double
  /// Σ exp(φ/s) over rivals that a respondent accepts.
  private let sums: [Double]
  /// The best rival's fit.
  private let best: [Double]
  /// Rivals that fit as well as the best.
  private let ties: [Double]

  /// Sums up rivals.
  ///
  /// - Parameters:
  ///   - fit: Products × respondents, 0 to 100.
  ///   - rivals: Which of the products.
  ///   - scale: Points of noise.
  init(_ fit: Matrix, _ rivals: [Int], scale: Double) {
    self.scale = scale
    var (sums, best, ties) = (
      [Double](repeating: 0, count: fit.columns), [Double](repeating: 0, count: fit.columns),
      [Double](repeating: 0, count: fit.columns)
    )
    for person in 0..<fit.columns {
      for rival in rivals where fit[rival, person] > 0 {
        sums[person] += (fit[rival, person] / scale).exponential
        best[person] = max(best[person], fit[rival, person])
      }
      for rival in rivals where fit[rival, person] > 0 {
        if fit[rival, person] >= best[person] - 1e-9 { ties[person] += 1 }
      }
    }
    (self.sums, self.best, self.ties) = (sums, best, ties)
  }

  /// Each respondent's share of preference of a product with some fit.
  func preference(_ fit: ArraySlice<Double>) -> [Double] {
    zip(fit, sums).map { fit, sum in
      guard fit > 0 else { return 0 }
      let own = (fit / scale).exponential
      return own / (own + sum)
    }
  }

  /// Each respondent's chance to take a product with some fit as the best, ties shared.
  func first(_ fit: ArraySlice<Double>) -> [Double] {
    zip(fit, best.indices).map { fit, person in
      guard fit > 0, fit >= best[person] - 1e-9 else { return 0 }
      return fit > best[person] + 1e-9 ? 1 : 1 / (1 + ties[person])
    }
  }
}

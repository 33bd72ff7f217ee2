package import TesseraMath

/// Whether several estimates are all 0, by their covariance by design.
///
/// - Reference: Korn & Graubard (1990), *The American Statistician* 44(4), 270-276: F with (d - q + 1)/d
///   times the mean Wald statistic on q and d - q + 1 degrees of freedom.
package struct WaldTest: Sendable, Equatable {
  /// F.
  package let statistic: Double
  /// Chance of an F as large if all are 0.
  package let pValue: Double

  /// Tests; gives `nil` where the covariance has no inverse or too few units were drawn.
  ///
  /// - Parameters:
  ///   - values: The estimates.
  ///   - covariance: Their covariance.
  ///   - degreesOfFreedom: Units drawn less strata.
  package init?(_ values: [Double], covariance: Matrix, degreesOfFreedom: Double) {
    let count = Double(values.count)
    let rest = degreesOfFreedom - count + 1
    guard !values.isEmpty, rest > 0, values.allSatisfy(\.isFinite),
      (0..<covariance.rows).allSatisfy({ covariance[$0, $0] > 1e-18 }),
      let root = try? Cholesky(covariance)
    else { return nil }
    let wald = zip(values, root.solve(values)).reduce(0) { $0 + $1.0 * $1.1 }
    statistic = max(0, wald) / count * rest / degreesOfFreedom
    pValue = FisherDistribution(numerator: count, denominator: rest).survival(statistic)
  }
}

import TesseraMath

/// What replicates say of one number.
package struct BootstrapSummary: Sendable, Equatable {
  /// Standard deviation over the replicates.
  package let se: Double
  /// 2.5% point, or its bias-corrected place.
  package let low: Double
  /// 97.5% point, or its bias-corrected place.
  package let high: Double
  /// Mean over the replicates less the estimate.
  package let bias: Double
  /// Whether the interval was corrected for bias.
  package let isCorrected: Bool

  /// Sums up replicates; those that are not numbers (an empty segment) are left out.
  ///
  /// There is none with fewer than 20 replicates: too few for an interval.
  ///
  /// - Parameters:
  ///   - estimate: The number itself.
  ///   - values: The replicates.
  /// - Reference: Efron (1981), *Canadian Journal of Statistics* 9(2), 139–158 (bias correction).
  package init?(estimate: Double, values: [Double]) {
    let values = values.filter(\.isFinite).sorted()
    guard estimate.isFinite, values.count >= 20,
      let mean = Descriptive.mean(values), let deviation = Descriptive.standardDeviation(values)
    else { return nil }
    let floor = 1e-11 * (1 + abs(estimate))
    se = deviation < floor ? 0 : deviation
    bias = mean - estimate
    var shares = [0.025, 0.975]
    isCorrected = se > 0 && abs(bias) > 0.25 * se
    if isCorrected {
      // Where the estimate stands among the replicates, ties halved, kept off the ends.
      let below = Double(values.count { $0 < estimate - floor })
      let upTo = Double(values.count { $0 <= estimate + floor })
      let count = Double(values.count)
      let share = min(max((below + upTo) / 2 / count, 0.5 / count), 1 - 0.5 / count)
      let normal = NormalDistribution.standard
      let place = normal.quantile(share)
      shares = shares.map { normal.cumulative(2 * place + normal.quantile($0)) }
    }
    let ends = Descriptive.quantiles(shares, of: values) ?? [estimate, estimate]
    low = ends[0]
    high = ends[1]
  }
}

import Foundation
import TesseraMath
import TesseraSurvey

/// The weighted share of a segment, with an interval by design.
struct ShareInterval {
  /// The ends of the 95% interval; absent without variation.
  ///
  /// Symmetric on the scale of log-odds, so that it stays within 0 and 1. Membership is taken as
  /// known: the error of the model itself is not in it.
  static func of(
    membership: [Double], weights: [Double], units: SamplingUnits
  ) -> SegmentErrors.Interval? {
    var mass = 0.0
    var sum = 0.0
    for row in weights.indices {
      mass += weights[row]
      sum += weights[row] * membership[row]
    }
    guard mass > 0, units.degreesOfFreedom > 0 else { return nil }
    let share = sum / mass
    guard share > 1e-9, share < 1 - 1e-9 else { return nil }
    let scores = weights.indices.map { row in
      units.heads[row] > 0
        ? weights[row] / units.heads[row] * (membership[row] - share) / mass : 0
    }
    let error = units.variance(scores).squareRoot()
    guard error > 0 else { return nil }
    let t = StudentDistribution(degreesOfFreedom: units.degreesOfFreedom).upperQuantile(0.025)
    let centre = log(share / (1 - share))
    let reach = t * error / (share * (1 - share))
    return SegmentErrors.Interval(
      standardError: error, low: 1 / (1 + exp(reach - centre)), high: 1 / (1 + exp(-reach - centre))
    )
  }
}

extension SegmentErrors {
  /// Shares by design, with memberships taken as known; nothing of answers.
  static func byDesign(
    _ posterior: Matrix, design: SurveyDesign, indicators: [IndicatorResult]
  ) -> SegmentErrors {
    let units = SamplingUnits(design)
    return SegmentErrors(
      method: .design,
      shares: (0..<posterior.columns).map {
        ShareInterval.of(
          membership: posterior.column($0), weights: design.weights, units: units)
      }, answers: indicators.map { $0.bySegment.map { $0.map { _ in nil } } })
  }
}

internal import Foundation

/// A scale on which an interval is symmetric, so that it stays where its value can be.
package enum IntervalScale: Sendable {
  /// Log-odds, for shares strictly between 0 and 1.
  case logit
  /// Logarithms, for rates above 0.
  case logarithm
  /// The value's own.
  case plain

  /// The ends of an interval.
  ///
  /// - Parameters:
  ///   - value: The estimate.
  ///   - reach: How far the interval goes to either side near the estimate.
  /// - Returns: Its lower and upper end.
  package func ends(_ value: Double, reach: Double) -> (low: Double, high: Double) {
    switch self {
    case .logit:
      let centre = log(value / (1 - value))
      let reach = reach / (value * (1 - value))
      return (1 / (1 + exp(reach - centre)), 1 / (1 + exp(-reach - centre)))
    case .logarithm:
      let factor = exp(reach / value)
      return (value / factor, value * factor)
    case .plain: return (value - reach, value + reach)
    }
  }
}

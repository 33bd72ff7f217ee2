import TesseraStudy

/// A number with its 95% interval.
public struct IntervalEstimate: Sendable, Equatable {
  /// The number.
  public var value: Double
  /// Low end; `nil` where there is no interval to be had.
  public var low: Double?
  /// High end.
  public var high: Double?

  /// Makes an estimate.
  public init(_ value: Double, low: Double? = nil, high: Double? = nil) {
    (self.value, self.low, self.high) = (value, low, high)
  }

  /// The same times a number of 0 or more.
  func times(_ factor: Double) -> IntervalEstimate {
    let ends = [low, high].map { $0.map { $0 * factor } }
    return IntervalEstimate(
      value * factor, low: factor < 0 ? ends[1] : ends[0], high: factor < 0 ? ends[0] : ends[1])
  }

  /// The same with ends at least as far apart as others.
  func widened(to low: Double?, _ high: Double?) -> IntervalEstimate {
    IntervalEstimate(
      value, low: [self.low, low, value].compactMap(\.self).min(),
      high: [self.high, high, value].compactMap(\.self).max())
  }

  var json: JSONValue { ["value": value, "low": low, "high": high] }
}

/// One product against another in one segment.
public struct Contrast: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// The other product's name.
  public var versus: String
  /// Fit of the first less fit of the second; `nil` if suppressed.
  public var difference: Double?
  /// Standard error with the segmentation's own error in it.
  public var se: Double?
  /// Standard error with the segments held fixed.
  public var seLinearised: Double?
  /// Low end of the 95% interval.
  public var low: Double?
  /// High end of the 95% interval.
  public var high: Double?
  /// Least difference that unknown levels and incomes allow; `nil` where nothing is unknown.
  public var differenceMin: Double?
  /// Greatest difference that they allow.
  public var differenceMax: Double?
  /// Share of resamples in which the first is ahead; Φ(z) with given segments.
  public var confidence: Double?
  /// Weighted share of people for whom the first is ahead.
  public var superiority: Double?

  /// Whether the first fits clearly worse: the interval lies below 0, whatever the unknown is.
  public var isClearlyBehind: Bool {
    guard let high, let difference else { return false }
    return high + max(0, (differenceMax ?? difference) - difference) < -1e-9
  }
}

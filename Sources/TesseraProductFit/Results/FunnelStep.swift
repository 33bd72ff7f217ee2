/// One step on the way to buying, in one segment.
public struct FunnelStep: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product; empty if the funnel was not asked by product.
  public var product: String
  /// The column.
  public var step: String
  /// What a reader sees.
  public var label: String
  /// Weighted share of the segment that got here; `nil` if suppressed.
  public var share: Double?
  /// Low end of its 95% interval (Wilson).
  public var low: Double?
  /// High end of its 95% interval.
  public var high: Double?
  /// Share of those at the step before who got here; `nil` at the first step.
  public var conversion: Double?
  /// Low end of its 95% interval (Wilson).
  public var conversionLow: Double?
  /// High end of its 95% interval.
  public var conversionHigh: Double?
}

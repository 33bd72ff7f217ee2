public import TesseraStudy

/// A change to a product and what it would bring.
public struct Improvement: Sendable, Equatable {
  /// The edit's name; empty for a change asked for on the spot.
  public var name: String
  /// The product's name.
  public var product: String
  /// The features and their new levels.
  public var set: [FeatureSetting]
  /// What it costs; `nil` if not said.
  public var cost: Double?
  /// Gain in fit over the population: segments by their shares.
  public var gain: Double
  /// Standard error of the gain: with the segmentation's own error where it was resampled.
  public var se: Double
  /// Standard error from paired differences of respondents, segments held fixed.
  public var seLinearised: Double
  /// Low end of the 95% interval.
  public var low: Double
  /// High end of the 95% interval.
  public var high: Double
  /// Least gain that unknown levels and incomes allow, the same before and after; `nil` if all is known.
  public var gainMin: Double?
  /// Greatest gain that they allow.
  public var gainMax: Double?
  /// Whether ``gainMin`` and ``gainMax`` are outer bounds.
  public var boundsAreOuter = false
  /// Whether it may be the change that gains most of those it stands among, by their errors.
  public var mayBeFirst = true
  /// The gain in each segment.
  public var bySegment: [SegmentGain]

  /// What a change would bring in one segment.
  public struct SegmentGain: Sendable, Equatable {
    /// The segment's id.
    public var segment: String
    /// The fit after the change; `nil` if suppressed.
    public var fit: Double?
    /// Lowest fit after the change that unknown levels and incomes allow; `nil` if all is known.
    public var fitMin: Double?
    /// Highest fit that they allow.
    public var fitMax: Double?
    /// Gain in fit; `nil` if suppressed.
    public var gain: Double?
    /// Its standard error.
    public var se: Double?
    /// Low end of the 95% interval.
    public var low: Double?
    /// High end of the 95% interval.
    public var high: Double?
    /// Least gain that unknown levels and incomes allow; `nil` if all is known.
    public var gainMin: Double?
    /// Greatest gain that they allow.
    public var gainMax: Double?
  }

  /// Makes an improvement.
  public init(
    name: String, product: String, set: [FeatureSetting], cost: Double?, gain: Double,
    se: Double, seLinearised: Double? = nil, low: Double, high: Double,
    bySegment: [SegmentGain]
  ) {
    self.name = name
    self.product = product
    self.set = set
    self.cost = cost
    self.gain = gain
    self.se = se
    self.seLinearised = seLinearised ?? se
    self.low = low
    self.high = high
    self.bySegment = bySegment
  }
}

extension Improvement {
  /// What unknown levels and incomes leave open of the gain; `nil` where its interval is as wide.
  public var unknownRange: (low: Double, high: Double)? {
    wider(gainMin, gainMax, than: (low, high))
  }

  /// The least gain that its interval and what is unknown allow.
  public var least: Double { min(low, gainMin ?? low) }
}

extension Improvement.SegmentGain {
  /// What unknown levels and incomes leave open of the gain; `nil` where its interval is as wide.
  public var unknownRange: (low: Double, high: Double)? {
    wider(gainMin, gainMax, than: (low ?? -.infinity, high ?? .infinity))
  }
}

/// A range, where it is wider than an interval.
func wider(
  _ least: Double?, _ most: Double?, than interval: (low: Double, high: Double)
) -> (low: Double, high: Double)? {
  guard let least, let most, most - least > 1e-9,
    most - least > interval.high - interval.low - 1e-9
  else { return nil }
  return (least, most)
}

/// How one product fits one segment, and where the rest of the 100 points went.
public struct FitCell: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// Weighted mean of the respondents' fit; `nil` if suppressed.
  public var fit: Double?
  /// Lowest fit that the unknown features and incomes allow; `nil` if nothing is unknown.
  public var fitMin: Double?
  /// Highest fit that the unknown features and incomes allow.
  public var fitMax: Double?
  /// Whether ``fitMin`` and ``fitMax`` are outer bounds, which the fit may be far from reaching.
  public var boundsAreOuter = false
  /// Fit under the study's `rho`, a sensitivity; `nil` if rho is 1.
  public var fitRho: Double?
  /// Standard error with the segmentation's own error in it (bootstrap).
  public var se: Double?
  /// Standard error with the segments held fixed (linearisation).
  public var seLinearised: Double?
  /// Low end of the 95% interval.
  public var low: Double?
  /// High end of the 95% interval.
  public var high: Double?
  /// Share that would accept the product.
  public var acceptance: Double?
  /// Fit among those who would accept; `nil` where nobody would.
  public var quality: Double?
  /// Where the points went; `nil` if suppressed.
  public var ledger: Ledger?
  /// Share of resamples in which the product ranks first in the segment.
  public var firstProbability: Double?
  /// Between which shares ``firstProbability`` lies, where unknown levels decide it and it is `nil`.
  public var firstLow: Double?
  /// The upper end of that.
  public var firstHigh: Double?
  /// Respondents of the segment (unweighted, by highest posterior).
  public var base: Double

  /// The range that unknown features and incomes leave, where it is wider than the interval.
  public var unknownRange: (low: Double, high: Double)? {
    wider(fitMin, fitMax, than: (low ?? -.infinity, high ?? .infinity))
  }

  /// Between which shares the product ranks first, where unknown levels decide it.
  public var firstRange: (low: Double, high: Double)? {
    guard let firstLow, let firstHigh else { return nil }
    return (firstLow, firstHigh)
  }
}

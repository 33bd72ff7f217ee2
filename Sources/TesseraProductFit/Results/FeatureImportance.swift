public import TesseraStudy

/// A column of the House of Quality: how much a feature matters to a segment.
public struct FeatureImportance: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The feature's name.
  public var feature: String
  /// Σ importance × |relation|, importance being the needs' mean weights × 100; `nil` if
  /// suppressed.
  public var importance: Double?
  /// Standard error of ``importance``, by the design, the segments held fixed.
  public var importanceSE: Double?
  /// The same as a share of all features.
  public var share: Double?
  /// With each need's relations divided by their sum.
  public var normalised: Double?
  /// Rank by ``importance``, from 1.
  public var rank: Int?
  /// Rank by ``normalised``.
  public var normalisedRank: Int?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "segment": segment, "feature": feature, "importance": importance,
      "importance_se": importanceSE, "share": share, "normalised": normalised, "rank": rank,
      "rank_normalised": normalisedRank, "rank_reversed": rank != normalisedRank,
    ]
  }
}

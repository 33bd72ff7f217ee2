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

  /// Makes a column.
  public init(
    segment: String?, feature: String, importance: Double?, importanceSE: Double? = nil,
    share: Double?, normalised: Double?,
    rank: Int?, normalisedRank: Int?
  ) {
    self.segment = segment
    self.feature = feature
    self.importance = importance
    self.importanceSE = importanceSE
    self.share = share
    self.normalised = normalised
    self.rank = rank
    self.normalisedRank = normalisedRank
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("segment", .optional(segment)), ("feature", .string(feature)),
      ("importance", .optional(importance)), ("importance_se", .optional(importanceSE)),
      ("share", .optional(share)),
      ("normalised", .optional(normalised)), ("rank", rank.map { .integer($0) } ?? .null),
      ("rank_normalised", normalisedRank.map { .integer($0) } ?? .null),
      ("rank_reversed", .bool(rank != normalisedRank)),
    ])
  }
}

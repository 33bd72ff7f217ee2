public import TesseraStudy

/// What speaks for a segment.
public enum TargetCriterion: String, Sendable, CaseIterable {
  /// How many people it has.
  case size
  /// Points of their needs that no product serves.
  case unserved
  /// Fit of the best own product less that of the best competitor.
  case fit
  /// Share who would accept the best own product.
  case acceptance
  /// Share who take an own product beside the competitors, as the study counts.
  case share
  /// Reach of the best channel.
  case reach
  /// People x chance to know and get it x acceptance x margin.
  case value

  /// What it is called.
  public var words: String {
    switch self {
    case .size: "size"
    case .unserved: "needs that nobody serves"
    case .fit: "own fit"
    case .acceptance: "acceptance"
    case .share: "own share"
    case .reach: "reach"
    case .value: "value"
    }
  }

  /// Those that count when weightings are tried: value is made of others.
  static let weighed: [TargetCriterion] = [.size, .unserved, .fit, .acceptance, .reach]
}

/// Segments ranked by what speaks for them.
public struct TargetRanking: Sendable, Equatable {
  /// What makes the one score.
  public enum Score: String, Sendable {
    /// Money: people x acceptance x margin.
    case money
    /// The weights that were given.
    case weights
    /// Nothing: no money is known and no weights were given.
    case none
  }

  /// What makes the one score.
  public var score: Score
  /// Criteria that are known, in their order.
  public var criteria: [TargetCriterion]
  /// The given weights, summing to 1; empty without.
  public var weights: [Weight] = []
  /// Whether own products stand against competitors'.
  public var hasCompetitors: Bool
  /// People in the market; `nil` if not said.
  public var population: Double?
  /// The unit of money; empty if not said.
  public var unit: String
  /// Weightings that were tried.
  public var weightings: Int
  /// Samples drawn again in which everything was ranked anew.
  public var replicates: Int
  /// The segments: by score where there is one, else by the part of weightings.
  public var rows: [Row]
  /// What the numbers rest on.
  public var notes: [String] = []

  /// A weight.
  public struct Weight: Sendable, Equatable {
    /// What it weighs.
    public var criterion: TargetCriterion
    /// 0 to 1.
    public var weight: Double

    /// Makes a weight.
    public init(_ criterion: TargetCriterion, _ weight: Double) {
      (self.criterion, self.weight) = (criterion, weight)
    }
  }

  /// A segment.
  public struct Row: Sendable, Equatable {
    /// The segment's id.
    public var segment: String
    /// The segment's share of everybody.
    public var share: Double
    /// The criteria, in the order of ``TargetRanking/criteria``.
    public var values: [Value]
    /// Money, or the weighted score from 0 to 1; `nil` where there is none.
    public var score: IntervalEstimate?
    /// Part of all weightings for which it is first, ties shared.
    public var firstShare: Double
    /// Samples in which it is first: by score, or else for most weightings; `nil` without samples.
    public var firstIn: Int?

    /// The value of a criterion.
    public subscript(criterion: TargetCriterion) -> Value? {
      values.first { $0.criterion == criterion }
    }
  }

  /// A criterion of a segment.
  public struct Value: Sendable, Equatable {
    /// Which.
    public var criterion: TargetCriterion
    /// The number: people or share, points, points, share, share, money.
    public var estimate: IntervalEstimate
    /// Its place among the segments, 1 for the largest.
    public var rank: Int
    /// Labels of the products or the channel that it rests on.
    public var of: [String] = []
  }
}

extension TargetRanking {
  /// As `fit.json` and `target --json` hold it.
  public var json: JSONValue {
    [
      "score": score.rawValue, "criteria": JSONValue.array(criteria.map { .string($0.rawValue) }),
      "weights": JSONValue.object(weights.map { ($0.criterion.rawValue, .number($0.weight)) }),
      "has_competitors": hasCompetitors, "population": population, "unit": unit,
      "weightings": weightings, "replicates": replicates,
      "segments": JSONValue.list(rows) { row in
        [
          "segment": row.segment, "share": row.share, "score": row.score?.json,
          "first_share": row.firstShare, "first_in": row.firstIn.map(Double.init),
          "values": JSONValue.list(row.values) { value in
            [
              "criterion": value.criterion.rawValue, "value": value.estimate.value,
              "low": value.estimate.low, "high": value.estimate.high, "rank": value.rank,
              "of": JSONValue.array(value.of.map { .string($0) }),
            ]
          },
        ]
      }, "notes": notes,
    ]
  }
}

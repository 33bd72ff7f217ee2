public import TesseraStudy

/// A set of media, products or features and how many people it reaches.
public struct ReachSet: Sendable, Equatable {
  /// What the items are.
  public enum Kind: String, Sendable, CaseIterable {
    /// Media; a person is reached who uses one.
    case channels
    /// Products; a person is reached whom one fits by 50 points or more.
    case products
    /// Features; a person is reached if one has a strong relation to a need in their top boxes.
    case features
  }

  /// What the items are.
  public var kind: Kind
  /// The audience: a segment's id; `nil` for everybody.
  public var segment: String?
  /// Names of the items.
  public var items: [String]
  /// Weighted share of the audience whom at least one reaches; `nil` if suppressed.
  public var reach: Double?
  /// Linearised standard error of the reach.
  public var se: Double?
  /// Low end of the 95% interval of the reach (Wilson, by the design's effective size).
  public var low: Double?
  /// High end.
  public var high: Double?
  /// How many of them reach a person, on average over those reached.
  public var frequency: Double?
  /// 100 × reach in the audience / reach among everybody.
  public var affinity: Double?
  /// Reach of the set that taking one item after the other finds.
  public var greedyReach: Double?
  /// Whether no other set of as many items can reach more.
  public var isOptimal: Bool

  /// The sets of as many items that come next, best first.
  public var runnersUp: [RunnerUp] = []

  /// A set that comes close to the best.
  public struct RunnerUp: Sendable, Equatable {
    /// Names of the items.
    public var items: [String]
    /// Weighted share of the audience whom at least one reaches.
    public var reach: Double?
    /// How many of them reach a person, on average over those reached.
    public var frequency: Double?
    /// By how much the best set reaches more.
    public var behind: Double?
    /// Linearised standard error of that difference.
    public var behindSE: Double?

    /// Whether chance alone may keep it from the first place.
    public var isLevel: Bool {
      guard let behind else { return false }
      return behind <= 1e-9 || behind < 1.96 * (behindSE ?? 0)
    }

    /// As `fit.json` and `reach --json` hold it.
    public var json: JSONValue {
      [
        "items": items, "reach": reach, "frequency": frequency, "behind": behind,
        "behind_se": behindSE, "level": isLevel,
      ]
    }
  }

  /// The set as `fit.json` and `reach --json` hold it.
  public var json: JSONValue {
    [
      "kind": kind.rawValue, "segment": segment, "size": items.count, "items": items,
      "reach": reach, "se": se, "low": low, "high": high, "frequency": frequency,
      "affinity": affinity, "greedy_reach": greedyReach, "optimal": isOptimal,
      "runners_up": runnersUp.map(\.json),
    ]
  }
}

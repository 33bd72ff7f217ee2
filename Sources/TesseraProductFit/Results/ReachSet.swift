public import TesseraStudy

/// A set of media, products or features and how many people it reaches.
public struct ReachSet: Sendable, Equatable {
  /// What the items are.
  public enum Kind: String, Sendable, CaseIterable {
    /// Media; a person is reached who uses one.
    case channels
    /// Products; a person is reached whom one fits by 50 points or more.
    case products
    /// Features; a person is reached if one has a strong relation to a need in their top two boxes.
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
      .object([
        ("items", .strings(items)), ("reach", .optional(reach)),
        ("frequency", .optional(frequency)), ("behind", .optional(behind)),
        ("behind_se", .optional(behindSE)), ("level", .bool(isLevel)),
      ])
    }
  }

  /// Makes a set.
  public init(
    kind: Kind, segment: String?, items: [String], reach: Double?, se: Double?,
    frequency: Double?, affinity: Double?, greedyReach: Double?, isOptimal: Bool
  ) {
    self.kind = kind
    self.segment = segment
    self.items = items
    self.reach = reach
    self.se = se
    self.frequency = frequency
    self.affinity = affinity
    self.greedyReach = greedyReach
    self.isOptimal = isOptimal
  }

  /// The set as `fit.json` and `reach --json` hold it.
  public var json: JSONValue {
    .object([
      ("kind", .string(kind.rawValue)), ("segment", .optional(segment)),
      ("size", .integer(items.count)), ("items", .strings(items)), ("reach", .optional(reach)),
      ("se", .optional(se)), ("low", .optional(low)), ("high", .optional(high)),
      ("frequency", .optional(frequency)),
      ("affinity", .optional(affinity)), ("greedy_reach", .optional(greedyReach)),
      ("optimal", .bool(isOptimal)), ("runners_up", .array(runnersUp.map(\.json))),
    ])
  }
}

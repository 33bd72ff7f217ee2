public import TesseraStudy

/// A change, or several at once, that a search found.
public struct Proposal: Sendable, Equatable {
  /// The change and what it brings.
  public var improvement: Improvement
  /// What each of its changes would bring alone, in the order of the improvement's settings.
  public let single: [Double]
  /// The gain less the sum of what its changes bring alone: above 0 where they need each other.
  public let interaction: Double
  /// Points over everybody for one unit of cost; `nil` without a cost above 0.
  public let gainPerCost: Double?
  /// In how many resamples it gains most of all proposals told with it; `nil` if not counted.
  public var firstIn: Int?
  /// Resamples in which the choice was repeated.
  public var firstOf: Int?
  /// 95% interval of the gain that includes choosing the best of these proposals, by repeating the
  /// choice in each resample; only of the one with the largest gain.
  public var chosen: ClosedRange<Double>?
}

extension Proposal {
  /// What `tessera improve --json` prints for one proposal.
  public var json: JSONValue {
    .object([
      ("product", .string(improvement.product)),
      ("set", improvement.setJSON),
      ("edit", improvement.name.isEmpty ? .null : .string(improvement.name)),
      ("cost", .optional(improvement.cost)),
      ("gain", .number(improvement.gain)), ("se", .number(improvement.se)),
      ("low", .number(improvement.low)), ("high", .number(improvement.high)),
      ("gain_min", .optional(improvement.gainMin)), ("gain_max", .optional(improvement.gainMax)),
      ("bounds_are_outer", .bool(improvement.boundsAreOuter)),
      ("gain_per_cost", .optional(gainPerCost)),
      ("first_in", firstIn.map { .integer($0) } ?? .null),
      ("first_of", firstOf.map { .integer($0) } ?? .null),
      ("chosen_low", .optional(chosen?.lowerBound)),
      ("chosen_high", .optional(chosen?.upperBound)),
      ("may_be_first", .bool(improvement.mayBeFirst)),
      ("single_gains", .numbers(single)),
      ("interaction", .number(interaction)),
      ("by_segment", .array(improvement.bySegment.map(\.json))),
    ])
  }
}

public import TesseraStudy

/// A change, or several at once, that a search found.
public struct Proposal: Sendable, Equatable {
  /// The change and what it brings.
  public let improvement: Improvement
  /// What each of its changes would bring alone, in the order of the improvement's settings.
  public let single: [Double]
  /// The gain less the sum of what its changes bring alone: above 0 where they need each other.
  public let interaction: Double
  /// Points over everybody for one unit of cost; `nil` without a cost above 0.
  public let gainPerCost: Double?
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
      ("gain_per_cost", .optional(gainPerCost)),
      ("single_gains", .numbers(single)),
      ("interaction", .number(interaction)),
      ("by_segment", .array(improvement.bySegment.map(\.json))),
    ])
  }
}

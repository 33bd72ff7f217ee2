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
  /// In how many resamples it gains most of all proposals told with it, alone or level with others;
  /// `nil` if not counted.
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
    [
      "product": improvement.product, "set": improvement.setJSON,
      "edit": improvement.name.isEmpty ? JSONValue.null : .string(improvement.name),
      "cost": improvement.cost, "gain": improvement.gain, "se": improvement.se,
      "low": improvement.low, "high": improvement.high, "gain_min": improvement.gainMin,
      "gain_max": improvement.gainMax, "bounds_are_outer": improvement.boundsAreOuter,
      "gain_per_cost": gainPerCost, "first_in": firstIn, "first_of": firstOf,
      "chosen_low": chosen?.lowerBound, "chosen_high": chosen?.upperBound,
      "may_be_first": improvement.mayBeFirst, "single_gains": single, "interaction": interaction,
      "by_segment": improvement.bySegment.map(\.json),
    ]
  }
}

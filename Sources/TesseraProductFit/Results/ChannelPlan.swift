public import TesseraStudy

/// Whom a budget for channels reaches in one audience, and at what cost.
public struct ChannelPlan: Sendable, Equatable {
  /// A set of channels that is bought.
  public struct Purchase: Sendable, Equatable {
    /// Columns of the channels.
    public var items: [String]
    /// What they cost together.
    public var cost: Double
    /// Weighted share of the audience that they reach; `nil` if suppressed.
    public var reach: Double?
    /// Low end of the 95% interval of the reach (Wilson, by the design's effective size).
    public var low: Double?
    /// High end.
    public var high: Double?
    /// Contacts of a person who is reached, on average.
    public var frequency: Double?
    /// Contacts for each hundred people of the audience (gross rating points).
    public var ratingPoints: Double?
    /// People of the audience who are reached; `nil` where the population is not known.
    public var people: Double?
    /// Cost for each person of the audience who is reached; `nil` where the population is not known.
    public var costPerPerson: Double?
    /// Cost for each point of the audience's reach.
    public var costPerPoint: Double?
    /// Cost for a thousand contacts with the audience; `nil` where the population is not known.
    public var costPerThousand: Double?

    /// As `fit.json` and `reach --json` hold it.
    public var json: JSONValue {
      [
        "items": items, "cost": cost, "reach": reach, "low": low, "high": high,
        "frequency": frequency, "rating_points": ratingPoints, "people": people,
        "cost_per_person": costPerPerson, "cost_per_point": costPerPoint,
        "cost_per_thousand": costPerThousand,
      ]
    }
  }

  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// What the channels may cost together; `nil` where no limit is said.
  public var budget: Double?
  /// Each channel alone.
  public var channels: [Purchase] = []
  /// The set that reaches most for the budget; `nil` without one, or where it buys nothing.
  public var best: Purchase?
  /// Other sets for the budget whose reach is not clearly lower, the cheapest first.
  public var level: [Purchase] = []
  /// From the cheapest on the sets that reach a point more than all that cost less.
  public var steps: [Purchase] = []

  /// As `fit.json` and `reach --json` hold it.
  public var json: JSONValue {
    [
      "segment": segment, "budget": budget, "best": best.map(\.json),
      "level": level.map(\.json), "channels": channels.map(\.json), "steps": steps.map(\.json),
    ]
  }
}

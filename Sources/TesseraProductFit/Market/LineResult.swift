public import TesseraStudy

/// A number with its interval.
public struct LineNumber: Sendable, Equatable {
  /// The number; `nil` if suppressed.
  public var value: Double?
  /// Standard error.
  public var se: Double?
  /// Low end of the 95% interval.
  public var low: Double?
  /// High end of it.
  public var high: Double?

  /// As `line --json` holds it.
  var json: JSONValue { ["value": value, "se": se, "low": low, "high": high] }
}

/// The best line of products, with those that are level with it.
public struct LineResult: Sendable, Equatable {
  /// What was looked for.
  public var goal: String
  /// Products of a line.
  public var size: Int
  /// The candidates.
  public var candidates: [Candidate]
  /// The best line, then those that chance alone may keep from the first place, best first.
  public var lines: [Line]
  /// How many lines are level with the best, itself included.
  public var level: Int
  /// Candidates that are in every level line.
  public var common: [String]
  /// The line of today; `nil` where there are no own products.
  public var today: Line?
  /// For each product of the best line whom it takes from.
  public var taken: [Taken]
  /// How many lines there are in all.
  public var possible: Double
  /// Lines that the resamples chose from: the best in the survey.
  public var resampled: Int
  /// Resamples.
  public var replicates: Int
  /// Whether no other line can be worth more.
  public var isExact: Bool
  /// What no line can exceed.
  public var bound: Double?
  /// People that revenue and profit are counted for.
  public var peopleInMarket: Double
  /// How the numbers were made, in sentences.
  public var notes: [String]

  /// A candidate.
  public struct Candidate: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// What a reader sees.
    public var label: String
    /// The product of the study that it is made from; `nil` for a new one.
    public var product: String?
    /// What differs from that product.
    public var set: [FeatureSetting]
    /// Its price.
    public var price: Double?
    /// What a piece costs.
    public var cost: Double?
  }

  /// A line.
  public struct Line: Sendable, Equatable {
    /// Names of its candidates.
    public var items: [String]
    /// What it is worth by the goal: a share, or money of all people in the market.
    public var value: LineNumber
    /// By how much the best line is worth more; 0 for itself.
    public var behind: LineNumber
    /// In how many resamples no other line is worth more.
    public var firstIn: Int?
  }

  /// Where the people who take a product of the line would be without it.
  public struct Taken: Sendable, Equatable {
    /// The candidate.
    public var product: String
    /// Its share in the line, by first choice.
    public var share: LineNumber
    /// Of that share: taken from the other products of the line.
    public var own: LineNumber
    /// Taken from competitors.
    public var competitors: LineNumber
    /// Of people who would take none.
    public var none: LineNumber
  }

  /// As `line --json` prints it.
  public var json: JSONValue {
    [
      "schema": "tessera.line/1", "goal": goal, "products": size,
      "candidates": JSONValue.list(candidates) { one in
        [
          "name": one.name, "label": one.label, "product": one.product,
          "set": JSONValue.object(
            one.set.map { ($0.feature, Double($0.level).map { .number($0) } ?? .string($0.level)) }),
          "price": one.price, "cost": one.cost,
        ]
      }, "lines": lines.map(\.json), "level": level, "in_all_level_lines": common,
      "today": today.map(\.json),
      "cannibalisation": JSONValue.list(taken) { one in
        [
          "product": one.product, "share": one.share.json, "from_own": one.own.json,
          "from_competitors": one.competitors.json, "from_none": one.none.json,
        ]
      }, "possible_lines": possible, "resampled_lines": resampled, "replicates": replicates,
      "is_exact": isExact, "bound": bound, "people_in_market": peopleInMarket, "notes": notes,
    ]
  }
}

extension LineResult.Line {
  /// As `line --json` prints it.
  var json: JSONValue {
    [
      "products": items, "value": value.json, "behind": behind.json, "first_in": firstIn,
    ]
  }
}

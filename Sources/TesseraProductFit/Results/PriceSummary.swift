public import TesseraStudy

/// What van Westendorp's questions say of a segment.
public struct PriceSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The price points; `nil` if suppressed.
  public var points: PriceSensitivity?
  /// For each point its 95% interval, in the order of the points; an end that the curves do not
  /// reach is `nil`.
  public var intervals: [PriceInterval] = []
  /// The range that is told first.
  public var definition = PriceQuestions.Range.original
  /// Points at which the curves lie on each other for a while, with the price where they part: the
  /// lowest crossing is told.
  public var severalCrossings: [PriceSensitivity.Point: Double] = [:]
  /// For each point the share who find that price neither too cheap nor too expensive, in the order
  /// of the points.
  public var acceptance: [Double?] = []
  /// Arc elasticity of acceptance, or of purchases where intent was asked, at the optimal point.
  public var elasticity: Double?
  /// What people would buy, where intent was asked.
  public var purchases: Purchases?
  /// Respondents with four answers in order.
  public var valid: Double?
  /// Respondents whose four answers are not in order, left out.
  public var disordered: Double?
  /// Respondents with an answer missing, left out.
  public var incomplete: Double?

  /// Purchases by Newton, Miller and Smith.
  public struct Purchases: Sendable, Equatable {
    /// The price at which most would buy.
    public var mostBuyersAt: Double
    /// The mean chance to buy there.
    public var mostBuyers: Double
    /// The price that brings most revenue.
    public var mostRevenueAt: Double
    /// The mean chance to buy there.
    public var buyersAtMostRevenue: Double
    /// Respondents with both intents.
    public var respondents: Double
    /// For each answer the chance to buy, surest first.
    public var chances: [(answer: Double, chance: Double)]
    /// Whether the chances are an assumption of Tessera's.
    public var areAssumed: Bool

    /// Compares two.
    public static func == (one: Purchases, other: Purchases) -> Bool {
      one.mostBuyersAt == other.mostBuyersAt && one.mostBuyers == other.mostBuyers
        && one.mostRevenueAt == other.mostRevenueAt
        && one.buyersAtMostRevenue == other.buyersAtMostRevenue
        && one.respondents == other.respondents && one.areAssumed == other.areAssumed
        && one.chances.elementsEqual(other.chances) { $0 == $1 }
    }

    /// As `fit.json` holds it.
    var json: JSONValue {
      [
        "most_buyers_at": mostBuyersAt, "most_buyers": mostBuyers, "most_revenue_at": mostRevenueAt,
        "buyers_at_most_revenue": buyersAtMostRevenue, "respondents": respondents,
        "chances_assumed": areAssumed,
        "chances": JSONValue.list(chances) { ["answer": $0.answer, "chance": $0.chance] },
      ]
    }
  }

  /// The interval of a price point.
  public struct PriceInterval: Sendable, Equatable {
    /// Low end.
    public var low: Double?
    /// High end.
    public var high: Double?
  }

  /// The interval of a point.
  public func interval(_ point: PriceSensitivity.Point) -> PriceInterval? {
    zip(PriceSensitivity.Point.allCases, intervals).first { $0.0 == point }?.1
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    let prices = PriceSensitivity.Point.allCases.map {
      ($0.rawValue, JSONValue.optional(points?[$0]))
    }
    var members: JSONValue = [
      "segment": segment, "valid": valid, "disordered": disordered, "incomplete": incomplete,
      "range_definition": definition.rawValue,
    ]
    members.add(.object(prices))
    members.add([
      "ranges": ranges,
      "several_crossings": JSONValue.object(
        PriceSensitivity.Point.allCases.compactMap { point in
          severalCrossings[point].map { (point.rawValue, .number($0)) }
        }),
      "acceptance": JSONValue.object(
        zip(PriceSensitivity.Point.allCases, acceptance).map { ($0.rawValue, .optional($1)) }),
      "elasticity_at_optimal": elasticity,
      "elasticity_of": JSONValue.string(purchases == nil ? "acceptance" : "purchases"),
      "purchases": purchases?.json,
      "intervals": JSONValue.object(
        zip(PriceSensitivity.Point.allCases, intervals).map { point, interval in
          (
            point.rawValue,
            ["low": interval.low, "high": interval.high]
          )
        }),
    ])
    return members
  }

  /// Both definitions of the acceptable range.
  private var ranges: JSONValue {
    .object(
      PriceQuestions.Range.allCases.map { definition in
        let range = points?.range(definition)
        return (
          definition.rawValue,
          ["low": range?.low, "high": range?.high]
        )
      })
  }
}

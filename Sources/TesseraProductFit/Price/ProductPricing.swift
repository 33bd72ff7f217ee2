public import TesseraStudy

/// Where a statement about a price comes from.
public enum PriceSource: String, Sendable, CaseIterable {
  /// The fit: prices stated in barriers, and what a price is worth against an income.
  case fit
  /// Van Westendorp's four questions: who finds a price neither too cheap nor too expensive.
  case vanWestendorp = "van_westendorp"
  /// The same with intent to buy, after Newton, Miller and Smith.
  case purchases = "newton_miller_smith"
  /// Gabor-Granger: who would buy at each price of a ladder.
  case ladder = "gabor_granger"

  /// What it is called.
  public var words: String {
    switch self {
    case .fit: "the fit"
    case .vanWestendorp: "van Westendorp's questions"
    case .purchases: "Newton, Miller and Smith's extension"
    case .ladder: "the price ladder (Gabor-Granger)"
    }
  }

  /// Whether it says how many would buy, and not only who would accept a price.
  var saysPurchases: Bool { self != .vanWestendorp }
}

/// What people do at the prices of a product, everybody and by segment.
public struct ProductPricing: Sendable, Equatable {
  /// The product's name.
  public var product: String
  /// What a reader sees.
  public var label: String
  /// The unit of its price; empty if not said.
  public var unit: String
  /// Its price now; `nil` if unknown.
  public var present: Double?
  /// What a piece costs; `nil` if not said.
  public var cost: Double?
  /// People in the market; `nil` if not said: money is for one person of the audience then.
  public var population: Double?
  /// The prices that are told, rising.
  public var prices: [Double]
  /// The prices among which the best was sought, rising.
  public var tried: [Double] = []
  /// The share that counts: `first_choice` or `share_of_preference`.
  public var countedBy = "first_choice"
  /// Everybody first, then the segments; audiences of too few people have no points.
  public var audiences: [Audience]
  /// The products on the market with levels that nobody knows, so that shares and money lie anywhere in
  /// wide ranges and no price is the best; `nil` where all is known.
  public var openWords: String?
  /// Where sources disagree, a sentence each.
  public var disagreements: [String] = []
  /// What the numbers rest on.
  public var notes: [String] = []
  /// Samples that were drawn and segmented again; 0 where segments are held as they are.
  public var replicates = 0

  /// Everybody, or a segment.
  public struct Audience: Sendable, Equatable {
    /// The segment's id; `nil` for everybody.
    public var segment: String?
    /// People; `nil` where the population is not known.
    public var people: Double?
    /// The fit at every price; empty if hidden.
    public var points: [Point] = []
    /// Elasticity of the share, where an interval is told: at the present and the best prices.
    public var elasticities: [Elasticity] = []
    /// The prices that bring most.
    public var best: [Best] = []
    /// What other questions say, at the prices that they speak of.
    public var curves: [Curve] = []

    /// The best price of an aim by a source.
    public func best(_ aim: Aim, by source: PriceSource = .fit) -> Best? {
      best.first { $0.aim == aim && $0.source == source }
    }

    /// The point at a price.
    public func point(at price: Double?) -> Point? { points.first { $0.price == price } }
  }

  /// The fit at one price.
  public struct Point: Sendable, Equatable {
    /// The price.
    public var price: Double
    /// Mean fit, 0 to 100.
    public var fit: Double?
    /// The least mean fit that unknown levels allow; `nil` where all is known.
    public var fitMin: Double?
    /// The greatest.
    public var fitMax: Double?
    /// Share of people who would accept the product; the interval holds what unknown levels allow.
    public var acceptance: IntervalEstimate?
    /// Share who take it among the products of the market, as the study counts.
    public var share: IntervalEstimate?
    /// Share by first choice.
    public var firstChoice: Double?
    /// Share of preference.
    public var preference: Double?
    /// Price x share x people.
    public var revenue: IntervalEstimate?
    /// (Price - cost) x share x people; `nil` without a cost.
    public var profit: IntervalEstimate?
    /// Arc elasticity of the share from 5% below to 5% above.
    public var elasticity: Double?
  }

  /// An elasticity with its interval.
  public struct Elasticity: Sendable, Equatable {
    /// The price.
    public var price: Double
    /// Relative change of the share for a relative change of price, over +-5%.
    public var estimate: IntervalEstimate
  }

  /// What is to be large.
  public enum Aim: String, Sendable, CaseIterable {
    /// Money taken.
    case revenue
    /// Money left after the cost of the pieces.
    case profit
  }

  /// A price that brings most.
  public struct Best: Sendable, Equatable {
    /// Who says so.
    public var source: PriceSource
    /// What is largest there.
    public var aim: Aim
    /// The price.
    public var price: Double
    /// What it brings.
    public var value: IntervalEstimate
    /// All prices whose difference from the best may be 0 by its interval, rising; the best among
    /// them.
    public var flat: [Double]
    /// Whether the best stands at an end of the prices, so that one beyond may bring more.
    public var isAtEnd: Bool
  }

  /// Demand by other questions.
  public struct Curve: Sendable, Equatable {
    /// Which questions.
    public var source: PriceSource
    /// Respondents who answered them.
    public var base: Double
    /// Demand at the prices asked, rising.
    public var demand: [Demand]
  }

  /// Demand at a price.
  public struct Demand: Sendable, Equatable {
    /// The price.
    public var price: Double
    /// Share who accept it, or who would buy.
    public var share: IntervalEstimate
    /// Price x share x people; `nil` where only acceptance is known.
    public var revenue: IntervalEstimate?
  }
}

extension ProductPricing {
  /// As `fit.json` and `price --json` hold it.
  public var json: JSONValue {
    [
      "product": product, "label": label, "unit": unit, "price_now": present, "cost": cost,
      "population": population,
      "money_of": JSONValue.string(population == nil ? "one person" : "the audience"),
      "counted_by": countedBy, "from": prices.first, "to": prices.last,
      "audiences": audiences.map(\.json), "levels_missing": openWords,
      "disagreements": disagreements, "notes": notes,
    ]
  }
}

extension ProductPricing.Audience {
  var json: JSONValue {
    [
      "segment": segment, "people": people,
      "points": JSONValue.list(points) { point in
        [
          "price": point.price, "fit": point.fit, "fit_min": point.fitMin,
          "fit_max": point.fitMax, "acceptance": point.acceptance?.json,
          "share": point.share?.json, "first_choice": point.firstChoice,
          "share_of_preference": point.preference,
          "revenue": point.revenue?.json, "profit": point.profit?.json,
          "elasticity": point.elasticity,
        ]
      },
      "elasticities": JSONValue.list(elasticities) {
        ["price": $0.price, "elasticity": $0.estimate.json]
      },
      "best": JSONValue.list(best) { best in
        [
          "source": best.source.rawValue, "aim": best.aim.rawValue, "price": best.price,
          "value": best.value.json, "flat_from": best.flat.first, "flat_to": best.flat.last,
          "flat": JSONValue.array(best.flat.map { .number($0) }), "at_an_end": best.isAtEnd,
        ]
      },
      "curves": JSONValue.list(curves) { curve in
        [
          "source": curve.source.rawValue, "base": curve.base,
          "demand": JSONValue.list(curve.demand) {
            ["price": $0.price, "share": $0.share.json, "revenue": $0.revenue?.json]
          },
        ]
      },
    ]
  }
}

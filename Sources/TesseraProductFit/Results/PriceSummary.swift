public import TesseraStudy

/// What van Westendorp's questions say of a segment.
public struct PriceSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The four price points; `nil` if suppressed, or where curves do not cross.
  public var points: PriceSensitivity?
  /// For each point its 95% interval, in the order of the points; an end that the curves do not
  /// reach is `nil`.
  public var intervals: [PriceInterval] = []
  /// Respondents with four answers in order.
  public var valid: Double?
  /// Respondents whose four answers are not in order, left out.
  public var disordered: Double?
  /// Respondents with an answer missing, left out.
  public var incomplete: Double?

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
    .object([
      ("segment", .optional(segment)), ("valid", .optional(valid)),
      ("disordered", .optional(disordered)), ("incomplete", .optional(incomplete)),
      ("marginal_cheapness", .optional(points?.marginalCheapness)),
      ("optimal", .optional(points?.optimal)), ("indifference", .optional(points?.indifference)),
      ("marginal_expensiveness", .optional(points?.marginalExpensiveness)),
      (
        "intervals",
        .object(
          zip(PriceSensitivity.Point.allCases, intervals).map { point, interval in
            (
              point.rawValue,
              .object([("low", .optional(interval.low)), ("high", .optional(interval.high))])
            )
          })
      ),
    ])
  }
}

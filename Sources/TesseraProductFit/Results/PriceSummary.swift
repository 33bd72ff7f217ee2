public import TesseraStudy

/// What van Westendorp's questions say of a segment.
public struct PriceSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The four price points; `nil` if suppressed, or where curves do not cross.
  public var points: PriceSensitivity?
  /// Respondents with four answers in order.
  public var valid: Double?
  /// Respondents whose four answers are not in order, left out.
  public var disordered: Double?
  /// Respondents with an answer missing, left out.
  public var incomplete: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("segment", .optional(segment)), ("valid", .optional(valid)),
      ("disordered", .optional(disordered)), ("incomplete", .optional(incomplete)),
      ("marginal_cheapness", .optional(points?.marginalCheapness)),
      ("optimal", .optional(points?.optimal)), ("indifference", .optional(points?.indifference)),
      ("marginal_expensiveness", .optional(points?.marginalExpensiveness)),
    ])
  }
}

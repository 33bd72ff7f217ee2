public import TesseraStudy

/// How many of a segment would take a product, if everybody could have any of them.
public struct PreferenceShare: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The product's name; `nil` for taking none.
  public var product: String?
  /// Share whose best fit it is, 0 to 1; `nil` if suppressed.
  public var first: Double?
  /// Linearised standard error of ``first``.
  public var firstSE: Double?
  /// Share when fits are blurred before the best is taken (randomised first choice).
  public var randomised: Double?
  /// Linearised standard error of ``randomised``.
  public var randomisedSE: Double?

  /// Makes a share.
  public init(
    segment: String?, product: String?, first: Double?, firstSE: Double?, randomised: Double?,
    randomisedSE: Double?
  ) {
    self.segment = segment
    self.product = product
    self.first = first
    self.firstSE = firstSE
    self.randomised = randomised
    self.randomisedSE = randomisedSE
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("segment", .optional(segment)), ("product", .optional(product)),
      ("first_choice", .optional(first)), ("first_choice_se", .optional(firstSE)),
      ("randomised_first_choice", .optional(randomised)),
      ("randomised_first_choice_se", .optional(randomisedSE)),
    ])
  }
}

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
  /// Least share by first choice that unknown features or incomes leave possible; `nil` where all is known.
  ///
  /// For it every person's fit with this product is taken at its least, and with all others at its
  /// greatest: an outer bound, as one level need not be the worst for everybody.
  public var firstMin: Double?
  /// Greatest share by first choice that unknown features leave possible.
  public var firstMax: Double?
  /// The same of ``preference``, at 10 points of noise.
  public var preferenceMin: Double?
  /// Its greatest.
  public var preferenceMax: Double?
  /// Share of preference at 10 points of noise: exp(fit/10) over its sum.
  public var preference: Double?
  /// Linearised standard error of ``preference``.
  public var preferenceSE: Double?
  /// Its least at 5, 10 and 20 points of noise.
  public var preferenceLow: Double?
  /// Its greatest.
  public var preferenceHigh: Double?
  /// Share of preference at 5, 10 and 20 points of noise; empty if suppressed.
  public var preferenceByScale: [Double] = []
  /// Share by randomised first choice, with errors on features that look-alikes share.
  public var randomised: Double?
  /// Linearised standard error of ``randomised``.
  public var randomisedSE: Double?
  /// Its least at 5, 10 and 20 points of noise.
  public var randomisedLow: Double?
  /// Its greatest.
  public var randomisedHigh: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "segment": segment, "product": product, "first_choice": first, "first_choice_se": firstSE,
      "first_choice_min": firstMin, "first_choice_max": firstMax,
      "share_of_preference": preference, "share_of_preference_se": preferenceSE,
      "share_of_preference_low": preferenceLow, "share_of_preference_high": preferenceHigh,
      "share_of_preference_min": preferenceMin, "share_of_preference_max": preferenceMax,
      "randomised_first_choice": randomised, "randomised_first_choice_se": randomisedSE,
      "randomised_first_choice_low": randomisedLow, "randomised_first_choice_high": randomisedHigh,
    ]
  }
}

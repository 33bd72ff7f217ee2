public import TesseraStudy

/// How much each driver adds to the explanation of an overall rating in a segment.
public struct DriverSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The drivers' columns.
  public var drivers: [String]
  /// What readers see.
  public var labels: [String]
  /// The shares of R²; `nil` if suppressed or not to be had.
  public var importance: RelativeImportance?
  /// Standard error of each of Johnson's weights, by the design; empty if suppressed.
  public var johnsonErrors: [Double] = []
  /// Standard error of R².
  public var r2Error: Double?
  /// Weighted mean of each driver, as given.
  public var means: [Double]
  /// Respondents with the rating and all drivers.
  public var respondents: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "segment": segment, "respondents": respondents, "r2": importance?.r2, "r2_se": r2Error,
      "drivers": JSONValue.list(drivers.indices) { driver in
        [
          "driver": drivers[driver], "label": labels[driver],
          "johnson": importance?.johnson[driver],
          "johnson_se": JSONValue.optional(
            johnsonErrors.indices.contains(driver) ? johnsonErrors[driver] : nil),
          "lmg": importance?.lmg?[driver], "correlation": importance?.correlations[driver],
          "mean": JSONValue.optional(importance == nil ? nil : means[driver]),
        ]
      },
    ]
  }
}

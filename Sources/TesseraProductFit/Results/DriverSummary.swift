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
  /// Weighted mean of each driver, as given.
  public var means: [Double]
  /// Respondents with the rating and all drivers.
  public var respondents: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("segment", .optional(segment)), ("respondents", .optional(respondents)),
      ("r2", .optional(importance?.r2)),
      (
        "drivers",
        .array(
          drivers.indices.map { driver in
            .object([
              ("driver", .string(drivers[driver])), ("label", .string(labels[driver])),
              ("johnson", .optional(importance?.johnson[driver])),
              ("lmg", .optional(importance?.lmg?[driver])),
              ("mean", .optional(importance == nil ? nil : means[driver])),
            ])
          })
      ),
    ])
  }
}

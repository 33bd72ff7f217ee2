public import TesseraStudy

/// What kind of need a feature serves in a segment, by Kano's questions.
public struct KanoSummary: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The pair of questions.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// Weighted answers of each kind; `nil` if suppressed.
  public var table: KanoTable?
  /// Share of each kind as it may be shown: rounded on a small base; `nil` if suppressed.
  public var shares: [Double]?
  /// Whether the counts may be shown besides.
  public var isCounted = false
  /// Standard error of ``KanoTable/better``, by the design.
  public var betterSE: Double?
  /// Standard error of ``KanoTable/worse``.
  public var worseSE: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("segment", .optional(segment)), ("name", .string(name)), ("label", .string(label)),
      (
        "counts",
        (isCounted ? table : nil).map { table in
          .object(zip(KanoKind.allCases, table.counts).map { ($0.0.rawValue, .number($0.1)) })
        } ?? .null
      ),
      (
        "shares",
        shares.map { shares in
          .object(zip(KanoKind.allCases, shares).map { ($0.0.rawValue, .number($0.1)) })
        } ?? .null
      ),
      ("kind", .optional(table?.mode.rawValue)), ("better", .optional(table?.better)),
      ("better_se", .optional(betterSE)), ("worse", .optional(table?.worse)),
      ("worse_se", .optional(worseSE)), ("chi_square", .optional(table?.chiSquare)),
      ("difference", .optional(table?.fong.difference)),
      ("critical", .optional(table?.fong.critical)),
      ("clear", table.map { .bool($0.fong.isClear) } ?? .null),
    ])
  }
}

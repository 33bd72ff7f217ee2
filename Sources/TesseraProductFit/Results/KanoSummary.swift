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
    [
      "segment": segment, "name": name, "label": label,
      "counts": isCounted ? byKind(table?.counts) : .null, "shares": byKind(shares),
      "kind": table?.mode.rawValue, "better": table?.better, "better_se": betterSE,
      "worse": table?.worse, "worse_se": worseSE, "chi_square": table?.chiSquare,
      "difference": table?.fong.difference, "critical": table?.fong.critical,
      "clear": table.map { $0.fong.isClear },
    ]
  }

  private func byKind(_ values: [Double]?) -> JSONValue {
    guard let values else { return .null }
    return .object(zip(KanoKind.allCases, values).map { ($0.rawValue, .number($1)) })
  }
}

import TesseraMath
public import TesseraStudy

extension SegmentComparison {
  /// The comparison as `compare.json` and `compare --json` have it.
  public var json: JSONValue {
    .object([
      ("schema", .string("tessera.compare/1")), ("first", json(first)), ("second", json(second)),
      ("people", .number(people)), ("weighted", .bool(isWeighted)),
      ("adjusted_rand", .number(adjustedRand)),
      ("variation_of_information", .number(variationOfInformation)),
      ("matched_share", .number(Self.rounded(matchedShare))),
      (
        "partners",
        .array(
          partners.enumerated().map { row, column in
            .object([
              ("first", .string(first.ids[row])),
              ("second", .optional(column.map { second.ids[$0] })),
              ("jaccard", .optional(column.flatMap { told(jaccard[row, $0]) })),
              (
                "same_name",
                column.map { .bool(first.names[row] == second.names[$0]) } ?? .null
              ),
            ])
          })
      ),
      (
        "table",
        .array(
          (0..<shares.rows).flatMap { row in
            (0..<shares.columns).map { column in cell(row, column) }
          })
      ),
    ])
  }

  private func json(_ side: Side) -> JSONValue {
    .object([
      ("source", .string(side.label)),
      (
        "segments",
        .array(
          side.ids.indices.map { place in
            .object([
              ("id", .string(side.ids[place])), ("name", .string(side.names[place])),
              ("share", .optional(side.shares[place].map(Self.rounded))),
              ("base", side.shares[place] == nil ? .null : .number(side.bases[place])),
            ])
          })
      ),
      ("unmatched", .integer(side.unmatched)),
    ])
  }

  private func cell(_ row: Int, _ column: Int) -> JSONValue {
    .object([
      ("first", .string(first.ids[row])), ("second", .string(second.ids[column])),
      ("share", .optional(told(shares[row, column]))),
      ("share_of_first", .optional(shareOfFirst(row, column).map(Self.rounded))),
      ("share_of_second", .optional(shareOfSecond(row, column).map(Self.rounded))),
      ("jaccard", .optional(told(jaccard[row, column]))),
    ])
  }

  private func told(_ value: Double) -> Double? { value.isFinite ? Self.rounded(value) : nil }

  private static func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
}

import TesseraMath
public import TesseraStudy

extension SegmentComparison {
  /// The comparison as `compare.json` and `compare --json` have it.
  public var json: JSONValue {
    [
      "schema": "tessera.compare/1", "first": json(first), "second": json(second), "people": people,
      "weighted": isWeighted, "adjusted_rand": adjustedRand,
      "variation_of_information": variationOfInformation,
      "matched_share": Self.rounded(matchedShare),
      "partners": JSONValue.list(partners.enumerated()) { row, column in
        [
          "first": first.ids[row], "second": column.map { second.ids[$0] },
          "jaccard": column.flatMap { told(jaccard[row, $0]) },
          "same_name": column.map { first.names[row] == second.names[$0] },
        ]
      },
      "table": JSONValue.array(
        (0..<shares.rows).flatMap { row in
          (0..<shares.columns).map { column in cell(row, column) }
        }),
    ]
  }

  private func json(_ side: Side) -> JSONValue {
    [
      "source": side.label,
      "segments": JSONValue.list(side.ids.indices) { place in
        [
          "id": side.ids[place], "name": side.names[place],
          "share": side.shares[place].map(Self.rounded),
          "base": side.shares[place] == nil ? JSONValue.null : .number(side.bases[place]),
        ]
      }, "unmatched": side.unmatched,
    ]
  }

  private func cell(_ row: Int, _ column: Int) -> JSONValue {
    [
      "first": first.ids[row], "second": second.ids[column], "share": told(shares[row, column]),
      "share_of_first": shareOfFirst(row, column).map(Self.rounded),
      "share_of_second": shareOfSecond(row, column).map(Self.rounded),
      "jaccard": told(jaccard[row, column]),
    ]
  }

  private func told(_ value: Double) -> Double? { value.isFinite ? Self.rounded(value) : nil }

  private static func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
}

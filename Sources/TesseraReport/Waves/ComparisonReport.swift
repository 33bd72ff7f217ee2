import TesseraMath
import TesseraStudy
public import TesseraWaves

/// Two segmentations compared, as a report of its own.
public struct ComparisonReport: Sendable {
  let comparison: SegmentComparison
  let numbers: NumberStyle
  /// What a reader should know of the data, in sentences.
  let notes: [String]

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - comparison: The comparison.
  ///   - notes: What a reader should know of the data, in sentences.
  ///   - numbers: How numbers are written.
  public init(
    _ comparison: SegmentComparison, notes: [String] = [], numbers: NumberStyle = .english
  ) {
    self.comparison = comparison
    self.notes = notes
    self.numbers = numbers
  }

  /// The report, ready for any writer.
  public var document: ReportDocument {
    ReportDocument(
      title: "Two segmentations compared",
      subtitle: "\(comparison.first.label) and \(comparison.second.label): "
        + "\(numbers.number(comparison.people)) people in both"
        + (comparison.isWeighted ? ", weighted" : ""),
      sections: [
        ReportSection(id: "answer", title: "Do they agree?", claim: headline, blocks: answer),
        ReportSection(id: "moves", title: "Who moves where", blocks: moves),
        ReportSection(id: "method", title: "How this was computed", blocks: method),
      ],
      footer: "Made by Tessera from \(comparison.first.label) and \(comparison.second.label).")
  }

  /// An index below this is hardly more than chance.
  private static let byChance = 0.05

  /// The first sentence.
  public var headline: String {
    let share = numbers.percent(comparison.matchedShare)
    let index = numbers.number(comparison.adjustedRand, decimals: 2)
    let people = numbers.number(comparison.people)
    let left = comparison.first.unmatched + comparison.second.unmatched
    let base =
      left > 0
      ? "Of \(people) people in both (\(numbers.number(Double(left))) are in one only), "
      : "Of \(people) people, "
    guard comparison.adjustedRand >= Self.byChance else {
      return base + "no more are in matching segments than by chance (adjusted Rand index \(index))"
    }
    return base + "\(share) are in matching segments (adjusted Rand index \(index))"
  }

  /// What a terminal shows.
  public var summary: [Block] {
    [.lead(RichText(headline + ".")), .table(partners), .table(table)]
      + notes.map { .note(.warning, RichText($0)) }
  }

  private var answer: [Block] {
    var blocks: [Block] = [.paragraph(RichText(reading)), .table(partners)]
    blocks += notes.map { .note(.warning, RichText($0)) }
    return blocks
  }

  /// What the index means, in words.
  private var reading: String {
    let words =
      switch comparison.adjustedRand {
      case 0.9...: "the two are nearly the same division"
      case 0.65...:
        "most segments are the same, " + (divided ?? "with borders that have moved")
      case 0.3...: "some segments are the same, " + (divided ?? "others are cut differently")
      default: "these are two different divisions of the same people"
      }
    return "An adjusted Rand index of 1 is the same division, 0 is agreement by chance alone: "
      + "\(words). Variation of information: "
      + "\(numbers.number(comparison.variationOfInformation, decimals: 2)) nats "
      + "(0 for the same division)."
  }

  /// Of a segment left without a partner at least so many come from one, or go to one.
  private static let mainly = 0.7

  /// Segments that were divided in two, or joined; `nil` without such.
  private var divided: String? {
    let (first, second) = (comparison.first, comparison.second)
    var parts: [String] = []
    for row in first.ids.indices {
      let found = second.ids.indices.filter { column in
        comparison.partners[row] != column && !comparison.partners.contains(column)
          && (comparison.shareOfSecond(row, column) ?? 0) >= Self.mainly
      }
      guard let partner = comparison.partners[row], !found.isEmpty else { continue }
      parts.append(
        "\(first.displays[row]) is divided into "
          + Findings.list(([partner] + found).map { second.displays[$0] }))
    }
    for column in second.ids.indices {
      let found = first.ids.indices.filter { row in
        comparison.partners[row] == nil
          && (comparison.shareOfFirst(row, column) ?? 0) >= Self.mainly
      }
      guard let partner = comparison.partners.firstIndex(of: column), !found.isEmpty else {
        continue
      }
      parts.append(
        "\(Findings.list(([partner] + found).map { first.displays[$0] })) are joined in "
          + second.displays[column])
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var moves: [Block] {
    var blocks: [Block] = []
    let largest = comparison.moves.prefix(5).filter { $0.share >= 0.005 }
    if !largest.isEmpty {
      blocks.append(
        .list(
          largest.map { move in
            let part = comparison.shareOfFirst(move.first, move.second)
            return RichText(
              "\(numbers.percent(part)) of \(comparison.first.displays[move.first]) "
                + "move to \(comparison.second.displays[move.second]) "
                + "(\(numbers.percent(move.share)) of everybody)")
          }, numbered: false))
    }
    return blocks + [.chart(chart), .table(table)]
  }

  private var method: [Block] {
    [
      .paragraph(
        RichText(
          "People are matched by identifier. Left out as they are in one segmentation only: "
            + "\(numbers.number(Double(comparison.first.unmatched))) of "
            + "\(comparison.first.label), \(numbers.number(Double(comparison.second.unmatched))) of "
            + "\(comparison.second.label). Segments are paired so that as many people as possible "
            + "are in pairs. Jaccard index: people in both segments of a pair, divided by people in "
            + "either. Segments of too few people are hidden under the privacy rule, together with "
            + "the next smallest where they could be worked out.")),
      .paragraph(
        RichText(
          "Sources: Hubert and Arabie (1985) for the adjusted Rand index; Meila (2007) for the "
            + "variation of information.")),
    ]
  }
}

extension ComparisonReport {
  /// Each segment with its partner.
  private var partners: ReportTable {
    ReportTable(
      id: "partners", caption: "Each segment and its match",
      columns: [
        .init(comparison.first.label), .init("People", isNumeric: true),
        .init("Share", isNumeric: true), .init("Match in \(comparison.second.label)"),
        .init("Share of the match", isNumeric: true), .init("Stay", isNumeric: true),
        .init("Overlap (Jaccard)", isNumeric: true),
      ],
      rows: comparison.partners.enumerated().map { row, partner in
        let stay = partner.flatMap { comparison.shareOfFirst(row, $0) }
        let overlap = partner.map { comparison.jaccard[row, $0] }.flatMap { $0.isFinite ? $0 : nil }
        let base = comparison.first.shares[row] == nil ? nil : comparison.first.bases[row]
        let other = partner.flatMap { comparison.second.shares[$0] }
        return [
          .init(RichText(comparison.first.displays[row]), isHeader: true),
          .init(RichText(base.map { numbers.number($0) } ?? "too few"), value: base),
          .percent(comparison.first.shares[row], numbers),
          .init(RichText(partner.map { comparison.second.displays[$0] } ?? "none")),
          .percent(other, numbers),
          .percent(stay, numbers),
          .number(overlap, numbers, decimals: 2, shade: overlap.map { .sequential($0) } ?? .none),
        ]
      })
  }

  /// Of each segment of the first, where its people are in the second.
  private var table: ReportTable {
    ReportTable(
      id: "moves", caption: "Where the people of each segment are in \(comparison.second.label)",
      columns: [.init(comparison.first.label)]
        + comparison.second.displays.map { .init($0, isNumeric: true) },
      rows: comparison.first.displays.indices.map { row in
        [.init(RichText(comparison.first.displays[row]), isHeader: true)]
          + comparison.second.displays.indices.map { column in
            let share = comparison.shareOfFirst(row, column)
            return .init(
              RichText(share == nil ? "too few" : numbers.percent(share)), value: share,
              shade: share.map { .sequential($0) } ?? .none)
          }
      }, notes: ["Each row adds up to 100%."])
  }

  private var flowTitle: String {
    guard let move = comparison.moves.first, move.share >= 0.005 else {
      return "Nearly everybody stays in the matching segment"
    }
    return
      "The largest move: \(numbers.percent(comparison.shareOfFirst(move.first, move.second))) of "
      + "\(comparison.first.displays[move.first]) go to \(comparison.second.displays[move.second])"
  }

  private var chart: Chart {
    // A matched segment takes the colour of its partner.
    let colours = comparison.second.ids.indices.map { column in
      comparison.partners.firstIndex { $0 == column }
    }
    var free = comparison.first.ids.count
    let right = colours.map { colour -> Int in
      if let colour { return colour }
      free += 1
      return free - 1
    }
    let flows = (0..<comparison.shares.rows).map { row in
      (0..<comparison.shares.columns).map { column -> Double? in
        let share = comparison.shares[row, column]
        return share.isFinite ? share : nil
      }
    }
    let drawing = SegmentFlowChart(
      left: .init(
        title: comparison.first.label, names: comparison.first.displays,
        shares: comparison.first.shares, colours: Array(comparison.first.ids.indices)),
      right: .init(
        title: comparison.second.label, names: comparison.second.displays,
        shares: comparison.second.shares, colours: right), flows: flows, numbers: numbers)
    return Chart(
      id: "flow", title: flowTitle,
      subtitle: "Bands are people, from their segment in \(comparison.first.label) to that in "
        + "\(comparison.second.label); heights are shares of everybody"
        + "\(comparison.isWeighted ? ", weighted" : ""). n = \(numbers.number(comparison.people)).",
      description: "Flows of people between two segmentations",
      svg: drawing.svg(description: "Flows of people between two segmentations"),
      vegaLite: VegaLite.specification(
        values: flows.enumerated().flatMap { row, cells in
          cells.enumerated().compactMap { column, share in
            share.map {
              [
                "first": comparison.first.displays[row],
                "second": comparison.second.displays[column], "share": $0,
              ] as JSONValue
            }
          }
        }, mark: "rect",
        encoding: [
          "x": .nominal("second"),
          "y": .nominal("first"),
          "color": .quantitative("share"),
        ]), table: table)
  }
}

import Foundation
import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// Rows of a table that a page still shows; the workbook has all.
  static let mostRows = 250

  /// What fits whom: mismatches with their reasons, ranks, and the ledger of every cell.
  func fitSection(_ fit: FitResult) -> ReportSection {
    let names = FitNames(study: results.study, fit: fit)
    var blocks: [Block] = []
    if fit.mismatches.isEmpty {
      blocks.append(
        .paragraph(
          "\(fit.noMismatch) (false discoveries held to 5%).")
      )
    } else {
      blocks.append(.heading("Mismatches, and why"))
      let first = 12
      blocks.append(
        .table(mismatchTable("mismatches", Array(fit.mismatches.prefix(first)), names)))
      if fit.mismatches.count > first {
        blocks.append(
          .details(
            summary: fit.mismatches.count > Self.mostRows
              ? "\(Self.mostRows - first) more of the \(fit.mismatches.count) mismatches; the "
                + "workbook has all" : "The other \(fit.mismatches.count - first) mismatches",
            [
              .table(
                mismatchTable(
                  "mismatches-more", Array(fit.mismatches.prefix(Self.mostRows).dropFirst(first)),
                  names))
            ]))
      }
    }
    if !fit.shortfalls.isEmpty {
      blocks.append(
        .details(
          summary: "What is still missing in products that no other clearly beats",
          [
            .table(
              mismatchTable(
                "shortfalls", Array(fit.shortfalls.prefix(Self.mostRows)), names))
          ]))
    }
    if let chart = AcceptanceQualityChart(fit: fit, numbers: numbers).chart() {
      blocks.append(.chart(chart))
    }
    blocks.append(.heading("Where the points go"))
    // One stands in the report. A page of hundreds of drawings is no longer read.
    let drawn = mainLedger(fit, names)?.id
    let ledgers = ledgerCharts(fit, names).filter { $0.id != drawn }
    let others = ledgers.prefix(23)
    if !others.isEmpty {
      blocks.append(
        .details(
          summary: ledgers.count == others.count
            ? "The other \(others.count) ledgers"
            : "\(others.count) more ledgers, of \(ledgers.count)",
          others.map { .chart($0) }))
    }
    blocks.append(
      .paragraph(
        "All ledgers are in appendix.xlsx, sheet \u{201C}All ledgers\u{201D}."))
    if !fit.contrasts.isEmpty {
      blocks.append(
        .details(
          summary: fit.contrasts.count > Self.mostRows
            ? "One product against another: the \(Self.mostRows) first of \(fit.contrasts.count) "
              + "pairs; the workbook has all" : "Every pair of products",
          [.table(contrastTable(fit, names))]))
    }
    for note in fit.notes { blocks.append(.note(.info, RichText(note))) }
    return ReportSection(id: "fit", title: "What fits whom, and why not", blocks: blocks)
  }

  func mismatchTable(
    _ id: String, _ mismatches: [Mismatch], _ names: FitNames
  ) -> ReportTable {
    ReportTable(
      id: id, caption: "Largest losses first",
      columns: [
        .init("Segment"), .init("Product"), .init("What is wrong"),
        .init("Affects", isNumeric: true), .init("Points", isNumeric: true),
      ],
      rows: mismatches.map { mismatch in
        [
          .init(RichText(names.segment(mismatch.segment)), isHeader: true),
          .init(RichText(names.product(mismatch.product))),
          .init(RichText(reason(mismatch, names))),
          .init(
            RichText(names.percent(mismatch.shareAffected, of: mismatch.segment, numbers)),
            value: mismatch.shareAffected),
          .number(mismatch.points, numbers, decimals: 1, shade: .sequential(mismatch.points / 40)),
        ]
      },
      notes: [
        "Mean loss of at least 3 points, above 1 point with false discoveries held to 5% over all "
          + "segments, products and causes. A mismatch is told only where the product fits clearly "
          + "worse than another there: the 95% interval of their difference leaves out 0."
      ])
  }

  /// The sentence without segment and product, which the row names already.
  private func reason(_ mismatch: Mismatch, _ names: FitNames) -> String {
    let product = names.product(mismatch.product)
    let opening = "\(product) for \(names.segment(mismatch.segment)): "
    guard mismatch.sentence.hasPrefix(opening) else {
      return numbers.amounts(in: mismatch.sentence)
    }
    var text = String(mismatch.sentence.dropFirst(opening.count))
    // The points have a column of their own.
    if let end = text.range(of: " Costs ", options: .backwards), text.hasSuffix("100 points.") {
      text = String(text[..<end.lowerBound])
    }
    return numbers.amounts(in: text)
  }

  /// The ledgers, those with the largest losses to mismatches first.
  func ledgerCharts(_ fit: FitResult, _ names: FitNames) -> [Chart] {
    func lost(_ cell: FitCell) -> Double {
      fit.mismatches.filter { $0.segment == cell.segment && $0.product == cell.product }
        .reduce(0) { $0 + $1.points }
    }
    return fit.cells.enumerated()
      .sorted { (lost($1.element), $0.offset) < (lost($0.element), $1.offset) }
      .compactMap { LedgerChart(cell: $0.element, names: names, numbers: numbers).chart() }
  }

  private func contrastTable(_ fit: FitResult, _ names: FitNames) -> ReportTable {
    ReportTable(
      id: "contrasts", caption: "One product against another",
      columns: [
        .init("Segment"), .init("Product"), .init("Against"), .init("Difference", isNumeric: true),
        .init("95% interval", isNumeric: true), .init("Confidence it is ahead", isNumeric: true),
        .init("People for whom it is", isNumeric: true),
      ],
      rows: fit.contrasts.prefix(Self.mostRows).map { contrast in
        // What unknown features leave open no interval of the survey tells.
        let isOpen = contrast.differenceMin != nil && contrast.differenceMax != nil
        return [
          .init(RichText(names.segment(contrast.segment)), isHeader: true),
          .init(RichText(names.product(contrast.product))),
          .init(RichText(names.product(contrast.versus))),
          .init(
            RichText(
              contrast.differenceMin.flatMap { low in
                contrast.differenceMax.map {
                  "\(numbers.signed(low, decimals: 1)) to \(numbers.signed($0, decimals: 1)) (unknown)"
                }
              } ?? numbers.signed(contrast.difference, decimals: 1)),
            value: isOpen ? nil : contrast.difference,
            shade: contrast.difference.map { .diverging($0 / 60) } ?? .none),
          .init(
            RichText(
              isOpen
                ? NumberStyle.absent
                : numbers.interval(contrast.low, contrast.high, decimals: 1))),
          .percent(isOpen ? nil : contrast.confidence, numbers, decimals: 1),
          .percent(isOpen ? nil : contrast.superiority, numbers),
        ]
      },
      notes: [
        "Confidence speaks of the means: the share of resamples in which the product is ahead. "
          + "The last column speaks of people."
      ])
  }

  /// The opportunity landscape of each segment.
  func opportunitySection(_ fit: FitResult) -> ReportSection {
    let names = FitNames(study: results.study, fit: fit)
    var cards: [Card] = []
    for (position, segment) in fit.segments.enumerated() {
      let own = fit.opportunities.filter { $0.segment == segment.id }
      let chart = OpportunityChart(
        opportunities: own, segment: segment.id, position: position, names: names,
        numbers: numbers
      ).chart()
      if let chart {
        cards.append(
          Card(
            id: "opportunity-\(Escape.slug(segment.id))", title: names.segment(segment.id),
            subtitle: "", colour: position, blocks: [.chart(chart)]))
      }
    }
    var blocks: [Block] = [weightTable(fit, names)].compactMap { $0.map(Block.table) }
    blocks.append(cards.isEmpty ? .table(importanceTable(fit, names)) : .cards(cards))
    return ReportSection(id: "opportunities", title: "Opportunities", blocks: blocks)
  }

  /// What each need weighs in each segment: what the fit is made with.
  private func weightTable(_ fit: FitResult, _ names: FitNames) -> ReportTable? {
    guard fit.needWeights.contains(where: { $0.weight != nil }) else { return nil }
    let largest = fit.needWeights.compactMap(\.weight).max() ?? 1
    let audiences = audiences(fit)
    func cell(_ one: NeedWeight?) -> ReportTable.Cell {
      guard let one, let weight = one.weight else { return .init(RichText("–")) }
      let hint = one.weightSE.map { "standard error \(numbers.percent($0, decimals: 1))" }
      return .percent(
        weight, numbers, decimals: 1, hint: hint ?? "",
        shade: .sequential(0.8 * weight / max(largest, .leastNormalMagnitude)))
    }
    return ReportTable(
      id: "weights", caption: "What each need weighs, in percent of all needs",
      columns: [.init("Need"), .init("Asked by")]
        + audiences.map { .init($0.title, isNumeric: true) },
      rows: fit.needWeights.filter { $0.segment == nil }.map { need in
        let name = ReportTable.Cell(RichText(names.need(need.need)), isHeader: true)
        let own = audiences.map { audience in
          cell(fit.needWeights.first { $0.segment == audience.id && $0.need == need.need })
        }
        return [name, .init(RichText(need.source))] + own
      },
      notes: [
        "Mean over people of what each need weighs among their needs. Errors are by the design, with "
          + "the segments held fixed."
      ])
  }

  private func importanceTable(_ fit: FitResult, _ names: FitNames) -> ReportTable {
    ReportTable(
      id: "importance", caption: "How much each need matters (satisfaction was not asked)",
      columns: [
        .init("Segment"), .init("Need"), .init("Important to", isNumeric: true),
        .init("Points no product serves", isNumeric: true),
      ],
      rows: fit.opportunities.map { one in
        [
          .init(RichText(names.segment(one.segment)), isHeader: true),
          .init(RichText(names.need(one.need))),
          .percent(one.importance, numbers),
          .number(one.gap, numbers, decimals: 1),
        ]
      })
  }
}

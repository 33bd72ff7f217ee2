import TesseraProductFit
import TesseraStudy

/// Fit and demand with live formulas: whoever changes the weight of a segment sees what follows.
struct WorkbookFitSheets {
  let fit: FitResult
  let names: FitNames
  let numbers: NumberStyle
  /// What the study declares: edits with their labels, in their order.
  let study: StudyFile

  /// Whether people may refuse a product: else acceptance says nothing.
  private var hasAcceptance: Bool {
    fit.cells.contains { ($0.acceptance ?? 1) < 0.9995 }
  }

  /// The sheet of fits by segment and product, with weighted means below.
  func weighing(named name: String) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    let segments = fit.segments
    let products = fit.products
    let first = 3
    let last = first + segments.count - 1
    sheet.rows = [
      [.text("Fit by product and segment; change the segment weights", .title)],
      [
        .text(
          "Change the yellow weights: the lines below the table follow. Fit runs from 0 to 100.",
          .muted)
      ],
      [.text("Segment", .header), .text("Weight", .numberHeader)]
        + products.map { .text($0.label, .numberHeader) }
        + (hasAcceptance
          ? [.blank] + products.map { .text("Would accept: \($0.label)", .numberHeader) } : []),
    ]
    for segment in segments {
      let cells = products.map { fit.cell(segment: segment.id, product: $0.name) }
      sheet.rows.append(
        [.text(segment.title, .strong), .number(weight(segment), .weight)]
          + cells.map { rounded($0?.fit, .number(1)) }
          + (hasAcceptance
            ? [.blank] + cells.map { rounded($0?.acceptance, .percent(0)) } : []))
    }
    let weights =
      "\(Workbook.address(first, 1)):\(Workbook.address(last, 1))"
    func mean(
      _ column: Int, _ values: [Double?], _ style: WorkbookCell.Style
    ) -> (formula: String, value: Double) {
      let cells =
        "\(Workbook.address(first, column, fixed: false)):"
        + Workbook.address(last, column, fixed: false)
      var sum = 0.0
      var mass = 0.0
      for (segment, value) in zip(segments, values) {
        guard let value else { continue }
        sum += weight(segment) * WorkbookCell.rounded(value, style)
        mass += weight(segment)
      }
      // Suppressed cells are empty: their weights do not count.
      return (
        "SUMPRODUCT(\(weights),\(cells))/SUMIF(\(cells),\">=0\",\(weights))",
        mass > 0 ? sum / mass : 0
      )
    }
    var means: [WorkbookCell] = [.text("Weighted mean", .strong), .blank]
    for (position, product) in products.enumerated() {
      let (formula, value) = mean(
        2 + position, segments.map { fit.cell(segment: $0.id, product: product.name)?.fit },
        .number(1))
      means.append(.formula(formula, value: value, .result))
    }
    if hasAcceptance { means.append(.blank) }
    for (position, product) in products.enumerated() where hasAcceptance {
      let (formula, value) = mean(
        3 + products.count + position,
        segments.map { fit.cell(segment: $0.id, product: product.name)?.acceptance }, .percent(0))
      means.append(.formula(formula, value: value, .resultPercent))
    }
    sheet.rows.append([])
    sheet.rows.append(means)
    sheet.rows += [[], [.text("95% interval of each fit", .strong)]]
    for segment in segments {
      sheet.rows.append(
        [.text(segment.title), .blank]
          + products.map { product in
            fit.cell(segment: segment.id, product: product.name).map { cell in
              cell.fit == nil
                ? .blank : .text(numbers.shortRange(of: cell, decimals: 1), .figures)
            } ?? .blank
          })
    }
    let unknown = fit.cells.filter { $0.unknownRange != nil }
    if !unknown.isEmpty {
      sheet.rows += [
        [], [.text("Features are unknown: these fits may be anything in their range.", .strong)],
      ]
      for cell in unknown {
        sheet.rows.append([
          .text("\(title(cell.segment)), \(names.product(cell.product))"), .blank,
          number(cell.fitMin, .number(1)), number(cell.fitMax, .number(1)),
        ])
      }
    }
    if !products.isEmpty, !segments.isEmpty {
      sheet.scales = [
        .init(
          rows: first...last, columns: 2...1 + products.count,
          kind: .sequential(from: 0, to: 100))
      ]
      if hasAcceptance {
        sheet.scales.append(
          .init(
            rows: first...last, columns: 3 + products.count...2 + 2 * products.count,
            kind: .sequential(from: 0, to: 1)))
      }
      sheet.charts = [chart(first: first, last: last, row: sheet.rows.count + 1)]
    }
    sheet.widths =
      [46] + [Double](repeating: 15, count: 1 + products.count)
      + (hasAcceptance ? [4] + products.map { _ in 15 } : [])
    sheet.frozenRows = 3
    sheet.frozenColumns = 2
    sheet.isWide = true
    return sheet
  }

  /// The name of a segment.
  func title(_ id: String) -> String { fit.segments.first { $0.id == id }?.title ?? id }

  /// The share of a segment as the cell shows it: per mille.
  private func weight(_ segment: Segment) -> Double { (segment.share * 1000).rounded() / 1000 }

  private func chart(first: Int, last: Int, row: Int) -> WorkbookSheet.SheetChart {
    .init(
      title: "Fit of each product by segment (n = "
        + "\(numbers.number(fit.segments.reduce(0) { $0 + $1.respondents })))",
      axis: "Fit, 0 to 100", isHorizontal: false,
      row: row, column: 0,
      categories: .init(firstRow: first, firstColumn: 0, lastRow: last, lastColumn: 0),
      // More columns than colours tell nothing.
      series: fit.products.indices.prefix(Palette.segments.count).map { position in
        (
          (row: 2, column: 2 + position),
          .init(
            firstRow: first, firstColumn: 2 + position, lastRow: last, lastColumn: 2 + position)
        )
      }, width: 900, height: 360, colours: Palette.shades(fit.products.count))
  }

  /// The ledgers of all cells, one line a loss: with the fit they sum to 100.
  func ledgers(named name: String) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("Where 100 points go, for every product and segment", .title)],
      ["Segment", "Product", "Kind", "Where", "Feature"].map { .text($0, .header) }
        + ["Points", "Share affected"].map { .text($0, .numberHeader) },
    ]
    for cell in fit.cells {
      guard let ledger = cell.ledger, let value = cell.fit else { continue }
      let head: [WorkbookCell] = [
        .text(names.segment(cell.segment), .strong), .text(names.product(cell.product)),
      ]
      for need in ledger.needs {
        for feature in need.features where feature.loss > 0 {
          sheet.rows.append(
            head + [
              .text("need not met"), .text(names.need(need.need)),
              .text(names.feature(feature.feature)), .number(feature.loss, .number(2)),
            ])
        }
      }
      for barrier in ledger.barriers where barrier.loss > 0 {
        sheet.rows.append(
          head + [
            .text("barrier"), .text(names.barrier(barrier.barrier)), .blank,
            .number(barrier.loss, .number(2)),
            barrier.shareAffected.map { .number($0, .percent(0)) } ?? .blank,
          ])
      }
      sheet.rows.append(head + [.text("fit"), .blank, .blank, .number(value, .number(2))])
      if let range = cell.unknownRange {
        sheet.rows.append(
          head + [
            .text("fit if the unknown is worst"), .blank, .blank, .number(range.low, .number(2)),
          ])
        sheet.rows.append(
          head + [
            .text("fit if the unknown is best"), .blank, .blank, .number(range.high, .number(2)),
          ])
      }
    }
    sheet.widths = [28, 24, 16, 40, 24, 12, 14]
    sheet.frozenRows = 2
    sheet.frozenColumns = 2
    sheet.isWide = true
    return sheet
  }

  func number(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
    value.map { $0.isFinite ? .number($0, style) : .blank } ?? .blank
  }

  /// A number as it is shown, so that what is computed from it agrees with what is read.
  func rounded(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
    number(value.map { WorkbookCell.rounded($0, style) }, style)
  }
}

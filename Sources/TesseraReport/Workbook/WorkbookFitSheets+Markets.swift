import TesseraProductFit

/// The named scenarios of the study, whole.
extension WorkbookFitSheets {
  /// Every scenario with every audience and product; `nil` where the study declares none.
  func markets(named name: String) -> WorkbookSheet? {
    guard let told = fit.scenarios, !told.scenarios.isEmpty else { return nil }
    let isFirst = told.countedBy == "first_choice"
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("The market of today and scenarios", .title)],
      ["Scenario", "Segment", "Product"].map { .text($0, .header) }
        + [
          isFirst ? "Share by first choice" : "Share of preference, tuned", "Change", "Low (95%)",
          "High (95%)", "Fit", "Change in fit", "People", "Revenue", "Profit", "Change in profit",
        ].map { .text($0, .numberHeader) },
    ]
    let labels = Dictionary(
      told.scenarios.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
    for cell in told.cells {
      let share = isFirst ? cell.first : cell.preference
      sheet.rows.append([
        .text(cell.scenario.map { labels[$0] ?? $0 } ?? "Today", .strong),
        .text(cell.segment.map(names.segment) ?? "Everybody"),
        .text(cell.product.map(names.product) ?? "Own products together"),
        rounded(share.value, .percent(1)), rounded(share.change, .percent(1)),
        rounded(share.low, .percent(1)), rounded(share.high, .percent(1)),
        rounded(cell.fit.value, .number(1)), rounded(cell.fit.change, .number(1)),
        rounded(cell.people.value, .number(0)), rounded(cell.revenue.value, .number(0)),
        rounded(cell.profit.value, .number(0)), rounded(cell.profit.change, .number(0)),
      ])
    }
    sheet.rows += [[]] + told.notes.map { [.text($0, .muted)] }
    sheet.widths = [30, 26, 26, 14, 10, 10, 10, 10, 12, 14, 16, 16, 16]
    sheet.frozenRows = 2
    sheet.frozenColumns = 3
    sheet.isWide = true
    return sheet
  }
}

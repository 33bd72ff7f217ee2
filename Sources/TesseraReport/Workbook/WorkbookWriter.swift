public import TesseraFiles
import TesseraProductFit
import TesseraStudy

/// Writes the results of a run as a workbook: a sheet a table, charts, live formulas and the
/// typing tool.
public struct WorkbookWriter: Sendable {
  private let results: StudyResults
  private let numbers: NumberStyle

  /// Prepares a workbook.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - numbers: How the report writes numbers; a spreadsheet shows them as its reader's own do.
  public init(_ results: StudyResults, numbers: NumberStyle = .english) {
    self.results = results
    self.numbers = numbers
  }

  /// The workbook's bytes.
  ///
  /// - Parameter document: The report, whose tables it holds.
  /// - Returns: An `.xlsx` file; the same results give the same bytes.
  /// - Throws: ``OutputError`` if there is no room for a temporary file.
  public func bytes(of document: ReportDocument) throws(OutputError) -> [UInt8] {
    try WorkbookKernel.bytes(of: workbook(document))
  }

  /// The workbook as values.
  func workbook(_ document: ReportDocument) -> Workbook {
    let cover = "Read me"
    var sheets: [WorkbookSheet] = []
    var about: [(name: String, text: String)] = []
    func taken() -> [String] { [cover] + sheets.map(\.name) }
    if let fit = results.productFit {
      let tables = WorkbookFitSheets(
        fit: fit, names: FitNames(study: results.study, fit: fit), numbers: numbers)
      let weighing = tables.weighing(named: Workbook.named("Fit by segment", among: taken()))
      sheets.append(weighing)
      about.append((weighing.name, "Fit and acceptance, with weights of segments to change"))
      if let changes = tables.improvements(
        named: Workbook.named("Gains", among: taken()), weighing: weighing)
      {
        sheets.append(changes)
        about.append((changes.name, "Changes to products, weighed by the same weights"))
      }
      let sheet = tables.ledgers(named: Workbook.named("All ledgers", among: taken()))
      sheets.append(sheet)
      about.append((sheet.name, "Where 100 points go, for every product and segment"))
      if fit.mismatches.count > StudyReport.mostRows {
        let all = tables.mismatches(named: Workbook.named("All mismatches", among: taken()))
        sheets.append(all)
        about.append((all.name, "Every mismatch, in full"))
      }
      if fit.contrasts.count > StudyReport.mostRows {
        let all = tables.contrasts(named: Workbook.named("All contrasts", among: taken()))
        sheets.append(all)
        about.append((all.name, "One product against another, every pair that was compared"))
      }
    }
    if let chart = profileSheet(among: taken()) {
      sheets.append(chart)
      about.append((chart.name, "The answers that differ most between segments, with a chart"))
    }
    for (sheet, text) in WorkbookTables(numbers: numbers).sheets(document, besides: taken()) {
      sheets.append(sheet)
      about.append((sheet.name, text))
    }
    if let model = results.model {
      if let tool = TypingTool(model) {
        for sheet in tool.sheets(besides: taken()) {
          sheets.append(sheet)
          about.append(
            (
              sheet.name,
              sheet.choices.isEmpty && sheet.name.hasPrefix("Typing c")
                ? "What the typing tool computes with; locked"
                : "Type answers, read the segment and its probability"
            ))
        }
      } else {
        about.append(
          (
            "(no typing tool)",
            "Formulas cannot place people by this model: "
              + "\(TypingTool.whyNot(model) ?? "it is of another kind"). Use tessera assign."
          ))
      }
    }
    return Workbook(
      title: document.title, sheets: [readMe(cover, document, about)] + sheets)
  }

  private func readMe(
    _ name: String, _ document: ReportDocument, _ about: [(name: String, text: String)]
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [[.text(document.title, .title)], [.text(document.subtitle, .muted)], []]
    for sentence in Findings(results, numbers: numbers).sentences {
      sheet.rows.append([.blank, .text(sentence)])
    }
    sheet.rows.append([])
    sheet.rows.append([.text("Sheet", .header), .text("What it holds", .header)])
    for one in about { sheet.rows.append([.text(one.name, .strong), .text(one.text)]) }
    sheet.rows.append([])
    for sentence in results.privacySentences {
      sheet.rows.append([.blank, .text(sentence, .muted)])
    }
    sheet.rows.append([.blank, .text(document.footer, .muted)])
    sheet.widths = [26, 100]
    return sheet
  }

  /// The profile as numbers with a chart that the spreadsheet draws.
  private func profileSheet(among names: [String]) -> WorkbookSheet? {
    let chart = SegmentProfileChart(profiles: results.profiles, numbers: numbers, limit: 16)
      .chart(title: "")
    guard let table = chart?.table, !table.rows.isEmpty else { return nil }
    var sheet = WorkbookSheet(name: Workbook.named("Profile chart", among: names))
    let columns = table.columns.dropFirst(1)
    sheet.rows = [
      [.text("Share of each segment that gave the answer", .title)],
      columns.map { .text($0.title, $0.isNumeric ? .numberHeader : .header) },
    ]
    for row in table.rows {
      sheet.rows.append(
        [.text("\(row[0].text.plain): \(row[1].text.plain)", .strong)]
          + row.dropFirst(2).map { cell in
            cell.value.map { .number($0, .percent(0)) } ?? .blank
          })
    }
    let last = sheet.rows.count - 1
    sheet.scales = [
      .init(
        rows: 2...last, columns: 1...max(1, columns.count - 1),
        kind: .sequential(from: 0, to: 1))
    ]
    sheet.charts = [
      .init(
        title: "What sets the segments apart (n = "
          + "\(numbers.number(results.segmentation.respondents)))", axis: "Share of the segment",
        isHorizontal: true,
        row: last + 2, column: 0,
        categories: .init(firstRow: 2, firstColumn: 0, lastRow: last, lastColumn: 0),
        series: (1..<max(2, min(columns.count, 10))).map { column in
          (
            (row: 1, column: column),
            .init(firstRow: 2, firstColumn: column, lastRow: last, lastColumn: column)
          )
        }, width: 900, height: 700)
    ]
    sheet.widths = [52] + columns.dropFirst().map { _ in 16 }
    sheet.frozenRows = 2
    sheet.frozenColumns = 1
    return sheet
  }
}

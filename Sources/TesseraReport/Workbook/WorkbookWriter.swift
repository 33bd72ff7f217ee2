public import TesseraFiles
import TesseraProductFit
import TesseraStudy

/// Writes the results of a run as two workbooks: six sheets that a person opens, and every table.
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

  /// The workbook that a person opens, as bytes.
  ///
  /// - Parameter document: The report.
  /// - Returns: An `.xlsx` file; the same results give the same bytes.
  /// - Throws: ``OutputError`` if there is no room for a temporary file.
  public func bytes(of document: ReportDocument) throws(OutputError) -> [UInt8] {
    try WorkbookKernel.bytes(of: workbook(document))
  }

  /// Every table of the appendix as a workbook, as bytes.
  ///
  /// - Parameter appendix: The appendix.
  /// - Returns: An `.xlsx` file; the same results give the same bytes.
  /// - Throws: ``OutputError`` if there is no room for a temporary file.
  public func bytes(ofAppendix appendix: ReportDocument) throws(OutputError) -> [UInt8] {
    try WorkbookKernel.bytes(of: self.appendix(appendix))
  }

  /// The workbook that a person opens, as values.
  func workbook(_ document: ReportDocument) -> Workbook {
    let client = WorkbookClientSheets(results: results, numbers: numbers)
    var sheets = [client.summary(document), client.profile()].compactMap { $0 }
    if let fit = results.productFit {
      let tables = WorkbookFitSheets(
        fit: fit, names: FitNames(study: results.study, fit: fit), numbers: numbers,
        study: results.study)
      sheets.append(tables.weighing(named: "Fit"))
      if let changes = tables.changes(named: "Scenarios") { sheets.append(changes) }
      if let markets = tables.markets(named: "Markets") { sheets.append(markets) }
    }
    sheets += [client.opportunities(), client.channels()].compactMap { $0 }
    if let model = results.model {
      if let tool = TypingTool(model) {
        let sets = (results.profiles.segments.first?.variables ?? [])
          .filter { $0.level == "multiple" }.map { ($0.name, $0.label) }
        sheets += tool.naming(Dictionary(sets, uniquingKeysWith: { one, _ in one }), of: model)
          .sheets(besides: sheets.map(\.name))
      } else if !model.isGiven {
        sheets[0].rows.append([
          .blank,
          .text(
            "No typing tool: formulas cannot place people by this model: "
              + "\(TypingTool.whyNot(model) ?? "it is of another kind").",
            .muted),
        ])
      }
    }
    // Sheets are looked at one by one: each says what its figures must not be used for.
    if let mark = Findings(results, numbers: numbers).mark {
      for place in sheets.indices.dropFirst() {
        guard case .text(let title, let style)? = sheets[place].rows.first?.first else { continue }
        sheets[place].rows[0][0] = .text(title + (title.hasSuffix("?") ? " " : ". ") + mark, style)
      }
    }
    return Workbook(title: document.title, sheets: sheets)
  }

  /// Everything else as values: a sheet a table.
  func appendix(_ document: ReportDocument) -> Workbook {
    let cover = "Read me"
    var sheets: [WorkbookSheet] = []
    var about: [(name: String, text: String)] = []
    func taken() -> [String] { [cover] + sheets.map(\.name) }
    func add(_ sheet: WorkbookSheet, _ text: String) {
      sheets.append(sheet)
      about.append((sheet.name, text))
    }
    if let fit = results.productFit {
      let tables = WorkbookFitSheets(
        fit: fit, names: FitNames(study: results.study, fit: fit), numbers: numbers,
        study: results.study)
      add(
        tables.ledgers(named: "All ledgers"),
        "Where 100 points go, for every product and segment")
      if fit.mismatches.count > StudyReport.mostRows {
        add(tables.mismatches(named: "All mismatches"), "Every mismatch, in full")
      }
      if fit.contrasts.count > StudyReport.mostRows {
        add(
          tables.contrasts(named: "All contrasts"),
          "One product against another, every pair that was compared")
      }
    }
    for (sheet, text) in WorkbookTables(numbers: numbers).sheets(document, besides: taken()) {
      add(sheet, text)
    }
    return Workbook(
      title: document.title, sheets: [readMe(cover, document, about)] + sheets)
  }

  private func readMe(
    _ name: String, _ document: ReportDocument, _ about: [(name: String, text: String)]
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text(document.title, .title)], [.text(document.subtitle, .muted)], [],
      [.text("Sheet", .header), .text("What it holds", .header)],
    ]
    for one in about { sheet.rows.append([.text(one.name, .strong), .text(one.text)]) }
    sheet.rows.append([])
    for sentence in results.privacySentences {
      sheet.rows.append([.blank, .text(sentence, .muted)])
    }
    sheet.rows.append([.blank, .text(document.footer, .muted)])
    sheet.widths = [26, 100]
    return sheet
  }
}

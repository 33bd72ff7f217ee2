import TesseraReport
import TesseraSurvey

/// Sections of a report in plain text for a terminal.
enum SectionText {
  /// Sentences and tables; charts and notes stay in the report.
  ///
  /// - Parameter blocks: What a section holds.
  /// - Returns: Text for a terminal.
  static func text(_ blocks: [Block]) -> String {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .lead(let text), .paragraph(let text): lines += [text.plain, ""]
      // Warnings are told on standard error.
      case .table(let table): lines += self.lines(table) + [""]
      default: break
      }
    }
    while lines.last == "" { lines.removeLast() }
    return lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
  }

  private static func lines(_ table: ReportTable) -> [String] {
    [table.caption + ":"]
      + TextTableLayout.lines(
        header: table.columns.map(\.title), rows: table.rows.map { $0.map(\.text.plain) }
      ).map { "  " + $0 } + table.notes.map { "  " + $0 }
  }
}

import TesseraProductFit
import TesseraReport
import TesseraSurvey

/// What validation found, in plain text for a terminal: the same section as in the report.
enum ValidationText {
  /// The section in lines.
  ///
  /// - Parameter result: What validation found.
  /// - Returns: Text for a terminal.
  static func text(_ result: ValidationResult) -> String {
    var lines: [String] = []
    for block in ValidationReport(result).section.blocks {
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

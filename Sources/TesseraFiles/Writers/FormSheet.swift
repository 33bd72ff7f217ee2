/// A sheet of a workbook that a person fills in.
public struct FormSheet: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The cells, row after row.
  public var rows: [[FormCell]] = []
  /// Widths of the columns, in letters.
  public var widths: [Double] = []
  /// Rows that stay in sight.
  public var frozenRows = 0
  /// Columns whose cells are texts, so that a spreadsheet takes no 2-8 for a date.
  public var textColumns: [Int] = []
  /// Columns with a drop-down.
  public var choices: [FormChoice] = []

  /// Makes a sheet without cells.
  ///
  /// - Parameter name: At most 31 letters, none of `[]:*?/\`.
  public init(name: String) {
    self.name = name
  }
}

/// What stands in a cell of a form.
public enum FormCell: Sendable, Equatable {
  /// Nothing.
  case blank
  /// A text, never read as a formula.
  case text(String, Style = .plain)
  /// A number.
  case number(Double)

  /// Texts of one look, side by side.
  ///
  /// - Parameters:
  ///   - texts: One for each column.
  ///   - style: How they look.
  /// - Returns: The cells.
  public static func row(_ texts: [String], _ style: Style) -> [FormCell] {
    texts.map { $0.isEmpty ? .blank : .text($0, style) }
  }

  /// How a cell looks.
  public enum Style: Sendable, Hashable {
    case plain
    case title
    case heading
    /// A remark that is not read.
    case remark
  }
}

/// A drop-down for a column of cells; other values may be typed too.
public struct FormChoice: Sendable, Equatable {
  /// Rows from 0.
  public let rows: ClosedRange<Int>
  /// Column from 0.
  public let column: Int
  /// What it offers.
  public let source: Source

  /// Where the values come from.
  public enum Source: Sendable, Equatable {
    /// Words, together under 255 letters.
    case words([String])
    /// Cells of a sheet, such as `=Variables!$A$3:$A$90`.
    case cells(String)
  }

  /// Makes a drop-down.
  public init(rows: ClosedRange<Int>, column: Int, source: Source) {
    self.rows = rows
    self.column = column
    self.source = source
  }
}

/// Writes forms as Excel workbooks.
public enum FormWriter {
  /// Writes a workbook, whole or not at all.
  ///
  /// - Parameters:
  ///   - sheets: The sheets, left to right.
  ///   - path: Where to.
  /// - Throws: ``OutputError`` if it cannot be written.
  public static func write(_ sheets: [FormSheet], to path: String) throws(OutputError) {
    try AtomicFile.write(to: path) { (output) throws(OutputError) in
      try ExcelFile.write(to: output, keepsRowsOnly: false) { book in
        for sheet in sheets { book.addSheet(sheet.name).write(sheet) }
      }
    }
  }
}

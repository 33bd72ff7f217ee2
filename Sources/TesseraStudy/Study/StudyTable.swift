internal import TesseraFiles
internal import TesseraSurvey

/// A small table beside a study, from a file of its own or from the study itself.
struct StudyTable {
  /// A row with its line, from 1.
  struct Row {
    let line: Int
    let cells: [String]
  }

  let file: String
  let header: [String]
  let rows: [Row]
  /// For each column the line that names it first.
  private let headerLines: [Int]
  /// Sheet and cell of each row's cells; empty where the table stands in no workbook.
  private let cells: [[String?]]
  /// Sheet and cell of each column's heading.
  private let headerCells: [String?]

  /// Takes a table that was read from a file.
  init(_ table: TextTable) {
    file = table.file
    header = table.header
    rows = table.rows.map { Row(line: $0.line, cells: $0.cells) }
    headerLines = header.map { _ in 1 }
    headerCells = table.header.indices.map { table.cell(line: 1, column: $0) }
    cells = table.rows.map { row in
      table.header.indices.map { table.cell(line: row.line, column: $0) }
    }
  }

  /// Lays out a table that stands in a study: columns in the order in which they first occur.
  init(_ inline: [TableDeclaration.Row], first: String, file: String) {
    self.file = file
    var columns: [String] = []
    var lines = [inline.first?.line ?? 1]
    var places: [String?] = [nil]
    for row in inline {
      for cell in row.cells where !columns.contains(cell.feature) {
        columns.append(cell.feature)
        lines.append(row.line)
        places.append(cell.heading)
      }
    }
    header = [first] + columns
    headerLines = lines
    headerCells = places
    cells = inline.map { row in
      [row.place] + columns.map { column in row.cells.first { $0.feature == column }?.place }
    }
    rows = inline.map { row in
      Row(
        line: row.line,
        cells: [row.name]
          + columns.map { column in row.cells.first { $0.feature == column }?.text ?? "" })
    }
  }

  /// The cells without blanks around them.
  func text(_ row: Int, _ column: Int) -> String {
    let cell = rows[row].cells[column]
    return String(cell.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// A cell's place in words: file and line, or file, sheet and cell.
  func place(_ row: Int, _ column: Int) -> String {
    guard let cell = cells[row][column] ?? cells[row][0] else { return "\(file):\(rows[row].line)" }
    return "\(SheetGrid.split(file).file): \(cell)"
  }

  /// An error in the table.
  func error(
    _ code: String, _ message: String, row: Int? = nil, column: Int? = nil, hint: String? = nil
  ) -> StudyError {
    let place =
      row.map { row in cells[row][column ?? 0] ?? cells[row][0] }
      ?? column.map { headerCells[$0] } ?? nil
    return StudyError(
      code: code, message: message, file: place == nil ? file : SheetGrid.split(file).file,
      row: row.map { rows[$0].line } ?? column.map { headerLines[$0] } ?? headerLines.first ?? 1,
      column: column.map { header[$0] }, hint: hint, cell: place)
  }

  /// Refuses a table without a name in each row, or with a name twice.
  ///
  /// - Parameter noun: What a row is, such as "product".
  /// - Returns: The names in the first column.
  /// - Throws: ``StudyError`` naming the lines.
  func names(_ noun: String) throws(StudyError) -> [String] {
    guard header.count > 1, !rows.isEmpty else {
      throw error(
        "E0607", "the table has no \(noun)s or no features",
        hint: "a row a \(noun), a column a feature; the first column names the \(noun)")
    }
    var names: [String] = []
    for row in rows.indices {
      let name = text(row, 0)
      guard !name.isEmpty else {
        throw error(
          "E0607", "this row has no name", row: row, column: 0, hint: "name the \(noun)")
      }
      if let other = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
        throw error(
          "E0602",
          "the \(noun) '\(DisplayText.escaped(name))' stands here and on line "
            + "\(rows[other].line)", row: row, column: 0, hint: "keep one of the rows")
      }
      names.append(name)
    }
    return names
  }
}

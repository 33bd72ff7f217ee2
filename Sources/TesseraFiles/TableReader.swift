/// Reads plain tables of texts.
public enum TableReader {
  /// Reads a delimited table, or a sheet of a workbook.
  ///
  /// - Parameters:
  ///   - file: The path; of a workbook with `#SHEET` behind it, or the first sheet is read.
  ///   - options: What is known about the file; what concerns surveys is not looked at.
  /// - Returns: The header and the rows, as texts; a table without rows is allowed.
  /// - Throws: ``SurveyFileError`` naming file and line.
  public static func read(
    _ file: String, options: ReadingOptions = ReadingOptions()
  ) throws(SurveyFileError) -> TextTable {
    if SheetGrid.isWorkbook(file) {
      let (path, sheet) = SheetGrid.split(file)
      return try table(SheetGrid.read(path, sheet: sheet), path)
    }
    let opened = try CSVReader(file: file, options: options).open(Gzip.opened(file))
    let finding = opened.finding
    var records = CSVRecords(
      view: opened.view, dialect: finding.dialect, position: finding.start, line: finding.line)
    let header = try CSVHeader.read(records, file: file, format: .csv)
    let reader = CSVTableReader(
      owner: opened.owner, view: opened.view, dialect: finding.dialect, names: header.names,
      rules: [], file: file, check: opened.check, salvages: false, threads: 1, keepsText: true)
    records = CSVRecords(
      view: opened.view, dialect: finding.dialect, position: header.dataStart,
      line: header.dataLine)
    var rows: [TextTable.Row] = []
    do throws(CSVFault) {
      while let record = try records.next() {
        if record.isBlank, header.names.count > 1 { continue }
        guard record.fields.count == header.names.count else {
          throw .ragged(rowStart: record.start, line: record.line, found: record.fields.count)
        }
        rows.append(TextTable.Row(line: record.line + 1, cells: record.fields))
      }
    } catch {
      throw reader.error(error, 0)
    }
    return TextTable(file: file, header: header.names, rows: rows)
  }
  /// A sheet as a table: the first filled row is the header; cells outside its columns are refused.
  private static func table(
    _ grid: SheetGrid, _ file: String
  ) throws(SurveyFileError) -> TextTable {
    guard let head = grid.rows.first else { throw .empty(file: "\(file)#\(grid.name)") }
    // As a row, a column whose heading begins with # is a remark.
    let named = head.filter { !$0.text.hasPrefix("#") }
    let remarks = Set(head.map(\.column)).subtracting(named.map(\.column))
    let columns = named.map(\.column)
    var rows: [TextTable.Row] = []
    for row in grid.rows.dropFirst() where row.first?.text.hasPrefix("#") != true {
      var cells = [String](repeating: "", count: columns.count)
      for cell in row where !remarks.contains(cell.column) {
        guard let place = columns.firstIndex(of: cell.column) else {
          throw .badCell(
            file: file, row: cell.row, cell: grid.place(row: cell.row, column: cell.column),
            detail: "stands in a column without a heading in row \(head[0].row)")
        }
        cells[place] = cell.text
      }
      rows.append(TextTable.Row(line: row[0].row, cells: cells))
    }
    var table = TextTable(
      file: "\(file)#\(grid.name)", header: named.map(\.text), rows: rows)
    table.sheet = (grid.name, columns)
    return table
  }
}

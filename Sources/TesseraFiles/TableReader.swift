/// Reads plain tables of texts.
public enum TableReader {
  /// Reads a delimited table.
  ///
  /// - Parameters:
  ///   - file: The path.
  ///   - options: What is known about the file; what concerns surveys is not looked at.
  /// - Returns: The header and the rows, as texts; a table without rows is allowed.
  /// - Throws: ``SurveyFileError`` naming file and line.
  public static func read(
    _ file: String, options: ReadingOptions = ReadingOptions()
  ) throws(SurveyFileError) -> TextTable {
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
}

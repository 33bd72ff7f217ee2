internal import TesseraSurvey

/// Reads delimited text into raw columns.
struct CSVReader {
  /// What one file came to.
  struct Contents {
    var header: CSVHeader
    var dialect: CSVDialect
    var rows: [Int]
    var columns: [RawColumn]
    var rejected: [RejectedRow]
    var notices: [FileNotice]
    var byteCount: Int
  }

  let file: String
  let options: ReadingOptions

  /// A text that is ready to be split: decoded, checked, its dialect known.
  struct Opened {
    let owner: FileBytes
    let view: ByteView
    let finding: CSVSniffer.Finding
    let notices: [FileNotice]
  }

  /// Decodes and checks the text, and finds out its dialect.
  func open(_ owner: FileBytes) throws(SurveyFileError) -> Opened {
    let decoded = try TextEncoding.decode(owner, file: file, encoding: options.encoding)
    let whole = decoded.owner.view
    guard decoded.start < whole.count else { throw .empty(file: file) }
    let sniffer = CSVSniffer(whole, file: file, options: options)
    try sniffer.refuseBinary(decoded.start)
    try check(whole, decoded.start)
    let finding = try sniffer.find(from: decoded.start)
    return Opened(
      owner: decoded.owner, view: whole.prefix(finding.end), finding: finding,
      notices: decoded.notices + finding.notices)
  }

  /// Reads the file's columns.
  ///
  /// - Parameters:
  ///   - owner: The bytes of the file.
  ///   - keepsText: Whether numbers stay texts, so that files can be stacked.
  /// - Returns: The header and the columns.
  /// - Throws: ``SurveyFileError`` naming file, line and column.
  func read(_ owner: FileBytes, keepsText: Bool) throws(SurveyFileError) -> Contents {
    let opened = try open(owner)
    let finding = opened.finding
    let records = CSVRecords(
      view: opened.view, dialect: finding.dialect, position: finding.start, line: finding.line)
    var header = try CSVHeader.read(records, file: file, format: options.format)
    let reader = CSVTableReader(
      owner: opened.owner, view: opened.view, dialect: finding.dialect, names: header.names,
      rules: header.names.map(rules), file: file, salvages: options.salvage,
      threads: options.threads, keepsText: keepsText)
    let table = try reader.read(from: header.dataStart, line: header.dataLine)
    guard !table.rows.isEmpty else { throw .noRows(file: file) }
    var columns = Parallel.map(header.names.count, threads: options.threads) { column in
      RawColumn(table, column: column)
    }
    var notices = opened.notices + header.notices
    header.dropNameless(file, &columns, &notices)
    return Contents(
      header: header, dialect: finding.dialect, rows: table.rows, columns: columns,
      rejected: table.rejected, notices: notices, byteCount: owner.view.count)
  }

  /// What counts as a number in a column.
  func rules(_ name: String) -> CellRules {
    let declared = options.missing + (options.missingInColumn[name] ?? [])
    return CellRules(decimal: options.decimal ?? 0x2E, declared: declared.map(\.answer))
  }

  private func check(_ view: ByteView, _ start: Int) throws(SurveyFileError) {
    let length = 4 << 20
    let count = (view.count - start + length - 1) / length
    let ends = (0...count).map { piece in
      // A piece must not begin inside a sequence of bytes.
      var place = min(view.count, start + piece * length)
      while place > start, place < view.count, view[place] & 0xC0 == 0x80 { place -= 1 }
      return place
    }
    let faults = Parallel.map(count, threads: options.threads) { piece in
      TextEncoding.firstFault(view, ends[piece]..<ends[piece + 1]).map { ($0.position, $0.isZero) }
    }
    guard let fault = faults.lazy.compactMap({ $0 }).first else { return }
    let newline: UInt8 = view.first(0x0A, in: 0..<view.count) == nil ? 0x0D : 0x0A
    let row = view.occurrences(of: newline, in: 0..<fault.0) + 1
    if fault.1 { throw .zeroByte(file: file, row: row) }
    throw .encoding(file: file, row: row, byte: fault.0 + 1, encoding: "UTF-8")
  }
}

extension RawColumn {
  /// Whether no cell holds anything.
  var isEmpty: Bool {
    if case .coded(let texts, _) = cells { texts.isEmpty } else { false }
  }
}

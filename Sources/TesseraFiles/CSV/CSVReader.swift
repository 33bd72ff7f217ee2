internal import TesseraSurvey

/// Reads delimited text into raw columns.
struct CSVReader {
  /// What one file came to.
  struct Contents {
    var header: CSVHeader
    var dialect: CSVDialect
    var rows: RowLines
    var columns: [RawColumn]
    var rejected: [RejectedRow]
    var notices: [FileNotice]
    var byteCount: Int
  }

  let file: String
  let options: ReadingOptions
  /// The encoding that the text's letters show, where it is no UTF-8.
  private var legacy: LegacyEncoding?

  init(file: String, options: ReadingOptions) {
    self.file = file
    self.options = options
  }

  /// A text that is ready to be split: decoded, checked, its dialect known.
  struct Opened {
    let owner: FileBytes
    let view: ByteView
    let finding: CSVSniffer.Finding
    let notices: [FileNotice]
    let check: TextCheck
  }

  /// Decodes and checks the text, and finds out its dialect.
  func open(_ owner: FileBytes) throws(SurveyFileError) -> Opened {
    try orLegacy(owner) { reader throws(SurveyFileError) in
      let (decoded, check) = try reader.decode(owner)
      try check.run()
      return try reader.sniff(decoded, check)
    }
  }

  /// Finds out the dialect of a text that is checked while its rows are read.
  func openUnchecked(_ owner: FileBytes) throws(SurveyFileError) -> Opened {
    let (decoded, check) = try decode(owner)
    return try sniff(decoded, check)
  }

  /// Reads a text once more in the encoding that its letters show, if it is no UTF-8.
  private func orLegacy<Result>(
    _ owner: FileBytes, _ read: (CSVReader) throws(SurveyFileError) -> Result
  ) throws(SurveyFileError) -> Result {
    do throws(SurveyFileError) {
      return try read(self)
    } catch {
      guard case .encoding(let file, let row, let byte, let encoding, _) = error,
        options.encoding == nil, legacy == nil
      else { throw error }
      guard let found = LegacyEncoding.guess(owner.view) else {
        throw .encoding(
          file: file, row: row, byte: byte, encoding: encoding,
          fits: LegacyEncoding.fitting(owner.view))
      }
      var reader = self
      reader.legacy = found
      return try read(reader)
    }
  }

  private func decode(
    _ owner: FileBytes
  ) throws(SurveyFileError) -> (TextEncoding.Decoded, TextCheck) {
    var decoded = try TextEncoding.decode(
      owner, file: file, encoding: options.encoding ?? legacy?.name)
    if let legacy {
      decoded.notices.append(
        FileNotice(
          file: file,
          message: "read as \(legacy.title), going by its letters; if some look wrong, name the "
            + "encoding with --encoding"))
    }
    let whole = decoded.owner.view
    guard decoded.start < whole.count else { throw .empty(file: file) }
    try CSVSniffer(whole, file: file, options: options).refuseBinary(decoded.start)
    return (
      decoded,
      TextCheck(view: whole, start: decoded.start, file: file, threads: options.threads)
    )
  }

  private func sniff(
    _ decoded: TextEncoding.Decoded, _ check: TextCheck
  ) throws(SurveyFileError) -> Opened {
    let sniffer = CSVSniffer(check.view, file: file, options: options)
    let finding = try sniffer.find(from: decoded.start)
    return Opened(
      owner: decoded.owner, view: check.view.prefix(finding.end), finding: finding,
      notices: decoded.notices + TwiceEncoded.notices(check.view, file: file) + finding.notices,
      check: check)
  }

  /// Reads the file's columns.
  ///
  /// - Parameters:
  ///   - owner: The bytes of the file.
  ///   - keepsText: Whether numbers stay texts, so that files can be stacked.
  /// - Returns: The header and the columns.
  /// - Throws: ``SurveyFileError`` naming file, line and column.
  func read(_ owner: FileBytes, keepsText: Bool) throws(SurveyFileError) -> Contents {
    try orLegacy(owner) { reader throws(SurveyFileError) in
      try reader.readOnce(owner, keepsText)
    }
  }

  private func readOnce(_ owner: FileBytes, _ keepsText: Bool) throws(SurveyFileError) -> Contents {
    let (decoded, check) = try decode(owner)
    do throws(SurveyFileError) {
      return try read(sniff(decoded, check), keepsText, owner.view.count)
    } catch {
      // What is wrong with the text explains what looks wrong with the table.
      try check.run()
      throw error
    }
  }

  /// Reads a text that is checked while its rows are read.
  private func read(
    _ opened: Opened, _ keepsText: Bool, _ byteCount: Int
  ) throws(SurveyFileError) -> Contents {
    let finding = opened.finding
    let records = CSVRecords(
      view: opened.view, dialect: finding.dialect, position: finding.start, line: finding.line)
    var header = try CSVHeader.read(
      records, file: file, format: options.format, isNamed: options.header)
    if !opened.check.isSound(around: header.dataStart..<opened.view.count) {
      try opened.check.run()
    }
    var dialect = finding.dialect
    dialect.isQuoted = Self.quotedColumns(opened.view, dialect, from: header.dataStart)
    let reader = CSVTableReader(
      owner: opened.owner, view: opened.view, dialect: dialect, names: header.names,
      rules: header.names.map { rules($0, finding.dialect) }, file: file, check: opened.check,
      salvages: options.salvage,
      threads: options.threads, keepsText: keepsText,
      headings: opened.view.headings(finding.start..<header.dataStart, dialect),
      pieceLength: options.pieceLength,
      readsRowByRow: options.readsRowByRow)
    let table = try reader.read(from: header.dataStart, line: header.dataLine)
    guard table.rows.count > 0 else { throw .noRows(file: file) }
    var columns = Parallel.map(header.names.count, threads: options.threads) { column in
      RawColumn(table, column: column)
    }
    // Distinct texts were looked up all over the file.
    opened.owner.release(0..<opened.view.count)
    var notices = opened.notices + header.notices + table.passedOver.notices(file)
    header.dropNameless(file, &columns, &notices)
    return Contents(
      header: header, dialect: finding.dialect, rows: table.rows, columns: columns,
      rejected: table.rejected, notices: notices, byteCount: byteCount)
  }

  /// Which columns stand in quotes wherever they hold anything, but for one cell of nine, in the first
  /// rows.
  private static func quotedColumns(
    _ view: ByteView, _ dialect: CSVDialect, from start: Int
  ) -> [Bool] {
    var records = CSVRecords(view: view, dialect: dialect, position: start)
    var quoted: [Int] = []
    var plain: [Int] = []
    for _ in 0..<64 {
      guard records.position - start < 1 << 20, let row = try? records.next() else { break }
      while quoted.count < row.fields.count {
        quoted.append(0)
        plain.append(0)
      }
      for (column, isQuoted) in row.isQuoted.enumerated() {
        if isQuoted {
          quoted[column] += 1
        } else if !row.fields[column].isEmpty {
          plain[column] += 1
        }
      }
    }
    return zip(quoted, plain).map { $0 >= 2 && $1 * 8 <= $0 }
  }

  /// What counts as a number in a column.
  func rules(_ name: String, _ dialect: CSVDialect) -> CellRules {
    let declared = options.missing + (options.missingInColumn[name] ?? [])
    return CellRules(
      decimal: options.decimal ?? 0x2E, declared: declared.map(\.answer),
      pointMayPartThousands: dialect.delimiter == 0x3B && options.decimal == nil)
  }
}

extension RawColumn {
  /// Whether no cell holds anything.
  var isEmpty: Bool {
    if case .coded(let texts, _) = cells { texts.isEmpty } else { false }
  }
}

/// Finds out the dialect of a delimited text, and where its table begins and ends.
struct CSVSniffer {
  /// What was found out.
  struct Finding {
    /// How rows and fields are separated.
    var dialect: CSVDialect
    /// Where the header begins.
    var start: Int
    /// Lines before the header.
    var line: Int
    /// Where the table ends.
    var end: Int
    /// What to tell the user.
    var notices: [FileNotice]
  }

  let view: ByteView
  let file: String
  let options: ReadingOptions
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// Looks at a text.
  init(_ view: ByteView, file: String, options: ReadingOptions) {
    self.view = view
    self.file = file
    self.options = options
  }

  /// Finds out the dialect of the text behind an offset.
  func find(from offset: Int) throws(SurveyFileError) -> Finding {
    var start = offset
    var line = 0
    var notices: [FileNotice] = []
    var end = view.count
    if end > start, view[end - 1] == 0x1A {
      end -= 1
      notices.append(
        FileNotice(file: file, message: "an end-of-file mark (Ctrl-Z) at the end was left out"))
    }
    var dialect = CSVDialect(delimiter: 0)
    dialect.newline = newline(start, end)
    dialect.decimal = options.decimal ?? 0x2E
    dialect.escape = options.escape
    dialect.quote = options.quote ?? 0x22
    guard let first = firstText(start, end) else { throw .empty(file: file) }
    try refuseOtherKinds(first, end)
    var declared: UInt8?
    if let found = declaredDelimiter(start, end) {
      declared = found.delimiter
      start = found.next
      line = 1
    }
    if let delimiter = options.delimiter ?? declared {
      dialect.delimiter = delimiter
      let counted = counts(dialect, start, end, line)
      let header = counted.headerPlace
      skip(counted, header, &start, &line, &notices)
    } else {
      let best = best(dialect, start, end, line)
      dialect = best.dialect
      if dialect.delimiter == 0 || best.counted.agreement < 1 {
        takeRare(&dialect, start, end, &notices)
      }
      if dialect != best.dialect {
        return finding(dialect, start, line, end, notices)
      }
      if dialect.quote != 0x22, options.quote == nil, let row = firstQuoted(best.counted) {
        notices.append(
          FileNotice(file: file, row: row, message: "fields stand in single quotes (')"))
      }
      if dialect.delimiter != 0 {
        skip(best.counted, best.counted.headerPlace, &start, &line, &notices)
      } else {
        try refuseAligned(best.counted)
        try refuseStrayQuote(dialect, start, end)
        takeBlanks(&dialect, start, end, &notices)
        if dialect.delimiter == 0, options.header == nil {
          try refuseBlanks(dialect, start, end)
          try refuseRare(dialect, start, end)
        }
      }
    }
    return finding(dialect, start, line, end, notices)
  }

  /// What was found out, without what stands below the table.
  private func finding(
    _ dialect: CSVDialect, _ start: Int, _ line: Int, _ end: Int, _ notices: [FileNotice]
  ) -> Finding {
    var result = Finding(dialect: dialect, start: start, line: line, end: end, notices: notices)
    if dialect.delimiter != 0 { trimFooter(dialect, start, &result.end, &result.notices) }
    return result
  }

  private func newline(_ start: Int, _ end: Int) -> UInt8 {
    let looked = start..<min(end, start + (1 << 20))
    if view.first(0x0A, in: looked) != nil { return 0x0A }
    return view.first(0x0D, in: looked) != nil ? 0x0D : 0x0A
  }

  private func firstText(_ start: Int, _ end: Int) -> Int? {
    var place = start
    while place < end {
      switch view[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return place
      }
    }
    return nil
  }

  private func begins(_ text: String, at place: Int = 0) -> Bool {
    let bytes = Array(text.utf8)
    return place + bytes.count <= view.count
      && view.bytes(place..<place + bytes.count) == bytes
  }

  /// Refuses files whose first bytes say that they are no text.
  func refuseBinary(_ start: Int) throws(SurveyFileError) {
    if begins("%PDF", at: start) {
      throw .wrongKind(file: file, found: "a PDF document, not a table")
    }
    let kinds: [([UInt8], String)] = [
      ([0x50, 0x4B, 0x03, 0x04], "a zip archive or an Excel workbook, not text"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel or Office file, or an encrypted one"),
      ([0x1F, 0x8B], "gzip-compressed data"),
      ([0x89, 0x50, 0x4E, 0x47], "a picture"),
      ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65], "an SQLite database, not text"),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file, not text"),
    ]
    for (mark, kind) in kinds
    where start + mark.count <= view.count && view.bytes(start..<start + mark.count) == mark {
      throw .wrongKind(file: file, found: kind)
    }
  }

  private func refuseOtherKinds(_ first: Int, _ end: Int) throws(SurveyFileError) {
    if view[first] == 0x7B || view[first] == 0x5B {
      var next = first + 1
      while next < end, view[next] <= 0x20 { next += 1 }
      if next < end, [0x22, 0x7B, 0x5B, 0x5D, 0x7D].contains(view[next]) {
        throw .wrongKind(file: file, found: "JSON, not a table")
      }
    }
    if begins("<?xml", at: first) || begins("<!DOCTYPE", at: first) || begins("<html", at: first) {
      throw .wrongKind(file: file, found: "XML or HTML, not a table")
    }
  }

  /// The delimiter of a first line such as `sep=;`.
  private func declaredDelimiter(_ start: Int, _ end: Int) -> (delimiter: UInt8, next: Int)? {
    guard start + 5 <= end, view.text(start..<start + 3).lowercased() == "sep",
      view[start + 3] == 0x3D
    else { return nil }
    var place = start + 5
    while place < end, view[place] == 0x0D, place + 1 < end, view[place + 1] == 0x0A { place += 1 }
    guard place < end, view[place] == 0x0A || view[place] == 0x0D else { return nil }
    return (view[start + 4], place + 1)
  }

  /// The rows at the beginning: how many fields each has, 0 for a blank line.
  struct Counted {
    var records: [CSVRecords.Record] = []
    var counts: [Int] = []
    var quotedLines: [Int] = []

    /// The number of fields that most rows have; the larger of equally frequent ones.
    var usual: Int {
      var times: [Int: Int] = [:]
      for count in counts where count > 0 { times[count, default: 0] += 1 }
      return times.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// The share of rows that have the usual number of fields.
    var agreement: Double {
      let rows = counts.count { $0 > 0 }
      return rows == 0 ? 0 : Double(counts.count { $0 == usual }) / Double(rows)
    }
  }

  func counts(_ dialect: CSVDialect, _ start: Int, _ end: Int, _ line: Int) -> Counted {
    var records = CSVRecords(
      view: view, dialect: dialect, position: start, line: line, limit: end)
    var result = Counted()
    while result.counts.count < 64, records.position - start < 4 << 20,
      let record = try? records.next()
    {
      result.records.append(record)
      result.counts.append(record.isBlank ? 0 : record.fields.count)
      var place = record.start
      while place < min(record.end, record.start + 4096) {
        let isFirst = place == record.start || view[place - 1] == dialect.delimiter
        if isFirst, view[place] == dialect.quote {
          result.quotedLines.append(record.line + 1)
          break
        }
        place += 1
      }
    }
    return result
  }

  private func firstQuoted(_ counted: Counted) -> Int? { counted.quotedLines.first }

  private func best(
    _ dialect: CSVDialect, _ start: Int, _ end: Int, _ line: Int
  ) -> (dialect: CSVDialect, counted: Counted) {
    var chosen = (dialect: dialect, counted: Counted(), agreement: 0.0)
    let quotes: [UInt8] = options.quote.map { [$0] } ?? [0x22, 0x27]
    for quote in quotes {
      for delimiter in Self.candidates {
        var candidate = dialect
        candidate.delimiter = delimiter
        candidate.quote = quote
        let counted = counts(candidate, start, end, line)
        guard counted.usual > 1 else { continue }
        // Another quote than usual must stand where quotes stand.
        if quote != 0x22, options.quote == nil, counted.quotedLines.isEmpty { continue }
        let agreement = counted.agreement
        let isBetter =
          agreement > chosen.agreement
          || (agreement == chosen.agreement && quote == chosen.dialect.quote
            && counted.usual > chosen.counted.usual)
        if isBetter { chosen = (candidate, counted, agreement) }
      }
      if chosen.agreement == 1 { break }
    }
    if chosen.counted.usual > 1, chosen.agreement >= 0.5 || chosen.counted.counts.first ?? 0 > 1 {
      return (chosen.dialect, chosen.counted)
    }
    return (dialect, counts(dialect, start, end, line))
  }

  private func skip(
    _ counted: Counted, _ header: Int, _ start: inout Int, _ line: inout Int,
    _ notices: inout [FileNotice]
  ) {
    guard header > 0 else { return }
    start = counted.records[header].start
    line = counted.records[header].line
    guard counted.counts[..<header].contains(where: { $0 > 0 }) else { return }
    notices.append(
      FileNotice(
        file: file, row: 1,
        message: "lines 1 to \(line) stand above the table and were left out"))
  }
}

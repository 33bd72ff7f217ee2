// What stands below a table.
extension CSVSniffer {
  /// Leaves out what stands below the table: notes on lines by themselves, and a row of totals.
  func trimFooter(
    _ dialect: CSVDialect, _ start: Int, _ end: inout Int, _ notices: inout [FileNotice]
  ) {
    var cut = end
    var found: Int?
    for _ in 0..<20 {
      let (line, next) = lastLine(dialect, start, cut)
      guard let line, next > start else { break }
      let isBlank = line.isEmpty
      let text = view.text(line)
      let isNote =
        !line.contains { view[$0] == dialect.delimiter || view[$0] == dialect.quote }
        && text.contains(" ") && !text.allSatisfy { $0.isNumber || $0 == " " }
      guard isBlank || isNote else { break }
      cut = next
      if isNote { found = next }
    }
    if let found {
      let row = view.occurrences(of: dialect.newline, in: 0..<found) + 1
      notices.append(
        FileNotice(file: file, row: row, message: "notes below the table were left out"))
      end = found
    }
    trimTotals(dialect, start, &end, &notices)
  }

  private func lastLine(
    _ dialect: CSVDialect, _ start: Int, _ end: Int
  ) -> (line: Range<Int>?, next: Int) {
    guard end > start else { return (nil, start) }
    var high = end
    if view[high - 1] == dialect.newline { high -= 1 }
    var low = high
    while low > start, view[low - 1] != dialect.newline, high - low < 4096 { low -= 1 }
    guard low == start || view[low - 1] == dialect.newline else { return (nil, start) }
    if high > low, view[high - 1] == 0x0D, dialect.newline == 0x0A { high -= 1 }
    return (low..<max(low, high), low)
  }

  private static let totals: Set<String> = [
    "total", "totals", "grand total", "sum", "summe", "gesamt", "insgesamt", "somme", "totaux",
    "suma", "total general",
  ]

  private func trimTotals(
    _ dialect: CSVDialect, _ start: Int, _ end: inout Int, _ notices: inout [FileNotice]
  ) {
    let (line, next) = lastLine(dialect, start, end)
    guard let line, next > start,
      let mark = view.first(dialect.delimiter, in: line)
    else { return }
    var word = view.text(line.lowerBound..<mark).lowercased()
    word.removeAll { $0 == "\"" || $0 == ":" }
    guard Self.totals.contains(word) else { return }
    // Only below identifiers or numbers: "Total" may also be an answer.
    var records = CSVRecords(view: view, dialect: dialect, position: start, limit: end)
    guard (try? records.next()) != nil, let row = try? records.next(),
      let first = row.fields.first, first.contains(where: \.isNumber), row.start < next
    else { return }
    let number = view.occurrences(of: dialect.newline, in: 0..<next) + 1
    notices.append(
      FileNotice(
        file: file, row: number, message: "a row of totals below the table was left out"))
    end = next
  }
}

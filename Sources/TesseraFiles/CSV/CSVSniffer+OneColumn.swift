internal import TesseraSurvey

// What looks like one column and may be more.
extension CSVSniffer {
  /// Refuses columns that are lined up with blanks.
  func refuseAligned(_ counted: Counted) throws(SurveyFileError) {
    let lines = counted.records.prefix(16).compactMap(\.fields.first)
    guard lines.count >= 2 else { return }
    func words(_ line: String) -> Int {
      line.split(whereSeparator: { $0 == " " || $0 == "\t" }).count
    }
    let aligned = lines.allSatisfy { $0.contains("  ") && words($0) == words(lines[0]) }
    if aligned, words(lines[0]) > 1 {
      throw .notATable(
        file: file, row: 1, found: "the columns are lined up with spaces, which is not CSV")
    }
  }

  /// Refuses a heading with a quote that does not close, which would hide every delimiter.
  func refuseStrayQuote(_ dialect: CSVDialect, _ start: Int, _ end: Int) throws(SurveyFileError) {
    let lines = firstLines(dialect, start, end, 32)
    guard lines.count >= 2 else { return }
    func count(_ byte: UInt8, _ line: Range<Int>) -> Int { line.count { view[$0] == byte } }
    guard count(dialect.quote, lines[0]) % 2 == 1 else { return }
    for delimiter in Self.candidates {
      let counts = lines.map { count(delimiter, $0) }
      guard counts[0] > 0,
        counts.dropFirst().count(where: { $0 >= counts[0] }) * 2 > counts.count - 1
      else { continue }
      let quote = lines[0].last { view[$0] == dialect.quote } ?? start
      let column = (lines[0].lowerBound..<quote).count { view[$0] == delimiter } + 1
      let row = view.occurrences(of: dialect.newline, in: 0..<lines[0].lowerBound) + 1
      throw .unclosedQuote(file: file, row: row, column: "column \(column)")
    }
  }

  /// Refuses lines of as many words each that were not taken for columns: whether blanks separate them
  /// cannot be told, and one column of whole lines helps nobody.
  func refuseBlanks(_ dialect: CSVDialect, _ start: Int, _ end: Int) throws(SurveyFileError) {
    var candidate = dialect
    candidate.delimiter = 0x20
    let counted = counts(candidate, start, end, 0)
    let rows = counted.records.filter { !$0.isBlank }
    let wide = rows.filter { $0.fields.count == counted.usual }
    guard wide.count >= 3, counted.usual >= 2, rows[0].fields.count == counted.usual,
      counted.agreement >= 0.8
    else { return }
    // Sentences may have as many words by chance; numbers below a word, and quotes, are no chance.
    let isQuoted = wide.count { $0.isQuoted.contains(true) } * 2 > wide.count
    let isNumeric = wide[0].fields.indices.contains { column in
      Double(wide[0].fields[column]) == nil
        && wide.dropFirst().count { Double($0.fields[column]) != nil } * 5 >= (wide.count - 1) * 4
    }
    guard isQuoted || isNumeric || counted.usual >= 4 && wide.count >= 8 else { return }
    let row = view.occurrences(of: dialect.newline, in: 0..<start) + 1
    throw .notATable(
      file: file, row: row,
      found: "nearly every line has \(counted.usual) words with blanks between them: if these are "
        + "columns, say --delimiter ' '")
  }

  /// Takes single blanks for delimiters where every line has as many, and numbers stand below words.
  func takeBlanks(
    _ dialect: inout CSVDialect, _ start: Int, _ end: Int, _ notices: inout [FileNotice]
  ) {
    var candidate = dialect
    candidate.delimiter = 0x20
    let counted = counts(candidate, start, end, 0)
    let rows = counted.records.filter { !$0.isBlank }.map(\.fields)
    guard rows.count >= 3, counted.usual > 1, counted.agreement == 1,
      rows.allSatisfy({ !$0.contains("") }),
      rows[0].allSatisfy({ Double($0) == nil })
    else { return }
    let numeric = rows[0].indices.count { column in
      rows.dropFirst().allSatisfy { Double($0[column]) != nil }
    }
    guard numeric > 0 else { return }
    dialect = candidate
    notices.append(
      FileNotice(
        file: file, message: "fields are separated by single blanks; --delimiter says otherwise"))
  }

  private func firstLines(
    _ dialect: CSVDialect, _ start: Int, _ end: Int, _ most: Int
  ) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var place = start
    while place < end, lines.count < most {
      let stop = view.first(dialect.newline, in: place..<end) ?? end
      if stop > place { lines.append(place..<stop) }
      place = stop + 1
    }
    return lines
  }
}

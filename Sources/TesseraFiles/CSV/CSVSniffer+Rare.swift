internal import TesseraSurvey

// Delimiters that programs hardly ever write.
extension CSVSniffer {
  /// Caret, tilde, colon, and the control characters that some data bases write between fields.
  private static let rare: [UInt8] = [0x5E, 0x7E, 0x3A, 0x01, 0x1F]

  /// Takes a rare delimiter where it makes a table of even rows, and the usual ones do not.
  func takeRare(
    _ dialect: inout CSVDialect, _ start: Int, _ end: Int, _ notices: inout [FileNotice]
  ) {
    guard options.header != false else { return }
    for delimiter in Self.rare {
      guard let counted = table(dialect, delimiter, start, end), counted.agreement == 1,
        counted.usual > (delimiter == 0x3A || dialect.delimiter != 0 ? 2 : 1)
      else { continue }
      dialect.delimiter = delimiter
      dialect.quote = options.quote ?? 0x22
      notices.append(
        FileNotice(
          file: file,
          message: "fields are separated by \(Self.shown(delimiter)); --delimiter says otherwise"))
      return
    }
  }

  /// Refuses a text that a rare delimiter makes a table of nearly even rows: one column of whole lines
  /// helps nobody.
  func refuseRare(_ dialect: CSVDialect, _ start: Int, _ end: Int) throws(SurveyFileError) {
    for delimiter in Self.rare {
      guard let counted = table(dialect, delimiter, start, end), counted.usual > 2,
        counted.agreement >= 0.8
      else { continue }
      let row = view.occurrences(of: dialect.newline, in: 0..<start) + 1
      throw .notATable(
        file: file, row: row,
        found:
          "nearly every line has \(counted.usual) fields with \(Self.shown(delimiter)) between "
          + "them: if these are columns, say so with --delimiter")
    }
  }

  /// The rows that a delimiter makes, if the first could be names.
  private func table(
    _ dialect: CSVDialect, _ delimiter: UInt8, _ start: Int, _ end: Int
  ) -> Counted? {
    var candidate = dialect
    candidate.delimiter = delimiter
    candidate.quote = options.quote ?? 0x22
    let counted = counts(candidate, start, end, 0)
    let rows = counted.records.filter { !$0.isBlank }
    guard rows.count >= 3, counted.usual > 1, rows[0].fields.count == counted.usual else {
      return nil
    }
    let names = rows[0].fields.map { $0.trimmingSpaces.lowercased() }
    let areNames = names.allSatisfy { $0.contains(where: \.isLetter) }
    return areNames && Set(names).count == names.count ? counted : nil
  }

  private static func shown(_ delimiter: UInt8) -> String {
    switch delimiter {
    case 0x01, 0x1F: "the control character \(delimiter)"
    default: "'\(Character(Unicode.Scalar(delimiter)))'"
    }
  }
}

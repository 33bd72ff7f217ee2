internal import TesseraSurvey

/// The names and wordings above a delimited table.
struct CSVHeader {
  /// One name for each column, no two alike.
  var names: [String]
  /// One wording for each column; empty if there is none.
  var labels: [String]
  /// Which platform's layout it is.
  var format: SurveyFormat = .csv
  /// Where the first row of answers begins.
  var dataStart: Int
  /// Lines before the first row of answers.
  var dataLine: Int
  /// Lines before the header.
  var line: Int
  /// What to tell the user.
  var notices: [FileNotice] = []
  /// Positions, from 0, of columns without a name in the file.
  var unnamed: [Int] = []

  /// Reads the header rows.
  ///
  /// - Parameters:
  ///   - records: The text from the header on.
  ///   - file: The file, as the user named it.
  ///   - format: The layout, if the user names it.
  ///   - isNamed: Whether the first line names the columns, if the user says so.
  /// - Returns: Names, wordings, and where the answers begin.
  /// - Throws: ``SurveyFileError`` if there is no header, or two columns have one name.
  static func read(
    _ records: CSVRecords, file: String, format: SurveyFormat?, isNamed: Bool? = nil
  ) throws(SurveyFileError) -> CSVHeader {
    var records = records
    var rows: [CSVRecords.Record] = []
    var fault: CSVFault?
    do throws(CSVFault) {
      while rows.count < Self.lookedAt, let record = try records.next() {
        if rows.isEmpty, record.isBlank { continue }
        rows.append(record)
      }
    } catch {
      fault = error
    }
    guard !rows.isEmpty else {
      if let fault { throw Self.error(fault, file: file) }
      throw .empty(file: file)
    }
    if isNamed != false { try refuseOddQuotes(rows[0], file) }
    return try CSVHeader(
      rows: rows, behind: records.line, file: file, format: format, isNamed: isNamed)
  }

  /// Refuses names with a quote that has no partner, apart from inch marks: what stands between two
  /// such quotes may be one name.
  private static func refuseOddQuotes(
    _ row: CSVRecords.Record, _ file: String
  ) throws(SurveyFileError) {
    for (column, name) in row.fields.enumerated() where !row.isQuoted[column] {
      let marks = name.indices.filter { name[$0] == "\"" }
      guard marks.count % 2 == 1, let last = marks.last else { continue }
      let isInch = last > name.startIndex && name[name.index(before: last)].isNumber
      if !isInch {
        throw .unopenedQuote(file: file, row: row.line + 1, column: "column \(column + 1)")
      }
    }
  }

  /// How many of the first rows tell where the answers begin.
  static let lookedAt = 12

  /// Takes names and wordings from the first rows of a table.
  ///
  /// - Parameters:
  ///   - rows: The first rows, the header first; at least one.
  ///   - behind: Lines before the row behind them.
  ///   - file: The file, as the user named it.
  ///   - format: The layout, if the user names it.
  ///   - numbersTwins: Whether columns of one name are always numbered and told, as those of platforms
  ///     are, and not refused where they may be answers.
  ///   - isNamed: Whether the first row names the columns, if the user says so.
  /// - Throws: ``SurveyFileError`` if two columns have one name.
  init(
    rows: [CSVRecords.Record], behind: Int, file: String, format: SurveyFormat?,
    numbersTwins: Bool = false, isNamed: Bool? = nil
  ) throws(SurveyFileError) {
    names = rows[0].fields
    labels = [String](repeating: "", count: rows[0].fields.count)
    dataStart = rows[0].end
    dataLine = Self.lineBehind(rows, 0, behind)
    line = rows[0].line
    if isNamed == false {
      names = names.indices.map { "column_\($0 + 1)" }
      dataStart = rows[0].start
      dataLine = rows[0].line
      return
    }
    PlatformHeader.apply(rows, behind, file: file, format: format, to: &self)
    if self.format == .csv, dataStart == rows[0].end {
      if isNamed == nil, HeaderJudge.isData(rows) {
        throw .headerIsData(file: file, row: line + 1)
      }
      takeMore(rows, behind, file)
    }
    try settleNames(file: file, numbersTwins: numbersTwins || hasNamingTwins(rows))
  }

  /// Lines before the row behind a header row.
  static func lineBehind(_ rows: [CSVRecords.Record], _ place: Int, _ behind: Int) -> Int {
    place + 1 < rows.count ? rows[place + 1].line : behind
  }

  static func error(_ fault: CSVFault, file: String) -> SurveyFileError {
    let row = fault.line + 1
    switch fault {
    case .ragged(_, _, let found):
      return .raggedRow(file: file, row: row, found: found, expected: found)
    case .unclosed(_, _, let field):
      return .unclosedQuote(file: file, row: row, column: "column \(field + 1)")
    case .textAfterQuote(_, _, let field):
      return .textAfterQuote(file: file, row: row, column: "column \(field + 1)")
    case .strayQuote(_, _, let field):
      return .strayQuote(file: file, row: row, column: "column \(field + 1)")
    case .unopened(_, _, let field):
      return .unopenedQuote(file: file, row: row, column: "column \(field + 1)")
    case .tooLong(_, _, let field):
      return .cellTooLong(
        file: file, row: row, column: "column \(field + 1)", limit: CSVDialect.cellLimit)
    }
  }

  /// Trims names, names the nameless, and numbers or refuses two of one name.
  private mutating func settleNames(
    file: String, numbersTwins: Bool
  ) throws(SurveyFileError) {
    names = names.map { name in
      var name = Substring(name)
      while name.first == " " { name.removeFirst() }
      while name.last == " " { name.removeLast() }
      return String(name)
    }
    for position in names.indices where names[position].isEmpty {
      unnamed.append(position)
      names[position] = "column_\(position + 1)"
    }
    // Platforms give the question for a name, and ask "Why?" more than once.
    let isPlatform = format != .csv || SurveyFormat.platform(of: names) != .csv
    if isPlatform || numbersTwins { separateNames(file: file) }
    var seen: [TextKey: Int] = [:]
    var alike: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      if let first = seen[TextKey(name)] {
        throw .duplicateName(
          file: file, row: line + 1, name: name, first: first + 1, second: position + 1)
      }
      seen[TextKey(name)] = position
      // Equality of Swift's strings joins the two ways to write "é".
      let folded = name.lowercased()
      if let first = alike[folded] {
        notices.append(
          FileNotice(
            file: file, row: line + 1, column: name,
            message: "columns \(first + 1) (\(DisplayText.escaped(names[first]))) and "
              + "\(position + 1) (\(DisplayText.escaped(name))) have names that look alike"))
      } else {
        alike[folded] = position
      }
    }
  }

  /// Whether names that stand over several columns still name them: nine of ten columns have a name of
  /// their own, and no such name is an answer in the first rows, as it would be without a header.
  private func hasNamingTwins(_ rows: [CSVRecords.Record]) -> Bool {
    var columns: [String: [Int]] = [:]
    for (column, name) in names.enumerated() { columns[name, default: []].append(column) }
    let twins = columns.filter { $0.value.count > 1 }
    let several = twins.reduce(0) { $0 + $1.value.count - 1 }
    guard 10 * several <= names.count, rows.count > 1 else { return false }
    return twins.allSatisfy { name, places in
      rows.dropFirst().allSatisfy { row in
        places.allSatisfy { !row.fields.indices.contains($0) || row.fields[$0] != name }
      }
    }
  }

  /// Numbers names that stand over several columns.
  private mutating func separateNames(file: String) {
    var seen = Set(names.map(TextKey.init))
    var met = Set<TextKey>()
    for position in names.indices where !met.insert(TextKey(names[position])).inserted {
      let old = names[position]
      var number = 2
      while seen.contains(TextKey("\(old)#\(number)")) { number += 1 }
      names[position] = "\(old)#\(number)"
      seen.insert(TextKey(names[position]))
      met.insert(TextKey(names[position]))
      notices.append(
        FileNotice(
          file: file, row: line + 1, column: names[position],
          message: "column \(position + 1) is another '\(DisplayText.escaped(old))' and is called "
            + "'\(DisplayText.escaped(names[position]))'"))
    }
  }
}

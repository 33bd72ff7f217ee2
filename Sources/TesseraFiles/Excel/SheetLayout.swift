internal import TesseraSurvey

/// Finds the header among the first rows of a sheet, and notes below its last.
struct SheetLayout {
  let file: String
  let handler: SheetHandler
  let context: SheetContext
  let options: ReadingOptions

  /// Where the table is.
  struct Finding {
    var header: CSVHeader
    /// How many rows below the first ones belong to the table.
    var rows: Int
    /// How many of the first rows belong to the table.
    var headRows: Int
    var notices: [FileNotice]
  }

  /// Finds the table.
  ///
  /// - Throws: ``SurveyFileError`` if nothing is there, or two columns have one name.
  func find() throws(SurveyFileError) -> Finding {
    guard !handler.head.isEmpty else { throw .empty(file: file) }
    var notices: [FileNotice] = []
    let place = headerPlace()
    if place > 0 {
      notices.append(
        FileNotice(
          file: file, row: handler.head[0].row,
          message: "rows \(handler.head[0].row) to \(handler.head[place].row - 1) stand above the "
            + "table and were left out"))
    }
    var header: CSVHeader
    if let merged = try mergedHeader(place, &notices) {
      header = merged
    } else {
      header = try plainHeader(place)
    }
    notices += header.notices
    header.notices = []
    let limit =
      secondTable(header, &notices) ?? footer(header, &notices) ?? Int.max
    notices += mergedAnswers(header, limit)
    let headRows = handler.head.count { $0.row < limit }
    let rows = handler.rows.count { $0 < limit }
    guard headRows + rows > header.dataStart else { throw .noRows(file: file) }
    return Finding(header: header, rows: rows, headRows: headRows, notices: notices)
  }

  /// The texts of one of the first rows, as many as the table has columns.
  private func texts(_ place: Int) -> [String] {
    var texts = [String](repeating: "", count: handler.width)
    for (column, cell) in handler.head[place].cells { texts[column] = context.text(cell) }
    return texts
  }

  /// Which of the first rows is the header: behind titles that stand by themselves.
  private func headerPlace() -> Int {
    let head = handler.head
    // A cell over several columns fills all of them.
    let filled = head.indices.map { place in
      head[place].cells.count + groups(place).reduce(0) { $0 + $1.count - 1 }
    }
    guard let widest = filled.max(), widest > 1, filled[0] * 2 < widest || filled[0] == 1 else {
      return 0
    }
    let needed = max(2, (widest + 1) / 2)
    guard let place = filled.firstIndex(where: { $0 >= needed }), place <= 20 else { return 0 }
    // A title, or a name and its value: "Exported", "31 January".
    let few = widest >= 5 ? 2 : 1
    // A merged cell over several columns is a part of the header, not a title.
    let isHeader = filled[..<place].indices.contains { isGrouped($0, next: place) }
    return filled[..<place].allSatisfy { $0 <= few } && !isHeader ? place : 0
  }

  /// Whether a row has several merged cells, each over columns of the next row.
  private func isGrouped(_ place: Int, next: Int) -> Bool {
    guard next == place + 1 else { return false }
    return groups(place).count >= 2
  }

  /// The cells of a row that are merged with their neighbours to the right.
  private func groups(_ place: Int) -> [ClosedRange<Int>] {
    let row = handler.head[place]
    let columns = Set(row.cells.map(\.column))
    return handler.merges.filter {
      $0.rows.contains(row.row) && $0.columns.count > 1 && columns.contains($0.columns.lowerBound)
    }.map(\.columns)
  }

  private func plainHeader(_ place: Int) throws(SurveyFileError) -> CSVHeader {
    let last = min(handler.head.count, place + CSVHeader.lookedAt)
    let records = (place..<last).map { place in
      CSVRecords.Record(
        fields: texts(place), line: handler.head[place].row - 1, start: place, end: place + 1)
    }
    let behind = last < handler.head.count ? handler.head[last].row - 1 : handler.rows.first ?? 0
    return try CSVHeader(
      rows: records, behind: behind, file: file, format: options.format, numbersTwins: true,
      isNamed: options.header)
  }

  /// A header of two rows, the upper with cells merged over several columns.
  private func mergedHeader(
    _ place: Int, _ notices: inout [FileNotice]
  ) throws(SurveyFileError) -> CSVHeader? {
    let groups = groups(place)
    guard !groups.isEmpty, place + 1 < handler.head.count else { return nil }
    let lower = handler.head[place + 1]
    let isText = lower.cells.allSatisfy { cell in
      switch cell.cell {
      case .text, .shared: true
      default: false
      }
    }
    let below = Set(lower.cells.map(\.column))
    guard isText, groups.allSatisfy({ $0.allSatisfy(below.contains) }) else { return nil }
    var upper = texts(place)
    for group in groups { for column in group { upper[column] = upper[group.lowerBound] } }
    let own = texts(place + 1)
    if upper[0] == "Respondent ID" || upper.contains("Collector ID") { return nil }
    let ownNames = zip(own, upper).map { $0.isEmpty ? $1 : $0 }
    let isUnique = Set(ownNames.map(TextKey.init)).count == ownNames.count
    var names: [String] = []
    var labels: [String] = []
    for (option, question) in zip(own, upper) {
      let stands = !option.isEmpty && !question.isEmpty
      labels.append(stands ? "\(question): \(option)" : "")
      if isUnique || !stands {
        names.append(option.isEmpty ? question : option)
      } else {
        names.append("\(question) [\(option)]")
      }
    }
    notices.append(
      FileNotice(
        file: file, row: lower.row,
        message: "taken as a second header row, below the merged cells of the first"))
    let record = CSVRecords.Record(
      fields: names, line: handler.head[place].row - 1, start: place, end: place + 2)
    var header = try CSVHeader(
      rows: [record], behind: 0, file: file, format: .csv, numbersTwins: true)
    header.labels = labels
    return header
  }

  private static let totals: Set<String> = [
    "total", "totals", "grand total", "sum", "summe", "gesamt", "insgesamt", "somme", "totaux",
    "suma", "total general",
  ]

  /// The row from which on only notes and totals stand; `nil` if none do.
  private func footer(_ header: CSVHeader, _ notices: inout [FileNotice]) -> Int? {
    guard handler.width > 1 else { return nil }
    let first = header.dataStart < handler.head.count ? handler.head[header.dataStart].row : 0
    var cut: Int?
    for trace in handler.traces.reversed().prefix(20) {
      guard trace.row > first, trace.filled == 1, trace.firstColumn == 0,
        let text = trace.firstText,
        text.contains(" "), !DateText.isDate(text)
      else { break }
      cut = trace.row
    }
    // Without an empty row between them, the last rows may be respondents who left early.
    if let found = cut, handler.traces.contains(where: { $0.row == found - 1 }) { cut = nil }
    if let cut {
      notices.append(
        FileNotice(file: file, row: cut, message: "notes below the table were left out"))
    }
    let limit = cut ?? Int.max
    let last = handler.traces.last { $0.row < limit }
    if let last, last.row > first, last.filled > 1, last.firstColumn == 0,
      let text = last.firstText?.lowercased().filter({ $0 != ":" }), Self.totals.contains(text)
    {
      notices.append(
        FileNotice(
          file: file, row: last.row, message: "a row of totals below the table was left out"))
      return last.row
    }
    return cut
  }
}

/// Tells names of columns from answers, by the rows below them.
enum HeaderJudge {
  /// Whether the first row holds answers: numbers over numbers, dates over dates, and texts that occur
  /// again below, in all columns but one of four.
  ///
  /// Numbers that rise from column to column may be names (years, items).
  static func isData(_ rows: [CSVRecords.Record]) -> Bool {
    let head = rows[0].fields.map(trimmed)
    let below = rows.dropFirst().filter { $0.fields.count == head.count }
    guard below.count >= 2, head.count > 1 else { return false }
    let numbers = head.map(Double.init)
    let given = numbers.compactMap(\.self)
    guard !given.isEmpty else {
      // Texts alone: each stands below again, among others. An option may stand below itself alone.
      return head.count >= 3 && below[0].fields.map(trimmed) != head
        && head.indices.allSatisfy { column in
          let cells = Set(below.map { trimmed($0.fields[column]) }).subtracting([""])
          return !head[column].isEmpty && cells.contains(head[column]) && cells.count > 1
        }
    }
    let isRising = zip(given, given.dropFirst()).allSatisfy { $0 < $1 }
    let isRow = isConsecutive(given) && (given.count >= 3 || given.count == head.count)
    if isRising, given.count >= 4 || isRow {
      return false
    }
    // Dates name columns of numbers, but hardly one of dates.
    let isDated = head.indices.contains { column in
      isDate(head[column]) && below.allSatisfy { isDate(trimmed($0.fields[column])) }
    }
    if isDated { return true }
    let names = head.indices.count { column in
      let cells = below.map { trimmed($0.fields[column]) }
      if numbers[column] != nil { return !cells.allSatisfy { $0.isEmpty || Double($0) != nil } }
      if isDate(head[column]) { return !cells.allSatisfy { $0.isEmpty || isDate($0) } }
      return !head[column].isEmpty && !cells.contains(head[column])
    }
    return 4 * names <= head.count
  }

  /// Digits in three groups, as dates are written.
  private static func isDate(_ cell: String) -> Bool {
    let groups = cell.split { "-/.".contains($0) }
    return groups.count == 3 && groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isNumber) }
  }

  private static func isConsecutive(_ numbers: [Double]) -> Bool {
    zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }

  /// How many rows below the names belong to the heading, and whether they repeat it.
  ///
  /// A row of a heading stands over numbers and holds words, in two columns or more.
  static func more(_ rows: [CSVRecords.Record]) -> (count: Int, isRepeated: Bool) {
    let head = rows[0].fields.map(trimmed)
    func isWide(_ place: Int) -> Bool { rows[place].fields.count == head.count }
    if rows.count > 1, isWide(1), rows[1].fields.map(trimmed) == head, head.count > 1 {
      return (1, true)
    }
    for count in [2, 1] where rows.count >= count + 6 {
      let below = rows[(count + 1)...].filter { $0.fields.count == head.count }
      guard below.count >= 5, (1...count).allSatisfy(isWide) else { continue }
      let numeric = head.indices.filter { column in
        let cells = below.map { trimmed($0.fields[column]) }.filter { !$0.isEmpty }
        return cells.count >= 5 && cells.allSatisfy { Double($0) != nil }
      }
      let isHeading = (1...count).allSatisfy { place in
        let cells = numeric.map { trimmed(rows[place].fields[$0]) }
        let worded = cells.filter { $0.contains(where: \.isLetter) && !isMissing($0) }
        return worded.count >= max(2, (numeric.count + 1) / 2)
          && cells.allSatisfy { Double($0) == nil }
      }
      if isHeading { return (count, false) }
    }
    return (0, false)
  }

  private static func isMissing(_ cell: String) -> Bool {
    ["na", "n/a", "nan", "null", "none", "missing", "#n/a", "refused"].contains(cell.lowercased())
  }

  /// The beginning is enough to know a heading by.
  private static func trimmed(_ cell: String) -> String {
    let cell = cell.unicodeScalars.count > 2_000 ? String(cell.unicodeScalars.prefix(2_000)) : cell
    return String(cell.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension CSVHeader {
  /// Takes further rows of a heading for wordings, or leaves out a heading that is repeated.
  mutating func takeMore(_ rows: [CSVRecords.Record], _ behind: Int, _ file: String) {
    let (count, isRepeated) = HeaderJudge.more(rows)
    guard count > 0 else { return }
    dataStart = rows[count].end
    dataLine = Self.lineBehind(rows, count, behind)
    if isRepeated {
      notices.append(
        FileNotice(
          file: file, row: rows[1].line + 1,
          message: "this line repeats the heading above it and was left out"))
      return
    }
    labels = names.indices.map { column in
      rows[1...count].map { $0.fields[column] }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    notices.append(
      FileNotice(
        file: file, row: rows[1].line + 1,
        message: (count == 1 ? "this line was" : "these \(count) lines were")
          + " taken as a part of the heading: words over columns of numbers"))
  }
}

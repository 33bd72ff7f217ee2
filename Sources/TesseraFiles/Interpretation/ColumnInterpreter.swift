internal import TesseraSurvey

/// Turns the cells of a column into a variable: numbers or texts, missing answers, and a level.
struct ColumnInterpreter {
  /// The column's name.
  let name: String
  /// Its wording.
  let label: String
  /// Where each row stands.
  let places: RowPlaces
  /// What the user says of the file.
  let options: ReadingOptions
  /// What counts as a number.
  let rules: CellRules

  /// A variable, and what was guessed on the way.
  struct Result: Sendable {
    var variable: Variable
    var notices: [FileNotice] = []
    var offending: OffendingCell?
  }

  /// What a distinct text of the column is.
  enum Meaning {
    case number(Double)
    case identifier
    case blank
    case spelling(Int)
    case unreadable
    case text
  }

  var declared: [DeclaredMissing] {
    options.missing + (options.missingInColumn[name] ?? [])
  }

  func notice(_ row: Int?, _ message: String) -> FileNotice {
    let place = places.place(row ?? 0)
    return FileNotice(
      file: place.file, row: row == nil ? nil : place.line, column: name, message: message)
  }

  /// Interprets the cells.
  func interpret(_ raw: RawColumn) -> Result {
    var result: Result
    switch raw.cells {
    case .numbers(let numbers): result = numeric(numbers)
    case .stretchedNumbers(let numbers): result = numeric(numbers.gathered())
    case .coded(let texts, let codes): result = coded(texts, codes)
    }
    raw.release()
    if let first = raw.firstExponent {
      result.notices.append(
        notice(
          first,
          "numbers are written with an exponent: if they are identifiers, digits were lost"))
    }
    if let level = options.levels[name] {
      result.variable.level = level
    } else {
      result.variable.level = LevelGuess.level(of: result.variable)
    }
    return result
  }

  // MARK: - Numbers

  func numeric(_ numbers: consuming [Double]) -> Result {
    var found = MissingCollector(rows: numbers.count)
    var values = numbers
    let declaredNumbers = declared.compactMap { item in
      rules.grammar.parse(item.answer).map { (value: $0.value, item: item) }
    }
    let firstDeclared = CellRules.standard.count
    for row in values.indices {
      let value = values[row]
      if value.isNaN {
        if let spelling = CellRules.spelling(value) {
          note(spelling, firstDeclared, row, &found)
        }
        values[row] = .nan
      } else if !declaredNumbers.isEmpty {
        for (code, item) in declaredNumbers where code == value {
          found.add(row, .declared, .number(code), item.reason)
          values[row] = .nan
        }
      }
    }
    var result = Result(variable: variable(numbers: values, found))
    result.notices = spellingNotices(found)
    return result
  }

  func note(
    _ spelling: Int, _ firstDeclared: Int, _ row: Int, _ found: inout MissingCollector
  ) {
    let text = rules.spellings[spelling]
    if spelling >= firstDeclared {
      let reason = declared.first { $0.answer == text }?.reason ?? text
      found.add(row, .declared, .text(text), reason)
    } else {
      found.add(row, .notAnswered, .text(text), text)
    }
  }

  func spellingNotices(_ found: MissingCollector) -> [FileNotice] {
    let spelled = found.reasons.indices.filter {
      found.reasons[$0].kind == .notAnswered && found.reasons[$0].label != UnreadableNumber.reason
    }
    guard let first = spelled.first else { return [] }
    let names = spelled.map { found.reasons[$0].label }.joined(separator: ", ")
    let cells = spelled.reduce(0) { $0 + found.counts[$1] }
    let firstRow = spelled.map { found.firstRows[$0] }.min() ?? found.firstRows[first]
    return [
      notice(
        firstRow,
        "taken as missing in a column of numbers: \(names) (\(cells) cell\(cells == 1 ? "" : "s"))")
    ]
  }

  /// A variable of numbers: coded if few whole numbers occur, plain otherwise.
  func variable(numbers: [Double], _ found: MissingCollector) -> Variable {
    var distinct = Set<Double>()
    for value in numbers where !value.isNaN {
      distinct.insert(value)
      if distinct.count > 255 || value != value.rounded() { break }
    }
    let isCoded =
      distinct.count <= 255 && distinct.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
    guard isCoded, !distinct.isEmpty else {
      return Variable(
        name: name, label: label, level: .numeric, answers: .numbers(numbers),
        reasons: found.reasons, missing: found.positions)
    }
    let ordered = distinct.sorted()
    var positions: [Double: UInt8] = [:]
    for (position, value) in ordered.enumerated() { positions[value] = UInt8(position + 1) }
    return Variable(
      name: name, label: label, level: .numeric,
      categories: ordered.map { Category(code: .number($0)) },
      answers: .codes8(numbers.map { $0.isNaN ? 0 : positions[$0] ?? 0 }),
      reasons: found.reasons, missing: found.positions)
  }
}

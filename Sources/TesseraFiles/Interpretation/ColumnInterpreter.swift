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
  private enum Meaning {
    case number(Double)
    case identifier
    case blank
    case spelling(Int)
    case text
  }

  private var declared: [DeclaredMissing] {
    options.missing + (options.missingInColumn[name] ?? [])
  }

  private func notice(_ row: Int?, _ message: String) -> FileNotice {
    let place = places.place(row ?? 0)
    return FileNotice(
      file: place.file, row: row == nil ? nil : place.line, column: name, message: message)
  }

  /// Interprets the cells.
  func interpret(_ raw: RawColumn) -> Result {
    var result: Result
    switch raw.cells {
    case .numbers(let numbers): result = numeric(numbers)
    case .coded(let texts, let codes): result = coded(texts, codes)
    }
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

  private func numeric(_ numbers: [Double]) -> Result {
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
      } else {
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

  private func note(
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

  private func spellingNotices(_ found: MissingCollector) -> [FileNotice] {
    let spelled = found.reasons.indices.filter { found.reasons[$0].kind == .notAnswered }
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
  private func variable(numbers: [Double], _ found: MissingCollector) -> Variable {
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

  // MARK: - Codes of texts

  private func coded(_ texts: [String], _ codes: RawCodes) -> Result {
    let (counts, firsts) = codes.tally(texts.count)
    let meanings = texts.map(meaning)
    let declaredTexts = Set(declared.map { TextKey($0.answer) })
    var kinds = Kinds()
    for (position, meaning) in meanings.enumerated()
    where !declaredTexts.contains(TextKey(texts[position])) {
      kinds.add(meaning, cells: counts[position + 1])
    }
    let cells = CodedCells(
      texts: texts, codes: codes, counts: counts, firsts: firsts, meanings: meanings)
    if kinds.numbers > 0, kinds.texts == 0, kinds.identifiers == 0 {
      return numbers(of: cells)
    }
    if kinds.texts == 0, kinds.identifiers > 0 {
      var result = text(cells)
      let row = meanings.indices.first {
        if case .identifier = meanings[$0] { true } else { false }
      }
      result.notices.append(
        notice(
          row.map { firsts[$0 + 1] },
          "kept as text: as numbers, leading zeros or digits behind the 15th would be lost"))
      return result
    }
    if options.decimal != 0x2E, kinds.texts > 0, let result = decimalComma(cells) {
      return result
    }
    var result = text(cells)
    tellOffending(cells, kinds, &result)
    tellKeptSpellings(cells, kinds, &result)
    return result
  }

  private struct CodedCells {
    let texts: [String]
    let codes: RawCodes
    let counts: [Int]
    let firsts: [Int]
    let meanings: [Meaning]
  }

  private struct Kinds {
    var numbers = 0
    var identifiers = 0
    var spellings = 0
    var texts = 0
    var textCells = 0
    var numberCells = 0

    mutating func add(_ meaning: Meaning, cells: Int) {
      switch meaning {
      case .number:
        numbers += 1
        numberCells += cells
      case .identifier:
        identifiers += 1
        numberCells += cells
      case .blank: break
      case .spelling: spellings += 1
      case .text:
        texts += 1
        textCells += cells
      }
    }
  }

  private func meaning(_ text: String) -> Meaning {
    if let parsed = rules.grammar.parse(text) {
      return parsed.isIdentifier ? .identifier : .number(parsed.value)
    }
    guard let spelling = rules.missingSpelling(text) else { return .text }
    return spelling < 0 ? .blank : .spelling(spelling)
  }

  private func numbers(of cells: CodedCells) -> Result {
    var values: [Double] = [.nan]
    for (position, meaning) in cells.meanings.enumerated() {
      switch meaning {
      case .number(let value): values.append(value)
      case .spelling(let spelling): values.append(CellRules.missing(spelling))
      // What is left are texts declared missing.
      case .blank, .identifier: values.append(.nan)
      case .text:
        let spelling = rules.spellings.firstIndex(of: cells.texts[position])
        values.append(spelling.map { CellRules.missing($0) } ?? .nan)
      }
    }
    var result = numbers(values, cells)
    if let place = cells.texts.indices.first(where: { hasExponent(cells.texts[$0]) }) {
      result.notices.append(
        notice(
          cells.firsts[place + 1],
          "numbers are written with an exponent: if they are identifiers, digits were lost"))
    }
    return result
  }

  /// A variable of numbers, of which each distinct text gives one.
  private func numbers(_ values: [Double], _ cells: CodedCells) -> Result {
    var values = values
    var found = MissingCollector(rows: cells.codes.count)
    var reasons: [Int: (kind: MissingReason.Kind, code: AnswerCode, label: String)] = [:]
    let firstDeclared = CellRules.standard.count
    let declaredNumbers = declared.compactMap { item in
      rules.grammar.parse(item.answer).map { (value: $0.value, item: item) }
    }
    for code in values.indices {
      let value = values[code]
      if value.isNaN {
        if let spelling = CellRules.spelling(value) {
          let text = rules.spellings[spelling]
          reasons[code] =
            spelling >= firstDeclared
            ? (.declared, .text(text), declared.first { $0.answer == text }?.reason ?? text)
            : (.notAnswered, .text(text), text)
        }
        values[code] = .nan
      } else if let item = declaredNumbers.first(where: { $0.value == value })?.item {
        reasons[code] = (.declared, .number(value), item.reason)
        values[code] = .nan
      }
    }
    if !reasons.isEmpty {
      for row in 0..<cells.codes.count {
        if let reason = reasons[cells.codes[row]] {
          found.add(row, reason.kind, reason.code, reason.label)
        }
      }
    }
    let distinct = Set(values.filter { !$0.isNaN }).sorted()
    let isCoded =
      distinct.count <= 255 && distinct.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
    var variable = Variable(
      name: name, label: label, level: .numeric, answers: .numbers([]),
      reasons: found.reasons, missing: found.positions)
    if isCoded, !distinct.isEmpty {
      var positions: [Double: Int] = [:]
      for (position, value) in distinct.enumerated() { positions[value] = position + 1 }
      variable.categories = distinct.map { Category(code: .number($0)) }
      variable.answers = cells.codes.answers(
        values.map { $0.isNaN ? 0 : positions[$0] ?? 0 }, categoryCount: distinct.count)
    } else {
      variable.answers = .numbers(cells.codes.mapped(by: values))
    }
    return Result(variable: variable, notices: spellingNotices(found))
  }

  private func hasExponent(_ text: String) -> Bool {
    rules.grammar.parse(text)?.hasExponent ?? false
  }

  // MARK: - Decimal comma

  private func decimalComma(_ cells: CodedCells) -> Result? {
    let comma = NumberGrammar(decimal: 0x2C)
    var values: [Double] = [.nan]
    var first: Int?
    var isCertain = false
    for (position, text) in cells.texts.enumerated() {
      if case .blank = cells.meanings[position] {
        values.append(.nan)
        continue
      }
      if case .spelling(let spelling) = cells.meanings[position] {
        values.append(CellRules.missing(spelling))
        continue
      }
      guard let plain = Self.withoutThousands(text), let parsed = comma.parse(plain),
        !parsed.isIdentifier
      else { return nil }
      if let mark = plain.firstIndex(of: ",") {
        first = first ?? position
        // "1,234" alone could also be a thousand.
        if plain.distance(from: mark, to: plain.endIndex) != 4 { isCertain = true }
      }
      values.append(parsed.value)
    }
    guard let first, isCertain || options.decimal != nil else { return nil }
    var result = numbers(values, cells)
    guard options.decimal == nil else { return result }
    result.notices.append(
      notice(
        cells.firsts[first + 1],
        "the comma is taken as the decimal mark; pass --decimal to say otherwise"))
    return result
  }

  /// A number without the points between its thousands; `nil` if points stand anywhere else.
  private static func withoutThousands(_ text: String) -> String? {
    guard text.contains(".") else { return text }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(".") else { return nil }
    let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count)
    else { return nil }
    return groups.joined() + "," + parts[1]
  }

  // MARK: - Text

  private func text(_ cells: CodedCells) -> Result {
    var found = MissingCollector(rows: cells.codes.count)
    var kept: [Int] = []
    var reasons: [Int: DeclaredMissing] = [:]
    for (position, text) in cells.texts.enumerated() {
      if let item = declared.first(where: { $0.answer.utf8.elementsEqual(text.utf8) }) {
        reasons[position + 1] = item
      } else if case .blank = cells.meanings[position] {
        continue
      } else {
        kept.append(position)
      }
    }
    kept.sort { cells.texts[$0].utf8.lexicographicallyPrecedes(cells.texts[$1].utf8) }
    var positions = [Int](repeating: 0, count: cells.texts.count + 1)
    for (position, code) in kept.enumerated() { positions[code + 1] = position + 1 }
    if !reasons.isEmpty {
      for row in 0..<cells.codes.count {
        if let item = reasons[cells.codes[row]] {
          found.add(row, .declared, .text(item.answer), item.reason)
        }
      }
    }
    let variable = Variable(
      name: name, label: label, level: .nominal,
      categories: kept.map { Category(code: .text(cells.texts[$0])) },
      answers: cells.codes.answers(positions, categoryCount: kept.count),
      reasons: found.reasons, missing: found.positions)
    var result = Result(variable: variable)
    let blanks = cells.meanings.indices.filter {
      if case .blank = cells.meanings[$0] { true } else { false }
    }
    if let first = blanks.first {
      result.notices.append(
        notice(cells.firsts[first + 1], "cells of nothing but spaces are taken as empty"))
    }
    return result
  }

  private func tellOffending(_ cells: CodedCells, _ kinds: Kinds, _ result: inout Result) {
    let answered = kinds.numberCells + kinds.textCells
    guard kinds.numberCells > 0, kinds.numberCells * 5 >= answered else { return }
    let offenders = cells.meanings.indices.filter {
      if case .text = cells.meanings[$0] { true } else { false }
    }
    guard let first = offenders.min(by: { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }) else {
      return
    }
    let row = cells.firsts[first + 1]
    let found = Self.shown(cells.texts[first], cells: cells.counts[first + 1])
    result.offending = OffendingCell(
      file: places.place(row).file, row: places.place(row).line, column: name, found: found)
    result.notices.append(
      notice(
        row,
        "kept as text: \(kinds.textCells) of \(answered) cells are not numbers, first \(found)"))
  }

  private func tellKeptSpellings(_ cells: CodedCells, _ kinds: Kinds, _ result: inout Result) {
    let kept = cells.meanings.indices.filter {
      if case .spelling = cells.meanings[$0] { cells.texts[$0].count > 1 } else { false }
    }
    guard let first = kept.first else { return }
    let names = kept.prefix(3).map { cells.texts[$0] }.joined(separator: ", ")
    result.notices.append(
      notice(
        cells.firsts[first + 1],
        "\(names) is kept as an answer, since the column holds text; --missing declares it missing"
      ))
  }

  /// A text as it may be told: itself only if at least ten rows hold it, else its kind and length.
  static func shown(_ text: String, cells: Int) -> String {
    if cells >= 10 { return "'\(DisplayText.escaped(text, limit: 40))'" }
    let count = text.count
    return "text of \(count) character\(count == 1 ? "" : "s")"
  }
}

/// Collects why answers are missing while a column is read.
struct MissingCollector {
  /// The reasons that occur, in the order met.
  private(set) var reasons: [MissingReason] = []
  /// How many cells have each reason.
  private(set) var counts: [Int] = []
  /// The first row with each reason.
  private(set) var firstRows: [Int] = []
  /// For each row the position of its reason, from 1; empty as long as there is none.
  private(set) var positions: [UInt8] = []
  private let rowCount: Int
  private var places: [AnswerCode: Int] = [:]

  /// Starts without reasons.
  init(rows: Int) { rowCount = rows }

  /// Notes the reason of a row.
  mutating func add(_ row: Int, _ kind: MissingReason.Kind, _ code: AnswerCode, _ label: String) {
    if positions.isEmpty { positions = [UInt8](repeating: 0, count: rowCount) }
    let place: Int
    if let known = places[code] {
      place = known
    } else {
      guard reasons.count < 255 else { return }
      reasons.append(MissingReason(kind: kind, code: code, label: label))
      counts.append(0)
      firstRows.append(row)
      place = reasons.count - 1
      places[code] = place
    }
    counts[place] += 1
    positions[row] = UInt8(place + 1)
  }
}

internal import TesseraSurvey

extension ColumnInterpreter {
  // MARK: - Codes of texts

  func coded(_ texts: [String], _ codes: RawCodes) -> Result {
    let meanings = texts.map(meaning)
    let declaredTexts = Set(declared.map { TextKey($0.answer) })
    let judged = texts.indices.filter {
      declaredTexts.isEmpty || !declaredTexts.contains(TextKey(texts[$0]))
    }
    var kinds = Kinds()
    for position in judged { kinds.add(meanings[position]) }
    // How many cells there are of each kind matters only where kinds are mixed.
    let counts = kinds.isMixed ? codes.counts(texts.count) : []
    if kinds.isMixed {
      for position in judged { kinds.count(meanings[position], cells: counts[position + 1]) }
    }
    let cells = CodedCells(
      texts: texts, codes: codes, counts: counts, firsts: codes.firsts(texts.count),
      meanings: meanings)
    if let place = pointBeforeThree(cells, judged) {
      var result = text(cells)
      result.notices.append(
        notice(
          cells.firsts[place + 1],
          "kept as text, though the cells look like numbers: a point before three digits may part "
            + "thousands or decimals; --decimal says which"))
      return result
    }
    if kinds.numbers > 0, kinds.texts == 0, kinds.identifiers == 0, kinds.meansNumbers {
      return numbers(of: cells)
    }
    if kinds.identifiers == 0, kinds.meansNumbers, holdsOddWords(cells, kinds) {
      return numbers(of: cells, words: true)
    }
    kinds.takeUnreadableAsText()
    if kinds.texts == 0, kinds.identifiers > 0 {
      var result = text(cells)
      // Of a column that is called an identifier nobody expects numbers.
      if NameHints.isIdentifier(name) { return result }
      let row = meanings.indices.first {
        if case .identifier = meanings[$0] { true } else { false }
      }
      result.notices.append(
        notice(
          row.map { cells.firsts[$0 + 1] },
          "kept as text: as numbers, leading zeros or digits behind the 15th would be lost"))
      return result
    }
    if options.decimal != 0x2E, kinds.texts > 0, let result = decimalComma(cells) {
      return result
    }
    if kinds.texts > 0, let result = amounts(cells) { return result }
    var result = text(cells)
    if kinds.texts > 0 { tellAmounts(cells, &result) }
    tellOffending(cells, kinds, &result)
    tellKeptSpellings(cells, kinds, &result)
    return result
  }

  struct CodedCells {
    let texts: [String]
    let codes: RawCodes
    /// How many cells hold each text; empty where it does not matter.
    let counts: [Int]
    let firsts: [Int]
    let meanings: [Meaning]
  }

  struct Kinds {
    var numbers = 0
    var identifiers = 0
    var spellings = 0
    var texts = 0
    var unreadable = 0
    var textCells = 0
    var numberCells = 0
    var unreadableCells = 0

    /// Whether enough cells can be read for the others to be numbers gone wrong.
    var meansNumbers: Bool { unreadableCells <= numberCells * 2 }

    mutating func takeUnreadableAsText() {
      texts += unreadable
      textCells += unreadableCells
    }

    /// Whether some texts are numbers, or mean one, and others do not.
    var isMixed: Bool { unreadable > 0 || (texts > 0 && numbers + identifiers > 0) }

    mutating func add(_ meaning: Meaning) {
      switch meaning {
      case .number: numbers += 1
      case .identifier: identifiers += 1
      case .blank: break
      case .spelling: spellings += 1
      case .unreadable: unreadable += 1
      case .text: texts += 1
      }
    }

    mutating func count(_ meaning: Meaning, cells: Int) {
      switch meaning {
      case .number, .identifier: numberCells += cells
      case .blank, .spelling: break
      case .unreadable: unreadableCells += cells
      case .text: textCells += cells
      }
    }
  }

  func isDeclared(_ text: String) -> Bool {
    declared.contains { $0.answer.utf8.elementsEqual(text.utf8) }
  }

  func meaning(_ text: String) -> Meaning {
    if let parsed = rules.grammar.parse(text) {
      return parsed.isIdentifier ? .identifier : .number(parsed.value)
    }
    guard let spelling = rules.missingSpelling(text) else {
      return UnreadableNumber.is(text) ? .unreadable : .text
    }
    return spelling < 0 ? .blank : .spelling(spelling)
  }

  func numbers(of cells: CodedCells, words: Bool = false) -> Result {
    var values: [Double] = [.nan]
    var unreadable: [Int] = []
    var odd: [Int] = []
    var priced: [Int] = []
    for (position, meaning) in cells.meanings.enumerated() {
      switch meaning {
      case .number(let value): values.append(value)
      case .text where words && !isDeclared(cells.texts[position]):
        let price = price(cells.texts[position])
        if price == nil { odd.append(position) } else { priced.append(position) }
        values.append(price ?? .nan)
      case .spelling(let spelling): values.append(CellRules.missing(spelling))
      // What is left are texts declared missing.
      case .blank, .identifier: values.append(.nan)
      case .unreadable where !isDeclared(cells.texts[position]):
        unreadable.append(position)
        values.append(.nan)
      case .text, .unreadable:
        let spelling = rules.spellings.firstIndex(of: cells.texts[position])
        values.append(spelling.map { CellRules.missing($0) } ?? .nan)
      }
    }
    var result = numbers(values, cells, unreadable: unreadable + odd)
    tellPriced(priced, cells, &result)
    tellOdd(odd, cells, &result)
    if let first = unreadable.min(by: { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }) {
      let count = unreadable.reduce(0) { $0 + cells.counts[$1 + 1] }
      result.notices.append(
        notice(
          cells.firsts[first + 1],
          "taken as missing: \(count) cell\(count == 1 ? " means" : "s mean") a number that cannot "
            + "be kept as one, such as infinity, hexadecimal or digits of another script"))
    }
    if let place = cells.texts.indices.first(where: { hasExponent(cells.texts[$0]) }) {
      result.notices.append(
        notice(
          cells.firsts[place + 1],
          "numbers are written with an exponent: if they are identifiers, digits were lost"))
    }
    return result
  }

  /// A variable of numbers, of which each distinct text gives one.
  func numbers(
    _ values: [Double], _ cells: CodedCells, unreadable: [Int] = []
  ) -> Result {
    var values = values
    var found = MissingCollector(rows: cells.codes.count)
    var reasons = [MissingCollector.Reason?](repeating: nil, count: values.count)
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
    for position in unreadable {
      reasons[position + 1] = (
        .notAnswered, .text(cells.texts[position]), UnreadableNumber.reason
      )
    }
    found.add(cells.codes, reasons)
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

  func hasExponent(_ text: String) -> Bool {
    rules.grammar.parse(text)?.hasExponent ?? false
  }
}

internal import TesseraSurvey

/// Turns a column of an SPSS, Stata or SAS file into a variable.
struct StatInterpreter: Sendable {
  let file: String
  let column: StatContents.Column
  let labels: [(value: StatContents.Value, label: String)]
  let options: ReadingOptions
  var family = ValueFormat.Family.spss
  /// How many variables of the file have these labels.
  var sharing = 1

  /// A variable, and what was guessed on the way.
  struct Result: Sendable {
    var variable: Variable
    var notices: [FileNotice] = []
  }

  private var declared: [DeclaredMissing] {
    options.missing + (options.missingInColumn[column.name] ?? [])
  }

  /// Interprets the column.
  func interpret() -> Result {
    var result = column.isText ? texts() : numbers()
    if !column.format.isEmpty {
      result.variable.format = ValueFormat(family: family, text: column.format)
    }
    if family == .spss, options.levels[column.name] == nil {
      result.variable.statedMeasure = column.measure
    }
    if family == .spss, column.displayWidth > 0 {
      result.variable.display = ColumnDisplay(width: column.displayWidth, alignment: .unstated)
    }
    result.variable.otherLabels = otherLabels(result.variable)
    if let level = options.levels[column.name] {
      result.variable.level = level
    } else {
      result.variable.level = level(of: result.variable)
    }
    return result
  }

  /// Labels of the file that none of the categories bears.
  private func otherLabels(_ variable: Variable) -> [Category] {
    let known = Set(variable.categories.map(\.code))
    return labels.compactMap { value, label -> Category? in
      let code: AnswerCode =
        switch value {
        case .number(let number): .number(number)
        case .text(let text): .text(text.trimmingSpaces)
        case .tag(let tag): .text("." + String(UnicodeScalar(tag)))
        }
      return known.contains(code) ? nil : Category(code: code, label: label)
    }
  }

  private func level(of variable: Variable) -> MeasurementLevel {
    if !column.isText, Self.isDate(column.format) { return .date }
    if NameHints.isIdentifier(variable.name), LevelGuess.level(of: variable) == .text {
      return .text
    }
    let hasLabels = !labels.isEmpty
    if column.isText {
      return column.measure == 2 ? .ordinal : hasLabels ? .nominal : LevelGuess.level(of: variable)
    }
    return StatLevel(variable: variable, measure: column.measure, sharing: sharing).level
  }

  /// Whether a format of SPSS, Stata or SAS shows days or moments.
  static func isDate(_ format: String) -> Bool {
    let name = format.uppercased()
    return [
      "DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS", "MMDDYY", "DDMMYY",
      "YYMMDD", "%TD", "%TC", "%D", "%-TD", "%-TC", "QYR", "MOYR", "WKYR",
    ]
    .contains { name.hasPrefix($0) }
  }

  private var rules: [MissingRule] {
    column.missing.compactMap { low, high -> MissingRule? in
      switch (low, high) {
      case (.number(let low), .number(let high)):
        low == high ? .code(.number(low)) : .range(low, high)
      case (.text(let low), _): .code(.text(low))
      default: nil
      }
    }
  }

  // MARK: - Numbers

  private func numbers() -> Result {
    let reading = StatNumberReading(labels: labels, rules: rules, declared: declared)
    if column.form == .numbers { return plain(reading) }
    let meanings = column.values.map(reading.meaning)
    let offered = reading.offered
    let distinct = Set(offered.keys).union(meanings.map(\.value).filter { !$0.isNaN })
    let isCoded =
      !distinct.isEmpty && !Self.isDate(column.format)
      && (!offered.isEmpty || distinct.allSatisfy { $0 == $0.rounded() })
    var found = MissingCollector(rows: column.narrow.count)
    let codes = RawCodes.narrow(column.narrow)
    found.add(codes, [nil] + meanings.map(\.reason))
    guard isCoded else {
      return uncoded(codes.mapped(by: [.nan] + meanings.map(\.value)), reading, found)
    }
    let ordered = distinct.sorted()
    var positions: [Double: Int] = [:]
    for (position, value) in ordered.enumerated() { positions[value] = position + 1 }
    let table = [0] + meanings.map { positions[$0.value] ?? 0 }
    return coded(
      ordered, codes.answers(table, categoryCount: ordered.count), reading, found)
  }

  /// Numbers of which more than 255 differ.
  private func plain(_ reading: StatNumberReading) -> Result {
    var found = MissingCollector(rows: column.numbers.count)
    var values = column.numbers
    if reading.mayBeMissing || values.contains(where: { $0.isNaN && $0.bitPattern & 0xFF != 0 }) {
      for row in values.indices {
        let meaning = reading.meaning(values[row])
        if let reason = meaning.reason { found.add(row, .declared, reason.code, reason.label) }
        values[row] = meaning.value
      }
    }
    // With value labels any number of categories is kept; without them, few whole numbers.
    let offered = reading.offered
    let limit = offered.isEmpty ? 255 : max(255, offered.count * 2)
    var distinct = Set(offered.keys)
    var isCoded = !Self.isDate(column.format)
    for value in values where isCoded && !value.isNaN && !distinct.contains(value) {
      distinct.insert(value)
      isCoded = distinct.count <= limit && (value == value.rounded() || !offered.isEmpty)
    }
    guard isCoded, !distinct.isEmpty else { return uncoded(values, reading, found) }
    let ordered = distinct.sorted()
    var positions: [Double: Int] = [:]
    for (position, value) in ordered.enumerated() { positions[value] = position + 1 }
    return coded(
      ordered,
      AnswerColumn(
        positions: values.map { $0.isNaN ? 0 : positions[$0] ?? 0 }, categoryCount: ordered.count),
      reading, found)
  }

  private func coded(
    _ ordered: [Double], _ answers: AnswerColumn, _ reading: StatNumberReading,
    _ found: MissingCollector
  ) -> Result {
    Result(
      variable: Variable(
        name: column.name, label: column.label, level: .numeric,
        categories: ordered.map { Category(code: .number($0), label: reading.offered[$0]) },
        answers: answers, missingRules: rules, reasons: found.reasons, missing: found.positions))
  }

  private func uncoded(
    _ values: [Double], _ reading: StatNumberReading, _ found: MissingCollector
  ) -> Result {
    var result = Result(
      variable: Variable(
        name: column.name, label: column.label, level: .numeric, answers: .numbers(values),
        missingRules: rules, reasons: found.reasons, missing: found.positions))
    if !reading.offered.isEmpty {
      result.notices.append(
        FileNotice(
          file: file, column: column.name,
          message: "read as numbers: \(reading.offered.count) of its many values have labels, "
            + "which were left out"))
    }
    return result
  }

  // MARK: - Texts

  private func texts() -> Result {
    let rules = rules
    var labelOf: [TextKey: String] = [:]
    for (value, label) in labels {
      if case .text(let text) = value { labelOf[TextKey(text.trimmingSpaces)] = label }
    }
    var reasons: [Int: String] = [:]
    var kept: [TextKey: Int] = [:]
    var order: [String] = []
    for (position, text) in column.texts.enumerated() {
      let code = AnswerCode.text(text)
      let isDeclared = declared.first { $0.answer.utf8.elementsEqual(text.utf8) }
      if let isDeclared {
        reasons[position + 1] = isDeclared.reason
      } else if rules.contains(where: { $0.covers(code) }) {
        reasons[position + 1] = labelOf[TextKey(text)] ?? text
      } else if !text.allSatisfy({ $0 == " " }) {
        kept[TextKey(text)] = position
        order.append(text)
      }
    }
    for (value, _) in labels {
      if case .text(let text) = value {
        let key = TextKey(text.trimmingSpaces)
        if kept[key] == nil, !key.text.isEmpty,
          !rules.contains(where: { $0.covers(.text(key.text)) })
        {
          kept[key] = -1
          order.append(key.text)
        }
      }
    }
    order.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var places: [TextKey: Int] = [:]
    for (place, text) in order.enumerated() { places[TextKey(text)] = place + 1 }
    let codeToPlace = [0] + column.texts.map { places[TextKey($0)] ?? 0 }
    let codes = column.form == .wide ? RawCodes.wide(column.wide) : .narrow(column.narrow)
    var found = MissingCollector(rows: codes.count)
    found.add(
      codes,
      (0...column.texts.count).map { code in
        reasons[code].map { (.text(column.texts[code - 1]), $0) }
      })
    return Result(
      variable: Variable(
        name: column.name, label: column.label, level: .text,
        categories: order.map { Category(code: .text($0), label: labelOf[TextKey($0)]) },
        answers: codes.answers(codeToPlace, categoryCount: order.count),
        missingRules: rules, reasons: found.reasons, missing: found.positions))
  }
}

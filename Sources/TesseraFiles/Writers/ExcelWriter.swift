internal import TesseraSurvey

/// Writes a survey as an Excel workbook: the answers, the variables, and what their codes mean.
///
/// Texts are written as texts, so that none is ever taken for a formula.
struct ExcelWriter {
  private static let mostRows = 1_048_576
  private static let mostColumns = 16_384
  private static let longestText = 32_767

  let file: String
  let usesLabels: Bool

  /// Writes a survey.
  ///
  /// - Returns: What a workbook cannot hold.
  /// - Throws: ``OutputError`` if there are more rows or columns than a sheet has.
  func write(
    _ survey: Survey, _ details: FileDetails, to output: AtomicOutput
  ) throws(OutputError) -> ConversionLosses {
    guard survey.respondentCount < Self.mostRows else {
      throw .cannotHold(
        file: file,
        detail: "\(survey.respondentCount) respondents do not fit: a sheet has 1048576 rows")
    }
    guard survey.variables.count <= Self.mostColumns else {
      throw .cannotHold(
        file: file,
        detail: "\(survey.variables.count) variables do not fit: a sheet has 16384 columns")
    }
    var losses = ConversionLosses()
    let isLarge = survey.respondentCount * survey.variables.count > 1_000_000
    try ExcelFile.write(to: output, keepsRowsOnly: isLarge) { book in
      answers(book, survey, &losses)
      variables(book, survey)
      codes(book, survey)
    }
    losses.addStructure(of: survey)
    losses.addFile(details)
    losses.addAttributes(of: survey, details)
    return losses
  }

  // MARK: - Sheets

  private func answers(_ book: ExcelBook, _ survey: Survey, _ losses: inout ConversionLosses) {
    let sheet = book.addSheet("Data")
    sheet.freeze()
    for (column, variable) in survey.variables.enumerated() {
      sheet.write(header: variable.name, 0, column)
    }
    let columns = survey.variables.map { TableCells($0, usesLabels: usesLabels) }
    for row in 0..<survey.respondentCount {
      for (column, cells) in columns.enumerated() {
        switch cells.cell(row) {
        case .empty: break
        case .number(let number): sheet.write(number, row + 1, column)
        case .text(let text):
          if text.utf16.count > Self.longestText {
            losses.add(
              "texts are cut after 32767 characters", survey.variables[column].name)
          }
          sheet.write(Self.cut(text), row + 1, column)
        case .moment(let seconds, let time):
          write(seconds, time, sheet, row + 1, column)
        }
      }
    }
    for variable in survey.variables where usesLabels && variable.hasLabels {
      losses.add("codes stand in the sheet Labels only", variable.name)
    }
  }

  private func write(
    _ seconds: Double, _ time: ValueFormat.Time, _ sheet: ExcelSheet, _ row: Int, _ column: Int
  ) {
    let days = time == .clock ? seconds / 86_400 : seconds / 86_400 + 25_569
    // Excel knows no day before March 1900 rightly.
    if time == .clock ? days >= 0 : days >= 61 {
      sheet.write(moment: days, time, row, column)
    } else if let text = CalendarText.text(seconds, time) {
      sheet.write(text, row, column)
    }
  }

  private func variables(_ book: ExcelBook, _ survey: Survey) {
    let sheet = book.addSheet("Variables")
    sheet.freeze()
    var setOf: [AnswerCode: [String]] = [:]
    for set in survey.sets {
      for member in set.members { setOf[.text(member), default: []].append(set.name) }
    }
    for (column, title) in ["name", "label", "level", "missing", "sets", "weight"].enumerated() {
      sheet.write(header: title, 0, column)
    }
    for (place, variable) in survey.variables.enumerated() {
      sheet.write(Self.cut(variable.name), place + 1, 0)
      sheet.write(Self.cut(variable.label), place + 1, 1)
      sheet.write(variable.level.rawValue, place + 1, 2)
      sheet.write(Self.cut(Self.words(variable.missingRules)), place + 1, 3)
      let sets = setOf[.text(variable.name)] ?? []
      sheet.write(Self.cut(sets.joined(separator: ", ")), place + 1, 4)
      if survey.weightVariable == variable.name { sheet.write("yes", place + 1, 5) }
    }
  }

  private static func words(_ rules: [MissingRule]) -> String {
    rules.map { rule in
      switch rule {
      case .code(let code): code.text
      case .range(let low, let high):
        "\(low == -.infinity ? "lowest" : AnswerCode.number(low).text) to "
          + (high == .infinity ? "highest" : AnswerCode.number(high).text)
      }
    }
    .joined(separator: ", ")
  }

  private func codes(_ book: ExcelBook, _ survey: Survey) {
    let sheet = book.addSheet("Labels")
    sheet.freeze()
    for (column, title) in ["variable", "code", "label", "missing"].enumerated() {
      sheet.write(header: title, 0, column)
    }
    var row = 1
    func add(_ variable: Variable, _ code: AnswerCode, _ label: String, _ isMissing: Bool) {
      guard row < Self.mostRows else { return }
      sheet.write(Self.cut(variable.name), row, 0)
      switch code {
      case .number(let value): sheet.write(value, row, 1)
      case .text(let text): sheet.write(Self.cut(text), row, 1)
      }
      sheet.write(Self.cut(label), row, 2)
      if isMissing { sheet.write("yes", row, 3) }
      row += 1
    }
    for variable in survey.variables where variable.hasLabels {
      for category in variable.categories where category.label != category.code.text {
        add(variable, category.code, category.label, false)
      }
      for reason in variable.reasons {
        if let code = reason.code { add(variable, code, reason.label, true) }
      }
      for other in variable.otherLabels
      where !variable.reasons.contains(where: { $0.code == other.code }) {
        add(
          variable, other.code, other.label,
          variable.missingRules.contains { $0.covers(other.code) })
      }
    }
  }

  private static func cut(_ text: String) -> String {
    guard text.utf16.count > longestText else { return text }
    var units = Array(text.utf16.prefix(longestText))
    // Half a sign beyond the first plane is none.
    if let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
    return String(decoding: units, as: UTF16.self)
  }
}

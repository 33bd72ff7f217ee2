internal import TesseraSurvey

/// Turns answers that a study declares missing into missing answers with a reason.
///
/// A code matches as a number where the column is numeric, else byte for byte; it also matches the
/// label of an answer. What a reader has already taken out is not met again.
struct MissingCodes {
  private let everywhere: [MissingDeclaration]
  private let byColumn: [AnswerCode: [MissingDeclaration]]

  /// Collects the codes of a declaration.
  init(_ declaration: SurveyDeclaration) {
    everywhere = declaration.missingEverywhere
    byColumn = Dictionary(
      declaration.missingByColumn.map { (AnswerCode.text($0.column), $0.codes) },
      uniquingKeysWith: +)
  }

  /// The variable without the answers that are declared missing.
  func applied(to variable: Variable) -> Variable {
    let declared = everywhere + (byColumn[.text(variable.name)] ?? [])
    guard !declared.isEmpty else { return variable }
    if case .numbers(let numbers) = variable.answers {
      return numeric(variable, numbers, declared)
    }
    return coded(variable, declared)
  }

  private func numeric(
    _ variable: Variable, _ numbers: [Double], _ declared: [MissingDeclaration]
  ) -> Variable {
    let codes = declared.compactMap { item in Double(item.code).map { (value: $0, item: item) } }
    guard !codes.isEmpty, numbers.contains(where: { n in codes.contains { $0.value == n } }) else {
      return variable
    }
    var result = variable
    var values = numbers
    for row in values.indices {
      guard let code = codes.first(where: { $0.value == values[row] }) else { continue }
      values[row] = .nan
      result.setMissing(row, .declared, .number(code.value), code.item.reason ?? code.item.code)
    }
    result.answers = .numbers(values)
    return result
  }

  private func coded(_ variable: Variable, _ declared: [MissingDeclaration]) -> Variable {
    var reasons: [Int: String] = [:]
    for (position, category) in variable.categories.enumerated() {
      let match = declared.first { item in
        category.isNamed(item.code)
      }
      if let match { reasons[position + 1] = match.reason ?? category.label }
    }
    guard !reasons.isEmpty else { return variable }
    var result = variable
    var places = [0]
    var kept: [Category] = []
    for (position, category) in variable.categories.enumerated() {
      if reasons[position + 1] == nil { kept.append(category) }
      places.append(reasons[position + 1] == nil ? kept.count : 0)
    }
    let positions = (0..<variable.answers.count).map { variable.answers.position($0) }
    for (row, position) in positions.enumerated() {
      guard let reason = reasons[position] else { continue }
      result.setMissing(row, .declared, variable.categories[position - 1].code, reason)
    }
    result.categories = kept
    result.answers = AnswerColumn(
      positions: positions.map { places[$0] }, categoryCount: kept.count)
    return result
  }
}

extension Category {
  /// Whether a word of a study means this answer: its code as a number or a text, or its label.
  func isNamed(_ word: String) -> Bool {
    switch code {
    case .number(let number):
      if let spoken = Double(word) { return spoken == number }
    case .text(let text):
      if text.utf8.elementsEqual(word.utf8) { return true }
    }
    return label.utf8.elementsEqual(word.utf8)
  }
}

extension Variable {
  /// Notes why an answer is missing; the answer itself is taken out by the caller.
  mutating func setMissing(
    _ row: Int, _ kind: MissingReason.Kind, _ code: AnswerCode?, _ label: String
  ) {
    if missing.isEmpty { missing = [UInt8](repeating: 0, count: answers.count) }
    let known = reasons.firstIndex { $0.kind == kind && $0.code == code && $0.label == label }
    if let known {
      missing[row] = UInt8(known + 1)
    } else if reasons.count < 255 {
      reasons.append(MissingReason(kind: kind, code: code, label: label))
      missing[row] = UInt8(reasons.count)
    }
  }

  /// Why an answer is missing, where that is known.
  func reason(_ row: Int) -> MissingReason? {
    guard !missing.isEmpty, missing[row] > 0, Int(missing[row]) <= reasons.count else { return nil }
    return reasons[Int(missing[row]) - 1]
  }
}

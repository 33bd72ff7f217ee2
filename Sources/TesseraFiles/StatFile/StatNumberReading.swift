internal import TesseraSurvey

/// What the numbers of a variable mean: answers with their labels, and reasons for missing ones.
struct StatNumberReading {
  /// Labels of the numbers that are answers.
  let offered: [Double: String]
  /// Whether any number may be a missing answer.
  let mayBeMissing: Bool
  private let labelOf: [Double: String]
  private let tagLabels: [UInt8: String]
  private let rules: [MissingRule]
  private let declared: [(value: Double, reason: String)]

  /// Takes what the file and the user say of a variable.
  init(
    labels: [(value: StatContents.Value, label: String)], rules: [MissingRule],
    declared: [DeclaredMissing]
  ) {
    var labelOf: [Double: String] = [:]
    var tagLabels: [UInt8: String] = [:]
    for (value, label) in labels {
      switch value {
      case .number(let number): labelOf[number] = label
      case .tag(let tag): tagLabels[tag] = label
      case .text: break
      }
    }
    let grammar = NumberGrammar(decimal: 0x2E)
    let numbers = declared.compactMap { item in
      grammar.parse(item.answer).map { (value: $0.value, reason: item.reason) }
    }
    self.labelOf = labelOf
    self.tagLabels = tagLabels
    self.rules = rules
    self.declared = numbers
    mayBeMissing = !rules.isEmpty || !numbers.isEmpty
    offered = labelOf.filter { value, _ in
      !value.isNaN && !rules.contains { $0.covers(.number(value)) }
        && !numbers.contains { $0.value == value }
    }
  }

  /// A number that is an answer; else NaN, with the reason where there is one.
  func meaning(_ value: Double) -> (value: Double, reason: (code: AnswerCode, label: String)?) {
    if value.isNaN {
      let tag = UInt8(truncatingIfNeeded: value.bitPattern)
      guard tag != 0 else { return (.nan, nil) }
      let name = "." + String(UnicodeScalar(tag))
      return (.nan, (.text(name), tagLabels[tag] ?? name))
    }
    if let item = declared.first(where: { $0.value == value }) {
      return (.nan, (.number(value), item.reason))
    }
    if rules.contains(where: { $0.covers(.number(value)) }) {
      let code = AnswerCode.number(value)
      return (.nan, (code, labelOf[value] ?? code.text))
    }
    return (value, nil)
  }
}

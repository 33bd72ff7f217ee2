internal import TesseraSurvey

/// A variable's answers as cells of a table.
struct TableCells {
  /// One cell.
  enum Cell {
    case empty
    case number(Double)
    case text(String)
    /// Seconds since 1970, or of the clock.
    case moment(Double, ValueFormat.Time)
  }

  private let variable: Variable
  private let usesLabels: Bool
  /// The cells of the categories, an empty one first.
  private(set) var answers: [Cell] = [.empty]
  /// The cells of the reasons for no answer, an empty one first.
  private(set) var reasons: [Cell] = [.empty]
  private var singles: [Double: String] = [:]

  /// Takes a variable; answers are shown by their codes or by their labels.
  init(_ variable: Variable, usesLabels: Bool) {
    self.variable = variable
    self.usesLabels = usesLabels
    for category in variable.categories {
      answers.append(cell(category.code, usesLabels ? category.label : nil))
    }
    for reason in variable.reasons {
      guard let code = reason.code else {
        reasons.append(.empty)
        continue
      }
      reasons.append(cell(code, usesLabels && reason.label != code.text ? reason.label : nil))
    }
    if usesLabels {
      for other in variable.otherLabels {
        if let value = other.code.number { singles[value] = other.label }
      }
    }
  }

  private func cell(_ code: AnswerCode, _ label: String?) -> Cell {
    if let label, label != code.text { return .text(label) }
    switch code {
    case .number(let value): return .number(value)
    case .text(let text):
      if variable.level == .date, let moment = CalendarText.parse(text) {
        return .moment(moment.seconds, moment.time)
      }
      return text.isEmpty ? .empty : .text(text)
    }
  }

  /// Whether numbers stand as they are: not as labels, nor as days or times.
  var hasPlainNumbers: Bool { singles.isEmpty && variable.format?.time == nil }

  /// The cell of a respondent.
  func cell(_ row: Int) -> Cell {
    let reason = variable.missing.isEmpty ? 0 : Int(variable.missing[row])
    guard case .numbers(let numbers) = variable.answers else {
      let position = variable.answers.position(row)
      return position > 0 ? answers[position] : reasons[reason]
    }
    let number = numbers[row]
    if number.isNaN { return reasons[reason] }
    if let label = singles[number] { return .text(label) }
    if let format = variable.format, let time = format.time, let seconds = format.seconds(number),
      CalendarText.text(seconds, time) != nil
    {
      return .moment(seconds, time)
    }
    return .number(number)
  }
}

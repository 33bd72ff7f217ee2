import TesseraStudy
import TesseraSurvey

/// A term of a choice model, bound to the columns of a table of choices.
///
/// Factors are joined by `*` and `/`: a number, a column of numbers, or a condition such as
/// `type = van` or `slot = 1|3|5` that counts 1 where it holds and 0 elsewhere. Columns of the
/// choices come first, then columns of the survey.
struct ChoiceTerm: Sendable {
  let name: String
  /// One for each alternative.
  let values: [Double]
}

/// Reads and computes terms.
struct ChoiceTermBinder {
  let records: ChoiceRecords
  /// The study's respondents; menus name rows of it.
  let survey: Survey
  let source: FitSource

  /// Whether a condition such as `slot = 1|3|5` holds, for each alternative.
  func condition(_ text: String, at key: String) throws(StudyError) -> [Bool] {
    try factor(text, at: key).map { $0 != 0 }
  }

  /// The values of an expression.
  func values(_ text: String, at key: String) throws(StudyError) -> [Double] {
    var result = [Double](repeating: 1, count: records.lines.count)
    var rest = Substring(text)
    var divides = false
    while true {
      let end = rest.firstIndex { $0 == "*" || $0 == "/" } ?? rest.endIndex
      let values = try factor(String(rest[..<end]), at: key)
      for index in result.indices {
        if divides { result[index] /= values[index] } else { result[index] *= values[index] }
      }
      guard end < rest.endIndex else { break }
      divides = rest[end] == "/"
      rest = rest[rest.index(after: end)...]
    }
    if let bad = result.firstIndex(where: { !$0.isFinite }) {
      throw StudyError(
        code: "E0635", message: "'\(DisplayText.escaped(text))' has no value here",
        file: records.file, row: records.lines[bad], column: key,
        hint: "every alternative needs a number; do not divide by 0")
    }
    return result
  }

  private func factor(_ text: String, at key: String) throws(StudyError) -> [Double] {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = Self.trimmed(parts[0])
    guard !name.isEmpty, parts.count == 1 || !Self.trimmed(parts[1]).isEmpty else {
      throw source.error(
        "E0634", "an expression is not complete", at: key,
        hint: "write columns, numbers or column = value, joined by * and /")
    }
    if parts.count == 1, let number = Self.number(name) {
      return [Double](repeating: number, count: records.lines.count)
    }
    let texts = try cells(name, at: key)
    if parts.count == 2 {
      let wanted = parts[1].split(separator: "|").map { Self.trimmed($0) }
      let holds = texts.map { text in
        wanted.contains { $0 == text || (Self.number($0).map { $0 == Self.number(text) } ?? false) }
      }
      guard holds.contains(true) else {
        throw source.error(
          "E0634",
          "no alternative has \(DisplayText.escaped(name)) = \(DisplayText.escaped(wanted.joined(separator: "|")))",
          at: key,
          hint: NearestName.question(wanted.first ?? "", among: Array(Set(texts)).sorted())
            ?? "values are compared as they are written in the file")
      }
      return holds.map { $0 ? 1 : 0 }
    }
    var values: [Double] = []
    values.reserveCapacity(texts.count)
    for (row, text) in texts.enumerated() {
      guard let number = Self.number(text) else {
        throw StudyError(
          code: "E0635",
          message: text.isEmpty
            ? "an alternative has no '\(DisplayText.escaped(name))'"
            : "'\(DisplayText.escaped(name))' must be a number in a choice model",
          file: records.file, row: records.lines[row], column: name,
          hint: "give a number, or write \(name) = VALUE for an indicator")
      }
      values.append(number)
    }
    return values
  }

  /// A column of the choices, or else of the survey, for each alternative.
  private func cells(_ name: String, at key: String) throws(StudyError) -> [String] {
    if let texts = records.texts(name) { return texts }
    guard let variable = survey[name] else {
      let known = records.columns + survey.variables.map(\.name)
      throw source.error(
        "E0634", "there is no column '\(DisplayText.escaped(name))' in choices or survey",
        at: key,
        hint: NearestName.question(name, among: known)
          ?? "columns of the choices: \(records.columns.prefix(30).joined(separator: ", "))")
    }
    var texts: [String] = []
    texts.reserveCapacity(records.lines.count)
    for menu in 0..<records.count {
      let row = records.respondents[menu]
      let text: String
      if !variable.answers.isAnswered(row) {
        text = ""
      } else if variable.answers.isCoded {
        text = variable.categories[variable.answers.position(row) - 1].code.text
      } else {
        text = AnswerCode.number(variable.number(row)).text
      }
      for _ in records.starts[menu]..<records.starts[menu + 1] { texts.append(text) }
    }
    return texts
  }

  /// A decimal number; blanks around it are allowed.
  static func number(_ text: String) -> Double? {
    let plain = trimmed(text[...])
    guard let first = plain.first, first.isNumber || first == "-" || first == "." || first == "+",
      let number = Double(plain), number.isFinite
    else { return nil }
    return number
  }

  static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

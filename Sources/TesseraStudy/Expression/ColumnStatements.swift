internal import TesseraSurvey

/// Works out statements that speak of respondents' answers alone.
package struct ColumnStatements {
  private let data: StudyData

  /// Takes the respondents and their answers.
  package init(data: StudyData) {
    self.data = data
  }

  /// The truth of an expression in which every name is a column or a set.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - isTrue: False for its opposite.
  /// - Returns: One truth for each respondent.
  /// - Throws: What is wrong and where.
  package func truths(
    _ expression: Expression, isTrue: Bool = true
  ) throws(ExpressionProblem) -> [UInt8] {
    switch expression {
    case .not(let inner): return try truths(inner, isTrue: !isTrue)
    case .and(let one, let two):
      return zip(try truths(one, isTrue: isTrue), try truths(two, isTrue: isTrue))
        .map { isTrue ? min($0, $1) : max($0, $1) }
    case .or(let one, let two):
      return zip(try truths(one, isTrue: isTrue), try truths(two, isTrue: isTrue))
        .map { isTrue ? max($0, $1) : min($0, $1) }
    case .comparison(let name, let comparison, let operand):
      return try compare(name, isTrue ? comparison : comparison.opposite, operand)
    case .includes(let name, let operand):
      let truths = try includes(name, operand)
      return isTrue ? truths : truths.map(Truth.opposite)
    case .isMissing(let name):
      let truths = try isMissing(name)
      return isTrue ? truths : truths.map(Truth.opposite)
    }
  }

  /// A column compared with a number, an answer or another column.
  package func compare(
    _ name: Expression.Name, _ comparison: Comparison, _ operand: Expression.Operand
  ) throws(ExpressionProblem) -> [UInt8] {
    let variable = try variable(name)
    switch operand {
    case .number(let value, let text, let offset):
      if variable.isNumeric { return compare(variable.numbers, comparison, value) }
      if let position = position(of: text, in: variable) {
        return try compare(variable, comparison, position, offset: offset)
      }
      throw unknownAnswer(text, of: variable, offset: offset)
    case .name(let other):
      if !other.isColumn, let position = position(of: other.text, in: variable) {
        return try compare(variable, comparison, position, offset: other.offset)
      }
      if !other.isColumn, let day = CalendarText.parse(other.text), day.time != .clock,
        let moments = variable.moments
      {
        return compare(
          // A day is all of its hours.
          day.time == .day ? moments.map { ($0 / 86_400).rounded(.down) } : moments, comparison,
          day.time == .day ? day.seconds / 86_400 : day.seconds)
      }
      guard let second = data.survey[other.text] else {
        if comparison == .notEqual, !other.isColumn, isUngiven(other.text, in: variable) {
          return (0..<variable.answers.count).map {
            variable.answers.isAnswered($0) ? Truth.yes : Truth.unanswered
          }
        }
        throw unknownAnswer(other.text, of: variable, offset: other.offset)
      }
      return try compare(variable, comparison, second, offset: other.offset)
    }
  }

  /// Whether a set, or a column, holds an answer.
  package func includes(
    _ name: Expression.Name, _ operand: Expression.Operand
  ) throws(ExpressionProblem) -> [UInt8] {
    guard let set = data.set(name.text) else {
      return try compare(name, .equal, operand)
    }
    guard let member = data.member(operand.text, of: set) else {
      let answers = data.answers(of: set)
      throw ExpressionProblem(
        message: "'\(name.text)' offers no answer '\(operand.text)'", offset: operand.offset,
        hint: NearestName.question(operand.text, among: answers + set.members)
          ?? "its answers are \(listed(answers))")
    }
    return compare(member.numbers, .equal, 1)
  }

  /// Whether there is no answer.
  package func isMissing(_ name: Expression.Name) throws(ExpressionProblem) -> [UInt8] {
    if let set = data.set(name.text) {
      let members = set.members.compactMap { data.survey[$0] }
      return (0..<data.survey.respondentCount).map { respondent in
        Truth.of(members.allSatisfy { !$0.answers.isAnswered(respondent) })
      }
    }
    let answers = try variable(name).answers
    return (0..<answers.count).map { Truth.of(!answers.isAnswered($0)) }
  }

  private func variable(_ name: Expression.Name) throws(ExpressionProblem) -> Variable {
    if let variable = data.survey[name.text] { return variable }
    if data.set(name.text) != nil {
      throw ExpressionProblem(
        message: "'\(name.text)' is a question with several answers", offset: name.offset,
        hint: "ask whether it includes an answer: \(name.text) includes ...")
    }
    let known = data.survey.variables.map(\.name) + data.survey.sets.map(\.name)
    throw ExpressionProblem(
      message: "the survey has no column or set '\(name.text)'", offset: name.offset,
      hint: NearestName.question(name.text, among: known))
  }

  /// The position, from 1, of the category with a label or a code.
  private func position(of text: String, in variable: Variable) -> Int? {
    let spoken = text.lowercased()
    let found =
      variable.categories.firstIndex { $0.label.utf8.elementsEqual(text.utf8) }
      ?? variable.categories.firstIndex { $0.code.text.utf8.elementsEqual(text.utf8) }
      ?? variable.categories.firstIndex { $0.label.lowercased() == spoken }
    return found.map { $0 + 1 }
  }

  private func compare(
    _ numbers: [Double], _ comparison: Comparison, _ bound: Double
  ) -> [UInt8] {
    numbers.map { $0.isNaN ? Truth.unanswered : Truth.of(comparison.holds($0, bound)) }
  }

  private func compare(
    _ variable: Variable, _ comparison: Comparison, _ position: Int, offset: Int
  ) throws(ExpressionProblem) -> [UInt8] {
    if variable.level == .nominal || variable.level == .text,
      comparison != .equal, comparison != .notEqual
    {
      throw ExpressionProblem(
        message: "the answers to '\(variable.name)' have no order", offset: offset,
        hint: "declare their order under survey.levels, or compare with = or !=")
    }
    let answers = variable.answers
    return (0..<answers.count).map { respondent in
      let answer = answers.position(respondent)
      return answer == 0
        ? Truth.unanswered : Truth.of(comparison.holds(Double(answer), Double(position)))
    }
  }

  private func compare(
    _ one: Variable, _ comparison: Comparison, _ two: Variable, offset: Int
  ) throws(ExpressionProblem) -> [UInt8] {
    if one.isNumeric, two.isNumeric {
      let (left, right) = (one.numbers, two.numbers)
      return (0..<left.count).map { respondent in
        left[respondent].isNaN || right[respondent].isNaN
          ? Truth.unanswered : Truth.of(comparison.holds(left[respondent], right[respondent]))
      }
    }
    guard comparison == .equal || comparison == .notEqual else {
      throw ExpressionProblem(
        message: "'\(one.name)' and '\(two.name)' are not both numbers", offset: offset,
        hint: "compare them with = or !=")
    }
    let (left, right) = (codes(one), codes(two))
    return (0..<left.count).map { respondent in
      guard let first = left[respondent], let second = right[respondent] else {
        return Truth.unanswered
      }
      return Truth.of(first.utf8.elementsEqual(second.utf8) == (comparison == .equal))
    }
  }

  private func codes(_ variable: Variable) -> [String?] {
    if case .numbers(let numbers) = variable.answers {
      return numbers.map { $0.isNaN ? nil : AnswerCode.number($0).text }
    }
    let texts = [String?.none] + variable.categories.map { $0.code.text }
    return (0..<variable.answers.count).map { texts[variable.answers.position($0)] }
  }

  /// Whether a word may be an answer that nobody gave this time, such as a reason to screen people
  /// out: the file does not list its answers, and none of those given is spelt nearly so.
  private func isUngiven(_ text: String, in variable: Variable) -> Bool {
    let labels = variable.categories.map { $0.label.isEmpty ? $0.code.text : $0.label }
    return !variable.isNumeric
      && zip(variable.categories, labels).allSatisfy { $0.code.text == $1 }
      && NearestName.question(text, among: labels + data.survey.variables.map(\.name)) == nil
  }

  private func unknownAnswer(
    _ text: String, of variable: Variable, offset: Int
  ) -> ExpressionProblem {
    let answers = variable.tellableAnswers
    let known = answers + data.survey.variables.map(\.name)
    return ExpressionProblem(
      message: "'\(text)' is neither an answer to '\(variable.name)' nor a column",
      offset: offset,
      hint: NearestName.question(text, among: known)
        ?? (answers.isEmpty ? nil : "its answers are \(listed(answers))"))
  }
}

extension Variable {
  /// Days and times as seconds since 1970, NaN without an answer; `nil` where the answers are none.
  fileprivate var moments: [Double]? {
    if let format, let time = format.time {
      guard time != .clock else { return nil }
      return numbers.map { format.seconds($0) ?? .nan }
    }
    guard !isNumeric, !categories.isEmpty else { return nil }
    var seconds = [Double.nan]
    for category in categories {
      guard let moment = CalendarText.parse(category.code.text), moment.time != .clock else {
        return nil
      }
      seconds.append(moment.seconds)
    }
    return (0..<answers.count).map { seconds[answers.position($0)] }
  }
}

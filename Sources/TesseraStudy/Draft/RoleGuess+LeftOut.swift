internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What is about the interview, and what is no answer

  /// Columns that a platform writes about the interview, and what it makes of other columns.
  mutating func findProcess() {
    func plain(_ column: ColumnFacts) -> String { column.name.words.joined() }
    let known = facts.filter { DraftWords.platform.contains(plain($0)) }
    for column in known.count >= 3 ? known : [] where isFree(column) {
      leaveOut(column, "the platform writes it about the interview", isProcess: true)
    }
    for column in facts where isFree(column) && column.columnName.hasSuffix("_NPS_GROUP") {
      leaveOut(
        column, "made by the platform from \(column.columnName.dropLast(10))", isProcess: true)
    }
    for column in facts where isFree(column) && OtherOption.isWritten(column.variable) {
      leaveOut(column, "what respondents wrote in their own words")
    }
    let options = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    for (column, before) in zip(facts.dropFirst(), facts) where isFree(column) {
      guard PlaceholderName.matches(column.columnName), options.contains(.text(before.columnName)),
        !options.contains(.text(column.columnName)), !column.variable.isNumeric
      else { continue }
      leaveOut(column, "a column without a name behind a question: respondents' own words")
    }
  }

  mutating func leaveOut(
    _ column: ColumnFacts, _ reason: String, isProcess: Bool = false
  ) {
    plan.leftOut.append(
      DraftPlan.Entry(name: column.columnName, reason: reason, isProcess: isProcess))
    use(column.columnName)
  }

  mutating func findUseless() {
    let members = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    // An option that nobody chose still belongs to its question.
    for column in facts where isFree(column) && !members.contains(.text(column.columnName)) {
      let reason: String
      var isProcess = false
      if column.answered == 0 {
        reason = "no answers"
      } else if let word = column.says(DraftWords.personal),
        column.variable.level == .text || column.distinct.map({ $0 > 40 }) ?? true
      {
        reason = "\(word): looks like personal data"
      } else if column.variable.level == .text {
        reason = "open text or an identifier"
      } else if column.variable.level == .date {
        reason = "a date"
      } else if let word = column.name.first(of: DraftWords.process),
        column.distinct.map({ $0 > 10 || $0 < 2 }) ?? true
      {
        reason = "the name says \"\(word)\": about the interview, not the person"
        isProcess = true
      } else if column.isConstant, !column.isDichotomous {
        reason = "everyone who answered said the same"
      } else {
        continue
      }
      if reason == "open text or an identifier", let separated = delimited(column) {
        addDelimited(column, separated)
        continue
      }
      leaveOut(column, reason, isProcess: isProcess)
    }
  }
}

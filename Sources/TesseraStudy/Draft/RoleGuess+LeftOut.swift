internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What is about the interview, and what is no answer

  /// Columns that a platform writes about the interview, and what it makes of other columns.
  mutating func findProcess() {
    // "submitdate. Date submitted" says the code first.
    func plain(_ column: ColumnFacts) -> String {
      let name = column.columnName
      guard let mark = name.firstRange(of: ". "), !name[..<mark.lowerBound].contains(" ") else {
        return column.name.words.joined()
      }
      return DraftText(String(name[..<mark.lowerBound])).words.joined()
    }
    let isSoSci = facts.contains { plain($0) == "questnnr" }
    func isPlatform(_ column: ColumnFacts) -> Bool {
      DraftWords.platform.contains(plain(column)) || isTiming(column, plain(column))
        || isSoSci && DraftWords.sosci.contains(plain(column))
    }
    let known = facts.filter(isPlatform)
    let unmistakable = [
      "redcap", "ipaddress", "distributionchannel", "submissiontime", "instanceid",
      "qrecaptchascore", "qrelevantid", "qduplicate", "qfraud",
    ]
    for column in facts where isFree(column) {
      guard unmistakable.contains(where: plain(column).hasPrefix) else { continue }
      leaveOut(column, "the platform writes it about the interview", isProcess: true)
    }
    for column in known.count >= 3 ? known : [] where isFree(column) {
      leaveOut(column, "the platform writes it about the interview", isProcess: true)
    }
    for column in facts where isFree(column) {
      if let reason = attentionReason(column) ?? diagnosticReason(column) ?? designReason(column)
        ?? metaReason(column)
      {
        leaveOut(column, reason, isProcess: true)
      } else if let reason = repeatedIdentifier(column) {
        leaveOut(column, reason.sentence, isProcess: true)
        if reason.repeats > 0 {
          plan.warnings.append(
            DraftWarning(
              sentence: "\(column.columnName) repeats: \(survey.respondentCount) rows of "
                + "\(survey.respondentCount - reason.repeats) people; keep one row per person, or "
                + "say what a row stands for",
              filter: ""))
        }
      }
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

  /// How long a page or a question took, as platforms call it: `TIME001`, `groupTime12`,
  /// `Q8_Page Submit`.
  private func isTiming(_ column: ColumnFacts, _ plain: String) -> Bool {
    let isNumber = column.variable.isNumeric || !column.variable.answers.isCoded
    guard isNumber || column.answered == 0 else { return false }
    let bare = plain.filter(\.isLetter)
    if plain.hasPrefix("time"), plain.dropFirst(4).allSatisfy(\.isNumber) { return true }
    if plain.hasPrefix("grouptime") || plain.hasPrefix("questiontime") { return true }
    return bare.hasSuffix("time") && plain.contains(where: \.isNumber) && !bare.hasPrefix("time")
      && !column.variable.answers.isCoded
      || ["firstclick", "lastclick", "pagesubmit", "clickcount"].contains(where: bare.hasSuffix)
  }

  /// What Qualtrics adds beside questions: the browser, the order of options, times on a page.
  private func metaReason(_ column: ColumnFacts) -> String? {
    let label = column.variable.label
    let name = column.columnName
    if label.hasPrefix("Browser Meta Info") || label.contains(" Meta Info - ") {
      return "the browser, which the platform writes"
    }
    if label.hasPrefix("Timing - ") || label.hasSuffix(" - Page Submit")
      || label.hasSuffix(" - First Click") || label.hasSuffix(" - Last Click")
      || label.hasSuffix(" - Click Count")
    {
      return "the time on a page, which the platform writes"
    }
    let parts = name.split(separator: "_")
    if label.hasSuffix("Display Order") || parts.count > 1 && parts.dropFirst().contains("DO") {
      return "the order in which options were shown"
    }
    return nil
  }

  /// Why a column holds personal data: its name or its answers say so.
  ///
  /// "How often do you use your phone?" and "needs to address" name such words too, so answers have to
  /// be texts that differ from person to person.
  private func personalReason(_ column: ColumnFacts) -> String? {
    let variable = column.variable
    let isOwn = !variable.isNumeric && order(column) == nil && (column.distinct ?? 1000) >= 8
    let isMany = variable.isNumeric && column.distinct.map { $0 > 40 } ?? true
    let joined = column.name.words.joined()
    let isNamed =
      DraftWords.personal.contains(joined) || column.name.first(of: DraftWords.personal) != nil
    let isLabelled =
      column.label.words.count <= 6 && column.label.first(of: DraftWords.personal) != nil
    if isNamed || isLabelled,
      isOwn && column.name.words.count <= 5 || isMany && ratingScale(column) == nil
    {
      return "looks like personal data, going by its name"
    }
    guard variable.answers.isCoded, !variable.isNumeric else { return nil }
    let looked = variable.categories.prefix(200)
    let personal = looked.count { PersonalText.looksPersonal($0.code.text) }
    return personal > 0 && personal * 5 >= looked.count
      ? "looks like personal data, going by its answers" : nil
  }

  /// Why a column tests whether people read; two signs: what it says, and that nearly all passed.
  private func attentionReason(_ column: ColumnFacts) -> String? {
    let words = DraftWords.attention
    let inName = column.name.words.count <= 3 ? column.name.first(of: words) : nil
    let line = DraftText("\(column.columnName) \(column.variable.label)")
    let strong = [
      "robot", "roboter", "captcha", "recaptcha", "attention check", "trap question",
      "instructional manipulation", "kontrollfrage",
    ]
    guard let word = line.first(of: strong) ?? inName else { return nil }
    guard column.variable.answers.isCoded, ratingScale(column) == nil else { return nil }
    let most = column.held.dropFirst().max() ?? 0
    let isPassed = most * 2 > column.answered || line.first(of: strong) != nil
    return isPassed ? "\"\(word)\": tests the respondent, asks nothing" : nil
  }

  /// Why a column was computed by a program from the others.
  private func diagnosticReason(_ column: ColumnFacts) -> String? {
    let words = [
      "mahalanobis", "cook s distance", "cooks distance", "leverage value", "standardized residual",
      "studentized residual", "unstandardized residual", "predicted value", "propensity score",
    ]
    guard let word = column.label.first(of: words), column.variable.isNumeric else { return nil }
    return "\"\(word)\": computed from the answers"
  }

  /// A column that is called an identifier, though some rows share one.
  private func repeatedIdentifier(
    _ column: ColumnFacts
  ) -> (sentence: String, repeats: Int)? {
    let last = column.name.words.last ?? ""
    let whole = column.name.words.joined(separator: " ")
    let isFused = last.count > 3 && last.hasSuffix("id") && !DraftWords.endingInID.contains(last)
    let isNamed =
      [
        "id", "uuid", "respid", "caseid", "pid", "idno", "respondent", "recordid", "resp",
        "subject", "subj", "participant", "student", "person", "panelist", "hhid", "workerid",
      ].contains(last) || isFused
      || ["index", "row number", "rownumber", "unnamed"].contains(whole)
      || DraftWords.groups.contains(whole)
    guard isNamed, column.name.words.count <= 3, column.answered > 0 else { return nil }
    let variable = column.variable
    var distinct = column.distinct ?? 0
    if case .numbers(let numbers) = variable.answers {
      guard numbers.allSatisfy({ $0.isNaN || $0 == $0.rounded() }) else { return nil }
      distinct = Set(numbers.filter { !$0.isNaN }).count
    }
    guard variable.categories.allSatisfy({ $0.label == $0.code.text }),
      distinct > 20 || distinct * 4 > column.answered && distinct > 8
    else { return nil }
    if DraftWords.groups.contains(whole) { return ("the number of a group that people are in", 0) }
    let repeats = column.answered - distinct
    return (
      repeats > 0
        ? "an identifier that some rows share (\(distinct) in \(column.answered) rows)"
        : "an identifier", plan.id == nil ? repeats : 0
    )
  }

  /// Why a column is about the sample, an experiment or the interview, going by its name and wording.
  private func designReason(_ column: ColumnFacts) -> String? {
    let whole = column.name.words.joined(separator: " ")
    let few = column.distinct.map { $0 <= 12 } ?? false
    if DraftWords.design.contains(whole), few || whole == "prob" || whole == "interviewer",
      column.label.words.count <= 4, order(column) == nil
    {
      return "\"\(whole)\": set by the survey's design, not answered"
    }
    if let word = column.label.first(of: DraftWords.designWordings), column.label.words.count <= 12,
      !column.variable.label.contains("?")
    {
      return "\"\(word)\": about the sample or the interview"
    }
    if column.name.words.contains("date"),
      let low = column.values.first?.value ?? finite(column.low),
      low >= 10_000, column.variable.isNumeric || !column.variable.answers.isCoded
    {
      return "a date"
    }
    return nil
  }

  private func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }

  /// A column that numbers the rows from first to last.
  mutating func findRowNumbers() {
    for column in facts where isFree(column) && column.missingShare == 0 {
      guard survey.respondentCount >= 20,
        column.variable.isNumeric || !column.variable.answers.isCoded,
        column.variable.level != .date
      else { continue }
      let numbers = column.variable.numbers
      guard topic(of: column) == nil, numbers.allSatisfy({ $0 == $0.rounded() }),
        zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
      else { continue }
      leaveOut(column, "it numbers the rows", isProcess: true)
    }
  }

  /// The time of a measurement, where rows share a person.
  mutating func findOccasions() {
    guard plan.warnings.contains(where: { $0.sentence.contains("one row per person") }) else {
      return
    }
    for column in facts where isFree(column) {
      let whole = column.name.words.joined(separator: " ")
      if DraftWords.occasions.contains(whole), column.distinct.map({ $0 <= 50 }) ?? false {
        leaveOut(column, "at which time the row was answered", isProcess: true)
      }
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
      } else if let personal = personalReason(column) {
        reason = personal
      } else if column.variable.level == .text {
        reason = "open text or an identifier"
      } else if column.variable.level == .date {
        reason = "a date"
      } else if let word = column.name.first(of: DraftWords.process),
        column.distinct.map({ $0 > 10 || $0 < 2 }) ?? true
      {
        reason = "the name says \"\(word)\": about the interview, not the person"
        isProcess = true
      } else if column.isConstant,
        !column.isDichotomous
          || column.missingShare == 0 && column.says(DraftWords.funnel.flatMap(\.self)) == nil
      {
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

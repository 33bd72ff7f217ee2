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
      return NameWords(String(name[..<mark.lowerBound])).words.joined()
    }
    let isSoSci = facts.contains { plain($0) == "questnnr" }
    let isUnipark = facts.contains { plain($0) == "lfdn" }
    // Qualtrics and LimeSurvey may call a column V10 or by a code, and "Finished" in its wording.
    func isWorded(_ column: ColumnFacts) -> Bool {
      let label = column.label.words
      return label.count <= 4 && DraftWords.platform.contains(label.joined())
    }
    let worded = facts.count {
      isWorded($0) && !DraftWords.plainWords.contains($0.label.words.joined())
    }
    func isPlatform(_ column: ColumnFacts) -> Bool {
      DraftWords.platform.contains(plain(column)) || isTiming(column, plain(column))
        || worded >= 3 && isWorded(column)
        || isSoSci && DraftWords.sosci.contains(plain(column))
        || isUnipark
          && DraftWords.unipark.contains(
            column.name.words.filter { $0.first?.isNumber != true }.joined())
    }
    let known = facts.filter(isPlatform)
    let unmistakable = [
      "redcap", "ipaddress", "distributionchannel", "submissiontime", "instanceid",
      "qrecaptchascore", "qrelevantid", "qduplicate", "qfraud", "dispcode",
    ]
    // Sawtooth puts "sys_" before what it writes itself.
    let isSawtooth = facts.count { $0.columnName.hasPrefix("sys_") } >= 3
    for column in facts where isFree(column) {
      guard
        unmistakable.contains(where: plain(column).hasPrefix)
          || isSawtooth && column.columnName.hasPrefix("sys_")
      else { continue }
      leaveOut(column, "the platform writes it about the interview", isProcess: true)
    }
    // oTree writes a record of the participant and of the session before the answers.
    if survey["participant.code"] != nil, survey["session.code"] != nil {
      for column in facts
      where isFree(column)
        && ["participant.", "session."].contains(where: column.columnName.hasPrefix)
      {
        leaveOut(column, "the platform writes it about the interview", isProcess: true)
      }
    }
    // Alchemer and QuestionPro write where an address on the internet stands.
    let isLocated =
      survey["Longitude"] != nil && survey["Latitude"] != nil || survey["Country Code"] != nil
    if known.count >= 3, isLocated {
      for column in facts
      where isFree(column)
        && ["country", "countrycode", "region", "city", "stateregion", "postal"]
          .contains(plain(column))
      {
        leaveOut(
          column, "the place of an internet address, which the platform writes", isProcess: true)
      }
    }
    // Mechanical Turk writes what a task showed under "Input.", and SPSS its last filter.
    for column in facts where isFree(column) {
      if column.columnName.hasPrefix("Input."), survey["AssignmentId"] != nil {
        leaveOut(column, "what the task showed", isProcess: true)
      } else if column.columnName.hasPrefix("filter_$") {
        leaveOut(column, "a filter that SPSS left in the file", isProcess: true)
      }
    }
    // Qualtrics writes scores and what a panel handed over behind the questions, without a wording.
    let isQualtrics = known.contains {
      ["distributionchannel", "recordeddate"].contains(plain($0))
    }
    for column in isQualtrics ? facts : [] where isFree(column) {
      let called = PlainText.line(column.columnName)
      guard column.label.isEmpty || PlainText.line(column.variable.label) == called,
        DraftWords.handed.contains(plain(column))
          || plain(column).hasPrefix("sc") && Int(plain(column).dropFirst(2)) != nil
      else { continue }
      leaveOut(column, "embedded data of the platform or the panel", isProcess: true)
    }
    for column in known.count >= 3 ? known : [] where isFree(column) {
      leaveOut(column, "the platform writes it about the interview", isProcess: true)
    }
    for column in facts where isFree(column) {
      // What an item among others speaks of is not what it is.
      let called =
        isItem(column)
        ? nil
        : designReason(column) ?? interviewReason(column) ?? experimentReason(column)
          ?? assignedReason(column)
      if let reason = attentionReason(column) ?? diagnosticReason(column) ?? called
        ?? metaReason(column) ?? drawnReason(column) ?? writtenReason(column)
      {
        leaveOut(column, reason, isProcess: true)
      } else if let reason = repeatedIdentifier(column) {
        leaveOut(column, reason.sentence, isProcess: true)
        if reason.repeats > 0, let against = startsAgain(column) {
          plan.warnings.insert(DraftWarning(sentence: against, filter: ""), at: 0)
        } else if reason.repeats > 0 {
          let people = survey.respondentCount - reason.repeats
          // Two identifiers of the same people are told once.
          if plan.persons?.count == people { continue }
          if plan.persons == nil {
            plan.persons = (people, column.columnName)
            offerRepeated(column, people)
          }
          // Before anything else: all other counts are of rows.
          plan.warnings.insert(
            DraftWarning(
              sentence: "\(column.columnName) repeats: \(survey.respondentCount) rows of "
                + "\(people) people; keep one row per person, or say what a row stands for",
              filter: firstOccasion()), at: 0)
        }
      }
    }
    for column in facts where isFree(column) && isReplicate(column) {
      leaveOut(column, "replicate weights", isProcess: true)
    }
    for column in facts where isFree(column) && formState(column) {
      leaveOut(column, "whether a form was finished", isProcess: true)
    }
    for column in facts where isFree(column) && column.columnName.hasSuffix("_NPS_GROUP") {
      leaveOut(
        column, "made by the platform from \(column.columnName.dropLast(10))", isProcess: true)
    }
    for column in facts
    where isFree(column) && (OtherOption.isWritten(column.variable) || isOpen(column)) {
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
    if ["grouptime", "questiontime", "gruppenzeit", "fragenzeit", "tempsdegroupe", "tiempodegrupo"]
      .contains(where: plain.hasPrefix)
    {
      return true
    }
    if plain.hasPrefix("rts"), plain.count > 3, plain.dropFirst(3).allSatisfy(\.isNumber) {
      return true
    }
    // LimeSurvey names the time of a question after it: `attTime` beside `interviewtime`.
    if column.columnName.hasSuffix("Time"), survey["interviewtime"] != nil,
      !column.variable.answers.isCoded
    {
      return true
    }
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
    if isBrowser(name) { return "the browser, which the platform writes" }
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
      let isGapless = zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == 1 }
      let isTime = column.low >= 1e9 || column.name.first(of: DraftWords.process) != nil
      let whole = column.name.words.joined(separator: " ")
      if plan.id == nil, !isGapless, !isTime, column.low >= 0, column.label.words.count <= 6,
        !DraftWords.rowNumbers.contains(whole)
      {
        plan.id = DraftPlan.Entry(
          name: column.columnName,
          reason: "its numbers rise from row to row with gaps, and no two respondents share one")
        use(column.columnName)
        continue
      }
      leaveOut(column, "it numbers the rows", isProcess: true)
    }
    findHouseholds()
  }

  /// Numbers that neighbouring rows share, and no others: the household or group that people are in.
  private mutating func findHouseholds() {
    let rows = survey.respondentCount
    for column in facts where isFree(column) && column.missingShare == 0 && rows >= 60 {
      guard column.variable.isNumeric || !column.variable.answers.isCoded,
        column.variable.categories.allSatisfy({ $0.label == $0.code.text }),
        column.distinct.map({ $0 > 20 }) ?? true, topic(of: column) == nil,
        column.label.words.count <= 6, repeatedIdentifier(column) == nil
      else { continue }
      let numbers = column.variable.numbers
      guard numbers.allSatisfy({ $0 == $0.rounded() }) else { continue }
      let turns = zip(numbers, numbers.dropFirst()).count { $0 != $1 } + 1
      let different = Set(numbers).count
      // Numbers that rise through the file nearly without gaps count groups of any size.
      let isCounted =
        different >= 30 && column.low >= 0 && !(column.low >= 1800 && column.high <= 2100)
        && zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
        && (column.high - column.low + 1) * 2 <= Double(different * 3)
      guard turns == different, different * 6 > rows || isCounted, different * 20 < rows * 19 else {
        continue
      }
      leaveOut(
        column, "neighbouring rows share its numbers: the household or group people are in",
        isProcess: true)
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
      } else if let personal = personalReason(column) ?? ownWordsReason(column) {
        reason = personal
      } else if column.variable.level == .text {
        reason = "open text or an identifier"
      } else if column.variable.level == .date || isDay(column) {
        reason = "a date"
      } else if !isItem(column), let word = column.name.first(of: DraftWords.process),
        column.name.words.count <= 3 || !["start", "end"].contains(word),
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

internal import TesseraSurvey

/// Why a column asks nothing of respondents: what its name, wording and answers say.
extension RoleGuess {
  /// Why a column holds personal data: its name, its wording or its answers say so.
  func personalReason(_ column: ColumnFacts) -> String? {
    PersonalData.reason(column.variable, isOnMap: survey["x"] != nil && survey["y"] != nil)
      .map { "looks like \($0)" }
  }

  /// Why a column tests whether people read; two signs: what it says, and that nearly all passed.
  func attentionReason(_ column: ColumnFacts) -> String? {
    let words = DraftWords.attention
    let inName = column.name.words.count <= 3 ? column.name.first(of: words) : nil
    let line = NameWords("\(column.columnName) \(column.variable.label)")
    let strong = [
      "robot", "roboter", "captcha", "recaptcha", "attention check", "trap question",
      "instructional manipulation", "kontrollfrage",
    ]
    let most = column.held.dropFirst().max() ?? column.values.map(\.count).max() ?? 0
    // "To show that you read, please select 2": told an answer, nearly all gave it.
    if let word = line.first(of: DraftWords.instructions) ?? line.first(of: ["attn", "attncheck"]),
      most * 4 >= column.answered * 3, column.distinct.map({ $0 <= 11 }) ?? false
    {
      return "\"\(word)\": tests whether people read, asks nothing"
    }
    guard let word = line.first(of: strong) ?? inName else { return nil }
    let isCertain = column.name.first(of: strong) != nil
    guard column.variable.answers.isCoded, isCertain || ratingScale(column) == nil else {
      return nil
    }
    let isPassed = most * 2 > column.answered || line.first(of: strong) != nil
    return isPassed ? "\"\(word)\": tests the respondent, asks nothing" : nil
  }

  /// Why a column was computed by a program from the others.
  func diagnosticReason(_ column: ColumnFacts) -> String? {
    let words = [
      "mahalanobis", "cook s distance", "cooks distance", "leverage value", "standardized residual",
      "studentized residual", "unstandardized residual", "predicted value", "propensity score",
      "regr factor score", "factor score", "cluster number of case",
      "ward method", "cluster membership",
    ]
    guard let word = column.label.first(of: words), column.variable.isNumeric else { return nil }
    return "\"\(word)\": computed from the answers"
  }

  /// A column that is called an identifier, though some rows share one.
  func repeatedIdentifier(
    _ column: ColumnFacts
  ) -> (sentence: String, repeats: Int)? {
    Self.repeatedIdentifier(column).map { ($0.sentence, plan.id == nil ? $0.repeats : 0) }
  }

  /// The same, whatever else identifies the rows.
  static func repeatedIdentifier(
    _ column: ColumnFacts
  ) -> (sentence: String, repeats: Int)? {
    let last = column.name.words.last ?? ""
    let whole = column.name.words.joined(separator: " ")
    let isFused =
      last.count > 3 && last.hasSuffix("id") && !DraftWords.endingInID.contains(last)
      || last.hasSuffix("serial")
      // `IDunit`, `id_school`; "IDEOLOGY" has no small letter behind.
      || column.name.words.first == "id"
      || column.columnName.hasPrefix("ID")
        && column.columnName.dropFirst(2).first?.isLowercase ?? false
    let isNamed =
      [
        "id", "uuid", "respid", "caseid", "pid", "idno", "respondent", "recordid", "resp",
        "subject", "subj", "participant", "student", "person", "panelist", "hhid", "workerid",
        "subnum", "subno", "seqn", "lfdn", "respnum", "respond",
      ].contains(last) || isFused || DraftWords.judges.contains(whole)
      || ["nr", "no", "num", "numero", "nummer", "idnr", "lfdnr"].contains(whole)
      || DraftWords.rowNumbers.contains(whole)
      || DraftWords.groups.contains(whole)
    let isWorded =
      column.label.words.count <= 8 && column.label.first(of: DraftWords.identifierWordings) != nil
    guard isNamed && column.name.words.count <= 3 || isWorded, column.answered > 0 else {
      return nil
    }
    let variable = column.variable
    var distinct = column.distinct ?? 0
    if case .numbers(let numbers) = variable.answers {
      // "12.1" may be the first of a household.
      guard whole == "id" || numbers.allSatisfy({ $0.isNaN || $0 == $0.rounded() }) else {
        return nil
      }
      distinct = Set(numbers.filter { !$0.isNaN }).count
    }
    guard variable.categories.allSatisfy({ $0.label == $0.code.text }),
      distinct > 20 || distinct * 4 > column.answered && distinct > 8 || isWorded
        || DraftWords.judges.contains(whole) && distinct >= 5 && column.answered >= distinct * 3
    else { return nil }
    if isWorded, distinct <= 20 { return ("a number within a household or group", 0) }
    if DraftWords.groups.contains(whole) { return ("the number of a group that people are in", 0) }
    let repeats = column.answered - distinct
    return (
      repeats > 0
        ? "an identifier that some rows share (\(distinct) in \(column.answered) rows)"
        : "an identifier", repeats
    )
  }

  /// Why a column is about the sample, an experiment or the interview, going by its name and wording.
  func designReason(_ column: ColumnFacts) -> String? {
    let whole = column.name.words.joined(separator: " ")
    let few = column.distinct.map { $0 <= 12 } ?? false
    // "Source of stress" asks people; "source of the sample" does not.
    let isAsked =
      column.label.words.count > 1 && column.label.words.first == whole
      && column.label.first(of: [
        "sample", "data", "respondent", "respondents", "interview", "recruitment", "study",
      ]) == nil
    if DraftWords.places.contains(whole), column.distinct.map({ $0 <= 60 }) ?? false,
      column.label.words.count <= 6
    {
      return "\"\(whole)\": the place in a household or dwelling"
    }
    if !isAsked, DraftWords.design.contains(whole),
      few || whole == "prob" || whole == "interviewer",
      column.label.words.count <= 4, order(column) == nil
    {
      return "\"\(whole)\": set by the survey's design, not answered"
    }
    if let word = column.label.first(of: DraftWords.interviews), column.label.words.count <= 8,
      let fact = column.label.first(of: DraftWords.interviewFacts),
      !column.variable.label.contains("?"), ratingScale(column) == nil || fact != "data"
    {
      return "\"\(word)\" and \"\(fact)\": about the interview"
    }
    if (2...4).contains(column.label.words.count), column.distinct.map({ $0 > 10 }) ?? true,
      column.variable.isNumeric || !column.variable.answers.isCoded,
      let first = column.label.words.first,
      ["duration", "duur", "dauer", "duree", "duracion", "durata", "duracao"].contains(first),
      column.label.first(
        of: DraftWords.shares + [
          "seconds", "seconden", "sekunden", "secondes", "segundos", "secondi",
        ]) != nil
    {
      return "\"\(first)\": about the interview"
    }
    if column.name.words.first == "id", column.name.words.count >= 3, column.name.words[1] == "in" {
      return "a number within a group"
    }
    if column.name.words.count <= 4, column.label.words.count <= 4, order(column) == nil,
      let word = column.name.first(of: DraftWords.paradata),
      column.label.isEmpty || !column.variable.label.contains("?")
    {
      return "\"\(word.filter { $0 != "*" })\": about the interview or the sample"
    }
    if ["study", "studie", "studies", "sample", "dataset", "estudio", "etude"].contains(whole),
      column.distinct.map({ $0 >= 2 && $0 <= 60 }) ?? false, column.label.words.count <= 4,
      // Hours of study have many values, studies few.
      column.variable.isNumeric || !column.variable.answers.isCoded
        ? whole != "study" || column.distinct ?? 0 <= 12
        : column.categories.allSatisfy({ $0.code.text.count <= 8 })
    {
      return "\"\(whole)\": from which study or sample a row is"
    }
    if column.label.isEmpty ? column.name.words.count <= 5 : column.label.words.count <= 5,
      let word = (column.label.isEmpty ? column.name : column.label).first(of: [
        "entrevistador", "entrevistadora", "interviewernummer",
        "interviewer", "enumerator", "entrev", "enum", "surveyor", "encuestador", "enqueteur",
        "encuestadora", "enumerador", "enumeradora", "enquetrice", "intervistatore",
      ]), order(column) == nil,
      column.says(DraftWords.satisfaction + DraftWords.judgement) == nil
    {
      return "\"\(word)\": about the interview"
    }
    if column.name.words.count == 2, column.label.words.count <= 4,
      let word = column.name.first(of: ["int", "intv", "intw", "iwer", "iwr", "ivw"]),
      let other = column.name.words.first(where: { $0 != word }),
      DraftWords.Topic.allCases.contains(where: { $0.words.contains(other) })
    {
      return "\"\(word)\": about the interviewer"
    }
    let asked = column.label.isEmpty ? column.name : column.label
    if column.name.words.first == "survey" && column.name.words.count == 2
      && DraftWords.ofSurveys.contains(column.name.words[1])
      || asked.words.count <= 16 && asked.first(of: DraftWords.thisSurvey) != nil
    {
      return "asks about the survey itself"
    }
    if column.name.words.count <= 2, column.distinct.map({ $0 <= 4 }) ?? false,
      column.label.words.count <= 8, column.name.first(of: DraftWords.answering) != nil
    {
      return "who answered for the person: about the interview"
    }
    if let word = column.name.first(of: DraftWords.reactions), column.name.words.count <= 4,
      word != "rt" || column.name.words.first == word,
      column.variable.isNumeric || !column.variable.answers.isCoded,
      column.distinct.map({ $0 > 12 }) ?? true
    {
      return "\"\(word)\": a time that a program measured"
    }
    if let word = column.label.first(of: DraftWords.designWordings), column.label.words.count <= 12,
      !column.variable.label.contains("?")
    {
      return "\"\(word)\": about the sample or the interview"
    }
    if column.name.words.contains(where: { $0.hasPrefix("date") || $0.hasSuffix("date") }),
      let low = column.values.first?.value ?? finite(column.low)
        ?? column.categories.compactMap({ Double($0.code.text) }).min(),
      low >= 10_000, column.categories.allSatisfy({ Double($0.code.text) != nil })
    {
      return "a date"
    }
    return nil
  }

  /// Seeds and numbers of records: whole numbers from a million up that hardly any two share.
  func drawnReason(_ column: ColumnFacts) -> String? {
    guard column.variable.isNumeric || !column.variable.answers.isCoded, column.answered >= 20,
      column.low >= 1_000_000, topic(of: column) == nil
    else { return nil }
    let numbers = column.variable.numbers.filter { !$0.isNaN }
    guard numbers.allSatisfy({ $0 == $0.rounded() }),
      Set(numbers).count * 20 >= numbers.count * 19
    else { return nil }
    return "long numbers that hardly any two people share: a program drew or counted them"
  }

  /// The group of an experiment, going by its answers: one of them is the control group.
  func experimentReason(_ column: ColumnFacts) -> String? {
    let lines =
      column.variable.answers.isCoded ? column.categories.map { PlainText.line($0.label) } : []
    let bare = lines.map { $0.trimmingBlanks }
    if bare.count >= 2, bare.allSatisfy(DraftWords.devices.contains) {
      return "the device, as platforms write it"
    }
    if (2...8).contains(bare.count),
      bare.allSatisfy({ $0.hasPrefix("monadic ") || $0.hasPrefix("cell ") })
    {
      return "its answers are cells of a test"
    }
    let words = lines.map { Set($0.split(separator: " ").map(String.init)) }
    if (1...6).contains(lines.count),
      words.contains(where: {
        !$0.isDisjoint(with: ["capi", "cati", "cawi", "papi"]) || $0 == ["casi"]
      })
    {
      return "its answers say how interviews were made"
    }
    guard column.variable.answers.isCoded, column.label.words.count <= 6,
      let distinct = column.distinct, (2...6).contains(distinct), order(column) == nil,
      let control = column.categories.map({ NameWords.folded($0.label) }).first(
        where: DraftWords.controls.contains)
    else { return nil }
    return "an answer is \"\(control)\": the group of an experiment"
  }

  /// Groups of equal size that nobody was asked for: drawn by chance, as in an experiment.
  ///
  /// Two signs: the answers are as even as chance makes them (chi-square below its 95% point), and the
  /// name is one of experiments, or the column alone has no wording in a file where questions have one
  /// (platforms put what they draw behind the questions).
  func assignedReason(_ column: ColumnFacts) -> String? {
    let counts =
      column.held.isEmpty
      ? column.values.map(\.count) : column.held.dropFirst().filter { $0 > 0 }
    guard (2...6).contains(counts.count), column.answered >= 60, column.missingShare < 0.6,
      order(column) == nil, topic(of: column) == nil,
      survey.sets.allSatisfy({ !$0.members.contains(column.columnName) })
    else { return nil }
    let label = PlainText.line(column.variable.label)
    let name = PlainText.line(column.columnName)
    guard label.trimmingBlanks.isEmpty || label == name,
      column.variable.categories.allSatisfy({ $0.label == $0.code.text })
    else { return nil }
    guard Self.isEven(counts, column.answered) else { return nil }
    let words = column.name.words.filter { $0.first?.isNumber != true }
    let isCalled = DraftWords.shown.contains(words.joined(separator: " "))
    let worded = facts.count {
      !$0.label.isEmpty && PlainText.line($0.variable.label) != PlainText.line($0.columnName)
    }
    let isAlone = worded * 10 >= facts.count * 6 && !column.isDichotomous
    guard isCalled || isAlone else { return nil }
    return "groups of equal size that were not asked for: drawn by chance, as in an experiment"
  }

  /// REDCap's state of a form: `demographics_complete` with 0, 1 and 2.
  func formState(_ column: ColumnFacts) -> Bool {
    column.name.words.count > 1 && column.name.words.last == "complete"
      && (column.variable.isNumeric
        ? column.values.allSatisfy { [0, 1, 2].contains($0.value) }
        : column.categories.allSatisfy {
          ["complete", "incomplete", "unverified"].contains(NameWords.folded($0.label))
        })
  }

  private func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }
}

internal import TesseraSurvey

/// Guesses what the columns of a survey are for, from names, wordings, labels and answers.
struct RoleGuess {
  let survey: Survey
  let facts: [ColumnFacts]
  /// Grids and loops.
  let blocks: [QuestionBlock]
  var plan = DraftPlan()
  /// Columns that have their part already.
  var used: Set<AnswerCode> = []
  var missing: [AnswerCode: [MissingGuess.Code]] = [:]
  /// What columns say about who people are, with the word that tells.
  private var topics: [AnswerCode: (topic: DraftWords.Topic, reason: String)] = [:]

  /// More segments than this have no use in a draft.
  private static let mostActive = 25
  private static let mostPassive = 40
  private static let mostCategories = 40

  /// The plan of a draft for a survey.
  static func plan(_ survey: Survey) -> DraftPlan {
    var guess = RoleGuess(survey: survey, facts: survey.variables.map(ColumnFacts.init))
    guess.run()
    return guess.plan
  }

  private init(survey: Survey, facts: [ColumnFacts]) {
    self.survey = survey
    self.facts = facts
    blocks = QuestionBlock.find(in: survey)
    plan.respondents = survey.respondentCount
  }

  func isFree(_ facts: ColumnFacts) -> Bool {
    !used.contains(.text(facts.columnName))
  }

  mutating func use(_ column: String) { used.insert(.text(column)) }

  private mutating func run() {
    findDesign()
    findProcess()
    findUseless()
    // A column called "all" would stand for all columns.
    for column in facts where isFree(column) && column.columnName != "all" {
      let codes = MissingGuess.codes(column)
      guard !codes.isEmpty else { continue }
      missing[.text(column.columnName)] = codes
      plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: codes))
    }
    plan.blocks = blocks
    findOrders()
    findNeeds()
    findFunnels()
    findSets()
    // What people are comes before what they think: a column of ages is no rating.
    for column in facts where isFree(column) {
      guard let found = topic(of: column) else { continue }
      topics[.text(column.columnName)] = found
      plan.people.append((column.columnName, found.reason))
    }
    findAttitudes()
    findPeople()
  }

  // MARK: - Design and what is no answer

  private mutating func findDesign() {
    if let weight = survey.weightVariable {
      plan.weight = DraftPlan.Entry(name: weight, reason: "the file itself names it as its weight")
      use(weight)
    }
    for column in facts where isFree(column) {
      let name = column.columnName
      if plan.id == nil, let reason = identifierReason(column) {
        plan.id = DraftPlan.Entry(name: name, reason: reason)
        use(name)
      } else if plan.weight == nil, let reason = weightReason(column) {
        if column.low > 0, column.missingShare == 0 {
          plan.weight = DraftPlan.Entry(name: name, reason: reason)
        } else {
          plan.suggestions.append(
            ("weight", DraftPlan.Entry(name: name, reason: reason + ", but some rows have none")))
        }
        use(name)
      } else if column.missingShare == 0, column.low >= 0, column.high > 1, isWhole(column),
        column.name.words.count == 1, column.label.isEmpty,
        let reason = column.says(DraftWords.frequency)
      {
        // How often people do something is called so too.
        plan.suggestions.append(
          (
            "frequency",
            DraftPlan.Entry(name: name, reason: reason + ": how many gave these answers?")
          ))
      } else if let reason = column.says(DraftWords.strata), column.label.words.count <= 4 {
        plan.suggestions.append(("strata", DraftPlan.Entry(name: name, reason: reason)))
        use(name)
      } else if let reason = column.says(DraftWords.cluster), column.label.words.count <= 4 {
        plan.suggestions.append(("cluster", DraftPlan.Entry(name: name, reason: reason)))
        use(name)
      }
    }
  }

  private func isWhole(_ column: ColumnFacts) -> Bool {
    column.variable.numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() }
  }

  private func identifierReason(_ column: ColumnFacts) -> String? {
    guard column.missingShare == 0, survey.respondentCount > 0 else { return nil }
    let words = DraftWords.identifier
    let reason: String
    if column.columnName == "#" {
      reason = "the platform's number of a response"
    } else if let word = column.name.first(of: words),
      column.name.words.last == word || column.name.words.count <= 2
    {
      reason = "the name says \"\(word)\""
    } else if column.label.words.count <= 3, let word = column.label.first(of: words) {
      reason = "the wording says \"\(word)\""
    } else {
      return nil
    }
    let isUnique: Bool
    if case .numbers(let numbers) = column.variable.answers {
      isUnique = Set(numbers).count == numbers.count
    } else {
      isUnique = column.distinct == survey.respondentCount
    }
    return isUnique ? "\(reason), and no two respondents share one" : nil
  }

  private func weightReason(_ column: ColumnFacts) -> String? {
    guard !column.variable.answers.isCoded || column.variable.isNumeric, column.low >= 0,
      column.high > column.low, column.label.first(of: ["body", "kg", "lb", "pounds"]) == nil,
      column.name.first(of: ["kg", "body", "lb", "height"]) == nil
    else { return nil }
    guard let reason = column.says(DraftWords.weight) else { return nil }
    if column.says(DraftWords.plainWeight) != nil { return reason }
    let numbers = column.variable.numbers.filter { !$0.isNaN }
    let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
    guard (0.2...5).contains(mean) || numbers.contains(where: { $0 != $0.rounded() }) else {
      return nil
    }
    return reason + ", and its numbers look like weights"
  }

  // MARK: - Attitudes and people

  private mutating func findAttitudes() {
    let ratings = facts.filter { column in
      isFree(column) && ratingScale(column) != nil && !column.isDichotomous
        && topics[.text(column.columnName)] == nil
        && (column.variable.level == .ordinal || order(column) != nil)
    }
    for group in DraftGroups.find(ratings) {
      let scales = group.members.compactMap(ratingScale)
      guard group.members.count >= 3, scales.allSatisfy({ $0 == scales[0] }),
        group.members.allSatisfy({ $0.missingShare < 0.7 })
      else { continue }
      for member in group.members {
        plan.values.append(
          DraftPlan.Entry(
            name: member.columnName, reason: "one of \(group.members.count) ratings on one scale"))
        use(member.columnName)
      }
    }
  }

  private mutating func findPeople() {
    var others: [DraftPlan.Entry] = []
    var behaviours: [DraftPlan.Entry] = []
    var told: Set<DraftWords.Topic> = []
    for set in plan.sets {
      let entry = DraftPlan.Entry(name: set.name, reason: "what people do: \(set.reason)")
      switch set.topic {
      case .activities: plan.active.append(entry)
      case .media:
        plan.passive.append(
          DraftPlan.Entry(name: set.name, reason: "media: how segments are reached"))
      case .barriers:
        plan.passive.append(
          DraftPlan.Entry(name: set.name, reason: "barriers: what keeps people from buying"))
      case .other: others.append(DraftPlan.Entry(name: set.name, reason: set.reason))
      }
    }
    for column in facts where isFree(column) {
      let name = column.columnName
      if column.missingShare > 0.7 {
        let share = Int((column.missingShare * 100).rounded())
        plan.leftOut.append(DraftPlan.Entry(name: name, reason: "\(share)% have no answer"))
        continue
      }
      if column.variable.level == .nominal, (column.distinct ?? 0) > Self.mostCategories {
        plan.leftOut.append(
          DraftPlan.Entry(
            name: name, reason: "\(column.distinct ?? 0) different answers; group them first"))
        continue
      }
      if let found = topics[.text(name)] {
        let entry = DraftPlan.Entry(name: name, reason: found.reason)
        if !found.topic.makesSegments {
          plan.passive.append(entry)
        } else if told.insert(found.topic).inserted {
          plan.active.append(entry)
        } else {
          plan.passive.append(
            DraftPlan.Entry(name: name, reason: found.reason + ", said by another column already"))
        }
      } else if column.distinct == 2, column.variable.level == .nominal {
        behaviours.append(
          DraftPlan.Entry(name: name, reason: "what people do or think: two answers"))
      } else {
        others.append(DraftPlan.Entry(name: name, reason: "describes the segments"))
      }
    }
    if behaviours.count >= 5 {
      plan.active += behaviours
    } else {
      others = behaviours + others
    }
    // Too little to tell people apart: what they think comes first, then whatever else there is.
    if plan.active.count < 3 {
      plan.active += plan.values.map {
        DraftPlan.Entry(name: $0.name, reason: "what people think: \($0.reason)")
      }
    }
    while plan.active.count < 3, !others.isEmpty {
      let next = others.removeFirst()
      plan.active.append(
        DraftPlan.Entry(name: next.name, reason: "little else tells people apart"))
    }
    plan.passive += others
    limit()
  }

  /// What a column says about who people are, with the word that tells.
  private func topic(of column: ColumnFacts) -> (topic: DraftWords.Topic, reason: String)? {
    for topic in DraftWords.Topic.allCases {
      if let reason = column.says(topic.words) { return (topic, "\(reason): \(topic.rawValue)") }
    }
    return nil
  }

  private mutating func limit() {
    let more = plan.active.dropFirst(Self.mostActive)
    plan.active = Array(plan.active.prefix(Self.mostActive))
    plan.passive = more + plan.passive
    for entry in plan.passive.dropFirst(Self.mostPassive) {
      plan.leftOut.append(
        DraftPlan.Entry(name: entry.name, reason: "no more than \(Self.mostPassive) are drafted"))
    }
    plan.passive = Array(plan.passive.prefix(Self.mostPassive))
  }
}

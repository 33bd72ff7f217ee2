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
  private static let mostActive = 30
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
    findUnfinished()
    findDesign()
    findRowNumbers()
    findProcess()
    findOccasions()
    findUseless()
    // A column called "all" would stand for all columns.
    for column in facts where isFree(column) && column.columnName != "all" {
      var codes = MissingGuess.codes(column)
      if codes.isEmpty, let place = facts.firstIndex(where: { $0.columnName == column.columnName })
      {
        let beside = facts[max(0, place - 2)..<min(facts.count, place + 3)]
        codes = MissingGuess.behindNeighbours(
          column, beside: beside.filter { $0.columnName != column.columnName })
      }
      guard !codes.isEmpty else { continue }
      missing[.text(column.columnName)] = codes
      plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: codes))
    }
    plan.blocks = blocks
    findOrders()
    findClassic()
    findNeeds()
    findFunnels()
    findSets()
    findSetFunnels()
    findBatteries()
    findAttitudes()
    // What people are comes before what they think: a column of ages is no rating.
    for column in facts where isFree(column) {
      guard let found = topic(of: column) else { continue }
      topics[.text(column.columnName)] = found
      plan.people.append((column.columnName, found.reason))
    }
    if plan.main == nil { takeSets() }
    findPeople()
    if let promoters = plan.promoters {
      plan.passive.insert(
        DraftPlan.Entry(
          name: promoters.name, reason: "promoters, passives and detractors by \(promoters.rating)"),
        at: 0)
    }
    findSensitive()
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
      } else if let reason = weightReason(column) {
        if let weight = plan.weight, column.low > 0, column.missingShare == 0,
          DraftWords.isFinalWeight(name), !DraftWords.isFinalWeight(weight.name),
          survey.weightVariable == nil
        {
          plan.suggestions.append(
            (
              "weight",
              DraftPlan.Entry(name: weight.name, reason: weight.reason + "; instead of \(name)")
            ))
          plan.weight = DraftPlan.Entry(name: name, reason: reason)
        } else if let weight = plan.weight {
          plan.suggestions.append(
            ("weight", DraftPlan.Entry(name: name, reason: reason + "; instead of \(weight.name)")))
        } else if column.low > 0, column.missingShare == 0 {
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
      } else if let reason = column.says(DraftWords.strata), isDesign(column) {
        plan.suggestions.append(("strata", DraftPlan.Entry(name: name, reason: reason)))
        use(name)
      } else if let reason = column.says(DraftWords.cluster), isDesign(column) {
        plan.suggestions.append(("cluster", DraftPlan.Entry(name: name, reason: reason)))
        use(name)
      }
    }
  }

  /// Whether a column may be a design variable: a short name, and codes rather than answers.
  private func isDesign(_ column: ColumnFacts) -> Bool {
    column.label.words.count <= 4 && column.name.words.count <= 3 && column.missingShare < 0.05
      && (column.distinct ?? Int.max) >= 2
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

  /// Why a column is a sampling weight: its name or wording says so, and its numbers are alike.
  ///
  /// Weights are many different positive numbers without labels, about 1 on average or adding up to a
  /// population. Kilograms beside height are neither.
  private func weightReason(_ column: ColumnFacts) -> String? {
    let variable = column.variable
    guard !variable.answers.isCoded || variable.isNumeric, column.low >= 0,
      column.high > column.low, variable.categories.allSatisfy({ $0.label == $0.code.text }),
      column.label.first(of: DraftWords.bodily) == nil,
      column.name.first(of: DraftWords.bodily) == nil
    else { return nil }
    let name = PlainText.folded(column.columnName).filter { $0.isLetter }
    let isKnown =
      DraftWords.weightNames.contains(name) || column.says(DraftWords.plainWeight) != nil
    guard isKnown || column.says(DraftWords.weight) != nil else { return nil }
    let reason =
      column.says(DraftWords.weight) ?? "the name is that of a weight in many files"
    let numbers = variable.numbers.filter { !$0.isNaN }
    let count = Double(max(1, numbers.count))
    let mean = numbers.reduce(0, +) / count
    let differ = Set(numbers).count
    let isAboutOne = (0.5...2).contains(mean) && numbers.contains { $0 != $0.rounded() }
    let isPopulation = mean > 250 && Double(differ) > min(20, count / 4)
    guard differ >= 3, isAboutOne || isPopulation else {
      // One weight for everybody, as where a survey holds one of several countries.
      return plan.weight != nil && DraftWords.weightNames.contains(name) && differ == 1
        ? reason + ", the same for everybody" : nil
    }
    return reason + ", and its numbers are like weights"
  }

  // MARK: - People

  private mutating func findPeople() {
    var others: [DraftPlan.Entry] = []
    var behaviours: [DraftPlan.Entry] = []
    var told: Set<DraftWords.Topic> = []
    // A battery or what people do makes the segments; only without them does who they are.
    let hasBasis = !plan.active.isEmpty
    let people = hasBasis ? "who people are" : ""
    for set in plan.sets where !plan.active.contains(where: { $0.name == set.name }) {
      let entry = DraftPlan.Entry(name: set.name, reason: "what people do: \(set.reason)")
      switch set.topic {
      case .activities where hasBasis: plan.passive.append(entry)
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
        let entry = DraftPlan.Entry(name: name, reason: found.reason, section: people)
        if hasBasis || !found.topic.makesSegments {
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
    if !hasBasis, behaviours.count >= 5 {
      plan.active += behaviours
    } else {
      others = behaviours + others
    }
    for place in plan.batteries.indices where place != plan.main {
      let battery = plan.batteries[place]
      guard battery.kind != .attitude, battery.kind != .rating else { continue }
      others =
        battery.members.filter { member in
          !plan.needs.contains { [$0.importance, $0.satisfaction].contains(member.columnName) }
        }.map {
          DraftPlan.Entry(
            name: $0.columnName,
            reason: $0.variable.label.isEmpty
              ? "one of \(battery.members.count) items" : $0.variable.label,
            section: battery.told)
        } + others
    }
    // Too little to tell people apart: whatever else there is.
    while !hasBasis, plan.active.count < 3, !others.isEmpty {
      let next = others.removeFirst()
      plan.active.append(
        DraftPlan.Entry(name: next.name, reason: "little else tells people apart"))
    }
    plan.passive += others
    limit()
  }

  /// What a column says about who people are, with the word that tells.
  func topic(of column: ColumnFacts) -> (topic: DraftWords.Topic, reason: String)? {
    for topic in DraftWords.Topic.allCases {
      if let reason = column.says(topic.words), fits(column, topic) {
        return (topic, "\(reason): \(topic.rawValue)")
      }
    }
    return nil
  }

  /// Whether the answers are such as a topic has: a rating of one's job is no occupation.
  private func fits(_ column: ColumnFacts, _ topic: DraftWords.Topic) -> Bool {
    if topic != .age, topic != .gender, column.says(DraftWords.judgement) != nil { return false }
    let level = plan.levels.first { $0.column == column.columnName }
    if let level, !level.isRange,
      level.reason.hasSuffix("agreement") || level.reason.hasSuffix("quality")
        || level.reason.hasSuffix("liking") || level.reason.hasSuffix("how often")
    {
      return false
    }
    let labels = column.variable.categories.filter { $0.label != $0.code.text }.map(\.label)
    let isLabelled = labels.count >= 3
    if isLabelled, let kind = AnswerOrder.inOrder(labels), !kind.isRange,
      kind.kind != "levels", kind.kind != "levels of skill"
    {
      return false
    }
    let isNumber = column.variable.isNumeric || !column.variable.answers.isCoded
    guard isNumber, labels.isEmpty else { return true }
    let different = column.distinct ?? Int.max
    switch topic {
    case .maritalStatus: return different <= 10
    case .occupation: return different <= 30 || column.values.allSatisfy { $0.value >= 100 }
    case .gender: return different <= 5
    case .age: return column.low >= 0 && (column.high <= 120 || column.low > 1880)
    case .education: return column.high <= 40 || column.low >= 100
    case .children, .household: return column.high <= 30
    case .income, .region: return true
    }
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

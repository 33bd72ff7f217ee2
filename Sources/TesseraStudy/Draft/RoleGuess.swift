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
  var topics: [AnswerCode: (topic: DraftWords.Topic, reason: String)] = [:]
  /// Columns that ask of somebody else what another asks of the person, and that other column.
  let twins: [AnswerCode: String]
  /// Runs of like answers, and the columns in them.
  var runs: [LikeRuns.Run] = []
  var items: Set<AnswerCode> = []
  /// Parts of a number that stands in the file, and that number's column.
  let wholes: [AnswerCode: String]

  /// More segments than this have no use in a draft.
  static let mostActive = 30
  static let mostPassive = 40
  static let mostCategories = 40

  /// The plan of a draft for a survey.
  static func plan(_ survey: Survey) -> DraftPlan {
    let survey = survey.withShortTexts()
    let names = SharedAffix.without(survey.variables.map(\.name))
    let facts = zip(survey.variables, names).map { ColumnFacts($0, called: $1) }
    var guess = RoleGuess(survey: survey, facts: facts)
    guess.run()
    return guess.plan
  }

  private init(survey: Survey, facts: [ColumnFacts]) {
    self.survey = survey
    self.facts = facts
    blocks = QuestionBlock.find(in: survey)
    twins = Self.twins(facts)
    wholes = Self.wholes(facts)
    plan.respondents = survey.respondentCount
    plan.dropouts = Dropouts.count(survey)
  }

  func isFree(_ facts: ColumnFacts) -> Bool {
    !used.contains(.text(facts.columnName))
  }

  /// Share of the respondents without an answer, with codes that say so.
  func silentShare(_ column: ColumnFacts) -> Double {
    let codes = missing[.text(column.columnName)] ?? []
    let told = Double(codes.reduce(0) { $0 + $1.count })
    return column.missingShare + told / Double(max(1, survey.respondentCount))
  }

  mutating func use(_ column: String) { used.insert(.text(column)) }

  private mutating func run() {
    findRuns()
    findUnfinished()
    findTests()
    findDesign()
    findWeightByValues()
    takeWeightOfComplete()
    findCopies()
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
    findCodesAmongOthers()
    findWildAges()
    findNotAsked()
    findRuns()
    findArms()
    findContext()
    findWaves()
    findSettled()
    findDummies()
    findComputed()
    findSums()
    findOneHot()
    findRuns()
    plan.blocks = blocks
    findOrders()
    findClassic()
    findNeeds()
    findFunnels()
    findSets()
    findSetFunnels()
    findBatteries()
    findOrderOfGrids()
    findScores()
    findAttitudes()
    findStrangers()
    // What people are comes before what they think: a column of ages is no rating.
    for column in facts where isFree(column) {
      guard let found = topic(of: column) else { continue }
      topics[.text(column.columnName)] = found
      plan.people.append((column.columnName, found.reason))
    }
    findFurtherPeople()
    if plan.main == nil, plan.active.isEmpty { takeAmounts() }
    if plan.main == nil, plan.active.isEmpty { takeSets() }
    findPeople()
    findSteps()
    findKinds()
    if let promoters = plan.promoters {
      plan.passive.insert(
        DraftPlan.Entry(
          name: promoters.name, reason: "promoters, passives and detractors by \(promoters.rating)"),
        at: 0)
    }
    addOneHot()
    findSensitive()
    checkFilters()
    let places = Dictionary(
      zip(facts.map(\.columnName), facts.indices), uniquingKeysWith: { first, _ in first })
    let sensitive = Set(plan.sensitive.map(\.name))
    plan.say = DraftSay.entries(
      plan.active.compactMap { entry in
        sensitive.contains(entry.name) ? nil : places[entry.name].map { facts[$0] }
      })
  }

  // MARK: - Design and what is no answer

  private mutating func findDesign() {
    if let weight = survey.weightVariable {
      plan.weight = DraftPlan.Entry(name: weight, reason: "the file itself names it as its weight")
      use(weight)
    }
    if plan.weight == nil, let counts = counts(in: facts) {
      plan.frequency = counts
      plan.counted = survey[counts.name].flatMap { Int(exactly: $0.numbers.reduce(0, +)) }
      use(counts.name)
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
    column.label.words.count <= 5 && column.name.words.count <= 3 && column.missingShare < 0.05
      && (column.distinct ?? Int.max) >= 2
  }

  private func isWhole(_ column: ColumnFacts) -> Bool {
    column.variable.numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() }
  }

  private func identifierReason(_ column: ColumnFacts) -> String? {
    guard column.missingShare == 0, survey.respondentCount > 0 else { return nil }
    let words = DraftWords.identifier
    let reason: String
    let name = NameWords(column.columnName)
    if column.columnName == "#" {
      reason = "the platform's number of a response"
    } else if name.first(of: PersonalData.names) != nil {
      return nil
    } else if let word = name.first(of: words),
      name.words.count <= 2
        || name.words.count <= 6
          && [name.words.first, name.words.last].contains(where: { end in
            end.map { words.contains($0) } ?? false
          })
    {
      reason = "the name says \"\(word)\""
    } else if name.words.count == 3,
      words.contains(name.words.suffix(2).joined())
    {
      reason = "the name says \"\(name.words.suffix(2).joined(separator: " "))\""
    } else if column.label.words.count <= 3, let word = column.label.first(of: words) {
      reason = "the wording says \"\(word)\""
    } else if column.label.words.count <= 8,
      let wording = column.label.first(of: DraftWords.identifierWordings)
    {
      reason = "the wording says \"\(wording)\""
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
}

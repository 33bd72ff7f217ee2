internal import TesseraSurvey

/// Guesses what the columns of a survey are for, from names, wordings, labels and answers.
struct RoleGuess {
  private let survey: Survey
  private let facts: [ColumnFacts]
  private var plan = DraftPlan()
  /// Columns that have their part already.
  private var used: Set<AnswerCode> = []
  private var missing: [AnswerCode: [MissingGuess.Code]] = [:]

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
    plan.respondents = survey.respondentCount
  }

  private func isFree(_ facts: ColumnFacts) -> Bool {
    !used.contains(.text(facts.columnName))
  }

  private mutating func use(_ column: String) { used.insert(.text(column)) }

  private mutating func run() {
    findDesign()
    findUseless()
    // A column called "all" would stand for all columns.
    for column in facts where isFree(column) && column.columnName != "all" {
      let codes = MissingGuess.codes(column)
      guard !codes.isEmpty else { continue }
      missing[.text(column.columnName)] = codes
      plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: codes))
    }
    findOrders()
    findNeeds()
    findFunnels()
    findSets()
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
    guard column.missingShare == 0, survey.respondentCount > 0,
      let word = column.name.first(of: DraftWords.identifier),
      column.name.words.last == word || column.name.words.count <= 2
    else { return nil }
    let isUnique: Bool
    if case .numbers(let numbers) = column.variable.answers {
      isUnique = Set(numbers).count == numbers.count
    } else {
      isUnique = column.distinct == survey.respondentCount
    }
    return isUnique ? "the name says \"\(word)\", and no two respondents share one" : nil
  }

  private func weightReason(_ column: ColumnFacts) -> String? {
    guard !column.variable.answers.isCoded || column.variable.isNumeric, column.low >= 0,
      column.high > column.low, column.label.first(of: ["body", "kg", "lb", "pounds"]) == nil,
      column.name.first(of: ["kg", "body", "lb", "height"]) == nil
    else { return nil }
    guard let reason = column.says(DraftWords.weight) else { return nil }
    let numbers = column.variable.numbers.filter { !$0.isNaN }
    let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
    guard (0.2...5).contains(mean) || numbers.contains(where: { $0 != $0.rounded() }) else {
      return nil
    }
    return reason + ", and its numbers look like weights"
  }

  private mutating func findUseless() {
    for column in facts where isFree(column) {
      let reason: String
      if column.answered == 0 {
        reason = "no answers"
      } else if let word = column.says(DraftWords.personal), column.variable.level == .text {
        reason = "\(word): looks like personal data"
      } else if column.variable.level == .text {
        reason = "open text or an identifier"
      } else if column.variable.level == .date {
        reason = "a date"
      } else if let word = column.name.first(of: DraftWords.process),
        column.distinct.map({ $0 > 10 || $0 < 2 }) ?? true
      {
        reason = "the name says \"\(word)\": about the interview, not the person"
      } else if column.isConstant, !column.isDichotomous {
        reason = "everyone who answered said the same"
      } else {
        continue
      }
      if let separated = delimited(column), reason == "open text or an identifier" {
        addDelimited(column, separated)
        continue
      }
      plan.leftOut.append(DraftPlan.Entry(name: column.columnName, reason: reason))
      use(column.columnName)
    }
  }

  // MARK: - Levels

  private mutating func findOrders() {
    for column in facts where isFree(column) && !column.variable.isNumeric {
      let codes = Set((missing[.text(column.columnName)] ?? []).map { AnswerCode.text($0.code) })
      let answers = column.categories.map(\.code).filter { !codes.contains($0) }.map(\.text)
      guard (3...30).contains(answers.count), column.variable.level == .nominal,
        let found = AnswerOrder.find(answers)
      else { continue }
      plan.levels.append(
        (
          column.columnName, found.order.map { answers[$0] },
          "the answers are \(found.kind)"
        ))
    }
  }

  private func order(_ column: ColumnFacts) -> [String]? {
    plan.levels.first { $0.column == column.columnName }?.order
  }

  // MARK: - Needs

  /// The ends of the scale on which a column is a rating; `nil` if it is none.
  private func ratingScale(_ column: ColumnFacts) -> RatingScale? {
    if let order = order(column) { return RatingScale(low: 1, high: Double(order.count)) }
    guard column.variable.isNumeric || !column.variable.answers.isCoded else { return nil }
    let codes = Set((missing[.text(column.columnName)] ?? []).compactMap { Double($0.code) })
    let values = column.values.map(\.value).filter { !codes.contains($0) }
    guard !values.isEmpty, values.allSatisfy({ $0 == $0.rounded() }) else { return nil }
    guard let low = values.first, let high = values.last else { return nil }
    let labelled = column.variable.categories.filter { $0.label != $0.code.text }
      .compactMap(\.code.number).filter { !codes.contains($0) }
    if let first = labelled.min(), let last = labelled.max(), first < last, first <= low,
      high <= last
    {
      return RatingScale(low: first, high: last)
    }
    let usual: [(Double, Double)] = [(1, 5), (1, 7), (0, 10), (1, 10), (0, 100), (1, 100)]
    return usual.first { $0.0 <= low && high <= $0.1 }.map { RatingScale(low: $0.0, high: $0.1) }
  }

  private mutating func findNeeds() {
    let questions = DraftNeedPairs.find(facts.filter(isFree))
    for question in questions {
      guard let scale = ratingScale(question.importance) else { continue }
      var satisfaction = question.satisfaction
      if let other = satisfaction, ratingScale(other) != scale {
        // One need has one scale.
        satisfaction = nil
      }
      let pair =
        satisfaction.map { " and \"\($0.columnName)\" the satisfaction with it" }
        ?? " (no question of satisfaction was found)"
      plan.needs.append(
        DraftPlan.NeedEntry(
          name: question.name, label: question.label, importance: question.importance.columnName,
          satisfaction: satisfaction?.columnName, scale: scale,
          reason: "\(question.reason)\(pair)"))
      use(question.importance.columnName)
      if let satisfaction { use(satisfaction.columnName) }
    }
  }

  // MARK: - Funnels and sets

  private mutating func findFunnels() {
    for group in DraftGroups.find(facts.filter { isFree($0) && $0.isDichotomous }) {
      let steps = group.members.compactMap { column -> (step: Int, column: String)? in
        let step = DraftWords.funnel.firstIndex { column.name.words.last.map($0.contains) == true }
        return step.map { ($0, column.columnName) }
      }
      guard steps.count >= 2, steps.count == group.members.count,
        Set(steps.map(\.step)).count == steps.count
      else { continue }
      plan.funnels.append(
        (group.prefix, steps.sorted { $0.step < $1.step }.map(\.column)))
      for step in steps { use(step.column) }
    }
  }

  private mutating func findSets() {
    for set in survey.sets {
      let members = set.members.filter { survey[$0] != nil && !used.contains(.text($0)) }
      guard members.count == set.members.count, !members.isEmpty else { continue }
      let text = DraftText("\(set.name) \(set.label)")
      plan.sets.append(
        DraftPlan.SetEntry(
          name: set.name, members: members, delimited: nil,
          reason: "the file itself names it a set", topic: topic(text, []), isDeclared: true))
      for member in members { use(member) }
    }
    for group in DraftGroups.find(facts.filter { isFree($0) && $0.isDichotomous }) {
      let text = DraftText(group.prefix)
      let topic = topic(text, group.members)
      let name = freeName(topic == .other ? group.prefix : topic.rawValue)
      plan.sets.append(
        DraftPlan.SetEntry(
          name: name, members: group.members.map(\.columnName), delimited: nil,
          reason: "columns of one question that each say yes or no", topic: topic,
          isDeclared: false))
      for member in group.members { use(member.columnName) }
    }
    for column in facts where isFree(column) && !column.variable.isNumeric {
      if let separated = delimited(column) { addDelimited(column, separated) }
    }
    if let media = plan.sets.first(where: { $0.topic == .media }) {
      plan.channels = DraftPlan.Entry(name: media.name, reason: "the media of the survey")
    }
  }

  private func topic(_ text: DraftText, _ members: [ColumnFacts]) -> DraftPlan.SetTopic {
    if text.first(of: DraftWords.barriers) != nil { return .barriers }
    if text.first(of: DraftWords.media) != nil { return .media }
    if text.first(of: DraftWords.activities) != nil { return .activities }
    let media = members.count { $0.name.first(of: DraftWords.medium) != nil }
    if members.count >= 2, media * 2 > members.count { return .media }
    for member in members.prefix(1) {
      if member.label.first(of: DraftWords.barriers) != nil { return .barriers }
      if member.label.first(of: DraftWords.media) != nil { return .media }
      if member.label.first(of: DraftWords.activities) != nil { return .activities }
    }
    return .other
  }

  /// A name that no column and no other set has.
  private func freeName(_ name: String) -> String {
    var candidate = name
    var number = 1
    while survey[candidate] != nil || plan.sets.contains(where: { $0.name == candidate }) {
      number += 1
      candidate = "\(name)_set\(number > 2 ? String(number) : "")"
    }
    return candidate
  }

  /// What stands between the answers of a cell; `nil` if cells hold one answer each.
  private func delimited(_ column: ColumnFacts) -> String? {
    guard !column.variable.isNumeric, column.variable.level != .date else { return nil }
    for separator in [";", "|", ", "] {
      var mentions = 0
      var joined = 0
      var parts: Set<String> = []
      for (position, category) in column.variable.categories.enumerated() {
        let count = column.held[position + 1]
        let answers = category.code.text.split(separator: separator)
        if answers.count > 1 { joined += count }
        mentions += count * answers.count
        parts.formUnion(answers.map { String($0.drop { $0 == " " }) })
        if parts.count > 60 { break }
      }
      guard parts.count <= 60, parts.count > 1, joined * 5 >= column.answered,
        mentions >= 5 * parts.count
      else { continue }
      return separator == ", " ? "," : separator
    }
    return nil
  }

  private mutating func addDelimited(_ column: ColumnFacts, _ separator: String) {
    let text = DraftText("\(column.columnName) \(column.variable.label)")
    let topic = topic(text, [])
    let name = topic == .other ? column.columnName : freeName(topic.rawValue)
    plan.sets.append(
      DraftPlan.SetEntry(
        name: name, members: [], delimited: (column.columnName, separator),
        reason: "cells list several answers with \"\(separator)\" between them", topic: topic,
        isDeclared: false))
    use(column.columnName)
  }

  // MARK: - Attitudes and people

  private mutating func findAttitudes() {
    let ratings = facts.filter { column in
      isFree(column) && ratingScale(column) != nil && !column.isDichotomous
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
      case .barriers: break
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
      if let found = topic(of: column) {
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

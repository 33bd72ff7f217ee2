internal import TesseraSurvey

/// Who people are, and what makes segments where no battery does.
extension RoleGuess {
  // MARK: - People

  /// What people do, have or think, apart from who they are: columns of few answers that may make
  /// segments where no battery does.
  private func isSubstantive(_ column: ColumnFacts) -> Bool {
    guard topics[.text(column.columnName)] == nil, column.missingShare <= 0.4,
      let distinct = column.distinct, distinct >= 2, column.says(DraftWords.origin) == nil,
      !plan.waves.contains(column.columnName), sensitivity(column) == nil
    else { return false }
    // An index of education says who people are, whatever else its wording says.
    let isAsked = column.distinct == 2 || order(column) == nil && !column.variable.answers.isCoded
    if isAsked, DraftWords.Topic.allCases.contains(where: { column.says($0.words) != nil }) {
      return false
    }
    if order(column) != nil { return true }
    let variable = column.variable
    if variable.isNumeric || !variable.answers.isCoded {
      let isWhole = column.values.allSatisfy { $0.value == $0.value.rounded() }
      return isWhole && distinct <= 12 && column.high <= 30 && column.low >= -10
    }
    return distinct <= 7
  }

  /// Numbers of many values about what people do or think.
  private func isMeasure(_ column: ColumnFacts) -> Bool {
    (column.variable.isNumeric || !column.variable.answers.isCoded)
      && column.distinct.map { $0 > 12 } ?? true && silentShare(column) < 0.4
      && !plan.waves.contains(column.columnName) && sensitivity(column) == nil
  }

  mutating func findPeople() {
    var others: [DraftPlan.Entry] = []
    var behaviours: [DraftPlan.Entry] = []
    var told: Set<DraftWords.Topic> = []
    // A battery or what people do makes the segments; only without them does who they are.
    let hasBasis = !plan.active.isEmpty
    let substantive = hasBasis ? [] : facts.filter { isFree($0) && isSubstantive($0) }
    let isSubstance = substantive.count >= 4
    // A few ratings beside demographics are at least as good a basis as those.
    let graded = substantive.filter { column in
      column.distinct.map { $0 > 2 } ?? true
        && (order(column) != nil || column.variable.isNumeric || !column.variable.answers.isCoded)
    }
    let isMaking = Set((isSubstance ? substantive : graded).map { AnswerCode.text($0.columnName) })
    let people = hasBasis || isSubstance ? "who people are" : ""
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
      let silent = silentShare(column)
      if silent > 0.7 {
        let share = Int((silent * 100).rounded())
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
        if hasBasis || isSubstance || !found.topic.makesSegments {
          plan.passive.append(entry)
        } else if told.insert(found.topic).inserted {
          plan.active.append(entry)
        } else {
          plan.passive.append(
            DraftPlan.Entry(name: name, reason: found.reason + ", said by another column already"))
        }
      } else if isMaking.contains(.text(name)) {
        plan.active.append(
          DraftPlan.Entry(
            name: name, reason: column.variable.label, section: "what people do, have or think"))
      } else if column.distinct == 2, column.variable.level == .nominal,
        column.says(DraftWords.origin) == nil
      {
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
    let ids = DraftWords.identifier
    func tells(_ name: String) -> Bool {
      !plan.waves.contains(name) && NameWords(name).words.allSatisfy { !ids.contains($0) }
    }
    // Where nothing but measures is left, all of them: scores of scales, marks on a line.
    let measures = others.filter { entry in
      tells(entry.name) && facts.contains { $0.columnName == entry.name && isMeasure($0) }
    }
    if !hasBasis, plan.active.count < 3, measures.count >= 4 {
      let taken = Set(measures.prefix(15).map { AnswerCode.text($0.name) })
      others.removeAll { taken.contains(.text($0.name)) }
      plan.active += measures.prefix(15).map { entry in
        DraftPlan.Entry(
          name: entry.name, reason: "", section: "measures, each on a scale of its own")
      }
    }
    while !hasBasis, plan.active.count < 3,
      let place = others.firstIndex(where: { tells($0.name) })
    {
      let next = others.remove(at: place)
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

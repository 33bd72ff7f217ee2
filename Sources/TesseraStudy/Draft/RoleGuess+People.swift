internal import TesseraSurvey

/// Who people are, and what makes segments where no battery does.
extension RoleGuess {
  // MARK: - People

  /// What people do, have or think, apart from who they are: columns of few answers that may make
  /// segments where no battery does.
  private func isSubstantive(_ column: ColumnFacts) -> Bool {
    guard topics[.text(column.columnName)] == nil, column.missingShare <= 0.4,
      let distinct = column.distinct, distinct >= 2, origin(column) == nil,
      !plan.waves.contains(column.columnName), sensitivity(column) == nil
    else { return false }
    // An index of education says who people are, whatever else its wording says.
    let isAsked =
      !isItem(column)
      && (column.distinct == 2 || order(column) == nil && !column.variable.answers.isCoded)
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
    let isFine = column.values.contains { $0.value != $0.value.rounded() }
    return (column.variable.isNumeric || !column.variable.answers.isCoded)
      && column.distinct.map { $0 > (isFine ? 4 : 12) } ?? true && silentShare(column) < 0.4
      && !plan.waves.contains(column.columnName) && sensitivity(column) == nil
      && column.variable.level != .date && column.variable.level != .text
  }

  /// How often people did something: whole numbers from 0 that end within the days of a year.
  private func isBehaviour(_ column: ColumnFacts) -> Bool {
    isMeasure(column) && column.low == 0 && column.high <= 366
      && column.values.allSatisfy { $0.value == $0.value.rounded() }
      && column.distinct.map { $0 <= 100 } ?? false
      // Most do little of it, and few a lot: ages and scores are spread otherwise.
      && column.values.filter { $0.value * 4 <= column.high }.reduce(0) { $0 + $1.count } * 10
        >= column.answered * 6
  }

  /// What makes the segments where no battery does: what people do, have or think, before who they are.
  ///
  /// Columns of few answers come first; where they are fewer than four, scores, attitudes on a line and
  /// amounts too, and what the law protects only where less than two are left.
  private func substance() -> [ColumnFacts] {
    let few = facts.filter { isFree($0) && isSubstantive($0) }
    let measures = facts.filter { column in
      isFree(column) && !isAboutPeople(column) && isMeasure(column)
        && column.says(DraftWords.bodily) == nil
    }
    var found: [ColumnFacts]
    if few.count >= 4 {
      found = mostTelling(few) + measures.filter(isBehaviour).prefix(12)
    } else {
      let graded = few.filter { column in
        column.distinct.map { $0 > 2 } ?? true
          && (order(column) != nil || column.variable.isNumeric || !column.variable.answers.isCoded)
      }
      found = graded + measures.prefix(15)
      if found.count < 3 { found = few + measures.prefix(15) }
      if found.count < 2 {
        found += facts.filter { column in
          isFree(column) && !isAboutPeople(column) && silentShare(column) < 0.4
            && column.distinct.map { (2...7).contains($0) } ?? false
            && ["politics", "religion"].contains { sensitivity(column)?.hasPrefix($0) ?? false }
        }
      }
    }
    let names = Set(found.prefix(Self.mostActive).map { AnswerCode.text($0.columnName) })
    return facts.filter { names.contains(.text($0.columnName)) }
  }

  /// Of many columns of few answers those that tell people apart most; neither how a study ended nor what
  /// nearly everybody says.
  private func mostTelling(_ few: [ColumnFacts]) -> [ColumnFacts] {
    guard few.count > Self.mostActive else { return few }
    func spread(_ column: ColumnFacts) -> Double {
      let counts =
        column.held.isEmpty ? column.values.map(\.count) : Array(column.held.dropFirst())
      let most = Double(counts.max() ?? 0) / Double(max(1, column.answered))
      return column.name.first(of: DraftWords.outcomes) != nil ? 0 : 1 - most
    }
    let ranked = few.enumerated().sorted {
      let (one, other) = (spread($0.element), spread($1.element))
      return one == other ? $0.offset < $1.offset : one > other
    }
    return ranked.prefix(Self.mostActive).map(\.element)
  }

  mutating func findPeople() {
    var others: [DraftPlan.Entry] = []
    var behaviours: [DraftPlan.Entry] = []
    var told: Set<DraftWords.Topic> = []
    // A battery or what people do makes the segments; only without them does who they are.
    let hasBasis = !plan.active.isEmpty
    let making = hasBasis ? [] : substance()
    let doesSets = plan.sets.contains { $0.topic == .activities }
    let isSubstance = making.count + (doesSets ? 1 : 0) >= 2
    let isMaking = Set(making.map { AnswerCode.text($0.columnName) })
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
        origin(column) == nil
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
      others =
        battery.members.filter { member in
          !plan.values.contains { $0.name == member.columnName }
            && !plan.needs.contains {
              [$0.importance, $0.satisfaction].contains(member.columnName)
            }
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
    if !hasBasis, !isSubstance, plan.active.count < 3, measures.count >= 4 {
      let taken = Set(measures.prefix(15).map { AnswerCode.text($0.name) })
      others.removeAll { taken.contains(.text($0.name)) }
      plan.active += measures.prefix(15).map { entry in
        DraftPlan.Entry(
          name: entry.name, reason: "", section: "measures, each on a scale of its own")
      }
    }
    while !hasBasis, plan.active.count < (isSubstance ? 2 : 3),
      let place = others.firstIndex(where: { tells($0.name) })
    {
      let next = others.remove(at: place)
      plan.active.append(
        DraftPlan.Entry(name: next.name, reason: "little else tells people apart"))
    }
    plan.passive += others
    plan.peopleActive = plan.active.count { entry in
      facts.contains { $0.columnName == entry.name && isAboutPeople($0) }
    }
    limit()
  }

  /// What a column says about who people are, with the word that tells.
  func topic(of column: ColumnFacts) -> (topic: DraftWords.Topic, reason: String)? {
    guard !isItem(column), !isAboutAnimal(column) else { return nil }
    for topic in DraftWords.Topic.allCases {
      if let reason = column.saysItself(topic.words), fits(column, topic) {
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
    case .age:
      let isWild = !MissingGuess.wildAges(column).isEmpty
      return column.low >= -9 && (column.high <= 120 || column.low > 1880 || isWild)
    case .education: return column.high <= 40 || column.low >= 100
    case .children, .household: return column.high <= 30
    case .income, .region: return true
    }
  }
}

internal import TesseraSurvey

/// What stays where not all can be drafted.
extension RoleGuess {
  /// Passive entries with those first that analysts ask for, where not all can stay: who people are, then what
  /// has an order or is a number, last answers whose order no word tells.
  private func firstThings(_ entries: [DraftPlan.Entry]) -> [DraftPlan.Entry] {
    guard entries.count > Self.mostPassive else { return entries }
    let batteries = Set(plan.batteries.map(\.told))
    func rank(_ entry: DraftPlan.Entry) -> Int {
      guard let column = facts.first(where: { $0.columnName == entry.name }) else { return 1 }
      // A question of its own says more than one more item of a battery.
      if batteries.contains(entry.section) { return 3 }
      if isAboutPeople(column) || sensitivity(column) != nil || answersTellPeople(column)
        || column.name.first(of: Self.kinds + ["housing", "employer", "role", "orientation"]) != nil
      {
        return 0
      }
      let isGraded =
        order(column) != nil || column.variable.isNumeric || !column.variable.answers.isCoded
      return isGraded || column.distinct == 2 ? 1 : 2
    }
    let ranked = entries.enumerated().map { (place: $0.offset, rank: rank($0.element)) }
      .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
    let kept = Set(ranked.prefix(Self.mostPassive).map(\.place))
    return entries.indices.filter(kept.contains).map { entries[$0] }
      + entries.indices.filter { !kept.contains($0) }.map { entries[$0] }
  }

  /// Whether the answers themselves say who people are: marital states, levels of schooling, ranges of money.
  private func answersTellPeople(_ column: ColumnFacts) -> Bool {
    let labels = column.categories.map { NameWords($0.label) }
    guard labels.count >= 2 else { return false }
    if let level = plan.levels.first(where: { $0.column == column.columnName }) {
      let isMoney = level.order.contains { $0.contains { "$€£¥".contains($0) } }
      if level.reason.hasSuffix("levels of schooling") || level.isRange && isMoney { return true }
    }
    return [DraftWords.maritalStates, DraftWords.descents, DraftWords.orientations].contains {
      words in
      labels.count { $0.first(of: words) != nil } * 2 > labels.count
    }
  }

  mutating func limit() {
    let more = plan.active.dropFirst(Self.mostActive)
    plan.active = Array(plan.active.prefix(Self.mostActive))
    plan.passive = firstThings(more + plan.passive)
    for entry in plan.passive.dropFirst(Self.mostPassive) {
      plan.leftOut.append(
        DraftPlan.Entry(name: entry.name, reason: "no more than \(Self.mostPassive) are drafted"))
    }
    plan.passive = Array(plan.passive.prefix(Self.mostPassive))
  }
}

internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What ratings are: values, steps

  /// Takes batteries that do not make the segments for what people value: agreement with statements, and
  /// ratings whose words speak of values, needs or importance.
  ///
  /// Moods, ratings of photos and of products say nothing of what people want.
  mutating func findValues() {
    for (place, battery) in plan.batteries.enumerated() where place != plan.main {
      let isTold =
        battery.members.count { $0.says(DraftWords.valued) != nil }
        * 2 > battery.members.count || NameWords(battery.name).first(of: DraftWords.valued) != nil
      guard battery.kind == .attitude || battery.kind == .rating && isTold else { continue }
      for member in battery.members
      where !plan.needs.contains(where: {
        [$0.importance, $0.satisfaction].contains(member.columnName)
      }) {
        plan.values.append(
          DraftPlan.Entry(
            name: member.columnName,
            reason: "one of \(battery.members.count) items on one scale"))
      }
    }
  }

  /// Takes ratings in at most seven numbers for steps: a program that wrote them calls them a measure
  /// only by default, and four answers have no variance of their own.
  mutating func addSteps(_ column: ColumnFacts) {
    guard column.variable.level == .numeric || isNumberItem(column),
      column.variable.level != .ordinal, column.variable.answers.isCoded, order(column) == nil,
      let scale = ratingScale(column), scale.high - scale.low <= 6,
      column.values.allSatisfy({ $0.value == $0.value.rounded() }),
      !plan.steps.contains(where: { $0.column == column.columnName })
    else { return }
    plan.steps.append((column.columnName, scale))
  }

  /// Whether a column is one of several side by side with whole numbers of one range: codes of kinds have
  /// no such neighbours, whatever the file or its name says.
  func isNumberItem(_ column: ColumnFacts) -> Bool {
    isItem(column)
      && runs.contains { run in
        guard case .numbers = run.kind else { return false }
        return run.places.contains { facts[$0].columnName == column.columnName }
      }
  }

  /// Takes other ratings of at most seven steps, of which the first and the last have a label, for
  /// steps too.
  mutating func findSteps() {
    let drafted = Set((plan.active + plan.passive).map { AnswerCode.text($0.name) })
    for column in facts where drafted.contains(.text(column.columnName)) {
      let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
      let offered = column.variable.categories.filter { !codes.contains($0.code.text) }
      guard let first = offered.first, let last = offered.last, offered.count >= 3,
        [first, last].allSatisfy({ $0.label != $0.code.text })
      else { continue }
      addSteps(column)
    }
  }
}

internal import TesseraSurvey

extension RoleGuess {
  // MARK: - What a column is among its neighbours

  /// The columns of runs of like answers in which few are called after something else: items, though a name
  /// may speak of a colour, a country or children.
  ///
  /// A role needs two signs, wording and answers; the answers of an item are those of its neighbours.
  /// At the ends of a run a column called after who people are is no item of it.
  ///
  /// - Returns: The runs with the positions of their items.
  private func itemRuns() -> [LikeRuns.Run] {
    let oneHot = Set(plan.oneHot.flatMap(\.members).map { AnswerCode.text($0) })
    return LikeRuns(
      facts,
      without: { [missing] column in
        Set((missing[.text(column.columnName)] ?? []).map(\.code))
      }
    ).runs.compactMap { run in
      // 0 and 1 beside a question with one answer, or beside "female" and "married", are facts of all kinds.
      if run.kind == .ticks,
        run.places.contains(where: { place in
          oneHot.contains(.text(facts[place].columnName)) || Self.isPlainFact(facts[place])
        })
      {
        return nil
      }
      var places = run.places
      let isWorded = if case .words(let words) = run.kind { words.count > 2 } else { false }
      let isTicks = run.kind == .ticks
      if !isWorded {
        func isEnd(_ place: Int) -> Bool {
          isCalledOtherwise(facts[place]) && facts[place].name.words.count <= (isTicks ? 1 : 2)
            || designReason(facts[place]) != nil
        }
        while let first = places.first, isEnd(first) { places.removeFirst() }
        while let last = places.last, isEnd(last) { places.removeLast() }
      }
      guard places.count >= LikeRuns.fewest else { return nil }
      let called = places.filter { place in
        isCalledOtherwise(facts[place]) || designReason(facts[place]) != nil
      }
      guard called.count * 4 <= places.count else { return nil }
      return LikeRuns.Run(kind: run.kind, places: places)
    }
  }

  private func isCalledOtherwise(_ column: ColumnFacts) -> Bool {
    let colours = ["\"black\"", "\"white\""]
    // "White Label" is a colour of something.
    let origin = column.says(DraftWords.origin).flatMap { reason in
      column.name.words.count > 1 && colours.contains(where: reason.hasSuffix) ? nil : reason
    }
    return topic(of: column) != nil || origin != nil || sensitivity(column) != nil
  }

  /// Whether a column is called nothing but what a person is.
  private static func isPlainFact(_ column: ColumnFacts) -> Bool {
    let words =
      DraftWords.Topic.gender.words + DraftWords.Topic.maritalStatus.words + DraftWords.origin
    return column.name.words.count == 1 && column.name.first(of: words) != nil
  }

  /// Finds the runs of items, by all that is known of missing codes.
  mutating func findRuns() {
    // What a name says is asked without them.
    items = []
    runs = itemRuns()
    items = Set(runs.flatMap(\.places).map { .text(facts[$0].columnName) })
  }

  /// Whether a column is an item among its neighbours.
  func isItem(_ column: ColumnFacts) -> Bool { items.contains(.text(column.columnName)) }

  /// What a column says of where people come from, unless it is an item among others.
  func origin(_ column: ColumnFacts) -> String? {
    isItem(column) ? nil : column.says(DraftWords.origin)
  }

  // MARK: - One question of several answers, without a stem

  /// Takes runs of 0 and 1, or of answers that are only denied, for one question of several answers
  /// each: all of a run or nothing of it.
  ///
  /// Names that begin alike tell more, where most do; wordings in long sentences are questions of their own.
  mutating func findRunSets() {
    let isOfFile = Set(
      survey.sets.filter(\.isBounded).flatMap(\.members).map { AnswerCode.text($0) })
    for run in runs where run.kind == .ticks {
      let members = run.places.map { facts[$0] }.filter { column in
        isFree(column) && !isOfFile.contains(.text(column.columnName))
      }
      for part in Self.closed(members) where part.count >= LikeRuns.fewest {
        let groups = DraftGroups.find(part).filter { group in
          group.members.contains { $0.name.words.first == group.members[0].name.words.first }
            && group.members.count >= 2 && Self.begin(alike: group)
        }
        guard groups.reduce(0, { $0 + $1.members.count }) * 2 < part.count,
          // Numbers say nothing of what could be chosen.
          part.count(where: { ItemStem.of($0.columnName) != nil }) * 2 < part.count,
          part.allSatisfy({ $0.label.words.count <= 6 && $0.name.words.count <= 6 }),
          !part.contains(where: { $0.name.words.first.map(Self.verbs.contains) ?? false })
        else { continue }
        let topic = topic(NameWords(""), part)
        let name = freeName(topic == .other ? "choices" : topic.rawValue)
        plan.sets.append(
          DraftPlan.SetEntry(
            name: name, members: part.map(\.columnName), delimited: nil,
            reason:
              "\(part.count) columns side by side that each say whether something was chosen: "
              + "one question; call it as you like",
            topic: topic, isDeclared: false))
        for member in part { use(member.columnName) }
      }
    }
  }

  /// Whether the names of a group begin with the same word.
  private static func begin(alike group: DraftGroups) -> Bool {
    Set(group.members.map { $0.name.words.first ?? "" }).count == 1
  }

  /// Cuts a run behind an answer that stands last in a question: "other", "none", "always".
  private static func closed(_ members: [ColumnFacts]) -> [[ColumnFacts]] {
    var parts: [[ColumnFacts]] = [[]]
    for (place, column) in members.enumerated() {
      parts[parts.count - 1].append(column)
      let last = ["always", "never", "none", "other", "immer", "keine", "toujours", "siempre"]
      let isLast = last.contains(column.name.words.joined(separator: " "))
      let isRoom =
        parts[parts.count - 1].count >= LikeRuns.fewest
        && members.count - place - 1 >= LikeRuns.fewest
      if isLast, isRoom { parts.append([]) }
    }
    return parts
  }
}

internal import TesseraSurvey

extension RoleGuess {
  // MARK: - One question as columns of 0 and 1

  /// A row that breaks the rule is a slip of the pen in one of so many rows.
  private static let slips = 200
  /// Rows with two of some columns that chance would make, before their lack says anything.
  private static let leastMeetings = 10.0

  /// Takes columns side by side of which each row has exactly one for one question, and so drafts one
  /// variable instead: as several columns they would make the segments by themselves.
  ///
  /// Where an answer has no column (`junior`, `senior` beside all others), three columns or more that
  /// never meet are one question, if chance would make ten rows or more in which they do.
  ///
  /// - Complexity: O(columns × respondents).
  mutating func findOneHot() {
    let isOfFile = Set(
      survey.sets.filter(\.isBounded).flatMap(\.members).map { AnswerCode.text($0) })
    var start = 0
    while start < facts.count {
      var chosen: [[Bool]] = []
      var end = start
      while end < facts.count, let own = oneHot(facts[end], isOfFile) {
        chosen.append(own)
        end += 1
      }
      takeOneHot(Array(facts[start..<end]), chosen)
      start = max(end, start + 1)
    }
  }

  /// In which rows a column of 0 and 1 is 1; `nil` for other columns.
  private func oneHot(_ column: ColumnFacts, _ isOfFile: Set<AnswerCode>) -> [Bool]? {
    guard isFree(column), !isOfFile.contains(.text(column.columnName)), column.distinct == 2,
      column.missingShare < 0.3, column.answered >= 60,
      column.variable.isNumeric || !column.variable.answers.isCoded, column.low == 0,
      column.high == 1
    else { return nil }
    return column.variable.numbers.map { $0 == 1 }
  }

  private mutating func takeOneHot(_ run: [ColumnFacts], _ chosen: [[Bool]]) {
    var start = 0
    while start + 1 < run.count {
      let end = endOfOneHot(from: start, chosen)
      if end - start >= 3 {
        addOneHot(Array(run[start..<end]), Array(chosen[start..<end]))
      } else if end - start == 2 {
        // Yes in one is no in the other: the same question twice.
        leaveOut(
          run[start + 1], "says no where \"\(run[start].columnName)\" says yes", isProcess: true)
      }
      start = max(start + 1, end)
    }
  }

  /// Behind which column the question ends that begins with one; that column if none begins.
  private func endOfOneHot(from start: Int, _ chosen: [[Bool]]) -> Int {
    let rows = survey.respondentCount
    var union = chosen[start]
    var meetings = 0.0
    var covered = union.count { $0 }
    var end = start + 1
    while end < chosen.count {
      let own = chosen[end].count { $0 }
      let both = zip(union, chosen[end]).count { $0 && $1 }
      guard both * Self.slips <= rows else { break }
      meetings += Double(covered) * Double(own) / Double(max(1, rows))
      for row in union.indices where chosen[end][row] { union[row] = true }
      covered = union.count { $0 }
      end += 1
      // Everybody has one: the question ends here.
      if (rows - covered) * Self.slips <= rows, end - start >= 3 || covered == rows { return end }
    }
    return end - start >= 3 && meetings >= Self.leastMeetings ? end : start
  }

  /// Puts the variables made of columns of 0 and 1 behind who people are, or behind all else.
  mutating func addOneHot() {
    for question in plan.oneHot.reversed() {
      let entry = DraftPlan.Entry(
        name: question.name,
        reason: "one question with one answer; as several columns it would make the segments alone",
        section: question.isAboutPeople ? "who people are" : "")
      plan.passive.insert(entry, at: 0)
      let words = question.members.compactMap { name in
        facts.first { $0.columnName == name }.flatMap(sensitivity)
      }
      if let word = words.first {
        plan.sensitive.append(DraftPlan.Entry(name: question.name, reason: word))
      }
    }
  }

  private mutating func addOneHot(_ members: [ColumnFacts], _ chosen: [[Bool]]) {
    let isWhole =
      (0..<survey.respondentCount).count { row in
        !chosen.contains { $0[row] }
      } * Self.slips <= survey.respondentCount
    let names = members.map(\.columnName)
    let stems = Set(names.map { ItemStem.of($0) ?? NameStem.split($0)?.stem ?? "" })
    let shared = members[0].name.words.indices.prefix(while: { place in
      members.allSatisfy {
        $0.name.words.count > place + 1 && $0.name.words[place] == members[0].name.words[place]
      }
    })
    var name =
      stems.count == 1 && stems.first != ""
      ? stems.first ?? "" : members[0].name.words.prefix(shared.count).joined(separator: "_")
    if name.isEmpty {
      for member in names.prefix(4) where name.count + member.count < 40 {
        name += (name.isEmpty ? "" : "_or_") + NameWords(member).words.joined(separator: "_")
      }
    }
    if name.isEmpty { name = "which" }
    while survey[name] != nil || plan.oneHot.contains(where: { $0.name == name }) {
      name += "_question"
    }
    let isTold =
      members.contains { topic(of: $0) != nil || $0.says(DraftWords.origin) != nil }
    plan.oneHot.append(
      DraftPlan.OneHot(
        name: name, members: names,
        rest: isWhole ? nil : "none of these", isAboutPeople: isTold))
    for member in members {
      leaveOut(
        member, "one question in \(members.count) columns of 0 and 1, drafted as one variable")
    }
  }
}

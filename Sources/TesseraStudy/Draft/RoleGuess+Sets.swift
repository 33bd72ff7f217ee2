internal import TesseraSurvey

/// Questions of which several answers may be chosen.
extension RoleGuess {
  mutating func findSets() {
    for set in survey.sets {
      let members = set.members.filter { survey[$0] != nil && !used.contains(.text($0)) }
      guard members.count == set.members.count, !members.isEmpty else { continue }
      if takeWhole(set) { continue }
      let text = NameWords("\(set.name) \(set.label)")
      let names = Set(members.map { AnswerCode.text($0) })
      let columns = facts.filter { names.contains(.text($0.columnName)) }
      if !set.isBounded, splitByTopic(columns) { continue }
      let doubt = set.isBounded ? "" : "; the file does not say where it ends"
      plan.sets.append(
        DraftPlan.SetEntry(
          name: set.name, members: members, delimited: nil,
          reason: set.coding == .category
            ? "one question with up to \(members.count) mentions"
            : "one question with \(members.count) answers to choose from" + doubt,
          topic: topic(text, columns), isDeclared: true))
      for member in members { use(member) }
    }
    findRunSets()
    for group in DraftGroups.find(facts.filter { isFree($0) && isYesOrNo($0) }) {
      if isOneAnswer(group) {
        for member in group.members { leaveOut(member, "one answer in columns of 0 and 1") }
        continue
      }
      let text = NameWords(group.prefix)
      // "has children", "has debts": several questions, whose names begin with a verb.
      if text.words.count == 1, let verb = text.words.first, Self.verbs.contains(verb) { continue }
      let topic = topic(text, group.members)
      // Two questions that begin with one word are no question of several answers.
      if topic == .other, group.members.count == 2,
        group.members.contains(where: { NameStem.split($0.columnName) == nil })
      {
        continue
      }
      let name = freeName(topic == .other ? group.prefix : topic.rawValue)
      plan.sets.append(
        DraftPlan.SetEntry(
          name: name, members: group.members.map(\.columnName), delimited: nil,
          reason: "columns of one question that each say yes or no", topic: topic,
          isDeclared: false,
          label: label(
            name, otherwise: Self.sharedWording(group.members),
            topic == .other ? group.prefix : "")))
      for member in group.members { use(member.columnName) }
    }
    for column in facts where isFree(column) && !column.variable.isNumeric {
      if let separated = delimited(column) { addDelimited(column, separated) }
    }
    if let media = plan.sets.first(where: { $0.topic == .media }) {
      plan.channels = DraftPlan.Entry(name: media.name, reason: "the media of the survey")
    }
  }

  static let verbs: Set<String> = [
    "has", "have", "had", "is", "are", "was", "do", "does", "did", "can", "will", "would", "should",
    "hat", "ist", "a", "est", "tiene", "es", "tem",
  ]

  /// Takes a set of the file with columns beside its members that are named after it too:
  /// `type.use.apps` beside `type.follow` and `type.other` of `type`.
  ///
  /// - Returns: Whether there were such columns, without others between.
  private mutating func takeWhole(_ set: MultipleResponseSet) -> Bool {
    guard case .dichotomy = set.coding, let first = set.members.first,
      first.hasPrefix(set.name), let mark = first.dropFirst(set.name.count).first,
      !mark.isLetter, !mark.isNumber
    else { return false }
    let start = "\(set.name)\(mark)"
    let members = Set(set.members.map { AnswerCode.text($0) })
    guard set.members.allSatisfy({ $0.hasPrefix(start) }) else { return false }
    let places = facts.indices.filter { facts[$0].columnName.hasPrefix(start) }
    let isOne = places.allSatisfy {
      members.contains(.text(facts[$0].columnName)) || isFree(facts[$0]) && isYesOrNo(facts[$0])
    }
    guard isOne, places.count > members.count, let low = places.first, let high = places.last,
      high - low + 1 == places.count
    else { return false }
    let names = places.map { facts[$0].columnName }
    plan.sets.append(
      DraftPlan.SetEntry(
        name: set.name, members: names, delimited: nil,
        reason: "columns of one question that each say yes or no",
        topic: topic(NameWords("\(set.name) \(set.label)"), places.map { facts[$0] }),
        isDeclared: false, label: set.label == set.name ? "" : set.label))
    for name in names { use(name) }
    return true
  }

  private func isYesOrNo(_ column: ColumnFacts) -> Bool {
    column.isDichotomous(without: Set((missing[.text(column.columnName)] ?? []).map(\.code)))
  }

  /// Whether columns of 0 and 1 repeat a column of one answer: each row has one 1, and the column
  /// stands in the file under the name that they begin with.
  private func isOneAnswer(_ group: DraftGroups) -> Bool {
    guard group.members.count >= 3, group.members.allSatisfy(\.variable.isNumeric) else {
      return false
    }
    let stems = Set(group.members.map { ItemStem.of($0.columnName) ?? "" })
    guard stems.count == 1, let stem = stems.first, !stem.isEmpty, survey[stem] != nil else {
      return false
    }
    let numbers = group.members.map(\.variable.numbers)
    return (0..<survey.respondentCount).allSatisfy { row in
      let chosen = numbers.count { $0[row] == 1 }
      return chosen == 1 || numbers.allSatisfy { $0[row].isNaN }
    }
  }

  /// Splits columns that may be several questions where their answers turn to another topic.
  ///
  /// - Returns: Whether there was a turn, with two answers or more on each side.
  private mutating func splitByTopic(_ columns: [ColumnFacts]) -> Bool {
    var runs: [(topic: DraftPlan.SetTopic, columns: [ColumnFacts])] = []
    for column in columns {
      let topic = answerTopic(column)
      if let last = runs.indices.last, topic == nil || runs[last].topic == topic {
        runs[last].columns.append(column)
      } else {
        runs.append((topic ?? .other, [column]))
      }
    }
    guard runs.count > 1, runs.allSatisfy({ $0.columns.count > 1 }) else { return false }
    for run in runs {
      let members = run.columns.map(\.columnName)
      let name = run.topic == .other ? members[0] + " ..." : run.topic.rawValue
      plan.sets.append(
        DraftPlan.SetEntry(
          name: freeName(name), members: members, delimited: nil,
          reason: "one question, going by its answers; the file does not say where it ends: check",
          topic: run.topic, isDeclared: false))
      for member in members { use(member) }
    }
    return true
  }

  /// What one answer on offer is about, going by its own words; `nil` if they do not tell.
  private func answerTopic(_ column: ColumnFacts) -> DraftPlan.SetTopic? {
    if column.name.first(of: DraftWords.medium) != nil { return .media }
    if column.name.first(of: DraftWords.pastime) != nil { return .activities }
    let first = NameWords(column.name.words.first ?? "")
    return first.first(of: DraftWords.objection) == nil ? nil : .barriers
  }

  func topic(_ text: NameWords, _ members: [ColumnFacts]) -> DraftPlan.SetTopic {
    if text.first(of: DraftWords.barriers) != nil { return .barriers }
    if text.first(of: DraftWords.media) != nil { return .media }
    if text.first(of: DraftWords.activities) != nil { return .activities }
    let media = members.count { $0.name.first(of: DraftWords.medium) != nil }
    if members.count >= 2, media * 2 > members.count { return .media }
    let pastimes = members.count {
      ($0.label.isEmpty ? $0.name : $0.label).first(of: DraftWords.pastime) != nil
    }
    if members.count >= 3, pastimes * 2 > members.count { return .activities }
    for member in members.prefix(1) {
      if member.label.first(of: DraftWords.barriers) != nil { return .barriers }
      if member.label.first(of: DraftWords.media) != nil { return .media }
      if member.label.first(of: DraftWords.activities) != nil { return .activities }
    }
    return .other
  }

  /// A name that no column and no other set has, other than the column that the set takes the place of.
  func freeName(_ name: String, insteadOf column: String? = nil) -> String {
    var candidate = name
    var number = 1
    while survey[candidate] != nil && candidate != column
      || plan.sets.contains(where: { $0.name == candidate })
    {
      number += 1
      candidate = "\(name)_set\(number > 2 ? String(number) : "")"
    }
    return candidate
  }

  /// What readers see of a set whose name is only a name: the wording of its question.
  private func label(_ name: String, otherwise wording: String, _ called: String) -> String {
    let words = [wording, called].first { !$0.isEmpty } ?? ""
    return words == name ? "" : words
  }

  /// What the wordings of a question's answers begin with; a name in words is a wording.
  private static func sharedWording(_ members: [ColumnFacts]) -> String {
    let labels = members.map(\.variable.label)
    let isWorded =
      labels.allSatisfy(\.isEmpty) && members.allSatisfy { $0.columnName.contains(" ") }
    return QuestionBlock.shared(isWorded ? members.map(\.columnName) : labels)
  }

  /// How cells list several answers; `nil` if they hold one answer each.
  func delimited(_ column: ColumnFacts) -> JoinedAnswers? {
    guard let joined = JoinedAnswers.recognise(column.variable), joined.options.count <= 60 else {
      return nil
    }
    return joined
  }

  mutating func addDelimited(_ column: ColumnFacts, _ joined: JoinedAnswers) {
    let text = NameWords("\(column.columnName) \(column.variable.label)")
    let topic = topic(text, [])
    let name = freeName(
      topic == .other ? column.columnName : topic.rawValue, insteadOf: column.columnName)
    let separator = joined.separator == " " ? " " : joined.separator.filter { $0 != " " }
    let none = refusals(column)
    let options = joined.options.filter { option in !none.contains(.text(option)) }
    plan.sets.append(
      DraftPlan.SetEntry(
        name: name, members: [],
        delimited: (column.columnName, separator, joined.needsOptions ? options : []),
        reason: "cells list several answers with \"\(separator)\" between them".replacing(
          "\n", with: "a new line"), topic: topic,
        isDeclared: false,
        label: label(name, otherwise: column.variable.label, column.columnName)))
    use(column.columnName)
  }

  /// Whole cells that say that there is no answer ("NULL", "Prefer not to say"): declared missing, and
  /// no option.
  private mutating func refusals(_ column: ColumnFacts) -> Set<AnswerCode> {
    let key = AnswerCode.text(column.columnName)
    if missing[key] == nil {
      let codes = MissingGuess.codes(column)
      missing[key] = codes
      if !codes.isEmpty {
        plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: codes))
      }
    }
    return Set((missing[key] ?? []).map { .text($0.code) })
  }
}

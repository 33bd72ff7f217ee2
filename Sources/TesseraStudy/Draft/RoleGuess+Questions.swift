internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Levels

  mutating func findOrders() {
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
    for block in blocks where block.kind == .grid { widenOrders(block) }
  }

  /// Gives the questions of a grid one scale, though nobody may have given some answer to one.
  private mutating func widenOrders(_ block: QuestionBlock) {
    let members = Set(block.members.map { AnswerCode.text($0) })
    let codes = members.reduce(into: Set<AnswerCode>()) { found, member in
      found.formUnion((missing[member] ?? []).map { .text($0.code) })
    }
    let answers = block.scale.filter { !codes.contains($0) }.map(\.text)
    guard block.scale.allSatisfy({ $0.number == nil }), let found = AnswerOrder.find(answers)
    else { return }
    let order = found.order.map { answers[$0] }
    for place in plan.levels.indices where members.contains(.text(plan.levels[place].column)) {
      plan.levels[place].order = order
    }
  }

  func order(_ column: ColumnFacts) -> [String]? {
    plan.levels.first { $0.column == column.columnName }?.order
  }

  // MARK: - Needs

  /// The ends of the scale on which a column is a rating; `nil` if it is none.
  func ratingScale(_ column: ColumnFacts) -> RatingScale? {
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

  mutating func findNeeds() {
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

  mutating func findFunnels() {
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
    guard plan.funnels.isEmpty else { return }
    // Columns that are called nothing but the step.
    let bare = facts.filter { isFree($0) && $0.isDichotomous && $0.name.words.count == 1 }
      .compactMap { column -> (step: Int, column: String)? in
        let step = DraftWords.funnel.firstIndex { $0.contains(column.name.words[0]) }
        return step.map { ($0, column.columnName) }
      }
    guard bare.count >= 2, Set(bare.map(\.step)).count == bare.count else { return }
    plan.funnels.append(("all", bare.sorted { $0.step < $1.step }.map(\.column)))
    for step in bare { use(step.column) }
  }

  mutating func findSets() {
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

  func topic(_ text: DraftText, _ members: [ColumnFacts]) -> DraftPlan.SetTopic {
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
  func freeName(_ name: String) -> String {
    var candidate = name
    var number = 1
    while survey[candidate] != nil || plan.sets.contains(where: { $0.name == candidate }) {
      number += 1
      candidate = "\(name)_set\(number > 2 ? String(number) : "")"
    }
    return candidate
  }

  /// What stands between the answers of a cell; `nil` if cells hold one answer each.
  func delimited(_ column: ColumnFacts) -> String? {
    guard !column.variable.isNumeric, column.variable.level != .date,
      !OpenEndWording.asksForWords(column.variable)
    else { return nil }
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

  mutating func addDelimited(_ column: ColumnFacts, _ separator: String) {
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
}

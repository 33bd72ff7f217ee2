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
          "the answers are \(found.kind)", found.isRange
        ))
    }
    for block in blocks where block.kind == .grid { widenOrders(block) }
    widenOrders()
  }

  /// Gives a question the longer scale of another that has all its answers: nobody may have given
  /// some answer to it.
  private mutating func widenOrders() {
    let scales = plan.levels.filter { !$0.isRange }.map(\.order).sorted { $0.count > $1.count }
    for place in plan.levels.indices where !plan.levels[place].isRange {
      let own = Set(plan.levels[place].order.map { AnswerCode.text($0) })
      let wider = scales.first { scale in
        scale.count > own.count && own.isSubset(of: scale.map { AnswerCode.text($0) })
      }
      if let wider { plan.levels[place].order = wider }
    }
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
    if let level = plan.levels.first(where: { $0.column == column.columnName }) {
      // Ranges of ages or incomes have an order, but are no ratings.
      return level.isRange ? nil : RatingScale(low: 1, high: Double(level.order.count))
    }
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
    // By what the names say beside the step: a funnel for each product.
    var products: [String] = []
    var steps: [String: [(step: Int, column: String)]] = [:]
    for column in facts where isFree(column) && column.isDichotomous {
      let words = column.name.words
      guard
        let place = words.indices.last(where: { place in
          DraftWords.funnel.contains { $0.contains(words[place]) }
        }), let step = DraftWords.funnel.firstIndex(where: { $0.contains(words[place]) })
      else { continue }
      let product = (words[..<place] + words[(place + 1)...]).joined(separator: "_")
      if steps[product] == nil { products.append(product) }
      steps[product, default: []].append((step, column.columnName))
    }
    for product in products {
      let found = steps[product] ?? []
      guard found.count >= 2, Set(found.map(\.step)).count == found.count else { continue }
      plan.funnels.append(
        (product.isEmpty ? "all" : product, found.sorted { $0.step < $1.step }.map(\.column)))
      for step in found { use(step.column) }
    }
  }

  mutating func findSets() {
    for set in survey.sets {
      let members = set.members.filter { survey[$0] != nil && !used.contains(.text($0)) }
      guard members.count == set.members.count, !members.isEmpty else { continue }
      let text = DraftText("\(set.name) \(set.label)")
      let names = Set(members.map { AnswerCode.text($0) })
      let columns = facts.filter { names.contains(.text($0.columnName)) }
      plan.sets.append(
        DraftPlan.SetEntry(
          name: set.name, members: members, delimited: nil,
          reason: set.coding == .category
            ? "one question with up to \(members.count) mentions"
            : "one question with \(members.count) answers to choose from",
          topic: topic(text, columns), isDeclared: true))
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
    guard let joined = JoinedAnswers.recognise(column.variable), joined.options.count <= 60 else {
      return nil
    }
    // The reader takes the blanks around answers away.
    let sign = joined.separator.filter { $0 != " " }
    return sign.isEmpty ? nil : sign
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

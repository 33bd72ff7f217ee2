internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Levels

  mutating func findOrders() {
    for column in facts
    where isFree(column) && (column.variable.level == .nominal || isBanded(column)) {
      let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
      // Labels of numbers may stand in another order than their codes.
      let isNumeric = column.variable.isNumeric
      let offered = isNumeric ? column.variable.categories : column.categories
      var answers = offered.filter { !codes.contains($0.code.text) }
        .map { isNumeric ? $0.label : $0.code.text }
      // "Less than 1 year", 1, 2 ... 49, "More than 50 years"
      let bare = answers.count { Double($0) != nil }
      guard
        (3...30).contains(answers.count) || answers.count <= 80 && bare * 10 >= answers.count * 8,
        answers.count >= 3, Set(answers).count == answers.count,
        !isNumeric || offered.allSatisfy({ $0.label != $0.code.text })
      else { continue }
      // "Not sure" beside "no, not really" is no step, though "sure" is a word of degree.
      let isTold = !isNumeric && answers.contains { PlainText.line($0).contains(" not sure ") }
      var found = isTold && answers.count > 3 ? nil : AnswerOrder.find(answers)
      if found == nil, !isNumeric, let unsure = answers.firstIndex(where: NoAnswer.isUnsure),
        answers.count > 3
      {
        // "Not sure" has no place among steps; among kinds it is an answer.
        let answer = answers.remove(at: unsure)
        found = AnswerOrder.find(answers)
        if found != nil { addMissing(answer, column) }
      }
      if found == nil, let found = withoutOther(&answers, column) {
        plan.levels.append(found)
        continue
      }
      guard let found else { continue }
      plan.levels.append(
        (
          column.columnName, found.order.map { answers[$0] },
          "the answers are \(found.kind)" + ExcelDate.told(found.order.map { answers[$0] }),
          found.isRange
        ))
    }
    findNumberedCodes()
    for block in blocks where block.kind == .grid { widenOrders(block) }
    widenOrders()
  }

  /// Codes of ranges or of schooling that the file calls numbers: every code has a label, and the labels
  /// are in the order of the codes.
  private func isBanded(_ column: ColumnFacts) -> Bool {
    guard column.variable.level == .numeric, column.variable.isNumeric,
      column.variable.answers.isCoded
    else { return false }
    let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
    let offered = column.variable.categories.filter { !codes.contains($0.code.text) }
    return (3...15).contains(offered.count) && offered.allSatisfy { $0.label != $0.code.text }
      && AnswerOrder.inOrder(offered.map(\.label))?.isRange ?? false
  }

  /// `A1` to `A5` in the rows of one question: LimeSurvey's codes of a scale without its words.
  private mutating func findNumberedCodes() {
    var groups: [String: [ColumnFacts]] = [:]
    for column in facts where isFree(column) && column.variable.level == .nominal {
      guard let split = NameStem.split(column.columnName), split.form == .brackets,
        order(column) == nil, !column.variable.isNumeric
      else { continue }
      let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
      let answers = column.categories.map(\.code.text).filter { !codes.contains($0) }
      guard answers.count >= 2, answers.allSatisfy({ Self.codeNumber($0) != nil }) else { continue }
      groups[split.stem, default: []].append(column)
    }
    for members in groups.values where members.count >= 3 {
      let codes = Set(members.flatMap { $0.categories.map(\.code.text) })
        .filter { Self.codeNumber($0) != nil }
      let order = codes.sorted { (Self.codeNumber($0) ?? 0) < (Self.codeNumber($1) ?? 0) }
      guard order.count >= 3 else { continue }
      for column in members {
        plan.levels.append(
          (column.columnName, order, "the codes of a scale whose words are not in the file", false))
      }
    }
    let place = Dictionary(
      zip(facts.map(\.columnName), facts.indices), uniquingKeysWith: { first, _ in first })
    plan.levels.sort { (place[$0.column] ?? 0) < (place[$1.column] ?? 0) }
  }

  private static func codeNumber(_ code: String) -> Int? {
    guard code.first == "A" else { return nil }
    let digits = code.dropFirst(code.hasPrefix("AO") ? 2 : 1)
    return digits.count <= 3 ? Int(digits) : nil
  }

  mutating func addMissing(_ answer: String, _ column: ColumnFacts) {
    let place = column.variable.categories.firstIndex { $0.code.text == answer }
    let code = MissingGuess.Code(
      code: answer, reason: place.map { column.variable.categories[$0].label } ?? answer,
      why: "it has no place in the order of the others",
      count: place.map { column.held[$0 + 1] } ?? 0)
    missing[.text(column.columnName), default: []].append(code)
    if let known = plan.missing.firstIndex(where: { $0.column == column.columnName }) {
      let codes = plan.missing[known].codes + [code]
      plan.missing[known] = DraftPlan.MissingEntry(column: column.columnName, codes: codes)
    } else {
      plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: [code]))
    }
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
    guard !values.isEmpty, values.allSatisfy({ $0 == $0.rounded() }) || isNearlyWhole(column, codes)
    else { return nil }
    guard let low = values.first, let high = values.last else { return nil }
    let labelled = column.variable.categories.filter { $0.label != $0.code.text }
      .compactMap(\.code.number).filter { !codes.contains($0) }
    if let first = labelled.min(), let last = labelled.max(), first < last, first <= low,
      high <= last
    {
      return RatingScale(low: first, high: last)
    }
    let usual: [(Double, Double)] = [
      (1, 5), (1, 7), (0, 10), (1, 10), (-2, 2), (-3, 3), (0, 100), (1, 100),
    ]
    if values.contains(where: { $0 != $0.rounded() }), high > 10 { return nil }
    return usual.first { $0.0 <= low && high <= $0.1 }.map { RatingScale(low: $0.0, high: $0.1) }
  }

  /// Ratings in halves, or whole ones with some gaps filled in by a program.
  private func isNearlyWhole(_ column: ColumnFacts, _ codes: Set<Double>) -> Bool {
    let values = column.values.filter { !codes.contains($0.value) }
    guard values.count >= 3 else { return false }
    if values.allSatisfy({ $0.value * 2 == ($0.value * 2).rounded() }) { return true }
    let whole = values.filter { $0.value == $0.value.rounded() }
    let share = whole.reduce(0) { $0 + $1.count } * 100
    return whole.count >= 3 && share >= values.reduce(0) { $0 + $1.count } * 85
  }

  /// Columns of one question in which people put items in order.
  private func rankedColumns() -> Set<AnswerCode> {
    var groups: [String: [ColumnFacts]] = [:]
    for column in facts where column.variable.isNumeric {
      guard let stem = ItemStem.of(column.columnName) else { continue }
      groups[stem, default: []].append(column)
    }
    return groups.values.reduce(into: []) { found, members in
      guard BatteryFinder.isRanking(members) else { return }
      found.formUnion(members.map { .text($0.columnName) })
    }
  }

  mutating func findNeeds() {
    let ranked = rankedColumns()
    let questions = DraftNeedPairs.find(
      facts.filter { isFree($0) && !ranked.contains(.text($0.columnName)) })
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

  /// Funnels from questions of several answers that offer the same brands: known, considered, tried,
  /// bought.
  mutating func findSetFunnels() {
    guard plan.funnels.isEmpty else { return }
    var steps: [String: [(step: Int, column: String)]] = [:]
    var brands: [String] = []
    for set in plan.sets where set.delimited == nil {
      let label = survey.sets.first { $0.name == set.name }?.label ?? ""
      let words = NameWords("\(set.name) \(label)")
      guard words.first(of: DraftWords.occasion) == nil, let step = Self.step(words) else {
        continue
      }
      for member in set.members {
        guard let wording = survey[member]?.label else { continue }
        // "Q2 Aware: Acme" and "Q3 Consider: Acme" are about one brand.
        let rest = !label.isEmpty && wording.hasPrefix(label) ? wording.dropFirst(label.count) : ""
        let own = rest.drop { !$0.isLetter && !$0.isNumber }
        let brand = own.isEmpty ? wording : String(own)
        guard !brand.isEmpty, !OtherOption.closes(brand) else { continue }
        if steps[brand] == nil { brands.append(brand) }
        guard steps[brand]?.contains(where: { $0.step == step }) != true else { continue }
        steps[brand, default: []].append((step, member))
      }
    }
    let most = steps.values.map(\.count).max() ?? 0
    let full = brands.filter { steps[$0]?.count == most }
    guard most >= 3, full.count >= 2 else { return }
    for brand in full {
      let columns = (steps[brand] ?? []).sorted { $0.step < $1.step }.map(\.column)
      plan.funnels.append((brand, columns))
    }
  }

  private static func step(_ words: NameWords) -> Int? {
    if words.first(of: DraftWords.funnel[0]) != nil { return 0 }
    if words.first(of: DraftWords.funnel[1]) != nil { return 1 }
    if words.first(of: ["ever", "jemals", "deja", "alguna vez"]) != nil { return 2 }
    let recent = [
      "last month", "past month", "last year", "currently", "regularly", "now", "last week",
    ]
    if words.first(of: recent) != nil { return 4 }
    return DraftWords.funnel.dropFirst(2).firstIndex { words.first(of: $0) != nil }
      .map { $0 == 2 ? 2 : 3 }
  }
}

internal import TesseraSurvey

/// Questions that product research knows by name: prices, Kano's pairs, best-worst tasks, promoters.
extension RoleGuess {
  mutating func findClassic() {
    findPrices()
    findKano()
    findMaxDiff()
    findBestWorst()
    findPromoters()
  }

  // MARK: - Prices

  /// Van Westendorp's four prices: side by side, each with its own words, and rising for most people.
  private mutating func findPrices() {
    let free = facts.indices.filter { place in
      let column = facts[place]
      return isFree(column) && column.missingShare < 0.9 && !column.isDichotomous
        && (column.variable.isNumeric || !column.variable.answers.isCoded)
        && (column.distinct ?? .max) >= 5
        && column.variable.categories.allSatisfy { $0.label == $0.code.text }
    }
    for first in free {
      let near = free.filter { $0 >= first && $0 < first + 6 }
      var found: [String: ColumnFacts] = [:]
      for place in near {
        guard let kind = Self.priceKind(facts[place]), found[kind] == nil else { continue }
        found[kind] = facts[place]
      }
      let order = ["too_cheap", "cheap", "expensive", "too_expensive"]
      let columns = order.compactMap { found[$0] }
      guard columns.count == 4, Self.areRising(columns) else { continue }
      plan.prices = columns.map(\.columnName)
      for column in columns { use(column.columnName) }
      return
    }
  }

  private static func priceKind(_ column: ColumnFacts) -> String? {
    for (key, words) in ClassicWords.prices where column.name.first(of: words) != nil { return key }
    for (key, words) in ClassicWords.prices where column.label.first(of: words) != nil {
      return key
    }
    return nil
  }

  /// Whether the four prices rise for more than half of those who gave all of them.
  private static func areRising(_ columns: [ColumnFacts]) -> Bool {
    let numbers = columns.map(\.variable.numbers)
    var all = 0
    var rising = 0
    for row in numbers[0].indices {
      let prices = numbers.map { $0[row] }
      guard !prices.contains(where: \.isNaN) else { continue }
      all += 1
      if zip(prices, prices.dropFirst()).allSatisfy({ $0 <= $1 }) { rising += 1 }
    }
    return all >= 5 && rising * 2 > all
  }

  // MARK: - Kano

  /// Pairs of questions with Kano's five answers.
  private mutating func findKano() {
    var columns: [(facts: ColumnFacts, order: [String], key: String, isLacking: Bool?)] = []
    for column in facts where isFree(column) {
      guard let order = kanoOrder(column) else { continue }
      let words = column.name.words
      let told = words.last {
        ClassicWords.having.contains($0) || ClassicWords.lacking.contains($0)
      }
      let key = words.filter { $0 != told }.joined(separator: "_")
      var isLacking = told.map { ClassicWords.lacking.contains($0) }
      if isLacking == nil, !column.label.isEmpty {
        isLacking = column.label.first(of: ClassicWords.lackingWords) != nil
      }
      columns.append((column, order, key, isLacking))
    }
    // Somebody may never have said that a lack is to his liking: another question has all five.
    let whole = columns.first { $0.order.count == 5 }?.order
    columns = columns.compactMap { column in
      guard !column.order.isEmpty, column.order.count < 5 else { return column }
      guard let whole, Set(column.order).isSubset(of: whole) else { return nil }
      return (column.facts, whole, column.key, column.isLacking)
    }
    var place = 0
    while place < columns.count {
      let one = columns[place]
      let partner = columns.indices.first { other in
        other > place && (columns[other].key == one.key || other == place + 1)
          && columns[other].isLacking == true && one.isLacking == false
      }
      guard let partner, !plan.kano.contains(where: { $0.name == one.key }) else {
        place += 1
        continue
      }
      let other = columns[partner]
      var name = one.key.isEmpty ? one.facts.columnName : one.key
      if name.first?.isLetter != true { name = "kano_\(name)" }
      plan.kano.append((name, one.facts.columnName, other.facts.columnName))
      for side in [one, other] {
        use(side.facts.columnName)
        plan.levels.removeAll { $0.column == side.facts.columnName }
        if !side.order.isEmpty {
          plan.levels.append((side.facts.columnName, side.order, "Kano's answers", false))
        }
      }
      columns.remove(at: partner)
      place += 1
    }
  }

  /// The five answers from liking to disliking; empty where they are numbered so already, `nil` for
  /// other questions.
  private func kanoOrder(_ column: ColumnFacts) -> [String]? {
    let isNumeric = column.variable.isNumeric
    let offered = isNumeric ? column.variable.categories : column.categories
    guard (3...6).contains(offered.count) else { return nil }
    var found = [String?](repeating: nil, count: 5)
    for category in offered {
      let text = NameWords(category.label)
      let kind = [4, 3, 1, 2, 0].first { text.first(of: ClassicWords.kano[$0]) != nil }
      guard let kind, found[kind] == nil else { return nil }
      found[kind] = category.code.text
    }
    guard found.count(where: { $0 != nil }) >= 4 else { return nil }
    let order = found.compactMap(\.self)
    let isNumbered = isNumeric && zip(1..., found).allSatisfy { $1 == nil || $1 == String($0) }
    return isNumbered ? [] : order
  }

  // MARK: - Best and worst

  /// Tasks in which the best and the worst of several items were named.
  private mutating func findMaxDiff() {
    func side(_ words: [String], _ others: [String]) -> [ColumnFacts] {
      facts.filter { column in
        let isNamed = column.name.first(of: words) != nil
        let isWorded = column.label.first(of: words) != nil && column.label.first(of: others) == nil
        return isFree(column) && column.name.first(of: others) == nil && (isNamed || isWorded)
          && Self.items(column).count >= 3 && column.missingShare < 0.9
      }
    }
    let best = side(ClassicWords.best, ClassicWords.worst)
    let worst = side(ClassicWords.worst, ClassicWords.best)
    guard best.count >= 2, best.count == worst.count else { return }
    let named = [best, worst].map { columns in Set(columns.flatMap(Self.items)) }
    let items = named[0].union(named[1])
    guard (4...60).contains(items.count),
      named[0].intersection(named[1]).count * 2 >= items.count,
      // Items are not steps of a scale.
      AnswerOrder.find(items.sorted()) == nil
    else { return }
    var order: [String] = []
    for column in best + worst {
      for category in column.variable.categories where items.contains(category.label) {
        if !order.contains(category.label) { order.append(category.label) }
      }
    }
    plan.maxDiff = DraftPlan.MaxDiff(
      best: best.map(\.columnName), worst: worst.map(\.columnName), items: order,
      shown: Self.shown(best, worst, items))
    let columns = Set((best + worst).map(\.columnName))
    for column in columns { use(column) }
    plan.levels.removeAll { columns.contains($0.column) }
  }

  /// What was named in a task.
  private static func items(_ column: ColumnFacts) -> [String] {
    guard column.variable.answers.isCoded else { return [] }
    let isLabelled = column.variable.categories.contains { $0.label != $0.code.text }
    guard isLabelled || !column.variable.isNumeric else { return [] }
    return column.variable.categories.indices.filter { column.held[$0 + 1] > 0 }
      .map { column.variable.categories[$0].label }
  }

  /// How often an item was shown: in how many tasks it was named by anybody, if tasks show different
  /// items; else the most often that somebody took one item for the best.
  private static func shown(
    _ best: [ColumnFacts], _ worst: [ColumnFacts], _ items: Set<String>
  ) -> Int {
    let tasks = zip(best, worst).map { Set(Self.items($0)).union(Self.items($1)) }
    if tasks.allSatisfy({ $0.count < items.count }) {
      let total = tasks.reduce(0) { $0 + $1.count }
      return max(1, Int((Double(total) / Double(items.count)).rounded()))
    }
    let rows = best[0].variable.answers.count
    var most = 1
    for row in 0..<rows {
      var counts: [String: Int] = [:]
      for column in best {
        let position = column.variable.answers.position(row)
        guard position > 0 else { continue }
        counts[column.variable.categories[position - 1].label, default: 0] += 1
      }
      most = max(most, counts.values.max() ?? 0)
    }
    return most
  }

  // MARK: - Promoters

  /// The likelihood of recommending, from 0 to 10: detractors, passives and promoters.
  private mutating func findPromoters() {
    let found = facts.filter { column in
      guard isFree(column), asksForRecommending(column), column.missingShare < 0.7 else {
        return false
      }
      guard column.variable.isNumeric else { return !promoterAnswers(column).isEmpty }
      let codes = Set((missing[.text(column.columnName)] ?? []).compactMap { Double($0.code) })
      let values = column.values.map(\.value).filter { !codes.contains($0) }
      return values.count >= 6 && values.allSatisfy { $0 == $0.rounded() && (0...10).contains($0) }
        && (values.contains(0) || values.contains(10)) && (values.max() ?? 0) >= 9
    }
    // Several in a row are a battery of brands.
    guard let first = found.first, found.count <= 2 else { return }
    var name = "promoters"
    while survey[name] != nil { name += "_group" }
    plan.promoters = (
      name, first.columnName, first.variable.isNumeric ? [] : promoterAnswers(first)
    )
  }

  /// The answers from 0 to 10 of which some have words ("Extremely likely - 10"), with their numbers;
  /// empty where they are something else.
  private func promoterAnswers(_ column: ColumnFacts) -> [(text: String, number: Double)] {
    let left = Set((missing[.text(column.columnName)] ?? []).map(\.code))
    let texts = column.variable.categories.map(\.label).filter { !left.contains($0) }
    guard texts.count >= 6, let numbers = AnswerOrder.numbersWithWords(texts),
      numbers.allSatisfy({ (0...10).contains($0) }), (numbers.max() ?? 0) >= 9,
      numbers.contains(0) || numbers.contains(10)
    else { return [] }
    return zip(texts, numbers).map { ($0, $1) }.sorted { $0.number < $1.number }
  }
}

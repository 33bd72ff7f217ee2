internal import TesseraSurvey

/// Finds answers that mean "no answer": codes such as -99 and 999, words such as "don't know".
struct MissingGuess {
  /// A code of a column, and why it is taken for missing.
  struct Code {
    let code: String
    let reason: String
    let why: String
    /// How many respondents gave it.
    var count = 0
  }

  /// The codes of one column.
  static func codes(_ facts: ColumnFacts) -> [Code] {
    found(facts).map { code in
      var counted = code
      if case .numbers = facts.variable.answers, facts.values.isEmpty {
        // Counted already.
      } else if case .numbers = facts.variable.answers {
        let value = Double(code.code)
        counted.count = facts.values.first { $0.value == value }?.count ?? 0
      } else if let place = facts.variable.categories.firstIndex(where: {
        $0.code.text == code.code
      }) {
        counted.count = facts.held[place + 1]
      }
      return counted
    }
  }

  private static func found(_ facts: ColumnFacts) -> [Code] {
    var codes: [Code] = []
    // What labels say holds for the next wave too, though nobody may have answered so in this one.
    let offered = facts.variable.isNumeric ? facts.variable.categories : facts.categories
    for category in offered {
      // A header row that stands among the answers, as where files were joined.
      let question = [facts.variable.name, facts.variable.label].map(PlainText.line)
      if !facts.variable.isNumeric, question.contains(PlainText.line(category.label)),
        category.label.split(separator: " ").count > 2, isRare(category, facts)
      {
        codes.append(
          Code(code: category.code.text, reason: "the question", why: "it repeats the question"))
        continue
      }
      guard
        NoAnswer.says(category.label) && !isCode(category, among: facts)
          && !isOften(category, facts) || isBelowAll(category, facts) || isDash(category, facts)
      else { continue }
      codes.append(
        Code(
          code: category.code.text, reason: category.label,
          why: NoAnswer.says(category.label)
            ? "the answer says so itself"
            : isDash(category, facts)
              ? "a dash among words" : "a label below 0, where all others are not"))
    }
    codes += behindLabels(facts).filter { code in !codes.contains { $0.code == code.code } }
    guard codes.isEmpty, facts.variable.isNumeric || !facts.variable.answers.isCoded else {
      return codes
    }
    return codes + numbers(facts)
  }

  /// Whether few rows of many hold an answer, as where header rows of joined files stand among them.
  private static func isRare(_ category: Category, _ facts: ColumnFacts) -> Bool {
    guard
      let place = facts.variable.categories.firstIndex(where: { $0.code == category.code })
    else { return false }
    return facts.held[place + 1] * 50 <= facts.answered
      || facts.held[place + 1] <= 3 && facts.categories.count > 2
  }

  /// A dash where all other answers have letters or digits: minus beside plus is an answer.
  private static func isDash(_ category: Category, _ facts: ColumnFacts) -> Bool {
    func isSign(_ text: String) -> Bool { !text.contains { $0.isLetter || $0.isNumber } }
    let label = category.label
    guard !label.isEmpty, label.allSatisfy({ "-–—".contains($0) }) else { return false }
    return facts.categories.count >= 3
      && facts.categories.allSatisfy { $0.code == category.code || !isSign($0.label) }
  }

  /// A labelled code below 0 where answers begin at 0 or 1: "-42 Data error".
  private static func isBelowAll(_ category: Category, _ facts: ColumnFacts) -> Bool {
    guard let code = category.code.number, code < 0, category.label != category.code.text,
      facts.variable.isNumeric
    else { return false }
    let others = facts.variable.categories.compactMap(\.code.number).filter { $0 >= 0 }
    let below = facts.variable.categories.compactMap(\.code.number).filter { $0 < 0 }
    // Where only numbers below 0 have labels, they are no amounts: "-13 unknown".
    let labels = facts.variable.categories.filter { $0.label != $0.code.text }
    if facts.high >= 2, labels.allSatisfy({ ($0.code.number ?? 0) < 0 }),
      labels.contains(where: { NoAnswer.says($0.label) })
    {
      return true
    }
    // From -2 to 2 is a scale with a middle.
    return others.count >= 2 && !below.allSatisfy { others.contains(-$0) }
  }

  /// Whether a text of two or three letters is given too often for a refusal: "Ref" beside "Test".
  private static func isOften(_ category: Category, _ facts: ColumnFacts) -> Bool {
    guard ["ref", "ns", "nr"].contains(PlainText.folded(category.code.text)),
      let place = facts.variable.categories.firstIndex(where: { $0.code == category.code })
    else { return false }
    return facts.held[place + 1] * 4 > facts.answered
  }

  /// Whether "NA" is one of many codes of two letters, such as those of countries.
  private static func isCode(_ category: Category, among facts: ColumnFacts) -> Bool {
    guard category.label == category.code.text, category.label.count == 2 else { return false }
    let others = facts.categories.filter { $0.code != category.code }
    // G1, P2 and NA are no countries.
    return others.count >= 5
      && others.allSatisfy { $0.code.text.count == 2 && $0.code.text.allSatisfy(\.isLetter) }
  }

  private static let negative: Set<Double> = [
    -1, -2, -3, -4, -5, -6, -7, -8, -9, -66, -77, -88, -97, -98, -99, -999, -998, -997, -9999,
    -99_999,
    -999_999, -9_999_999, -99_999_999, -999_999_999,
  ]
  private static let positive: [Double] = [
    77, 88, 97, 98, 99, 997, 998, 999, 9997, 9998, 9999, 99_999,
  ]

  private static func numbers(_ facts: ColumnFacts) -> [Code] {
    let labelled = Set(
      facts.variable.categories.filter { $0.label != $0.code.text }.compactMap(\.code.number))
    var values = facts.values.map(\.value).filter { !labelled.contains($0) }
    if facts.values.isEmpty { return amongMany(facts) }
    guard values.count > 1 else { return [] }
    func code(_ value: Double, _ why: String) -> Code {
      let text = AnswerCode.number(value).text
      return Code(code: text, reason: "code \(text)", why: why)
    }
    let low = values.filter { $0 < 0 }
    // From -2 to 2 is a scale with a middle.
    // -99 below 0 to 3 leaves out what would lie between.
    let isUnbroken = Double(low.count * 2) >= -(low.min() ?? 0)
    let isScale =
      isUnbroken && values.contains(0) && (values.max() ?? 0) <= max(3, -(values.min() ?? 0))
      || values.allSatisfy { values.contains(-$0) }
    if !low.isEmpty, low.count < values.count, !isScale, low.allSatisfy(negative.contains) {
      // What lies far above the answers is judged without what lies below them.
      let below = low.map { code($0, "the only numbers below 0") }
      values.removeAll { $0 < 0 }
      return below + above(facts, values)
    }
    return above(facts, values)
  }

  /// Codes above the answers, of which those below 0 are left out.
  private static func above(_ facts: ColumnFacts, _ values: [Double]) -> [Code] {
    guard values.count > 1 else { return [] }
    func code(_ value: Double, _ why: String) -> Code {
      let text = AnswerCode.number(value).text
      return Code(code: text, reason: "code \(text)", why: why)
    }
    // 99 behind ages to 45, 999 behind heights to 200; 77 may be an age, 999 behind 91 is none.
    var others = values.sorted()
    var high: [Double] = []
    while let last = others.last, positive.contains(last) {
      high.insert(others.removeLast(), at: 0)
    }
    while let smallest = high.first, let largest = others.last {
      if largest * (smallest >= 900 ? 1.5 : 2) < smallest {
        return high.map { code($0, "far above all other answers, which end at \(shown(largest))") }
      }
      others.append(high.removeFirst())
    }
    // 1, 2 and 9: a gap that no scale has.
    let all = values.sorted()
    if let end = all.last(where: { $0 < 8 }), end <= 3, all.first ?? -1 >= 0, all.count >= 3,
      all.filter({ $0 > end }) == [9] || all.filter({ $0 > end }) == [8, 9],
      facts.variable.level != .count, facts.says(DraftWords.counted) == nil,
      facts.answered > 0
    {
      return all.filter { $0 > end }.map {
        code($0, "far behind answers that end at \(shown(end))")
      }
    }
    // 8 and 9 behind a scale of five; a long tail of rooms or visits ends there too.
    let scale = values.filter { (0...5).contains($0) }
    let behind = values.filter { $0 == 8 || $0 == 9 }
    func share(_ values: [Double]) -> Double {
      let held = facts.values.filter { values.contains($0.value) }.reduce(0) { $0 + $1.count }
      return Double(held) / Double(max(1, facts.answered))
    }
    if scale.count >= 3, !behind.isEmpty, scale.count + behind.count == values.count,
      facts.variable.level != .count, share(scale.suffix(1)) >= 0.05, share(behind) >= 0.02,
      facts.says(DraftWords.counted) == nil
    {
      return behind.map { code($0, "behind a scale that ends at \(shown(scale.max() ?? 5))") }
    }
    return []
  }

  /// A few negative codes among hundreds of different amounts.
  private static func amongMany(_ facts: ColumnFacts) -> [Code] {
    guard case .numbers(let numbers) = facts.variable.answers else { return [] }
    // 9999999 behind incomes that end far below it.
    let top = facts.high
    if top >= 99_999, AnswerCode.number(top).text.allSatisfy({ $0 == "9" }) {
      let others = numbers.lazy.filter { $0 < top }.max() ?? top
      let count = numbers.count { $0 == top }
      if count >= 2, others * 1.5 < top {
        let text = AnswerCode.number(top).text
        return [
          Code(
            code: text, reason: "code \(text)",
            why: "far above all other answers, which end at \(shown(others))", count: count)
        ]
      }
    }
    guard facts.low < 0 else { return [] }
    let below = Set(numbers.filter { $0 < 0 })
    guard below.count <= 4, below.allSatisfy(negative.contains),
      facts.high > 20 || isRepeated(below, numbers),
      numbers.allSatisfy({ $0.isNaN || $0 == $0.rounded() || $0 > 0 })
    else { return [] }
    return below.sorted().map { value in
      let text = AnswerCode.number(value).text
      return Code(
        code: text, reason: "code \(text)", why: "the only numbers below 0",
        count: numbers.count { $0 == value })
    }
  }

  /// Whether each of some numbers comes up again among amounts that hardly do.
  private static func isRepeated(_ codes: Set<Double>, _ numbers: [Double]) -> Bool {
    let others = numbers.filter { $0 >= 0 }
    return Set(others).count * 2 > others.count
      && codes.allSatisfy { code in numbers.count { $0 == code } >= 3 }
  }

  static func shown(_ value: Double) -> String { AnswerCode.number(value).text }
}

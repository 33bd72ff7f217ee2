internal import TesseraSurvey

/// What belongs together in a run of like answers, and what the run asks.
extension BatteryFinder {
  /// `Rop2` beside `op2` holds the same answers turned round.
  static func isReversed(_ column: ColumnFacts, _ names: Set<String>) -> Bool {
    let name = NameWords.folded(column.columnName)
    return ["r", "rev", "rev_", "r_", "inv_", "rec_"].contains {
      name.hasPrefix($0) && names.contains(String(name.dropFirst($0.count)))
    }
      || ["_r", "_rev", "r"].contains {
        name.hasSuffix($0) && names.contains(String(name.dropLast($0.count)))
      }
  }

  /// Whether the code of an item runs on from one question to the next: `Q02[IT05]` and `Q03[IT06]`,
  /// `A_it5` and `B_it6` are items of one inventory that was shown on several pages.
  static func runsOn(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    guard let before = itemCode(one.columnName), let own = itemCode(other.columnName) else {
      return false
    }
    return before.letters == own.letters && own.number == before.number + 1
  }

  /// The letters, two or more, and the number that end a name with a question before them.
  private static func itemCode(_ name: String) -> (letters: Substring, number: Int)? {
    var code = name[...]
    if let split = NameStem.split(name), split.form == .brackets {
      code = split.option[...]
      // "Q2[IT05]. Which ...?" says the code before its wording.
      if let mark = name.firstRange(of: "]. "), let open = name.firstIndex(of: "["),
        open < mark.lowerBound
      {
        code = name[name.index(after: open)..<mark.lowerBound]
      }
    } else if let mark = name.lastIndex(where: { "_.-".contains($0) }), mark > name.startIndex {
      code = name[name.index(after: mark)...]
    } else {
      return nil
    }
    let letters = code.prefix(while: \.isLetter)
    let digits = code.dropFirst(letters.count)
    guard letters.count >= 2, (1...3).contains(digits.count), let number = Int(digits),
      letters != "SQ", letters.lowercased() != "row"
    else { return nil }
    return (letters, number)
  }

  /// What the names of items begin with, or the letters of a code that runs on over several questions.
  static func stem(_ part: [ColumnFacts]) -> String {
    let stems = Set(part.compactMap { ItemStem.of($0.columnName) })
    if stems.count > 1, let first = part.first, let last = part.last,
      let one = itemCode(first.columnName), let other = itemCode(last.columnName),
      one.letters == other.letters
    {
      return String(one.letters)
    }
    return part.first.flatMap { ItemStem.of($0.columnName) } ?? ""
  }

  /// Whether columns numbered in a row are questions of their own, each with its own wording or its own
  /// number of answers: `S1 What is your age?`, `S2 Are you ...`, `S3 How often ...?`.
  ///
  /// Only where nothing but the number of a question holds them together.
  static func areOwnQuestions(_ part: [ColumnFacts], _ scale: ItemScale) -> Bool {
    guard !scale.hasWords, part.count <= 8,
      part.allSatisfy({ column in
        let words = column.name.words
        guard words.count == 2, let first = words.first, words[1].allSatisfy(\.isNumber) else {
          return false
        }
        return first.count == 1 || ["qu", "frage", "question", "var", "pregunta"].contains(first)
      })
    else { return false }
    let labels = part.map(\.variable.label)
    if labels.contains("") {
      // Answers on offer differ from question to question; of a scale somebody gives each.
      let highs = part.map(\.high)
      return labels.allSatisfy(\.isEmpty) && part.count <= 5
        && (highs.max() ?? 0) - (highs.min() ?? 0) >= 2
    }
    guard QuestionBlock.shared(labels).isEmpty else { return false }
    let asking = labels.count { label in
      label.hasSuffix("?") || label.hasSuffix("...") || label.hasSuffix("…")
        || label.hasSuffix("？") || label.hasPrefix("¿")
    }
    return asking * 2 >= labels.count
      && Set(part.map { $0.label.words.first ?? "" }).count * 2 > part.count
  }

  /// Whether people put the items in order: each number from 1 stands once in a row.
  static func isRanking(_ part: [ColumnFacts]) -> Bool {
    guard part.count >= 3, part.allSatisfy({ $0.variable.isNumeric && $0.low == 1 }),
      part.allSatisfy({ $0.high == Double(part.count) })
    else { return false }
    let numbers = part.map(\.variable.numbers)
    var full = 0
    var ranked = 0
    for row in numbers[0].indices {
      let own = numbers.map { $0[row] }
      guard own.allSatisfy({ !$0.isNaN }) else { continue }
      full += 1
      if Set(own).count == own.count { ranked += 1 }
    }
    return full >= 10 && ranked * 10 >= full * 9
  }

  func kind(_ part: [ColumnFacts], _ scale: ItemScale) -> Battery.Kind {
    if Self.isRanking(part) { return .ranking }
    if let kind = Battery.Kind(rawValue: scale.about) { return kind }
    let steps = scale.steps.map(PlainText.line).joined()
    func holds(_ words: [String]) -> Bool { words.contains { steps.contains(" \($0) ") } }
    if scale.hasWords {
      if holds(["important", "essential", "critical", "relevant", "wichtig", "importante", "must"])
      {
        return .importance
      }
      if holds(["satisfied", "zufrieden", "satisfait", "satisfaits", "satisfecho", "satisfeito"]) {
        return .satisfaction
      }
      if holds(["agree", "stimme", "trifft", "accord", "acuerdo", "concordo", "true", "like me"]) {
        return .attitude
      }
      let order = AnswerOrder.inOrder(scale.steps) ?? ("", false)
      if order.kind == "how often" { return .usage }
    }
    func says(_ words: [String]) -> Bool {
      part.count { $0.says(words) != nil } * 2 > part.count
    }
    if says(DraftWords.importance) { return .importance }
    if says(DraftWords.satisfaction) { return .satisfaction }
    return .rating
  }
}

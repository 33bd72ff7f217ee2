internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Codes of people who were not asked

  /// Takes a code for "not asked" that the very same people hold in three columns or more: the highest of
  /// bare codes, or one of a few answers in words.
  ///
  /// Who was led past some questions has no answer to any of them, and nobody else has none; answers of
  /// people who were asked do not agree so in three questions.
  ///
  /// - Complexity: O(columns × respondents).
  mutating func findNotAsked() {
    var groups: [[Int]: [(column: ColumnFacts, code: String)]] = [:]
    var order: [[Int]] = []
    for column in facts where isFree(column) && column.columnName != "all" {
      guard missing[.text(column.columnName)] == nil, (3...12).contains(column.distinct ?? 0),
        column.answered >= 60
      else { continue }
      for (code, rows) in candidates(column) where rows.count >= 20 {
        // Nearly everybody would be led past by nobody's survey.
        guard rows.count * 20 <= column.answered * 19 else { continue }
        if groups[rows] == nil { order.append(rows) }
        groups[rows, default: []].append((column, code))
      }
    }
    for rows in order {
      let found = groups[rows] ?? []
      for code in Set(found.map(\.code)).sorted() {
        let alike = found.filter { $0.code == code }
        // Columns that agree in all other answers too are one question again and again.
        let patterns = Set(alike.map { positions($0.column) })
        guard alike.count >= 3, patterns.count >= 3 else { continue }
        for (column, _) in alike where missing[.text(column.columnName)] == nil {
          let found = MissingGuess.Code(
            code: code, reason: "not asked",
            why: "the same people have it in \(alike.count) columns: not asked", count: rows.count)
          missing[.text(column.columnName)] = [found]
          plan.missing.append(
            DraftPlan.MissingEntry(column: column.columnName, codes: [found]))
        }
      }
    }
  }

  /// Codes that could say "not asked", with the rows that hold them.
  private func candidates(_ column: ColumnFacts) -> [(code: String, rows: [Int])] {
    let isNumber = column.variable.isNumeric || !column.variable.answers.isCoded
    if isNumber {
      // A label says what it is, and 0 of something is an answer.
      guard let last = column.values.last, last.value >= 2,
        column.values.allSatisfy({ $0.value == $0.value.rounded() }),
        column.variable.categories.allSatisfy({ $0.label == $0.code.text })
      else { return [] }
      let numbers = column.variable.numbers
      return [
        (AnswerCode.number(last.value).text, numbers.indices.filter { numbers[$0] == last.value })
      ]
    }
    guard column.distinct == 3, column.variable.level == .nominal else { return [] }
    let answers = column.variable.answers
    return column.variable.categories.indices.compactMap { place in
      let words = NameWords(column.variable.categories[place].label).words
      // "No internet service" beside yes and no.
      guard words.count >= 2, column.held[place + 1] > 0 else { return nil }
      return (
        column.variable.categories[place].code.text,
        (0..<answers.count).filter { answers.position($0) == place + 1 }
      )
    }
  }

  /// 9 and 99 behind a gap, where at least two other columns of the file have such codes.
  mutating func findCodesAmongOthers() {
    let known = plan.missing.count { entry in
      entry.codes.contains {
        $0.reason.hasPrefix("code ") && $0.code.allSatisfy { "789".contains($0) }
      }
    }
    guard known >= 2 else { return }
    for column in facts
    where isFree(column) && column.columnName != "all" && missing[.text(column.columnName)] == nil {
      let codes = MissingGuess.behindGap(column)
      guard !codes.isEmpty else { continue }
      missing[.text(column.columnName)] = codes
      plan.missing.append(DraftPlan.MissingEntry(column: column.columnName, codes: codes))
    }
  }

  /// Ages above 120: a number of one digit again and again is a code, and others are told as impossible.
  mutating func findWildAges() {
    for column in facts where isFree(column) && !isItem(column) {
      guard column.says(DraftWords.Topic.age.words) != nil else { continue }
      let known = missing[.text(column.columnName)] ?? []
      let wild = MissingGuess.wildAges(column).filter { age in
        !known.contains { $0.code == MissingGuess.shown(age.value) }
      }
      let codes = wild.filter(\.isCode).map { age in
        MissingGuess.Code(
          code: MissingGuess.shown(age.value), reason: "code \(MissingGuess.shown(age.value))",
          why: "no age: one digit again and again", count: age.count)
      }
      if !codes.isEmpty {
        missing[.text(column.columnName), default: []] += codes
        plan.missing.removeAll { $0.column == column.columnName }
        plan.missing.append(
          DraftPlan.MissingEntry(column: column.columnName, codes: known + codes))
      }
      let others = wild.filter { !$0.isCode }
      guard !others.isEmpty else { continue }
      let count = others.reduce(0) { $0 + $1.count }
      let shown = others.prefix(3).map { MissingGuess.shown($0.value) }.joined(separator: ", ")
      plan.warnings.append(
        DraftWarning(
          sentence: "\(column.columnName) has \(count) impossible "
            + "\(count == 1 ? "answer" : "answers") (\(shown)): correct them, or write them under "
            + "missing", filter: ""))
    }
  }
}

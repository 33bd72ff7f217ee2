internal import TesseraSurvey

/// Best-worst tasks whose items are bare codes, and what asks for recommending.
extension RoleGuess {
  /// Leaves out best-worst tasks: columns in pairs whose two codes never agree in a row, over three tasks or
  /// more (two, if their words say best and worst), while the codes of different tasks do.
  ///
  /// Ratings of two things agree now and then, and ranks never agree in any two columns of their question.
  mutating func findBestWorst() {
    guard plan.maxDiff == nil else { return }
    let codes = facts.map { isFree($0) ? itemCodes($0) : nil }
    var run: [(best: Int, worst: Int)] = []
    var found: [(best: Int, worst: Int)] = []
    func close() {
      if run.count > found.count, areTasks(run) { found = run }
      run = []
    }
    var place = 0
    while place + 1 < facts.count {
      if let one = codes[place], let other = codes[place + 1],
        one.intersection(other).count * 2 >= one.union(other).count, neverAgree(place, place + 1)
      {
        run.append((place, place + 1))
        place += 2
      } else {
        close()
        place += 1
      }
    }
    close()
    guard !found.isEmpty else { return }
    let columns = found.flatMap { [facts[$0.best], facts[$0.worst]] }
    plan.choices = (
      columns.map(\.columnName), columns.map(\.low).min() ?? 1, columns.map(\.high).max() ?? 1
    )
    for column in columns {
      leaveOut(column, "best-worst tasks (MaxDiff): codes of items, no ratings")
    }
  }

  /// The codes that a column may name items by; `nil` for other columns.
  private func itemCodes(_ column: ColumnFacts) -> Set<Double>? {
    guard column.variable.isNumeric || !column.variable.answers.isCoded,
      let distinct = column.distinct, (3...60).contains(distinct), column.low >= 0,
      column.high <= 60, column.missingShare < 0.9, column.answered >= 20,
      column.values.allSatisfy({ $0.value == $0.value.rounded() }),
      column.variable.categories.allSatisfy({ $0.label == $0.code.text })
    else { return nil }
    return Set(column.values.map(\.value))
  }

  private func neverAgree(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (facts[one].variable, facts[other].variable)
    var both = 0
    for row in 0..<survey.respondentCount {
      let (left, right) = (first.number(row), second.number(row))
      if left == right { return false }
      if !left.isNaN, !right.isNaN { both += 1 }
    }
    return both >= 20
  }

  private func areTasks(_ pairs: [(best: Int, worst: Int)]) -> Bool {
    func says(_ place: Int, _ words: [String]) -> Bool {
      facts[place].name.first(of: words) != nil || facts[place].label.first(of: words) != nil
    }
    let isWorded = pairs.allSatisfy { pair in
      says(pair.best, ClassicWords.best) && says(pair.worst, ClassicWords.worst)
        || says(pair.best, ClassicWords.worst) && says(pair.worst, ClassicWords.best)
    }
    guard pairs.count >= (isWorded ? 2 : 3) else { return false }
    // Mentions and ranks of one question differ from each other throughout.
    let agreeing = zip(pairs, pairs.dropFirst()).count { one, next in
      !neverAgree(one.best, next.best) && !neverAgree(one.worst, next.best)
    }
    return agreeing * 2 >= pairs.count - 1
  }

  /// Whether a column asks how likely people are to recommend something.
  func asksForRecommending(_ column: ColumnFacts) -> Bool {
    if column.says(ClassicWords.recommend) != nil { return true }
    // "How likely is it that you would recommend ... to a friend or colleague?" is a long sentence.
    for words in [column.name, column.label] where words.words.count <= 40 {
      if words.first(of: ClassicWords.recommend) != nil { return true }
    }
    let text = column.columnName + column.variable.label
    // Signs of Chinese and Japanese have three bytes.
    guard text.utf8.contains(where: { $0 >= 0xE3 }) else { return false }
    return ["薦める", "勧める", "すすめる", "お薦め", "推奨する", "推荐"].contains(where: text.contains)
  }
}

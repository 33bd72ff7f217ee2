internal import TesseraSurvey

/// Rows that are no respondents, and filters that leave them out.
extension RoleGuess {
  /// The rows that a condition keeps; `nil` if it cannot be read.
  func keptRows(_ condition: String) -> [Bool]? {
    let rows = survey.respondentCount
    let data = StudyData(
      survey: survey,
      design: SurveyDesign(kind: .none, weights: [Double](repeating: 1, count: rows)),
      weightSum: Double(rows),
      sourceRows: Array(0..<rows))
    guard let expression = try? Expression.parse(condition),
      let truths = try? ColumnStatements(data: data).truths(expression)
    else { return nil }
    return truths.map { $0 == Truth.yes }
  }

  /// Takes filters back that leave out nobody, or everybody.
  mutating func checkFilters() {
    plan.warnings = plan.warnings.map { warning in
      guard !warning.filter.isEmpty else { return warning }
      let kept = keptRows(warning.filter)?.count { $0 } ?? 0
      return kept > 0 && kept < survey.respondentCount
        ? warning : DraftWarning(sentence: warning.sentence, filter: "")
    }
  }

  /// Interviews that somebody made to test the questionnaire: SoSci's mode "admin", Unipark's tester 1.
  mutating func findTests() {
    for column in facts where isFree(column) && column.label.words.count <= 8 {
      let name = column.name.words.joined(separator: " ")
      let isCalled = Self.tested.contains(name) || column.name.words.last == "test"
      guard isCalled, let found = tests(column) else { continue }
      plan.warnings.append(
        DraftWarning(
          sentence:
            "\(found.count) of \(survey.respondentCount) rows are tests of the questionnaire "
            + "(\(column.columnName): \(found.answer))",
          filter: found.filter))
      leaveOut(column, "which interviews were tests", isProcess: true)
    }
  }

  private static let tested: Set<String> = [
    "mode", "tester", "test", "is test", "testdata", "test data", "preview", "interview mode",
    "distribution channel",
  ]
  private static let testAnswers: Set<String> = [
    "admin", "test", "pretest", "tester", "debug", "testinterview", "preview", "test interview",
  ]

  private func tests(_ column: ColumnFacts) -> (count: Int, answer: String, filter: String)? {
    let quoted = Expression.quoted(column.columnName)
    if column.variable.isNumeric {
      // 0 for respondents and 1 for testers.
      guard column.name.words.contains("tester"), column.values.map(\.value) == [0, 1],
        column.values[1].count * 5 <= column.answered
      else { return nil }
      return (column.values[1].count, "1", "\(quoted) = 0")
    }
    guard column.variable.answers.isCoded else { return nil }
    let places = column.variable.categories.indices.filter {
      column.held[$0 + 1] > 0
        && Self.testAnswers.contains(NameWords.folded(column.variable.categories[$0].label))
    }
    let count = places.reduce(0) { $0 + column.held[$1 + 1] }
    guard places.count == 1, count * 5 <= survey.respondentCount else { return nil }
    let others = column.categories.count - 1
    // A mark that only tests have leaves all others blank.
    let answer = column.variable.categories[places[0]].label
    guard others > 0 && others <= 6 || column.answered == count else { return nil }
    return (
      count, answer,
      others > 0 ? "\(quoted) != \(Expression.quoted(answer))" : "\(quoted) is missing"
    )
  }
}

extension DraftPlan {
  /// Tells, with what an analyst decides, that the reader left out previews.
  mutating func tellPreviews(_ notices: [String]) {
    let found = notices.first {
      $0.hasSuffix("previews and tests were left out")
        || $0.hasSuffix("preview or test was left out")
    }
    guard let found else { return }
    warnings.insert(
      DraftWarning(sentence: "\(found) when the file was read", filter: ""), at: 0)
  }
}

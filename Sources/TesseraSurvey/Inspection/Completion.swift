/// Finds out from a platform's own columns who finished the interview.
enum Completion {
  private static let finished: Set<String> = [
    "true", "1", "yes", "ja", "oui", "sí", "complete", "completed", "finished", "wahr", "vrai",
    "verdadero",
  ]

  /// For each respondent whether the interview was finished; `nil` if no column says so.
  ///
  /// Qualtrics writes `Finished`, Alchemer and others a `Status` that may be "Complete", LimeSurvey
  /// and Typeform a date of submission that is empty until then.
  static func finished(in survey: Survey) -> [Bool]? {
    if let column = survey["Finished"] ?? survey["finished"], column.answers.isCoded {
      return says(column)
    }
    if let column = survey["Status"] ?? survey["status"], column.answers.isCoded,
      column.categories.contains(where: { $0.code.text.lowercased().hasPrefix("complete") })
    {
      return says(column)
    }
    guard let column = survey["submitdate"] ?? survey["Submit Date (UTC)"] else { return nil }
    return (0..<survey.respondentCount).map { column.answers.isAnswered($0) }
  }

  private static func says(_ column: Variable) -> [Bool] {
    let means =
      [false]
      + column.categories.map { category in
        finished.contains(category.code.text.lowercased())
          || finished.contains(category.label.lowercased())
      }
    return (0..<column.answers.count).map { means[column.answers.position($0)] }
  }
}

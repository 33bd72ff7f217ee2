internal import TesseraSurvey

extension RoleGuess {
  /// Interviews that were not finished or were screened out, going by a column that says so.
  mutating func findUnfinished() {
    for column in facts {
      guard let found = unfinished(column) else { continue }
      let share = "\(found.count) of \(survey.respondentCount) interviews"
      plan.warnings.append(
        DraftWarning(
          sentence: "\(share) are not complete (\(column.columnName): \(found.answers))",
          filter: found.filter))
      leaveOut(column, "whether the interview was finished", isProcess: true)
      return
    }
  }

  private static let done: Set<String> = [
    "complete", "completed", "finished", "true", "yes", "abgeschlossen", "vollstandig", "complet",
    "termine", "completo", "completa", "finalizado", "completada", "submitted", "terminated ok",
  ]
  private static let open: Set<String> = [
    "partial", "incomplete", "unfinished", "in progress", "started", "false", "no", "disqualified",
    "screened out", "screenout", "quota full", "quotafull", "over quota", "terminated", "abandoned",
    "unvollstandig", "abgebrochen", "partiel", "incomplet", "incompleto", "parcial", "unverified",
    "partially complete", "break off", "breakoff", "suspended", "dropout",
  ]

  private func unfinished(
    _ column: ColumnFacts
  ) -> (count: Int, answers: String, filter: String)? {
    let name = column.name.words.joined(separator: " ")
    let isStatus =
      ["status", "finished", "completion", "complete", "response type", "disposition", "outcome"]
      .contains { name.hasSuffix($0) }
    if isStatus, column.variable.answers.isCoded,
      !column.variable.isNumeric || column.categories.contains(where: { $0.label != $0.code.text })
    {
      let kept = column.categories.filter { Self.done.contains(DraftText.folded($0.label)) }
      let others = column.categories.filter { Self.open.contains(DraftText.folded($0.label)) }
      // A plain yes and no may be an answer like any other.
      let isPlain = kept.allSatisfy {
        ["yes", "no", "true", "false"].contains(DraftText.folded($0.label))
      }
      guard !kept.isEmpty, !others.isEmpty,
        kept.count + others.count == column.categories.count, !isPlain || name == "finished"
      else { return nil }
      let places = Set(others.map(\.code))
      let count = column.variable.categories.indices.reduce(0) { total, place in
        total
          + (places.contains(column.variable.categories[place].code) ? column.held[place + 1] : 0)
      }
      guard count > 0 else { return nil }
      return (
        count, others.map(\.label).joined(separator: ", "),
        kept.map { "\(Expression.quoted(column.columnName)) = \(Expression.quoted($0.label))" }
          .joined(separator: " or ")
      )
    }
    if name == "finished", column.variable.isNumeric, column.values.map(\.value) == [0, 1] {
      return (column.values[0].count, "0", "\(Expression.quoted(column.columnName)) = 1")
    }
    if name == "progress", column.variable.isNumeric, column.high == 100 {
      let count = column.variable.numbers.count { $0 < 100 }
      return count > 0 ? (count, "below 100", "\(Expression.quoted(column.columnName)) = 100") : nil
    }
    if name == "submitdate" || name.hasPrefix("submitdate ") || name == "submit date utc",
      column.missingShare > 0,
      column.answered > 0
    {
      let count = survey.respondentCount - column.answered
      return (count, "empty", "\(Expression.quoted(column.columnName)) is not missing")
    }
    return nil
  }
}

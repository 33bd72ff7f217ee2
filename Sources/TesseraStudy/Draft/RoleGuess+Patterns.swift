internal import TesseraSurvey

/// Tables of counts: a row for each combination of answers, and how many people gave it.
extension RoleGuess {
  /// What such a column is called.
  private static let names: Set<String> = [
    "freq", "frequency", "count", "counts", "n", "cases", "anzahl", "haufigkeit", "effectif",
    "effectifs", "frecuencia", "aantal", "liczba",
  ]
  /// Most different answers of a question that stands in such a table.
  private static let mostAnswers = 12
  /// A table holds at least one of so many combinations that are possible.
  private static let mostPossible = 20.0

  /// The column of counts of a table in which no two rows have the same answers.
  ///
  /// - Parameter columns: All columns.
  /// - Returns: `nil` for a survey.
  /// - Complexity: O(rows × columns).
  func counts(in columns: [ColumnFacts]) -> DraftPlan.Entry? {
    let rows = survey.respondentCount
    let named = columns.filter { column in
      Self.names.contains(PlainText.folded(column.columnName).filter(\.isLetter))
        && column.missingShare == 0 && column.low >= 0 && column.high > 1
        && column.variable.numbers.allSatisfy { $0 == $0.rounded() }
    }
    guard named.count == 1, let counts = named.first, rows >= 4 else { return nil }
    let others = survey.variables.filter { $0.name != counts.columnName }
    guard others.count >= 2 else { return nil }
    let answers = others.map { CategoricalAnswers($0) }
    guard answers.allSatisfy({ (2...Self.mostAnswers).contains($0.categories.count) })
    else { return nil }
    let positions = answers.map(\.positions)
    let different = Set((0..<rows).map { row in positions.map { $0[row] } }).count
    let people = counts.variable.numbers.reduce(0, +)
    // Of many questions no two people have the same answers, either.
    let possible = answers.reduce(1.0) { $0 * Double($1.categories.count) }
    guard different == rows, people >= Double(2 * rows),
      possible <= Self.mostPossible * Double(rows)
    else { return nil }
    return DraftPlan.Entry(
      name: counts.columnName,
      reason: "no two rows have the same answers: each row is as many people as it says")
  }
}

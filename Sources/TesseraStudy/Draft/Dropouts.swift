import TesseraSurvey

/// Finds people who stopped in the middle of a questionnaire.
enum Dropouts {
  /// Share of the questions behind the last answer from which on somebody has stopped.
  private static let rest = 0.25
  /// Questions that fewer than this share answered are optional, or asked of some.
  private static let usual = 0.6
  /// Fewer questions that nearly all answer have no middle.
  private static let fewest = 6

  /// Counts them.
  ///
  /// - Parameter survey: The survey, its columns in the order of the questionnaire.
  /// - Returns: Rows with answers in the first part of the questions that most people answer, and none in the
  ///   last quarter of them or more.
  /// - Complexity: O(rows · columns).
  static func count(_ survey: Survey) -> Int {
    let rows = survey.respondentCount
    let asked = survey.variables.filter { variable in
      Double(variable.missingCount) <= (1 - usual) * Double(rows)
    }
    guard rows > 0, asked.count >= fewest else { return 0 }
    let last = Int((Double(asked.count) * (1 - rest)).rounded(.down))
    return (0..<rows).count { row in
      !asked[last...].contains { $0.answers.isAnswered(row) }
        && asked[..<last].contains { $0.answers.isAnswered(row) }
    }
  }
}

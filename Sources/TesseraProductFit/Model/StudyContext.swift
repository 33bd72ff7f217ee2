import TesseraStudy
import TesseraSurvey

/// Tells what is wrong with a study, and where in its file.
struct StudyContext {
  let study: Study

  /// An error at a key of the study file.
  ///
  /// - Parameters:
  ///   - code: `E06xx`.
  ///   - message: What is wrong.
  ///   - key: The key's path, such as `barriers.over_budget.held_by`.
  ///   - hint: What would help.
  /// - Returns: The error, with the key's line.
  func error(
    _ code: String, _ message: String, at key: String, hint: String? = nil
  ) -> StudyError {
    StudyError(
      code: code, message: message, file: study.path, row: line(of: key), column: key, hint: hint)
  }

  /// An error in an expression.
  func error(_ problem: ExpressionProblem, in text: String, at key: String) -> StudyError {
    let shown = DisplayText.escaped(text, limit: 120)
    return error(
      "E0601", "\(problem.message), at letter \(problem.offset + 1) of \"\(shown)\"", at: key,
      hint: problem.hint)
  }

  /// The line of a key, or of the nearest key around it.
  private func line(of key: String) -> Int? {
    var path = key[...]
    while true {
      if let line = study.file.lines[String(path)] { return line }
      guard let dot = path.lastIndex(of: ".") else { return nil }
      path = path[..<dot]
    }
  }
}

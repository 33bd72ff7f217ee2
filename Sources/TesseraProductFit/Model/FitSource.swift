package import TesseraStudy
import TesseraSurvey

/// What a fit is declared by: a study file and its tables, and where to point when they are wrong.
package struct FitSource: Sendable {
  /// What the study declares.
  package let file: StudyFile
  /// The study file's path, as the user named it.
  package let path: String
  package let products: ProductTable?
  package let relations: RelationTable?
  /// What the survey calls its columns, by their names; columns without a label are left out.
  package let labels: [String: String]
  /// What best-worst tasks showed; `nil` without a design.
  package var maxDiffPlan: MaxDiffPlan?

  /// Takes what a loaded study declares.
  package init(_ study: Study) {
    file = study.file
    path = study.path
    products = study.products
    relations = study.relations
    maxDiffPlan = study.maxDiffPlan
    var labels: [String: String] = [:]
    for variable in study.data.survey.variables where !variable.label.isEmpty {
      labels[variable.name] = variable.label
    }
    self.labels = labels
  }

  /// Takes declarations that stand by themselves.
  package init(
    file: StudyFile, path: String, products: ProductTable?, relations: RelationTable?,
    labels: [String: String] = [:]
  ) {
    self.file = file
    self.path = path
    self.products = products
    self.relations = relations
    self.labels = labels
  }

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
      code: code, message: message, file: path, row: file.line(of: key), column: key, hint: hint,
      cell: file.cell(of: key))
  }

  /// An error in an expression.
  func error(_ problem: ExpressionProblem, in text: String, at key: String) -> StudyError {
    let shown = DisplayText.escaped(text, limit: 120)
    return error(
      "E0601", "\(problem.message), at letter \(problem.offset + 1) of \"\(shown)\"", at: key,
      hint: problem.hint)
  }

  /// An error in an answer.
  func error(
    _ code: String, _ message: String, column: String, sourceRow: Int, hint: String
  ) -> StudyError {
    // With several files only the place among all respondents is known.
    StudyError(
      code: code, message: message, file: file.survey.files.first ?? path,
      row: file.survey.files.count == 1 ? sourceRow + 2 : nil, column: column, hint: hint)
  }
}

extension SegmentedSurvey {
  /// The same respondents as a study's data, so that names are found as elsewhere.
  var data: StudyData {
    var sum = 0.0
    for weight in design.weights { sum += weight }
    return StudyData(
      survey: survey, design: design, weightSum: sum, sourceRows: sourceRows)
  }
}

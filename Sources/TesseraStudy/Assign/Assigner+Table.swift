import Foundation
import TesseraMath
package import TesseraSegmentation
package import TesseraSurvey

extension Assigner {
  /// The answers to the model's questions as its own were read, for fitting or scoring them again.
  ///
  /// - Parameters:
  ///   - survey: Respondents with the model's columns, as ``prepare(_:)`` gives them.
  ///   - weights: What each respondent counts for.
  /// - Returns: The table, and for each row whether its covariates are all known.
  /// - Throws: ``StudyError`` E0510 if a column of the model is missing.
  package func answers(
    of survey: Survey, weights: CaseWeights
  ) throws(StudyError) -> (table: ItemTable, usable: [Bool]) {
    var notes = AssignmentNotes()
    var usable = [Bool](repeating: true, count: survey.respondentCount)
    let items = try items(survey, of: survey, &notes)
    let read = try table(items, survey, usable: &usable)
    do {
      let table = try ItemTable(
        respondentCount: read.respondentCount, items: read.items, weights: weights,
        covariates: read.covariates)
      return (table, usable)
    } catch {
      throw StudyError(segmentation: error)
    }
  }

  /// Chances of the segments where columns on which membership depends are all that is known.
  func memberships(
    _ survey: Survey, usable: inout [Bool]
  ) throws(StudyError) -> Matrix {
    guard case .latentClass(let classes) = model.parameters else {
      preconditionFailure("only latent classes depend on columns")
    }
    var posterior = Matrix(rows: survey.respondentCount, columns: classes.classCount)
    let columns = try covariates(survey, usable: &usable)
    for row in 0..<posterior.rows {
      let chances =
        if let columns, let membership = classes.membership {
          softmax(
            membership.map { own in
              zip(own.dropFirst(), columns.row(row)).reduce(own[0]) { $0 + $1.0 * $1.1 }
            })
        } else {
          classes.prevalence
        }
      for segment in chances.indices { posterior[row, segment] = chances[segment] }
    }
    return posterior
  }

  private func softmax(_ logs: [Double]) -> [Double] {
    let top = logs.max() ?? 0
    let terms = logs.map { exp($0 - top) }
    let sum = terms.reduce(0, +)
    return terms.map { $0 / sum }
  }
}

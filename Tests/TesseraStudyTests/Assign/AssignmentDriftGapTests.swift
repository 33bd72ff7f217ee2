import Foundation
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// What drift says where questions are left unanswered.
@Suite struct AssignmentDriftGapTests {
  private static func fitted() throws -> (model: SegmentModel, survey: Survey) {
    let made = Made.planted(120)
    var declaration = SegmentsDeclaration()
    declaration.active = made.variables.filter { $0.level == .nominal }.map(\.name)
    declaration.count = .exactly(2)
    declaration.stability = 0
    let run = try StudySegmentation.run(
      Made.data(made.variables), declaration, RunSettings())
    return (run.model, Survey(variables: made.variables))
  }

  private static func drift(_ model: SegmentModel, _ survey: Survey) throws -> AssignmentDrift {
    let batch = try Assigner(model, missingColumns: .unanswered).assign(survey)
    return AssignmentDrift(model, batch.answers, sizes: batch.sizes, doubtful: 0)
  }

  @Test func `a question that nobody answered is named and is no proof that nothing changed`()
    throws
  {
    let (model, survey) = try Self.fitted()
    let name = try #require(model.indicators.first?.name)
    let whole = try Self.drift(model, survey)
    #expect(whole.silent.isEmpty && whole.complete == survey.respondentCount)
    let part = Survey(variables: survey.variables.filter { $0.name != name })
    let lacking = try Self.drift(model, part)
    #expect(lacking.silent.map(\.name) == [name])
    #expect(!lacking.moved.contains { $0.name == name })
    // Nobody answered everything: there is no likelihood to hold beside the model's.
    #expect(lacking.complete == 0 && lacking.logLikelihood == nil)
  }

  @Test func `gaps do not raise the log-likelihood per person`() throws {
    let (model, survey) = try Self.fitted()
    let name = try #require(model.indicators.first?.name)
    let rows = Array(0..<survey.respondentCount)
    let gappy = Survey(
      variables: survey.variables.map { variable in
        guard variable.name == name else { return variable }
        return Variable(
          name: variable.name, label: variable.label, level: variable.level,
          categories: variable.categories,
          answers: AnswerColumn(
            positions: rows.map { $0 % 2 == 0 ? variable.answers.position($0) : 0 },
            categoryCount: variable.categories.count))
      })
    let found = try Self.drift(model, gappy)
    let half = try Self.drift(model, survey.selecting(rows.filter { $0 % 2 == 0 }))
    let (one, other) = (
      try #require(found.logLikelihood?.new), try #require(half.logLikelihood?.new)
    )
    #expect(abs(one - other) < 1e-12 && found.complete == half.complete)
  }
}

import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct TypingQuestionsTests {
  private static func model(_ method: SegmentationMethod = .latentClass) throws -> SegmentModel {
    var declaration = EvidenceTests.declaration(["marital", "pastimes", "home", "outlook", "coin"])
    declaration.method = method
    return try EvidenceTests.run(declaration, more: [EvidenceTests.noise(150)]).model
  }

  @Test(arguments: [SegmentationMethod.latentClass, .kmeans])
  func `the best questions come first and each adds to the last`(
    _ method: SegmentationMethod
  ) throws {
    let model = try Self.model(method)
    let typing = try TypingQuestions(model, count: 5, respondents: 1_500)
    #expect(typing.steps.count == 5)
    #expect(Set(typing.steps.map(\.name)).count == 5)
    // What says nothing of the segments is asked last.
    #expect(typing.steps.last?.name == "coin")
    #expect(typing.steps[0].accuracy > 0.75)
    #expect(abs((typing.steps.last?.agreement ?? 0) - 1) < 1e-12)
    #expect(abs((typing.steps.last?.accuracy ?? 0) - typing.fullAccuracy) < 1e-12)
    #expect(typing.steps[2].agreement >= typing.steps[0].agreement)
    #expect(typing.json["questions"]?.array?.count == 5)
  }

  @Test func `a set is one question, and a seed repeats the choice on any threads`() throws {
    let model = try Self.model()
    let one = try TypingQuestions(model, count: 3, seed: 4, respondents: 800)
    let two = try TypingQuestions(model, count: 3, seed: 4, respondents: 800, workers: Workers(2))
    #expect(one == two)
    #expect(!one.steps.contains { $0.name.hasPrefix("does_") })
    #expect(one.steps.count == 3)
  }

  @Test func `segments that no answers tell apart cannot be typed`() throws {
    let given = Made.nominal("type", [2, 1, 2, 1, 2, 1], labels: ["a", "b"])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    let run = try StudySegmentation.run(Made.data([given]), declaration, EvidenceTests.plain)
    do {
      _ = try TypingQuestions(run.model, count: 2)
      Issue.record("given segments were typed")
    } catch {
      #expect(error.report.code == "E0512")
    }
  }
}

import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite("Long cells")
struct ShortTextsTests {
  private static func survey(_ texts: [String]) -> Survey {
    Survey(variables: [
      Variable(
        name: "q", level: .nominal, categories: texts.map { Category(code: .text($0)) },
        answers: AnswerColumn(positions: texts.indices.map { $0 + 1 }, categoryCount: texts.count))
    ])
  }

  @Test func `texts of megabytes are cut and stay different from each other`() {
    let long = String(repeating: "word ", count: 200_000)
    let short = Self.survey([long + "a", "yes", long + "b"]).withShortTexts()
    let codes = short.variables[0].categories.map(\.code.text)
    #expect(Set(codes).count == 3)
    #expect(codes.allSatisfy { $0.utf8.count < 1_000 })
    #expect(codes[1] == "yes")
    #expect(codes[0].hasPrefix("word word "))
  }

  @Test func `a survey without long cells is as it was`() {
    let survey = Self.survey(["yes", "no"])
    #expect(survey.withShortTexts() == survey)
  }
}

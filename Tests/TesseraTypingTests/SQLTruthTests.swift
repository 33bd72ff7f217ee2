import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraTyping

/// Columns of truths, as warehouses keep answers of yes and no.
@Suite struct SQLTruthTests {
  private static func statement(_ words: [String]) throws -> String {
    let planted = try PlantedStudy(people: 200, questions: 3, segments: 2, seed: 4)
    return SQLAnswers(model: planted.model, dialect: .duckdb, columnName: { $0 }).categorical(
      "answer", column: "answer",
      words.map { EncodedCategory(label: $0, codes: [.text($0)]) })
  }

  @Test func `true stands for yes and false for no`() throws {
    let text = try Self.statement(["no", "yes"])
    #expect(text.contains("WHEN 'true' THEN 2"), "\(text)")
    #expect(text.contains("WHEN 'false' THEN 1"), "\(text)")
    let among = try Self.statement(["Yes", "No", "do not know"])
    #expect(among.contains("WHEN 'true' THEN 1") && among.contains("WHEN 'false' THEN 2"))
  }

  @Test func `other answers are no truths`() throws {
    for words in [["often", "never"], ["yes", "maybe"], ["yes", "no", "true"]] {
      let text = try Self.statement(words)
      #expect(!text.contains("WHEN 'false'"), "\(words): \(text)")
    }
  }
}

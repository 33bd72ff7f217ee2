import Foundation
import TesseraSurvey
import Testing

@testable import TesseraFiles

/// Files with labels of their own, one below the other.
@Suite struct SurveyStackTests {
  private func survey(_ labels: [String], _ codes: [Int], numbers: [Double]) -> Survey {
    Survey(variables: [
      Variable(
        name: "likes", label: "Likes it", level: .nominal,
        categories: labels.enumerated().map {
          Category(code: .number(Double($0.offset + 1)), label: $0.element)
        }, answers: AnswerColumn(positions: codes, categoryCount: labels.count)),
      Variable(name: "age", level: .numeric, answers: .numbers(numbers)),
    ])
  }

  private func stacked(_ surveys: [Survey], ending: String) throws -> SurveyFile {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-stack-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (place, survey) in surveys.enumerated() {
      let path = folder.appendingPathComponent("wave\(place).\(ending)").path
      _ = try SurveyWriter.write(survey, to: path)
      paths.append(path)
    }
    return try SurveyReader.read(paths)
  }

  @Test(arguments: ["sav", "dta", "xlsx"])
  func `waves of any format are stacked by names and codes`(_ ending: String) throws {
    let file = try stacked(
      [
        survey(["yes", "no"], [1, 2, 0, 1], numbers: [20, 30.5, 25, 41]),
        survey(["yes", "no", "maybe"], [3, 1], numbers: [50, 61]),
      ], ending: ending)
    #expect(file.survey.respondentCount == 6)
    #expect(file.sources.map(\.respondents) == [4, 2])
    #expect(file.place(ofRespondent: 5).file.hasSuffix("wave1.\(ending)"))
    let likes = try #require(file.survey["likes"])
    let told = (0..<6).map { row -> String? in
      let position = likes.answers.position(row)
      guard position > 0 else { return nil }
      let category = likes.categories[position - 1]
      return category.label
    }
    #expect(told[2] == nil && told[0] == told[3] && told[0] == told[5])
    if ending != "xlsx" { #expect(told == ["yes", "no", nil, "yes", "maybe", "yes"]) }
    #expect(file.survey["age"]?.numbers.filter { !$0.isNaN } == [20, 30.5, 25, 41, 50, 61])
  }

  @Test func `a code with two meanings is refused`() throws {
    do {
      _ = try stacked(
        [
          survey(["yes", "no"], [1, 2], numbers: [1, 2]),
          survey(["no", "yes"], [1, 2], numbers: [1, 2]),
        ], ending: "sav")
      Issue.record("turned codes were stacked")
    } catch let error as SurveyFileError {
      #expect(error.code == "E0140")
      #expect(error.report.message.contains("code 1 of likes is 'no' here and 'yes' in"))
    }
  }

  @Test func `other columns are refused`() throws {
    let other = Survey(variables: [
      Variable(name: "else", level: .numeric, answers: .numbers([1, 2]))
    ])
    #expect(throws: SurveyFileError.self) {
      try stacked([survey(["yes", "no"], [1, 2], numbers: [1, 2]), other], ending: "sav")
    }
  }
}

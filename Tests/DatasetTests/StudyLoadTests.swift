import Foundation
import TesseraStudy
import TesseraSurvey
import Testing

/// The studies that come with the data, loaded whole.
struct StudyLoadTests {
  @Test func `the family-car study loads: 2,348 people, four cars, nine needs`() throws {
    let study = try load("family-cars")
    #expect(study.data.survey.respondentCount == 2_348)
  }

  @Test func `the hobbies study loads: 8,403 people and seventeen activities`() throws {
    let study = try load("hobbies")
    #expect(study.data.survey.respondentCount == 8_403)
    let activities = try #require(study.data.set("activities"))
    #expect(study.data.answers(of: activities).count == 17)
  }

  @Test func `the hand-worked case loads`() throws {
    #expect(try load("coupe-or-suv").data.survey.respondentCount == 7)
  }

  @Test func `the first of the simulated waves loads: 700 people, two products, a funnel`() throws {
    let study = try load("bike-waves")
    #expect(study.data.survey.respondentCount == 700)
    #expect(study.products?.names.count == 2)
    #expect(study.file.funnel == .overall(["aware", "tried", "member"]))
  }

  private func load(_ folder: String) throws -> Study {
    try Study.load(
      path: Repository.datasets.appendingPathComponent("\(folder)/study.yaml").path)
  }
}

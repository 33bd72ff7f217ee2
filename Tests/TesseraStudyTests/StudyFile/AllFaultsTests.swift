import Foundation
import TesseraStudy
import TesseraSurvey
import Testing

/// A study is read to its end: all that is wrong is told at once.
@Suite struct AllFaultsTests {
  @Test func `every fault of form is told with its line`() {
    let report = fault(
      """
      titel: Cars
      survey:
        file: a.csv
        levels: { age: 5 }
        wieght: w
        weights: { targets: { g: { F: x } } }
      segments:
        count: 0
        starts: many
      needs:
        room: { importance: q1, combine: some }
        speed: { importence: q2 }
      features: { seats: { value: { linear: [1] } } }
      barriers: { dear: { strength: 2, violated_when: "p > 1" } }
      rho: 4
      """)
    let all = report.map { [$0] + $0.others } ?? []
    #expect(all.map(\.row) == [1, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15], "\(all.map(\.line))")
    #expect(all.allSatisfy { $0.file == "study.yaml" && $0.column?.isEmpty == false })
  }

  @Test func `faults of names, products and relations are told together`() throws {
    let folder = try HandCase.folder([
      "study.yaml": HandCase.study
        .replacingOccurrences(of: "imp_affordable", with: "imp_afordable")
        .replacingOccurrences(of: "sat_carry_toddler", with: "sat_carry")
        .replacingOccurrences(of: "product: coupe", with: "product: coup"),
      "relations.csv": HandCase.relations.replacingOccurrences(of: "○", with: "oo"),
    ])
    let report = try #require(folder.fault())
    let all = [report] + report.others
    let files = all.map { $0.file?.split(separator: "/").last.map(String.init) ?? "" }
    #expect(all.map(\.code).sorted() == ["E0401", "E0401", "E0604", "E0606"], "\(all.map(\.line))")
    #expect(files.filter { $0 == "relations.csv" }.count == 1)
  }

  @Test func `products are judged even where the survey is missing`() throws {
    let folder = try HandCase.folder([
      "products.csv": HandCase.products.replacingOccurrences(of: "none", with: "nonne"),
      "study.yaml": HandCase.study.replacingOccurrences(of: "respondents.csv", with: "no.csv"),
    ])
    let report = try #require(folder.fault())
    #expect(Set(([report] + report.others).map(\.code)) == ["E0101", "E0603"])
  }

  @Test func `a survey in place of a study is called what it is`() throws {
    let folder = try StudyFolder(["study.yaml": "$FL2@(#) SPSS DATA FILE"])
    let report = try #require(folder.fault())
    #expect(report.message.contains("an SPSS file, not a study"))
    #expect(report.hint?.contains("tessera init") == true)
  }
}

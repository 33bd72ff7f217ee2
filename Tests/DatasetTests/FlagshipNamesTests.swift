import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

/// Names of the flagship's segments on random halves of its people.
struct FlagshipNamesTests {
  /// How often names were carried to segments.
  struct Count {
    /// Names that could be carried.
    var all = 0
    /// Names given to a segment most of whose members have another name in the whole survey.
    var wrong = 0
    /// Names given to nobody.
    var withheld = 0
  }

  private static func likeliest(_ run: StudySegmentation) -> [Int] {
    let posterior = run.segmented.posterior
    return (0..<posterior.rows).map { row in
      (0..<posterior.columns).max { posterior[row, $0] < posterior[row, $1] } ?? 0
    }
  }

  /// A slice; `TESSERA_NAME_HALVES=200` counts all that docs/study-file.md tells of.
  @Test func `names follow people to random halves of the flagship`() throws {
    let environment = ProcessInfo.processInfo.environment
    let halves = environment["TESSERA_NAME_HALVES"].flatMap { Int($0) } ?? 2
    let first = environment["TESSERA_NAME_FIRST"].flatMap { Int($0) } ?? 1
    let study = try Study.load(
      path: Repository.datasets.appendingPathComponent("family-cars/study.yaml").path)
    var declaration = study.file.segments
    declaration.known = nil
    declaration.stability = 0
    if environment["TESSERA_NAME_HALVES"] == nil {
      declaration.count = .exactly(6)
      declaration.starts = 10
    }
    var settings = RunSettings()
    settings.workers = .init(2)
    let whole = try StudySegmentation.run(
      study.data, declaration, settings, roles: StudyRoles(study.file))
    declaration.known = NamesFile(
      data: "", model: whole.model, names: whole.givenNames, declared: declaration.names)
    var nameOfRow: [Int: String] = [:]
    for (row, segment) in Self.likeliest(whole).enumerated() {
      nameOfRow[whole.segmented.sourceRows[row]] = whole.result.segments[segment].name
    }
    var count = Count()
    for half in first..<(first + halves) {
      var random = RandomStream(seed: UInt64(half))
      let rows = (0..<study.data.survey.respondentCount).filter { _ in random.uniform() < 0.5 }
      let run = try StudySegmentation.run(
        study.data.selecting(rows), declaration, settings, roles: StudyRoles(study.file))
      let likeliest = Self.likeliest(run)
      count.all += whole.givenNames.count
      count.withheld += whole.givenNames.count - run.givenNames.count
      for (segment, found) in run.result.segments.enumerated()
      where run.givenNames.contains(where: { $0.id == found.id }) {
        let members = likeliest.indices.filter { likeliest[$0] == segment }
        let same = members.count { nameOfRow[run.segmented.sourceRows[$0]] == found.name }
        if 2 * same <= members.count { count.wrong += 1 }
      }
      if environment["TESSERA_NAME_HALVES"] != nil {
        print(half, run.result.segments.count, count)
      }
    }
    #expect(Double(count.wrong) <= 0.01 * Double(count.all), "\(count)")
    #expect(Double(count.withheld) <= 0.15 * Double(count.all), "\(count)")
  }
}

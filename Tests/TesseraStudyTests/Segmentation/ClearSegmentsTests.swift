import TesseraMath
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct ClearSegmentsTests {
  /// Six questions of five answers, 300 people, two or three groups that lie apart.
  private static func survey(
    _ seed: UInt64, isOrdinal: Bool
  ) -> (variables: [Variable], groups: Int) {
    var random = RandomStream(seed: 7_000 + seed)
    let groups = 2 + Int(seed % 2)
    let deviation = 0.4 + 0.1 * Double(seed % 7)
    func middle(_ group: Int, _ question: Int) -> Double {
      guard groups == 3 else { return group == 0 ? 1.8 : 4.2 }
      return 1.4 + 1.6 * Double((group + question) % 3)
    }
    var columns = [[Int]](repeating: [], count: 6)
    for row in 0..<300 {
      for question in 0..<6 {
        let answer = middle(row % groups, question) + deviation * random.normal()
        columns[question].append(min(5, max(1, Int(answer.rounded()))))
      }
    }
    let variables = columns.enumerated().map { place, codes in
      Made.nominal(
        "q\(place + 1)", codes, labels: ["1", "2", "3", "4", "5"],
        level: isOrdinal ? .ordinal : .nominal)
    }
    return (variables, groups)
  }

  @Test func `clear groups are found, however near certain the memberships`() throws {
    var missed: [String] = []
    for seed in 0..<UInt64(10) {
      for isOrdinal in [true, false] {
        let planted = Self.survey(seed, isOrdinal: isOrdinal)
        let declaration = Made.declaration(
          planted.variables.map(\.name), count: .between(1, 4))
        var settings = RunSettings()
        settings.stability = 0
        let result = try StudySegmentation.run(
          Made.data(planted.variables), declaration, settings
        ).result
        if result.segments.count != planted.groups {
          missed.append("\(seed) \(isOrdinal): \(result.recommendation.first ?? "")")
        }
        let best = result.selection.min { ($0.bic ?? .infinity) < ($1.bic ?? .infinity) }
        let says = try #require(result.recommendation.first)
        if best?.segments == result.segments.count { #expect(!says.contains("among")) }
      }
    }
    #expect(missed.isEmpty, "\(missed)")
  }

  @Test func `among very many people a part is resampled first, and clear groups come back in it`()
    throws
  {
    var random = RandomStream(seed: 41)
    let rows = 20_000
    var columns = [[Int]](repeating: [], count: 6)
    for row in 0..<rows {
      for question in 0..<6 {
        let isLikely = (question % 2 == 0) == (row % 2 == 0)
        columns[question].append(random.uniform() < (isLikely ? 0.9 : 0.1) ? 1 : 2)
      }
    }
    let variables = columns.enumerated().map {
      Made.nominal("q\($0 + 1)", $1, labels: ["yes", "no"])
    }
    var declaration = Made.declaration(variables.map(\.name), count: .exactly(2))
    declaration.stability = nil
    let data = Made.data(variables)
    let found = try StudySegmentation.run(data, declaration, RunSettings()).result
    let stability = try #require(found.stability)
    #expect([20, 50].contains(stability.replicates))
    #expect(stability.median > 0.97 && stability.jaccard.allSatisfy { $0 > 0.97 })
    // A number of pairs that was asked for is drawn from everybody.
    var asked = RunSettings()
    asked.stability = 21
    let all = try #require(try StudySegmentation.run(data, declaration, asked).result.stability)
    #expect(all.replicates == 21 && all.median >= stability.median - 0.01)
  }

  @Test func `a number of segments that the questions cannot carry is named`() throws {
    var random = RandomStream(seed: 3)
    var columns = [[Int]](repeating: [], count: 4)
    for row in 0..<400 {
      for question in 0..<4 {
        columns[question].append(random.uniform() < (row % 2 == 0 ? 0.9 : 0.1) ? 1 : 2)
      }
    }
    let variables = columns.enumerated().map {
      Made.nominal("q\($0.offset)", $0.element, labels: ["no", "yes"])
    }
    let declaration = Made.declaration(variables.map(\.name), count: .exactly(3))
    var settings = RunSettings()
    settings.stability = 0
    let result = try StudySegmentation.run(Made.data(variables), declaration, settings).result
    #expect(
      result.recommendation.contains {
        $0.contains("the model with 3 segments is not identified")
      })
  }
}

import Foundation
import TesseraStudy
import Testing

/// What is said of surveys whose groups are as clear as can be, or none.
@Suite("Clear structure")
struct ClearStructureTests {
  /// Numbers between 0 and 1, the same on every machine.
  private struct Draws {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    mutating func normal() -> Double {
      (-2 * log(max(next(), 1e-12))).squareRoot() * cos(2 * .pi * next())
    }
  }

  /// Runs `segment` on rows of answers to questions q0, q1, ...
  private func segments(
    _ rows: [[String]], range: String = "1-4"
  ) throws -> (count: Int, verdict: String, notes: String) {
    let command = try Command()
    defer { command.close() }
    let names = rows[0].indices.map { "q\($0)" }
    var text = "id," + names.joined(separator: ",") + "\n"
    for (place, row) in rows.enumerated() {
      text += "\(place + 1)," + row.joined(separator: ",") + "\n"
    }
    try command.write(text, to: "people.csv")
    let result = try command.run(
      "segment", "people.csv", "--active", names.joined(separator: ","), "--segments", range,
      "--stability", "0", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let json = try JSONValue.parse(Data(result.output.utf8))
    let told = try command.run(
      "segment", "people.csv", "--active", names.joined(separator: ","), "--segments", range,
      "--stability", "0")
    return (
      json["segments"]?.array?.count ?? 0, json["verdict"]?["kind"]?.string ?? "", told.errors
    )
  }

  /// People of two groups who answer yes with one of two chances.
  private func yesNo(_ seed: UInt64, people: Int, questions: Int, _ chance: Double) -> [[String]] {
    var draws = Draws(state: seed)
    return (0..<people).map { _ in
      let isFirst = draws.next() < 0.5
      return (0..<questions).map { _ in
        draws.next() < (isFirst ? chance : 1 - chance) ? "Yes" : "No"
      }
    }
  }

  @Test func `questions that agree for everybody show two groups`() throws {
    var draws = Draws(state: 5)
    let rows = (0..<200).map { _ -> [String] in
      let own = draws.next() < 0.5 ? "Yes" : "No"
      return [own, own, own, own, draws.next() < 0.5 ? "Yes" : "No"]
    }
    let found = try segments(rows)
    #expect(found.count == 2 && found.verdict != "one-group", "\(found)")
    #expect(found.notes.contains("q1, q2, q3 divide people as q0 does"), "\(found.notes)")
  }

  @Test func `numbers that lie close together make no empty segments`() throws {
    var draws = Draws(state: 7)
    let rows = (0..<120).map { _ -> [String] in
      let centre = draws.next() < 0.5 ? 1.0 : 5.0
      return (0..<3).map { _ in "\(((centre + 0.05 * draws.normal()) * 1000).rounded() / 1000)" }
        + ["\((draws.normal() * 100).rounded() / 100)"]
    }
    let found = try segments(rows, range: "1-5")
    #expect(found.count == 2, "\(found)")
  }

  @Test(arguments: [(1, 0.95), (2, 0.95), (3, 0.9), (4, 0.9)])
  func `clear groups of a few yes-or-no questions are no continuum`(
    seed: UInt64, chance: Double
  ) throws {
    let found = try segments(yesNo(seed, people: 300, questions: 6, chance))
    #expect(found.count == 2 && found.verdict == "more-than-a-continuum", "\(found)")
  }

  @Test(arguments: [11, 12, 13]) func `one factor is no set of groups`(seed: UInt64) throws {
    var draws = Draws(state: seed)
    let rows = (0..<300).map { _ -> [String] in
      let factor = draws.normal()
      return (0..<6).map { _ in 0.8 * factor + 0.6 * draws.normal() > 0 ? "Yes" : "No" }
    }
    let found = try segments(rows)
    #expect(found.verdict != "more-than-a-continuum", "\(found)")
  }
}

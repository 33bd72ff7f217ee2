import Foundation
import TesseraStudy
import Testing

@Suite("Counts of which some never begin, from the command line", .timeLimit(.minutes(30)))
struct ZeroInflatedCommandTests {
  /// Two kinds of people: of one a tenth never visit, of the other half.
  private static func survey(_ people: Int) -> String {
    var state: UInt64 = 77
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    func poisson(_ mean: Double) -> Int {
      var (count, left) = (0, exp(-mean))
      var chance = uniform()
      while chance > left, count < 60 {
        chance -= left
        count += 1
        left *= mean / Double(count)
      }
      return count
    }
    var lines = ["person,a,b,c,d,e,visits"]
    for person in 0..<people {
      let kind = uniform() < 0.6 ? 0 : 1
      let ticks = (0..<5).map { _ in uniform() < [0.85, 0.15][kind] ? "yes" : "no" }
      let visits = uniform() < [0.1, 0.5][kind] ? 0 : poisson([6.0, 3.0][kind])
      lines.append((["p\(person)"] + ticks + ["\(visits)"]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func `segment finds who never visits, and assign places people as it did`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey(2_000), to: "people.csv")
    try command.write(
      """
      survey:
        file: people.csv
        id: person
        levels: { visits: count }
      segments:
        active: [a, b, c, d, e, visits]
        zero_inflated: [visits]
        count: 2
      """, to: "study.yaml")
    let run = try command.run(
      "segment", "study.yaml", "--replicates", "20", "-o", "m", "--quiet", "--json")
    try #require(run.status == 0, "\(run.errors)")
    let flags = try command.run(
      "segment", "people.csv", "--id", "person", "--active", "a,b,c,d,e,visits",
      "--count-variable", "visits", "--zero-inflated", "visits", "--segments", "2",
      "--replicates", "20", "-o", "flags", "--quiet")
    try #require(flags.status == 0, "\(flags.errors)")
    func text(_ name: String) throws -> String {
      try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try text("m/assignments.csv") == text("flags/assignments.csv"))
    let model = try text("m/segments.json")
    let item = try #require(model.range(of: "\"distribution\": \"zero-inflated\""))
    let numbers = model[item.upperBound...].split(whereSeparator: { !"0123456789.".contains($0) })
      .prefix(4).compactMap { Double($0) }
    for (found, planted) in zip(numbers, [0.1, 0.5, 6.0, 3.0]) {
      #expect(abs(found - planted) < 0.05 + 0.05 * planted, "\(numbers)")
    }
    let placed = try command.run(
      "assign", "--model", "m/segments.json", "people.csv", "-o", "placed.csv", "--quiet")
    try #require(placed.status == 0, "\(placed.errors)")
    func segments(_ name: String) throws -> [String] {
      try text(name).split(whereSeparator: \.isNewline).dropFirst()
        .map { String($0.split(separator: ",", omittingEmptySubsequences: false)[1]) }
    }
    #expect(try segments("placed.csv") == segments("m/assignments.csv"))
  }

  @Test func `a column that is no count is named, with what to do`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey(200), to: "people.csv")
    let run = try command.run(
      "segment", "people.csv", "--id", "person", "--active", "a,b,c,d,e", "--zero-inflated", "a",
      "--segments", "2", "--quiet")
    #expect(run.status != 0)
    #expect(run.errors.contains("zero_inflated names a"), "\(run.errors)")
    #expect(run.errors.contains("--count-variable"), "\(run.errors)")
  }
}

import Foundation
import TesseraStudy
import Testing

@Suite("tessera compare", .timeLimit(.minutes(30)))
struct CompareCommandTests {
  /// Assignments of 300 people: those of the first segment whose number divides by five are elsewhere.
  private func assignments(moved: Bool) -> String {
    var text = "id,segment,probability\n"
    for person in 0..<300 {
      let first = person % 3 == 0 ? "S1" : "S2"
      let other = first == "S1" ? (person % 5 == 0 ? "S2" : "S1") : "S2"
      text += "p\(person),\(moved ? other : first),0.9\n"
    }
    return text
  }

  @Test func `two tables of assignments are compared, as text, JSON and a page`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(assignments(moved: false), to: "spring.csv")
    try command.write(assignments(moved: true), to: "autumn.csv")
    let result = try command.run("compare", "spring.csv", "autumn.csv", "-o", "out", "--json")
    #expect(result.status == 0, "\(result.errors)")
    // 100 people are S1 in spring, 20 of them S2 in autumn.
    #expect(result.json["matched_share"]?.number == 0.9333)
    #expect(result.json["people"]?.number == 300)
    let cell = result.json["table"]?.array?.first {
      $0["first"]?.string == "S1" && $0["second"]?.string == "S2"
    }
    #expect(cell?["share_of_first"]?.number == 0.2)
    #expect(cell?["share_of_second"]?.number == 0.0909)
    let text = try command.run("compare", "spring.csv", "autumn.csv")
    #expect(text.output.contains(" 93% are in matching segments"))
    for name in ["compare.html", "compare.md", "compare.json", "charts/flow.svg"] {
      #expect(command.files.contains("out/\(name)"))
    }
    try OutputsDocumentTests.expectTold(result.json, file: "compare.json")
    let again = try command.run("compare", "spring.csv", "autumn.csv", "-o", "out")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func `runs bring names and weights, and a run agrees with itself`() throws {
    let command = try Command()
    defer { command.close() }
    let run = try command.run(
      "run", Command.dataset("bike-waves/study.yaml"), "-o", "run", "--replicates", "20", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    let result = try command.run("compare", "run", "run/assignments.csv", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["weighted"] == .bool(true))
    #expect(result.json["adjusted_rand"]?.number == 1)
    let model = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("run/segments.json")))
    #expect(
      result.json["first"]?["segments"]?.array?.compactMap { $0["name"]?.string }
        == model["segments"]?.array?.compactMap { $0["name"]?.string })
    let applied = try command.run(
      "compare", "run/segments.json", "run", "--survey", Command.dataset("bike-waves/wave2.csv"),
      "--json")
    #expect(applied.json["matched_share"]?.number == 1, "\(applied.errors)")
  }

  @Test func `a segment divided in two, or two joined, is no border that moved`() throws {
    let command = try Command()
    defer { command.close() }
    func write(_ name: String, _ segment: (Int) -> String) throws {
      let lines = (0..<400).map { "p\($0),\(segment($0)),0.9" }
      try command.write(
        "id,segment,probability\n" + lines.joined(separator: "\n") + "\n", to: name)
    }
    try write("three.csv") { $0 < 200 ? "S1" : $0 < 300 ? "S2" : "S3" }
    try write("four.csv") { $0 < 150 ? "S1" : $0 < 200 ? "S4" : $0 < 300 ? "S2" : "S3" }
    try write("moved.csv") { $0 < 180 ? "S1" : $0 < 300 ? "S2" : "S3" }
    func said(_ one: String, _ other: String) throws -> String {
      let result = try command.run("compare", one, other, "-o", "out", "--force")
      #expect(result.status == 0, "\(result.errors)")
      return try String(
        contentsOf: command.folder.appendingPathComponent("out/compare.md"), encoding: .utf8)
    }
    #expect(try said("three.csv", "four.csv").contains("S1 is divided into S1 and S4"))
    #expect(try said("four.csv", "three.csv").contains("S1 and S4 are joined in S1"))
    #expect(try said("three.csv", "moved.csv").contains("borders that have moved"))
  }

  @Test func `what cannot be compared is refused with what to do`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(assignments(moved: false), to: "a.csv")
    try command.write("id,group\np1,S1\n", to: "b.csv")
    try command.write("id,segment\nx1,S1\nx2,S2\n", to: "c.csv")
    let noColumn = try command.run("compare", "a.csv", "b.csv")
    #expect(noColumn.status == 65)
    #expect(noColumn.errors.contains("E0530"))
    let nobody = try command.run("compare", "a.csv", "c.csv")
    #expect(nobody.status == 65)
    #expect(nobody.errors.contains("no respondent in common"))
    #expect(try command.run("compare", "a.csv", "nowhere.csv").status == 66)
  }
}

import Foundation
import TesseraStudy
import Testing

@Suite("tessera solutions")
struct SolutionsTests {
  /// Three kinds of people in six yes-or-no questions.
  private func plant(in command: Command) throws {
    let names = ["reading", "cinema", "sport", "garden", "music", "travel"]
    let high: [Set<Int>] = [[0, 1], [2, 3], [4, 5]]
    var state: UInt64 = 5
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    var text = "id," + names.joined(separator: ",") + "\n"
    for row in 0..<360 {
      let kind = row % 6 < 3 ? 0 : row % 6 < 5 ? 1 : 2
      let answers = names.indices.map {
        draw() < (high[kind].contains($0) ? 0.9 : 0.1) ? "yes" : "no"
      }
      text += "r\(row)," + answers.joined(separator: ",") + "\n"
    }
    try command.write(text, to: "people.csv")
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { active: [\(names.joined(separator: ", "))], count: 2-4, stability: 0 }
      """, to: "study.yaml")
  }

  private func json(_ command: Command, _ path: String) throws -> JSONValue {
    try JSONValue.parse(Data(contentsOf: command.folder.appendingPathComponent(path)))
  }

  @Test func `another number is adopted as it was fitted, and its author is told`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    #expect(try command.run(["run", "study.yaml", "-o", "out"]).status == 0)
    let stored = try json(command, "out/solutions.json")
    #expect(stored["chosen"]?.number == 3 && stored["chosen_by"]?.string == "rule")
    let fits = try #require(stored["solutions"]?.array)
    #expect(fits.map { $0["segments"]?.array?.count } == [2, 3, 4])
    let names = fits[1]["segments"]?.array?.compactMap { $0["name"]?.string }
    #expect(
      names?.sorted() == ["Cinema and reading", "Music and travel", "Sport and garden"],
      "\(names ?? [])")

    let shown = try command.run(["solutions", "out", "--all"])
    #expect(shown.status == 0 && shown.output.contains("3 segments (chosen by the rule)"))
    #expect(shown.output.contains("Cinema and reading") && shown.output.contains(" of 2 segments"))

    #expect(try command.run(["run", "study.yaml", "-o", "out", "--take", "2"]).status == 0)
    let taken = try json(command, "out/segments.json")
    let wanted = try #require(fits[0]["log_likelihood"]?.number)
    #expect(abs((taken["log_likelihood"]?.number ?? 0) - wanted) < 1e-4)
    #expect(taken["recommendation"]?.array?[0].string?.contains("a person chose") == true)
    #expect(try json(command, "out/run.json")["settings"]?["taken"]?.number == 2)
    #expect(try json(command, "out/solutions.json")["chosen_by"]?.string == "person")
    #expect(try command.run(["solutions", "out"]).output.contains("chosen by a person"))

    // Taking the rule's number back leaves no trace of a person.
    #expect(try command.run(["run", "study.yaml", "-o", "out", "--take", "3"]).status == 0)
    #expect(try json(command, "out/run.json")["settings"]?["taken"] == .null)
  }

  @Test func `a number that was not tried, or no solutions, is refused with what to do`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let without = try command.run(["run", "study.yaml", "-o", "out", "--take", "3"])
    #expect(without.status == 66 && without.errors.contains("tessera run writes solutions"))
    #expect(try command.run(["run", "study.yaml", "-o", "out"]).status == 0)
    let untried = try command.run(["run", "study.yaml", "-o", "out", "--take", "7"])
    #expect(untried.status == 65 && untried.errors.contains("take one of 2, 3, 4"))
    try command.write("{\"schema\": \"tessera.solutions.1\", \"cho", to: "out/solutions.json")
    let cut = try command.run(["solutions", "out"])
    #expect(cut.status == 65 && cut.errors.contains("out/solutions.json: this is not a whole file"))
  }
}

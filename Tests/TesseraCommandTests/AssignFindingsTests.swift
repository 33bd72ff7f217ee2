import Foundation
import TesseraStudy
import Testing

/// What `tessera assign` says of answers it cannot take as they stand.
@Suite("tessera assign, odd answers", .timeLimit(.minutes(30)))
struct AssignFindingsTests {
  /// Two groups: ages about 30 and 60, and three questions.
  private static func people(_ count: Int, turned: Bool = false) -> [[String]] {
    (0..<count).map { row in
      let old = row % 2 == 0
      let yes = row % 10 == 9 ? !old : old
      return [
        "n\(row)", String((old ? 55 : 25) + row % 13) + ".5", yes ? "y" : "n",
        old ? "own" : "rent", (row % 7 < 3) == old ? "a" : "b",
      ]
    }
  }

  private static func csv(_ rows: [[String]], _ header: String = "who,age,fan,home,shop") -> String
  {
    ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }

  private static func fitted() throws -> Command {
    let command = try Command()
    try command.write(csv(people(200)), to: "train.csv")
    let made = try command.run(
      "segment", "train.csv", "--active", "age,fan,home,shop", "--segments", "2", "--stability",
      "0",
      "-o", "o", "--quiet")
    #expect(made.status == 0, "\(made.errors)")
    return command
  }

  @Test func `a word among numbers costs its cell, and is told with column and row`() throws {
    let command = try Self.fitted()
    defer { command.close() }
    var rows = Self.people(60)
    try command.write(Self.csv(rows), to: "clean.csv")
    rows[5][1] = "about 50"
    try command.write(Self.csv(rows), to: "word.csv")
    let clean = try command.run("assign", "--model", "o/segments.json", "clean.csv")
    let word = try command.run("assign", "--model", "o/segments.json", "word.csv")
    #expect(word.status == 0)
    let pairs = zip(clean.output.split(separator: "\r\n"), word.output.split(separator: "\r\n"))
    #expect(pairs.enumerated().filter { $1.0 != $1.1 }.map(\.offset) == [6])
    #expect(word.errors.contains("age: 1 answer is no number that can be read"))
    #expect(word.errors.contains("word.csv, row 7"))
    #expect(!word.errors.contains("about") && !word.errors.contains("n5"))
    let json = try command.run(
      "assign", "--model", "o/segments.json", "word.csv", "-o", "w.csv", "--json"
    ).json
    let found = json["answers"]?.array ?? []
    #expect(found.count == 1)
    #expect(found.first?["column"]?.string == "age" && found.first?["row"]?.number == 7)
    #expect(found.first?["kind"]?.string == "unreadable" && found.first?["count"]?.number == 1)
    let table = try command.run("assign", "--model", "o/segments.json", "word.csv", "-o", "w.csv")
    #expect(table.output.contains("Answers that count as missing: age 1"))
    #expect(
      try command.run("assign", "--model", "o/segments.json", "clean.csv").errors.isEmpty == false)
    #expect(
      !clean.errors.contains("count as missing") && !clean.errors.contains("counts as missing"))
  }

  @Test func `a number far outside the study's is told`() throws {
    let command = try Self.fitted()
    defer { command.close() }
    var rows = Self.people(60)
    rows[8][1] = "999"
    rows[11][1] = "-4"
    try command.write(Self.csv(rows), to: "far.csv")
    let result = try command.run(
      "assign", "--model", "o/segments.json", "far.csv", "-o", "f.csv")
    #expect(result.status == 0)
    #expect(result.errors.contains("age: 2 numbers lie far outside the answers of the study"))
    #expect(result.errors.contains("first in far.csv, row 10"))
    #expect(result.output.contains("Numbers far outside the study's: age 2"))
  }

  @Test func `columns in other capitals get the nearest name`() throws {
    let command = try Self.fitted()
    defer { command.close() }
    try command.write(Self.csv(Self.people(60), "WHO,AGE,Fan,Home,Shop"), to: "caps.csv")
    let result = try command.run("assign", "--model", "o/segments.json", "caps.csv")
    #expect(result.status == 65)
    #expect(result.errors.contains("did you mean 'AGE'?"))
  }

  @Test func `people without a segment are told, and no file rejects.csv is replaced`() throws {
    let command = try Self.fitted()
    defer { command.close() }
    var rows = Self.people(60)
    rows[3] = ["n3", "", "", "", ""]
    try command.write(Self.csv(rows), to: "gap.csv")
    try command.write("mine\n", to: "rejects.csv")
    let arguments = ["assign", "--model", "o/segments.json", "gap.csv", "-o", "g.csv"]
    for _ in 0..<2 {
      let result = try command.run(arguments)
      #expect(result.output.contains("59 of 60 assigned, 1 without a segment"))
      #expect(result.errors.contains("see rejects-2.csv"))
    }
    func text(_ name: String) throws -> String {
      try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try text("rejects.csv") == "mine\n")
    #expect(try text("rejects-2.csv").hasPrefix("id,reason\r\n"))
    #expect(!command.files.contains("rejects-3.csv"))
    for name in ["g.csv", "rejects-2.csv"] {
      #expect(try text(name).hasSuffix("\r\n") && !text(name).contains("\n\n"))
      #expect(try !text(name).hasSuffix("\r\n\r\n"))
    }
    let printed = try command.run("assign", "--model", "o/segments.json", "gap.csv")
    #expect(try printed.output == text("g.csv"))
  }

  @Test func `damaged rows that were set aside are counted and listed with their lines`() throws {
    let command = try Self.fitted()
    defer { command.close() }
    var lines = Self.csv(Self.people(60)).split(separator: "\n").map(String.init)
    lines[4] += ",more"
    try command.write(lines.joined(separator: "\n") + "\n", to: "cut.csv")
    let result = try command.run(
      "assign", "--model", "o/segments.json", "cut.csv", "-o", "g.csv", "--salvage")
    #expect(result.output.contains("59 of 59 assigned, 1 damaged row set aside"))
    #expect(result.errors.contains("1 damaged row was set aside (line 5 of cut.csv: "))
    let listed = try String(
      contentsOf: command.folder.appendingPathComponent("rejects.csv"), encoding: .utf8)
    #expect(listed.hasPrefix("id,reason\r\n,\"set aside, line 5 of cut.csv: "))
  }
}

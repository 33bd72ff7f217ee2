import Foundation
import TesseraStudy
import Testing

@Suite("tessera panel", .timeLimit(.minutes(30)))
struct PanelCommandTests {
  private static let waves = (1...3).map { Command.dataset("bike-waves/wave\($0).csv") }
  private static let active = "rides,purpose,time,helmet,rain,with_friends,electric"

  @Test func `people who were planted to stay do, and files and one file say the same`() throws {
    let command = try Command()
    defer { command.close() }
    let rest = [
      "--id", "person", "--weight", "weight", "--active", Self.active, "--segments", "4",
      "--replicates", "60", "--json",
    ]
    let result = try command.run(["panel"] + Self.waves + rest)
    #expect(result.status == 0, "\(result.errors)")
    let json = result.json
    #expect(json["schema"]?.string == "tessera.panel/1")
    #expect(json["rows"]?.number == 2_100)
    #expect(json["times"]?.array?.compactMap(\.string) == ["wave1", "wave2", "wave3"])
    // Nine in ten keep their segment for sure, and some of the others come back to it.
    let rows = json["steps"]?.array?.first?["rows"]?.array ?? []
    #expect(rows.count == 4)
    for (place, row) in rows.enumerated() {
      let stay = row["to"]?.array?[place]
      #expect((stay?["share"]?.number ?? 0) > 0.85)
      #expect((stay?["low"]?.number ?? 1) < 0.93 && (stay?["high"]?.number ?? 0) > 0.9)
    }

    var lines: [String] = []
    for (number, path) in Self.waves.enumerated() {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for (place, line) in text.split(separator: "\n").enumerated() where place > 0 || number == 0 {
        lines.append(place == 0 ? "when,\(line)" : "wave\(number + 1),\(line)")
      }
    }
    try command.write(lines.joined(separator: "\n") + "\n", to: "all.csv")
    let other = try command.run(["panel", "all.csv", "--wave", "when"] + rest)
    #expect(other.status == 0, "\(other.errors)")
    let (one, all) = (logLikelihood(other.json), logLikelihood(json))
    // Weights are scaled file by file.
    #expect(abs(one - all) < 1e-6 * abs(all))
    // No identifier comes out.
    #expect(!other.output.contains("b1001"))
  }

  @Test func `what is missing is said, and a table is printed`() throws {
    let command = try Command()
    defer { command.close() }
    let nobody = try command.run(["panel"] + Self.waves)
    #expect(nobody.status == 64 && nobody.errors.contains("--id COLUMN"))
    let timeless = try command.run(["panel", Self.waves[0], "--id", "person"])
    #expect(timeless.status == 64 && timeless.errors.contains("--wave COLUMN"))
    let unknown = try command.run(["panel", Self.waves[0], "--id", "person", "--wave", "year"])
    #expect(unknown.status != 0 && unknown.errors.contains("no column 'year'"))
    let told = try command.run(
      ["panel"] + Self.waves + [
        "--id", "person", "--active", Self.active, "--segments", "2", "--replicates", "2",
        "--transitions", "free", "-o", "moves",
      ])
    #expect(told.status == 0, "\(told.errors)")
    #expect(told.output.contains("Of those in a segment (row) in wave1, where they are in wave2"))
    let page = try String(
      contentsOf: command.folder.appendingPathComponent("moves/panel.html"), encoding: .utf8)
    // A chart and a table of each step, with the numbers that the JSON has.
    let json = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("moves/panel.json")))
    let steps = json["steps"]?.array ?? []
    #expect(steps.count == 2)
    for (place, step) in steps.enumerated() {
      #expect(command.files.contains("moves/charts/moves-\(place + 1).svg"))
      for (from, row) in (step["rows"]?.array ?? []).enumerated() {
        let stay = row["to"]?.array?[from]["share"]?.number ?? .nan
        #expect(page.contains(">\(Int((stay * 100).rounded()))%<"))
      }
    }
    // Without intervals no move is told to be the largest.
    #expect(told.output.contains("stay in their segment from wave1 to wave2"))
    #expect(!told.output.contains("largest move"))
  }

  @Test func `a move is called the largest only where its interval lies above all others`() throws {
    let command = try Command()
    defer { command.close() }
    // Two kinds of people; 60 of 200 of the first kind are of the second in the second wave, nobody
    // goes back.
    let kinds: [[String]] = [["yes", "yes", "yes", "no", "no"], ["no", "no", "no", "yes", "yes"]]
    for wave in 0..<2 {
      let rows = (0..<400).map { person -> String in
        var kind = person < 200 ? 0 : 1
        if wave == 1, person < 60 { kind = 1 }
        // One answer in ten is of the other kind.
        let answers = (0..<5).map {
          kinds[(person * 5 + $0 * 3 + wave) % 10 == 0 ? 1 - kind : kind][$0]
        }
        return "p\(person)," + answers.joined(separator: ",")
      }
      try command.write(
        "person,a,b,c,d,e\n" + rows.joined(separator: "\n") + "\n", to: "wave\(wave + 1).csv")
    }
    let told = try command.run(
      "panel", "wave1.csv", "wave2.csv", "--id", "person", "--segments", "2", "--replicates", "40")
    #expect(told.status == 0, "\(told.errors)")
    // The kind that gains is the second by its share at first, or the first where both are level.
    #expect(told.output.contains("; the largest move is from S"), "\(told.output.prefix(200))")
    #expect(told.output.contains("30% (2"), "\(told.output.prefix(200))")
  }

  private func logLikelihood(_ json: JSONValue) -> Double {
    json["selection"]?.array?.first?["log_likelihood"]?.number ?? .nan
  }
}

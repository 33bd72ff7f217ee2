import Foundation
import TesseraStudy
import Testing

@Suite("tessera panel", .timeLimit(.minutes(3)))
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
        "--transitions", "free", "-o", "moves.json",
      ])
    #expect(told.status == 0, "\(told.errors)")
    #expect(told.output.contains("Of those in a segment (row) in wave1, where they are in wave2:"))
    #expect(command.files.contains("moves.json"))
  }

  private func logLikelihood(_ json: JSONValue) -> Double {
    json["selection"]?.array?.first?["log_likelihood"]?.number ?? .nan
  }
}

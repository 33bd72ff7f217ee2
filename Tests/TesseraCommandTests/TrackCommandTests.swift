import Foundation
import TesseraStudy
import Testing

@Suite("tessera track", .timeLimit(.minutes(30)))
struct TrackCommandTests {
  private static let waves = (1...3).map { Command.dataset("bike-waves/wave\($0).csv") }

  /// A finished run of the first wave.
  private func run(_ command: Command) throws {
    let result = try command.run(
      "run", Command.dataset("bike-waves/study.yaml"), "-o", "out", "--replicates", "20", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `three waves show the planted change and nothing else`() throws {
    let command = try Command()
    defer { command.close() }
    try run(command)
    let result = try command.run(
      ["track", "--model", "out"] + Self.waves + ["-o", "tracked", "--json", "--sets", "99"])
    #expect(result.status == 0, "\(result.errors)")
    let json = result.json
    #expect(json["schema"]?.string == "tessera.track/1")
    let changed = ((json["sizes"]?.array ?? []) + (json["measures"]?.array ?? [])).filter {
      $0["changed"] == .bool(true) && $0["leads"] == .bool(true)
    }
    let names = Set(changed.compactMap { $0["name"]?.string })
    #expect(names.contains("member"))
    #expect(names.isSubset(of: ["member", "helmet", "rain", "plans_in_app"]))
    // One segment, and everybody through it.
    #expect(Set(changed.compactMap { $0["segment"]?.string }).count == 1)
    #expect((json["moved"]?["profile"]?["p_value"]?.number ?? 1) <= 0.05)
    #expect((json["moved"]?["size"]?["p_value"]?.number ?? 0) > 0.05)
    #expect((json["moved"]?["misfit"]?["p_value"]?.number ?? 0) > 0.05)
    // Page, text and numbers agree.
    let page = try text(command, "tracked/track.html")
    let notes = try text(command, "tracked/track.md")
    let made = json["tests"]?["made"]?.number ?? 0
    let headline = "\(changed.count) of \(Int(made)) comparisons changed over 3 waves"
    #expect(page.contains(headline))
    #expect(notes.contains(headline))
    #expect(try JSONValue.parse(Data(text(command, "tracked/track.json").utf8)) == json)
    #expect(command.files.contains("tracked/charts/sizes.svg"))
    // No identifier of a person.
    #expect(page.firstMatch(of: /b1\d\d\d\b/) == nil)
    try OutputsDocumentTests.expectTold(json, file: "track.json")
  }

  @Test func `a wave that names a column otherwise is named, and can be mapped`() throws {
    let command = try Command()
    defer { command.close() }
    try run(command)
    let text = try String(contentsOfFile: Self.waves[1], encoding: .utf8)
    let renamed = text.replacing("helmet", with: "wears_helmet", maxReplacements: 1)
    #expect(renamed != text)
    try command.write(renamed, to: "wave2.csv")
    let waves = [Self.waves[0], "wave2.csv"]
    let refused = try command.run(["track", "--model", "out"] + waves + ["--sets", "0"])
    #expect(refused.status == 65)
    #expect(refused.errors.contains("wave 'wave2'") && refused.errors.contains("helmet"))
    try command.write("model,file\nhelmet,wears_helmet\n", to: "map.csv")
    let mapped = try command.run(
      ["track", "--model", "out"] + waves + ["--sets", "0", "--json", "--map", "map.csv"])
    #expect(mapped.status == 0, "\(mapped.errors)")
    let plain = try command.run(
      ["track", "--model", "out", Self.waves[0], Self.waves[1], "--sets", "0", "--json"])
    #expect(mapped.json["measures"] == plain.json["measures"])
  }

  @Test func `one file with a column of waves gives the numbers of files`() throws {
    let command = try Command()
    defer { command.close() }
    try run(command)
    var stacked = ""
    for (place, path) in Self.waves.enumerated() {
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      if place == 0 { stacked += lines[0] + ",wave\n" }
      for line in lines.dropFirst() { stacked += line + ",wave\(place + 1)\n" }
    }
    try command.write(stacked, to: "all.csv")
    let study = try String(
      contentsOfFile: Command.dataset("bike-waves/study.yaml"), encoding: .utf8)
    try command.write(
      study.replacing("file: wave1.csv", with: "file: all.csv\n  wave: wave"), to: "all.yaml")
    let files = try command.run(
      ["track", "--model", "out"] + Self.waves + ["--json", "--sets", "0"])
    let one = try command.run(
      "track", "--model", "out", "--study", "all.yaml", "--json", "--sets", "0")
    #expect(one.status == 0, "\(one.errors)")
    func sizes(_ result: Command.Result) -> [Double] {
      (result.json["sizes"]?.array ?? []).flatMap { series in
        (series["waves"]?.array ?? []).compactMap { $0["value"]?.number }
      }
    }
    #expect(sizes(files).count == 12)
    #expect(zip(sizes(files), sizes(one)).allSatisfy { abs($0 - $1) < 0.0002 })
  }

  @Test func `what cannot be tracked is refused with what to do`() throws {
    let command = try Command()
    defer { command.close() }
    try run(command)
    let alone = try command.run("track", "--model", "out", Self.waves[0])
    #expect(alone.status == 64)
    let noColumn = try command.run("track", "--model", "out")
    #expect(noColumn.status == 65)
    #expect(noColumn.errors.contains("E0531"))
    #expect(noColumn.errors.contains("wave: COLUMN"))
    let bare = try command.run("track", "--model", "out/segments.json")
    #expect(bare.status == 64)
    let missing = try command.run("track", "--model", "out", Self.waves[0], "nowhere.csv")
    #expect(missing.status == 66)
    try command.write("id,x\n1,2\n2,3\n", to: "other.csv")
    let other = try command.run(
      "track", "--model", "out/segments.json", Self.waves[0], "other.csv")
    #expect(other.status == 65)
    #expect(other.errors.contains("E0510"))
  }

  private func text(_ command: Command, _ path: String) throws -> String {
    String(
      decoding: try Data(contentsOf: command.folder.appendingPathComponent(path)), as: UTF8.self)
  }
}

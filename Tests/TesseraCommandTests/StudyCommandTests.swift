import Foundation
import TesseraStudy
import Testing

@Suite("A study, from the command line")
struct StudyCommandTests {
  private func close(
    _ value: Double?, _ expected: Double, _ tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs((value ?? .nan) - expected) <= tolerance, "\(value ?? .nan), not \(expected)",
      sourceLocation: sourceLocation)
  }

  private func cell(_ json: JSONValue, _ segment: String, _ product: String) -> JSONValue {
    json["cells"]?.array?.first {
      $0["segment"]?.string == segment && $0["product"]?.string == product
    } ?? .null
  }

  /// Worked by hand: fits and errors in thirds and fifths, from seven respondents.
  @Test func `the hand-worked case comes out`() throws {
    let command = try Command()
    defer { command.close() }
    let study = Command.dataset("coupe-or-suv/study.yaml")
    let result = try command.run("fit", study, "--json", "--minimum-cell", "1")
    #expect(result.status == 0, "\(result.errors)")
    let fit = result.json
    let coupe = cell(fit, "family", "coupe")
    close(coupe["fit"]?.number, 665.0 / 48)
    close(coupe["acceptance"]?.number, 0.2)
    close(coupe["quality"]?.number, 69.27083333333333)
    close(cell(fit, "family", "suv")["fit"]?.number, 1_932_371.0 / 22800)
    close(cell(fit, "single", "coupe")["fit"]?.number, 11335.0 / 252)
    close(cell(fit, "single", "suv")["fit"]?.number, 29233.0 / 560)
    let losses = coupe["ledger"]?["needs"]?.array?.compactMap { $0["loss"]?.number } ?? []
    for (loss, expected) in zip(losses, [31.3333, 15.0333, 21.8844, 0]) {
      close(loss, expected, 5e-5)
    }
    #expect(losses.count == 4)
    let barriers = coupe["ledger"]?["barriers"]?.array?.compactMap { $0["loss"]?.number } ?? []
    #expect(barriers.count == 2)
    for loss in barriers { close(loss, 8.9474, 5e-5) }
    let total = (coupe["fit"]?.number ?? 0) + (losses + barriers).reduce(0, +)
    close(total, 100, 1e-9)
    let contrast =
      fit["contrasts"]?.array?.first {
        $0["segment"]?.string == "family" && $0["product"]?.string == "suv"
      } ?? .null
    close(contrast["difference"]?.number, 70.8989, 5e-5)
    close(contrast["se_linearised"]?.number, 21.8293, 5e-5)
    close(contrast["confidence"]?.number, 0.9994, 5e-5)
    close(contrast["superiority"]?.number, 0.8)
  }

  @Test func `what-if tells the gains of the hand-worked case`() throws {
    let command = try Command()
    defer { command.close() }
    let study = Command.dataset("coupe-or-suv/study.yaml")
    let cases: [([String], Double, Double, Double)] = [
      (["suv", "prestige=3"], 3.0822, 11.4137, 6.7851),
      (["suv", "accel=7.0"], 0.4129, 3.9917, 2.0035),
      (["suv", "mpg=40"], 0.6224, 0.5, 0.5680),
      (["coupe", "child_seat_fit=comfortable", "seats=4"], 3.0556, 0, 1.6975),
      (["coupe", "price=45"], 0.7292, 39, 17.7384),
      (["coupe", "child_seat_fit=comfortable", "seats=4", "price=45"], 47.8922, 39, 43.9401),
    ]
    for (change, family, single, everybody) in cases {
      var arguments = ["whatif", study, "--product", change[0], "--json", "--minimum-cell", "1"]
      for set in change.dropFirst() { arguments += ["--set", set] }
      let json = try command.run(arguments).json
      close(json["population_gain"]?.number, everybody, 5e-5)
      let gains = json["segments"]?.array?.compactMap { $0["gain"]?.number } ?? []
      #expect(gains.count == 2)
      for (gain, expected) in zip(gains, [family, single]) { close(gain, expected, 5e-5) }
    }
  }

  /// A small study of planted segments: families and singles, two products.
  private func plant(in command: Command) throws {
    var survey = "id,children,job,club,imp_room,sat_room,imp_price,sat_price,top\n"
    var state: UInt64 = 42
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for row in 1...240 {
      let isFamily = row % 2 == 0
      let children = isFamily == (draw(10) > 0) ? "two" : "none"
      let job = isFamily == (draw(10) > 1) ? "office" : "student"
      let club = isFamily == (draw(10) > 1) ? "school" : "music"
      let room = isFamily ? 4 + draw(2) : 1 + draw(2)
      survey += "r\(row),\(children),\(job),\(club),\(room),\(2 + draw(3)),\(3 + draw(3)),"
      survey += "\(2 + draw(2)),\(20 + draw(30))\n"
    }
    try command.write(survey, to: "people.csv")
    try command.write("product,seats,price\nsmall,2,15\nlarge,7,35\n", to: "products.csv")
    try command.write("need,seats,price\nroom,9,\nafford,,9\n", to: "relations.csv")
    try command.write(
      """
      title: Small study
      survey: { file: people.csv, id: id }
      segments: { active: [children, job, club], count: 2-3, stability: 4 }
      need_scale: [1, 5]
      needs:
        room: { importance: imp_room, satisfaction: sat_room }
        afford: { importance: imp_price, satisfaction: sat_price }
      features:
        seats: { value: { linear: [2, 7] } }
        price: { value: { linear: [50, 10] } }
      products: products.csv
      relations: relations.csv
      barriers:
        too_dear: { violated_when: "price > top" }
      edits:
        cheaper: { product: large, set: { price: 25 }, cost: 10 }

      """, to: "study.yaml")
  }

  @Test func `one seed gives the same bytes, on one thread and on two`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    for (folder, threads) in [("one", "1"), ("two", "2"), ("again", "2")] {
      let result = try command.run(
        "run", "study.yaml", "-o", folder, "--threads", threads, "--replicates", "40", "--quiet")
      #expect(result.status == 0, "\(result.errors)")
    }
    let names = [
      "segments.json", "fit.json", "profiles.json", "report.html", "appendix.html",
      "assignments.csv", "segments.csv", "profiles.csv", "fit.csv", "workbook.xlsx",
      "appendix.xlsx",
      "replicates.bin",
    ]
    for name in names {
      let one = try Data(contentsOf: command.folder.appendingPathComponent("one/\(name)"))
      for folder in ["two", "again"] {
        let other = try Data(contentsOf: command.folder.appendingPathComponent("\(folder)/\(name)"))
        #expect(one == other, "\(name) differs in \(folder)")
      }
    }
  }

  @Test func `a run writes every output and tells planted segments apart`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let result = try command.run("run", "study.yaml", "--json", "--replicates", "40")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["directory"]?.string == "study-tessera")
    #expect(result.json["segments"]?.array?.count == 2)
    #expect(result.json["findings"]?.array?.count == 4)
    let names = [
      "report.html", "report.md", "appendix.html", "appendix.md", "segments.json", "profiles.json",
      "fit.json", "segments.csv", "profiles.csv", "fit.csv", "assignments.csv", "run.json",
    ]
    for name in names {
      #expect(command.files.contains("study-tessera/\(name)"), "\(name) is missing")
    }
    #expect(!command.files.contains { $0.contains("tessera-tmp") })
    // Identifiers stand in the assignments and nowhere else.
    for name in names where name != "assignments.csv" {
      let text = try String(
        contentsOf: command.folder.appendingPathComponent("study-tessera/\(name)"), encoding: .utf8)
      #expect(!text.contains("r137"), "an identifier stands in \(name)")
    }
    let explained = try command.run(
      "explain", "study-tessera", "--product", "small",
      "--segment", "S1")
    #expect(explained.status == 0, "\(explained.errors)")
    #expect(explained.output.contains("make 100.0 points"))
    let assigned = try command.run(
      "assign", "--model", "study-tessera/segments.json", "people.csv", "-o", "new.csv")
    #expect(assigned.status == 0, "\(assigned.errors)")
    let old = try Data(
      contentsOf: command.folder.appendingPathComponent("study-tessera/assignments.csv"))
    let new = try Data(contentsOf: command.folder.appendingPathComponent("new.csv"))
    #expect(old == new)
    let again = try command.run(
      "whatif", "study-tessera", "--product", "large", "--set", "price=25", "--json")
    #expect(again.status == 0, "\(again.errors)")
    #expect((again.json["population_gain"]?.number ?? 0) > 0)
  }

  @Test func `what-if takes the run's replicates, and refuses those of another run`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let run = try command.run("run", "study.yaml", "--replicates", "60", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    func file(_ name: String) -> URL {
      command.folder.appendingPathComponent("study-tessera/\(name)")
    }
    let record = try JSONValue.parse(Data(contentsOf: file("run.json")))
    let bytes = try Data(contentsOf: file("replicates.bin"))
    #expect(record["checksums"]?["replicates.bin"]?.string?.count == 64)
    #expect(record["files"]?.array?.contains(.string("replicates.bin")) == true)

    // The declared edit of the run is the same question.
    let fit = try JSONValue.parse(Data(contentsOf: file("fit.json")))
    let declared = try #require(fit["improvements"]?.array?.first)
    let change = ["whatif", "study-tessera", "--product", "large", "--set", "price=25", "--json"]
    let asked = try command.run(change).json
    let keys = [("population_gain", "gain"), ("se", "se"), ("low", "low"), ("high", "high")]
    for (key, other) in keys {
      close(asked[key]?.number, declared[other]?.number ?? .nan, 1e-9)
    }
    let segments = zip(
      asked["segments"]?.array ?? [], declared["by_segment"]?.array ?? [])
    var compared = 0
    for (one, other) in segments {
      for key in ["gain", "se", "low", "high"] {
        close(one[key]?.number, other[key]?.number ?? .nan, 1e-9)
        compared += 1
      }
    }
    #expect(compared == 4 * (asked["segments"]?.array?.count ?? 0) && compared > 0)
    let improved = try command.run("improve", "study-tessera", "--json")
    #expect(improved.status == 0, "\(improved.errors)")

    try Data(bytes.dropLast(8)).write(to: file("replicates.bin"))
    let refused = try command.run(change)
    #expect(refused.status != 0)
    #expect((refused.output + refused.errors).contains("E0713"))
    try FileManager.default.removeItem(at: file("replicates.bin"))
    let without = try command.run(change)
    #expect(without.status == 0, "\(without.errors)")
    #expect(without.errors.contains("hold the segments fixed"))
  }

  @Test func `inspect tells what is in a survey`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let json = try command.run("inspect", "people.csv", "--json").json
    #expect(json["respondents"]?.number == 240)
    let names = json["variables"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.first == "id")
    #expect(names.count == 9)
    #expect(!(try command.run("inspect", "people.csv").output.contains("r137")))
  }
}

import Foundation
import TesseraFiles
import TesseraStudy
import Testing

@Suite("tessera rename")
struct RenameTests {
  /// Two planted kinds of people, one twice as frequent as the other, and two products.
  private func plant(in command: Command, name: String = "people.csv", swapped: Bool = false) throws
  {
    var survey = "id,children,job,club,imp_room,imp_price,top\n"
    var state: UInt64 = swapped ? 7 : 42
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for row in 1...240 {
      let isFamily = (row % 3 != 0) != swapped
      let children = isFamily == (draw(10) > 0) ? "two" : "none"
      let job = isFamily == (draw(10) > 0) ? "office" : "student"
      let club = isFamily == (draw(10) > 0) ? "school" : "music"
      let room = isFamily ? 4 + draw(2) : 1 + draw(2)
      survey += "r\(row),\(children),\(job),\(club),\(room),\(3 + draw(3)),\(20 + draw(30))\n"
    }
    try command.write(survey, to: name)
  }

  private func study(_ file: String = "people.csv", names: String = "") -> String {
    """
    title: Small study
    survey: { file: \(file), id: id }
    segments: { active: [children, job, club], count: 2, stability: 0\(names) }
    need_scale: [1, 5]
    needs:
      room: { importance: imp_room }
      afford: { importance: imp_price }
    features:
      seats: { value: { linear: [2, 7] } }
      price: { value: { linear: [50, 10] } }
    products:
      small: { seats: 2, price: 15 }
      large: { seats: 7, price: 35 }
    relations:
      room: { seats: 9 }
      afford: { price: 9 }
    barriers:
      too_dear: { violated_when: "price > top" }

    """
  }

  private func text(_ command: Command, _ path: String) throws -> String {
    String(
      decoding: try Data(contentsOf: command.folder.appendingPathComponent(path)), as: UTF8.self)
  }

  private func json(_ command: Command, _ path: String) throws -> JSONValue {
    try JSONValue.parse(Data(contentsOf: command.folder.appendingPathComponent(path)))
  }

  private func names(_ command: Command, _ folder: String) throws -> [String] {
    try json(command, "\(folder)/segments.json")["segments"]?.array?
      .compactMap { $0["name"]?.string } ?? []
  }

  @Test func `a new name stands in every output, and nothing else changes`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    try command.write(study(), to: "study.yaml")
    let arguments = ["study.yaml", "--replicates", "20", "--sav", "--locale", "de"]
    #expect(try command.run(["run"] + arguments).status == 0)
    let folder = "study-tessera"
    let before = try names(command, folder)
    let fit = try json(command, "\(folder)/fit.json")["cells"]
    try command.write("mine", to: "\(folder)/notes.txt")
    let result = try command.run("rename", folder, "S1=Zweikindhäuser <&>")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("S1 Zweikindhäuser"))
    #expect(try names(command, folder) == ["Zweikindhäuser <&>", before[1]])
    for name in ["report.html", "report.md", "profiles.json", "fit.json", "charts/fit.svg"] {
      let bytes = try text(command, "\(folder)/\(name)")
      #expect(bytes.contains("Zweikindhäuser"), "\(name)")
      #expect(!bytes.contains(before[0]), "\(name)")
    }
    #expect(try json(command, "\(folder)/fit.json")["cells"] == fit)
    #expect(try text(command, "\(folder)/notes.txt") == "mine")
    let left = try FileManager.default.contentsOfDirectory(atPath: command.folder.path)
    #expect(!left.contains { $0.hasSuffix(".renamed") || $0.hasSuffix("aside") })
    let record = try json(command, "\(folder)/run.json")
    let checksums = try #require(record["checksums"]?.members)
    #expect(checksums.count + 1 == record["files"]?.array?.count)
    for (name, stated) in checksums {
      let bytes = try Data(contentsOf: command.folder.appendingPathComponent("\(folder)/\(name)"))
      #expect(SHA256.hex(of: Array(bytes)) == stated.string, "\(name)")
    }
    // A later run into another folder and one with the same names are the same.
    #expect(try command.run(["run"] + arguments + ["-o", "again"]).status == 0)
    #expect(try names(command, "again") == names(command, folder))
    let files = try #require(record["files"]?.array).compactMap(\.string)
    for name in files where !["run.json", "deck.pptx"].contains(name) {
      let paths = ["again", folder].map { command.folder.appendingPathComponent("\($0)/\(name)") }
      #expect(try Data(contentsOf: paths[0]) == Data(contentsOf: paths[1]), "\(name)")
    }
    // Nothing was segmented anew: that step took longer than placing people by the model.
    func steps(_ record: JSONValue) -> [String] {
      record["timings_seconds"]?.members?.map(\.0) ?? []
    }
    #expect(!steps(record).contains("read"))
    #expect(steps(try json(command, "again/run.json")).contains("read"))
  }

  @Test func `names follow people to other data, from a study and from a bare file`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    try plant(in: command, name: "later.csv", swapped: true)
    try command.write(
      study(names: ", names: { S1: Families, S2: Singles }"), to: "study.yaml")
    #expect(try command.run("segment", "study.yaml", "-o", "first").status == 0)
    #expect(try names(command, "first") == ["Families", "Singles"])
    try command.write(
      study("later.csv", names: ", names: { S1: Families, S2: Singles }"), to: "study.yaml")
    #expect(try command.run("segment", "study.yaml", "-o", "second").status == 0)
    #expect(try names(command, "second") == ["Singles", "Families"])
    let flags = ["--active", "children,job,club", "--segments", "2", "-o"]
    #expect(try command.run(["segment", "people.csv"] + flags + ["bare"]).status == 0)
    let renamed = try command.run("rename", "bare", "S2=Musicians", "--json")
    #expect(renamed.json["names"]?["S2"]?.string == "Musicians", "\(renamed.errors)")
    #expect(command.files.contains("people.csv.names.json"))
    #expect(try text(command, "bare/profiles.json").contains("Musicians"))
  }

  @Test func `what cannot be renamed is refused kindly and left alone`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    try command.write(study(), to: "study.yaml")
    #expect(try command.run("segment", "study.yaml", "-o", "out").status == 0)
    let before = try text(command, "out/segments.json")
    let faults: [([String], Int32, String)] = [
      (["nowhere", "S1=A"], 66, "no finished run"), (["out", "S9=A"], 64, "no segment 'S9'"),
      (["out", "Families"], 64, "S1="), (["out", "S1="], 64, "empty"),
      (["out", "S1=a\nb"], 64, "line break"), (["out", "S1=A", "S2=a"], 64, "both"),
      (["out", "S1=A", "S1=B"], 64, "twice"), (["out", "S1=S2"], 64, "id of a segment"),
      (["out", "S1=" + String(repeating: "x", count: 81)], 64, "81 characters"),
      (["out", "S1=A", "--study", "gone.yaml"], 66, "--study"),
    ]
    for (arguments, status, word) in faults {
      let result = try command.run(["rename"] + arguments)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(word), "\(arguments): \(result.errors)")
    }
    try command.write(text(command, "out/assignments.csv") + "mine\n", to: "out/assignments.csv")
    let changed = try command.run("rename", "out", "S1=A")
    #expect(changed.status == 73 && changed.errors.contains("--force"), "\(changed.errors)")
    try plant(in: command, swapped: true)
    let other = try command.run("rename", "out", "S1=A", "--force")
    #expect(other.status == 65 && other.errors.contains("people.csv"), "\(other.errors)")
    #expect(try text(command, "out/segments.json") == before)
    #expect(!command.files.contains("study.names.json"))
    try command.write("{ \"schema\": 3", to: "study.names.json")
    let damaged = try command.run("segment", "study.yaml")
    #expect(damaged.status == 65 && damaged.errors.contains("study.names.json"))
  }
}

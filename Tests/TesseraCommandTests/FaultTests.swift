import Foundation
import TesseraStudy
import Testing

@Suite("What goes wrong ends with a clear message")
struct FaultTests {
  /// A survey that a study can be made of.
  private static let survey: String = {
    var text = "id,age,job,weight\n"
    for row in 1...60 { text += "r\(row),\(20 + row % 40),\(row % 3 == 0 ? "cook" : "clerk"),1\n" }
    return text
  }()

  private func expectFault(
    _ result: Command.Result, status: Int32, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.errors.contains("error"), sourceLocation: sourceLocation)
    #expect(!result.errors.contains("Fatal error"), sourceLocation: sourceLocation)
    for word in words {
      #expect(
        result.errors.contains(word), "no '\(word)' in: \(result.errors)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func `a missing study, a missing survey`() throws {
    let command = try Command()
    defer { command.close() }
    expectFault(try command.run("run", "nothing.yaml"), status: 66, "nothing.yaml")
    try command.write("survey: { file: gone.csv }\n", to: "study.yaml")
    expectFault(try command.run("run", "study.yaml"), status: 66, "gone.csv")
    #expect(command.files == ["study.yaml"])
  }

  @Test func `a missing column and a misspelt key are answered with the nearest`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    try command.write(
      "survey: { file: people.csv }\nsegments: { active: [agee, job] }\n", to: "study.yaml")
    expectFault(
      try command.run("run", "study.yaml"), status: 65, "agee", "age", "study.yaml:2")
    try command.write("survey: { fiel: people.csv }\n", to: "study.yaml")
    expectFault(try command.run("run", "study.yaml"), status: 65, "fiel", "file", "study.yaml:1")
    #expect(command.files == ["people.csv", "study.yaml"])
  }

  @Test func `a text in a numeric column names file, row and column`() throws {
    let command = try Command()
    defer { command.close() }
    // One such cell would cost itself and not the column; six of the same are no slip.
    let old = (61...66).map { "r\($0),old,cook,1\n" }.joined()
    try command.write(Self.survey + old, to: "people.csv")
    try command.write(
      """
      survey: { file: people.csv, levels: { age: numeric } }
      segments: { active: [age, job] }

      """, to: "study.yaml")
    expectFault(try command.run("run", "study.yaml"), status: 65, "people.csv:62", "age")
  }

  @Test func `a folder holds one run, and what people put there stays`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    try command.write(
      "survey: { file: people.csv }\nsegments: { active: [age, job], count: 2 }\n",
      to: "study.yaml")
    #expect(try command.run("run", "study.yaml", "-o", "out").status == 0)
    try command.write("mine", to: "out/notes.txt")
    #expect(command.files.contains("out/report.html"))
    #expect(try command.run("segment", "study.yaml", "-o", "out").status == 0)
    // Nothing of the first run stands beside the second's model.
    #expect(
      command.files.filter { $0.hasPrefix("out/") } == [
        "out/assignments.csv", "out/notes.txt", "out/profiles.json", "out/run.json",
        "out/segments.json",
      ])
  }

  @Test func `a survey in place of a study is told as one, without anybody's answers`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    let result = try command.run("run", "people.csv")
    expectFault(result, status: 65, "tessera init")
    #expect(!result.errors.contains("clerk") && !result.errors.contains("r1,"))
  }

  @Test func `an empty file, one respondent, all answers missing`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write("", to: "empty.csv")
    expectFault(try command.run("segment", "empty.csv"), status: 65, "empty.csv")
    try command.write("a,b\n1,2\n", to: "one.csv")
    expectFault(try command.run("segment", "one.csv", "--active", "a,b"), status: 65)
    try command.write("a,b,c\n" + String(repeating: ",,x\n", count: 30), to: "missing.csv")
    expectFault(try command.run("segment", "missing.csv", "--active", "a,b"), status: 65)
    expectFault(try command.run("inspect", "empty.csv"), status: 65, "empty.csv")
  }

  @Test func `more segments than different respondents are refused`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(
      "a,b\n" + String(repeating: "1,1\n1,2\n2,2\n", count: 14), to: "three.csv")
    expectFault(
      try command.run("segment", "three.csv", "--active", "a,b", "--segments", "5"), status: 65,
      "3")
  }

  @Test func `with --json an error is a JSON document, and nothing else is printed`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run("run", "nothing.yaml", "--json")
    #expect(result.status == 66)
    let error = result.json["error"] ?? .null
    #expect(error["code"]?.string == "E0101")
    #expect(error["file"]?.string == "nothing.yaml")
    #expect(error["hint"]?.string != nil)
    #expect(error["message"]?.string != nil)
  }

  @Test func `mistyped commands, options and methods are answered with the nearest`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    expectFault(try command.run("segmnt", "people.csv"), status: 64, "segment")
    let option = try command.run("segment", "people.csv", "--activ", "age")
    #expect(option.status == 64)
    #expect(option.errors.contains("--active"))
    expectFault(
      try command.run("segment", "people.csv", "--method", "kmean"), status: 64, "kmeans")
  }

  @Test func `a folder with something else in it is not written over`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    let taken = command.folder.appendingPathComponent("taken")
    try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
    try command.write("mine", to: "taken/letter.txt")
    let result = try command.run(
      "segment", "people.csv", "--active", "age,job", "--segments", "2", "--stability", "0",
      "-o", "taken")
    expectFault(result, status: 73, "taken", "--force")
    #expect(command.files == ["people.csv", "taken", "taken/letter.txt"])
  }

  @Test func `a model that was changed is refused`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey, to: "people.csv")
    let made = try command.run(
      "segment", "people.csv", "--active", "age,job", "--segments", "2", "--stability", "0",
      "-o", "out")
    #expect(made.status == 0, "\(made.errors)")
    let model = command.folder.appendingPathComponent("out/segments.json")
    let text = try String(contentsOf: model, encoding: .utf8)
    try command.write(
      text.replacingOccurrences(of: "\"seed\": 1", with: "\"seed\": 2"), to: "changed.json")
    expectFault(
      try command.run("assign", "--model", "changed.json", "people.csv"), status: 65,
      "changed.json")
  }

  @Test func `every error that is told has an entry in the guide`() throws {
    let command = try Command()
    defer { command.close() }
    let sources = Command.checkout.appendingPathComponent("Sources")
    var codes: Set<String> = []
    let files = FileManager.default.enumerator(atPath: sources.path)?.allObjects as? [String] ?? []
    for file in files where file.hasSuffix(".swift") && !file.contains("ErrorGuide") {
      let text = try String(
        contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /"(E0\d{3})"/) { codes.insert(String(match.1)) }
    }
    #expect(codes.count > 60)
    for code in codes.sorted() {
      let result = try command.run("explain", code)
      #expect(result.status == 0, "no entry for \(code)")
      #expect(result.output.hasPrefix(code))
    }
    expectFault(try command.run("explain", "E9999"), status: 64, "E9999")
  }
}

import Foundation
import TesseraStudy
import Testing

/// The way in by Excel, and what is told before and after a run.
@Suite struct WorkbookStudyTests {
  /// Outputs that name their inputs: their other parts are held against each other elsewhere.
  private static let naming = [
    "run.json", "report.html", "report.md", "workbook.xlsx", "appendix.html", "appendix.md",
    "appendix.xlsx", "deck.pptx",
  ]

  private func copy(_ names: [String], to command: Command) throws {
    for name in names {
      try FileManager.default.copyItem(
        at: URL(fileURLWithPath: Command.dataset("coupe-or-suv/\(name)")),
        to: command.folder.appendingPathComponent(name))
    }
  }

  @Test func `a study in YAML and in Excel gives the same bytes`() throws {
    let command = try Command()
    defer { command.close() }
    try copy(["study.yaml", "respondents.csv", "products.csv", "relations.csv"], to: command)
    let made = try command.run("init", "study.yaml", "--excel", "study.xlsx")
    #expect(made.status == 0, "\(made.errors)")
    // Everything of the study stands in the workbook now.
    for name in ["products.csv", "relations.csv"] {
      try FileManager.default.moveItem(
        at: command.folder.appendingPathComponent(name),
        to: command.folder.appendingPathComponent("old-" + name))
    }
    let excel = try command.run("run", "study.xlsx", "-o", "excel")
    #expect(excel.status == 0, "\(excel.errors)")
    for name in ["products.csv", "relations.csv"] {
      try FileManager.default.moveItem(
        at: command.folder.appendingPathComponent("old-" + name),
        to: command.folder.appendingPathComponent(name))
    }
    let yaml = try command.run("run", "study.yaml", "-o", "yaml")
    #expect(yaml.status == 0, "\(yaml.errors)")
    func files(_ folder: String) -> [String] {
      command.files.filter { $0.hasPrefix(folder + "/") }.map {
        String($0.dropFirst(folder.count + 1))
      }
    }
    #expect(files("yaml") == files("excel"))
    var compared = 0
    for name in files("yaml") where !Self.naming.contains(name) {
      let pair = ["yaml", "excel"].map {
        FileManager.default.contents(
          atPath: command.folder.appendingPathComponent("\($0)/\(name)").path)
      }
      #expect(pair[0] == pair[1], "\(name)")
      if pair[0] != nil { compared += 1 }
    }
    #expect(compared > 5)
    // Of those that name their inputs every other line is the same.
    func lines(_ folder: String) throws -> [Substring] {
      try String(
        contentsOf: command.folder.appendingPathComponent("\(folder)/report.md"), encoding: .utf8
      ).split(separator: "\n").filter { line in
        !["study.", "products.csv", "relations.csv"].contains { line.contains($0) }
      }
    }
    #expect(try lines("yaml") == lines("excel"))
  }

  @Test func `a survey becomes a workbook that runs as it is`() throws {
    let command = try Command()
    defer { command.close() }
    let rows = (0..<160).map { row -> String in
      let kind = row % 2
      return "\(row),"
        + (0..<6).map { "\(kind == $0 % 2 ? 4 + row % 2 : 1 + row / 3 % 2)" }
        .joined(separator: ",")
    }
    try command.write(
      "id,q1_1,q1_2,q1_3,q1_4,q1_5,q1_6\n" + rows.joined(separator: "\n") + "\n", to: "a.csv")
    #expect(try command.run("init", "a.csv", "--excel", "s.xlsx").status == 0)
    let again = try command.run("init", "a.csv", "--excel", "s.xlsx")
    #expect(again.status == 73)
    let run = try command.run("segment", "s.xlsx", "--json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try command.run("prepare", "s.xlsx").status == 0)
    let wrong = try command.run("inspect", "s.xlsx")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("is a study"))
  }

  @Test func `all faults of a study are told, and summed up`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write("survey: { fil: a.csv }\nsegments: { count: 0 }\nrho: 7\n", to: "s.yaml")
    let run = try command.run("run", "s.yaml")
    #expect(run.status == 65)
    #expect(run.errors.contains("s.yaml:1") && run.errors.contains("s.yaml:3 (rho)"))
    #expect(run.errors.contains("3 errors in s.yaml"))
    let json = try command.run("run", "s.yaml", "--json").json
    #expect(json["errors"]?.array?.count == 3)
    #expect(json["error"]?["row"]?.number == 1)
  }

  @Test func `assign ends with a table, and explain lists what can be asked`() throws {
    let command = try Command()
    defer { command.close() }
    let rows = (0..<160).map { row -> String in
      let kind = row % 2
      return "\(row),"
        + (0..<6).map { "\(kind == $0 % 2 ? 4 + row % 2 : 1 + row / 3 % 2)" }
        .joined(separator: ",")
    }
    let text = "id,q1_1,q1_2,q1_3,q1_4,q1_5,q1_6\n" + rows.joined(separator: "\n") + "\n"
    try command.write(text, to: "a.csv")
    try command.write(text + "x,,,,,,\n", to: "b.csv")
    let model = try command.run(
      "segment", "a.csv", "--id", "id", "--active", "q1_1,q1_2,q1_3,q1_4,q1_5,q1_6", "--segments",
      "2", "-o", "m")
    #expect(model.status == 0, "\(model.errors)")
    let assign = try command.run(
      "assign", "--model", "m/segments.json", "b.csv", "-o", "out.csv")
    #expect(assign.status == 0, "\(assign.errors)")
    #expect(assign.output.contains("mean probability"))
    #expect(assign.output.contains("160 of 161 assigned, 1 without a segment"))
    let plain = try command.run("assign", "--model", "m/segments.json", "a.csv")
    #expect(plain.output.hasSuffix("\r\n") && !plain.output.hasSuffix("\n\n"))
    #expect(plain.errors.contains("160 of 160 assigned"))
    try copy(["study.yaml", "respondents.csv", "products.csv", "relations.csv"], to: command)
    #expect(try command.run("run", "study.yaml", "-o", "r").status == 0)
    let list = try command.run("explain", "r")
    #expect(list.status == 0, "\(list.errors)")
    for word in ["--product takes:", "coupe", "suv", "--segment takes:", "tessera explain r "] {
      #expect(list.output.contains(word), "\(word)")
    }
  }
}

import Foundation
import TesseraStudy
import Testing

@Suite("tessera tables", .timeLimit(.minutes(30)))
struct TablesCommandTests {
  /// A survey of planted answers, with labels that spreadsheets and XML trip over.
  private func survey(_ people: Int = 400) -> String {
    var text = "id,sex,region,liked,score,note\n"
    var state: UInt64 = 9
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    let regions = ["=1+1", "+North", "-South", "@East\u{1}", "<b>&\"West\""]
    for person in 0..<people {
      let isWoman = draw(2) == 0
      let region = person < 4 ? "Tiny" : regions[draw(5)]
      let liked = draw(100) < (isWoman ? 60 : 35) ? "yes" : "no"
      let cell = "\"" + region.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      text += "p\(person),\(isWoman ? "F" : "M"),\(cell),\(liked),"
      text += "\(isWoman ? 40 + draw(20) : 35 + draw(20)).5,secret words \(person)\n"
    }
    return text
  }

  @Test func `a survey file becomes tables with letters, in three formats`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(survey(), to: "people.csv")
    let result = try command.run(
      "tables", "people.csv", "--banner", "sex,region", "--id", "id", "-o", "t.xlsx", "-o", "t.csv",
      "-o", "t.json", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["schema"]?.string == "tessera.tables/1")
    let cells = result.json["cells"]?.array ?? []
    let liked = cells.first {
      $0["question"]?.string == "liked" && $0["row"]?.string == "yes"
        && $0["column"]?.string == "sex=F"
    }
    // 60 against 35 of 100, 200 people each: higher than the men, and than everybody else.
    let letters = liked?["letters"]?.string ?? ""
    #expect(letters.count == 2 && letters.hasPrefix("A"), "\(letters)")
    #expect(liked?["count"] == .null)
    // The four people of a region are hidden, and so is the next smallest region.
    let hidden = Set(
      cells.filter { $0["hidden"]?.string == "base" }.compactMap { $0["column"]?.string })
    #expect(hidden.count == 1 && hidden.allSatisfy { $0.hasPrefix("region=") }, "\(hidden)")
    #expect(!result.output.contains("Tiny"))
    #expect(!result.output.contains("secret words"))
    #expect(!result.output.contains("p137"))
    let csv = try String(
      contentsOf: command.folder.appendingPathComponent("t.csv"), encoding: .utf8)
    #expect(csv.contains("\"'=1+1\""))
    #expect(!csv.contains(",=1+1"))
    #expect(csv.split(separator: "\r\n").count == cells.count + 1)
  }

  @Test func `a survey that has moved is named, and gives what it gave`() throws {
    let command = try Command()
    defer { command.close() }
    for name in ["respondents.csv", "relations.csv", "products.csv", "study.yaml"] {
      try command.write(
        try String(contentsOfFile: Command.dataset("coupe-or-suv/\(name)"), encoding: .utf8)
          .replacing("id,segment,weight", with: "respondent,segment,weight")
          .replacing("id: id", with: "id: respondent"), to: name)
    }
    let run = try command.run(
      "run", "study.yaml", "-o", "out", "--minimum-cell", "1", "--replicates", "20", "--quiet",
      "--own-id-name")
    try #require(run.status == 0, "\(run.errors)")
    let assigned = try String(
      contentsOf: command.folder.appendingPathComponent("out/assignments.csv"), encoding: .utf8)
    #expect(assigned.hasPrefix("respondent,segment,name,probability,"))
    let whatIf = ["whatif", "out", "--product", "coupe", "--set", "seats=5", "--json"]
    let before = try command.run(whatIf)
    let deck = try command.run("deck", "out", "-o", "a.pptx")
    #expect(before.status == 0 && deck.status == 0)
    let folder = command.folder
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("else"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: folder.appendingPathComponent("respondents.csv"),
      to: folder.appendingPathComponent("else/people.csv"))
    let lost = try command.run(whatIf)
    #expect(lost.status == 66 && lost.output.contains("--survey"))
    let found = try command.run(whatIf + ["--survey", "else/people.csv"])
    #expect(found.output == before.output && found.errors == before.errors, "\(found.errors)")
    let again = try command.run("deck", "out", "-o", "b.pptx", "--survey", "else/people.csv")
    #expect(again.status == 0)
    let tables = try command.run("tables", "out", "-o", "t.csv", "--survey", "else/people.csv")
    #expect(tables.status == 0, "\(tables.errors)")
    for name in ["improve", "reach"] {
      let answer = try command.run(name, "out", "--survey", "nowhere.csv")
      #expect(answer.status == 66 && answer.errors.contains("nowhere.csv"), "\(answer.errors)")
      #expect(!answer.errors.contains("study.yaml"))
    }
    // A survey of other people is refused, whatever is asked of it.
    let people = try String(
      contentsOf: folder.appendingPathComponent("else/people.csv"), encoding: .utf8)
    let few = people.split(whereSeparator: \.isNewline).dropLast(2).joined(separator: "\n") + "\n"
    try command.write(few, to: "few.csv")
    let other = try command.run("reach", "out", "--survey", "few.csv")
    #expect(other.status == 65 && other.errors.contains("E0714"), "\(other.errors)")
  }

  @Test func `the same survey gives the same bytes, on one sheet or on many`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(survey(), to: "people.csv")
    for flags in [[], ["--one-sheet", "--row-percent", "--index", "--sort"]] {
      var files: [Data] = []
      for (name, threads) in [("a.xlsx", "1"), ("b.xlsx", "2")] {
        let result = try command.run(
          [
            "tables", "people.csv", "--banner", "sex", "--id", "id", "-o", name, "--threads",
            threads,
          ]
            + flags)
        #expect(result.status == 0, "\(result.errors)")
        files.append(try Data(contentsOf: command.folder.appendingPathComponent(name)))
      }
      #expect(files[0] == files[1])
      #expect(files[0].count > 5000)
    }
  }

  @Test func `what cannot be done is said with what to do`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(survey(60), to: "people.csv")
    for (arguments, status, word) in [
      (["--banner", "sexx"], 65, "sex"), (["--banner", "score"], 65, "bands"), ([], 64, "--banner"),
      (["--banner", "sex", "-o", "t.doc"], 64, ".xlsx"),
      (["--banner", "sex", "--confidence", "90,95"], 64, "95,90"),
      (["--banner", "sex", "--stub", "likd"], 65, "liked"),
    ] {
      let result = try command.run(["tables", "people.csv"] + arguments)
      #expect(result.status == Int32(status), "\(arguments): \(result.errors)")
      #expect(result.errors.contains(word), "\(result.errors)")
    }
    #expect(!command.files.contains { $0.hasSuffix(".xlsx") })
  }
}

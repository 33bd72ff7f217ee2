import Foundation
import TesseraStudy
import Testing

/// People of three kinds, with answers of every sort; the same for each seed.
struct PlantedExport {
  static let questions = ["a", "b", "c", "d", "spend", "visits", "area"]

  /// CSV with a column `person`, the questions, and `tenure`, which depends on the kind.
  static func text(_ people: Int, seed: UInt64 = 1, prefix: String = "") -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var lines = ["person," + questions.map { prefix + $0 }.joined(separator: ",") + ",tenure"]
    for person in 0..<people {
      let kind = min(2, Int(uniform() * 3))
      var cells = ["p\(person)"]
      for question in 0..<4 {
        let chance = question % 3 == kind ? 0.85 : 0.15
        cells.append(uniform() < 0.05 ? "" : uniform() < chance ? "yes" : "no")
      }
      let spend = (0..<6).reduce(Double(kind) * 20 + 40) { sum, _ in sum + uniform() * 8 }
      cells.append(uniform() < 0.05 ? "" : String(format: "%.1f", spend))
      var visits = 0
      while uniform() < [0.2, 0.6, 0.4][kind], visits < 12 { visits += 1 }
      cells.append("\(visits)")
      cells.append(["north", "south", "east"][uniform() < 0.6 ? kind : Int(uniform() * 3)])
      cells.append(["short", "middle", "long"][uniform() < 0.5 ? kind : Int(uniform() * 3)])
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

@Suite("After the study, from the command line", .timeLimit(.minutes(30)))
struct TypingCommandTests {
  /// A folder with a survey, `people.csv`, and a model of three segments in `m/segments.json`.
  private static func studied(_ method: String = "latent-class") throws -> Command {
    let command = try Command()
    try command.write(PlantedExport.text(1_000), to: "people.csv")
    let run = try command.run(
      "segment", "people.csv", "--active", PlantedExport.questions.joined(separator: ","),
      "--count-variable", "visits", "--id", "person", "--segments", "3",
      method == "zero-inflated" ? "--zero-inflated" : "--method",
      method == "zero-inflated" ? "visits" : method, "--replicates", "20", "-o", "m", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    return command
  }

  /// The cells of a line; commas within quotes, as in names of segments, part none.
  private static func cells(_ line: String) -> [String] {
    var result = [""]
    var isQuoted = false
    for letter in line {
      if letter == "\"" {
        isQuoted.toggle()
      } else if letter == ",", !isQuoted {
        result.append("")
      } else {
        result[result.count - 1].append(letter)
      }
    }
    return result
  }

  private static func rows(_ command: Command, _ name: String) throws -> [[String: String]] {
    let text = try String(
      contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { cells(String($0)) }
    let header = try #require(lines.first)
    return lines.dropFirst().map { cells in
      Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  @Test(
    .enabled(if: Browser.program != nil, "needs Chromium"),
    arguments: ["latent-class", "kmeans", "zero-inflated"])
  func `the script places a thousand people as assign does`(_ method: String) throws {
    let command = try Self.studied(method)
    defer { command.close() }
    let typing = try command.run(
      "typing", "m/segments.json", "people.csv", "-o", "typing.json", "--js", "screener.js",
      "--questions", "5", "--folds", "4", "--json")
    try #require(typing.status == 0, "\(typing.errors)")
    #expect(typing.json["sizes"]?.array?.count == 7)
    let assigned = try command.run(
      "assign", "--model", "typing.json", "people.csv", "-o", "assigned.csv", "--quiet")
    try #require(assigned.status == 0, "\(assigned.errors)")
    let expected = try Self.rows(command, "assigned.csv")
    let people = try Self.rows(command, "people.csv")
    let browser = try Browser()
    try browser.open("about:blank")
    let script = try String(
      contentsOf: command.folder.appendingPathComponent("screener.js"), encoding: .utf8)
    let answers = JSONValue.array(
      people.map { row in
        .object(PlantedExport.questions.map { ($0, .string(row[$0] ?? "")) })
      })
    let found = try browser.value(
      "(() => { \(script)\n const people = \(answers.compactText);"
        + "return people.map((one) => { const r = tesseraTyping.type(one);"
        + "return [r.segment || '', ...Object.values(r.probabilities)]; }); })()")
    let typed = try #require(found.array)
    #expect(typed.count == 1_000 && expected.count == 1_000)
    var differing = 0
    for (row, own) in zip(expected, typed) {
      let values = own.array ?? []
      if values.first?.string != row["segment"] { differing += 1 }
      for (place, chance) in values.dropFirst().enumerated() {
        let other = Double(row["p_S\(place + 1)"] ?? "") ?? -1
        // Who answered nothing that is asked has no probabilities in the file.
        if row["p_S1"] != "", abs((chance.number ?? -2) - other) > 1e-9 { differing += 1 }
      }
    }
    #expect(differing == 0)
    #expect(browser.complaints.isEmpty && browser.requests(besides: "about:").isEmpty)
  }

  @Test(.enabled(if: Browser.program != nil, "needs Chromium"))
  func `the script asks next what says most, and ends when it is sure`() throws {
    let command = try Self.studied()
    defer { command.close() }
    let typing = try command.run(
      "typing", "m/segments.json", "people.csv", "-o", "typing.json", "--js", "screener.js",
      "--adaptive", "--never", "area", "--folds", "4", "--json")
    try #require(typing.status == 0, "\(typing.errors)")
    let adaptive = try #require(typing.json["adaptive"])
    let first = adaptive["first"]?.array?.first?["question"]?.string
    let browser = try Browser()
    try browser.open("about:blank")
    let script = try String(
      contentsOf: command.folder.appendingPathComponent("screener.js"), encoding: .utf8)
    let person = try Self.rows(command, "people.csv")[7]
    let answers = JSONValue.object(
      PlantedExport.questions.map { ($0, .string(person[$0] ?? "")) })
    let asked = try browser.value(
      "(() => { \(script)\n const all = \(answers.compactText); const known = {}; const asked = [];"
        + "for (let i = 0; i < 20; i++) { const q = tesseraTyping.next(known); if (q === null) break;"
        + "asked.push(q); known[q] = all[q] === '' ? null : all[q]; }"
        + "return [asked, tesseraTyping.type(known).probability]; })()")
    let names = asked.array?.first?.array?.compactMap(\.string) ?? []
    #expect(names.first == first && !names.contains("area") && Set(names).count == names.count)
    let probability = asked.array?.last?.number ?? 0
    #expect(probability >= (adaptive["stop_at"]?.number ?? 2) || names.count == 6)
  }

  @Test func `a model alone is judged by people drawn from it, and says so`() throws {
    let command = try Self.studied()
    defer { command.close() }
    let result = try command.run("typing", "m/segments.json", "--folds", "3", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["evidence"]?.string == "people drawn from the model")
    let text = try command.run("typing", "m/segments.json", "people.csv", "--folds", "3")
    #expect(
      text.output.contains("questions place") && text.output.contains("if the model is right"))
    // Who is not placed does not count as placed rightly.
    let strict = try command.run(
      "typing", "m/segments.json", "people.csv", "--folds", "3", "--questions", "2", "--threshold",
      "0.97")
    let first = strict.output.prefix { $0 != "\n" }
    #expect(first.contains("% of people, and of these ") && first.contains("everybody placed, "))
    let wrong = try command.run("typing", "m/segments.json", "people.csv", "--must", "spent")
    #expect(wrong.status == 65 && wrong.errors.contains("did you mean 'spend'?"))
    let many = try command.run("typing", "m/segments.json", "people.csv", "--questions", "9")
    #expect(many.status == 65 && many.errors.contains("between 1 and 7"))
  }

  @Test func `a survey is written again with segments behind its columns, labels kept`() throws {
    let command = try Self.studied()
    defer { command.close() }
    let plain = try command.run(
      "assign", "--model", "m/segments.json", "people.csv", "-o", "plain.csv", "--quiet")
    #expect(plain.status == 0, "\(plain.errors)")
    for (source, target) in [("people.csv", "one.csv"), ("people.csv", "one.sav")] {
      let result = try command.run(
        "assign", "--model", "m/segments.json", source, "--append", "-o", target)
      #expect(result.status == 0, "\(result.errors)")
    }
    let expected = try Self.rows(command, "plain.csv")
    let people = try Self.rows(command, "people.csv")
    let appended = try Self.rows(command, "one.csv")
    #expect(appended.count == 1_000)
    for (row, (own, person)) in zip(appended, zip(expected, people)) {
      #expect(
        PlantedExport.questions.allSatisfy { Double(row[$0] ?? "") == Double(person[$0] ?? "") })
      #expect(row["area"] == person["area"] && row["person"] == person["person"])
      #expect("S\(row["segment"] ?? "")" == own["segment"])
      #expect(abs((Double(row["p_S2"] ?? "") ?? 9) - (Double(own["p_S2"] ?? "") ?? 8)) < 1e-9)
    }
    // Appended once more, the labels of the first time are still there.
    let again = try command.run(
      "assign", "--model", "m/segments.json", "one.sav", "--append", "-o", "two.sav")
    #expect(again.status == 0 && again.errors.contains("begin with tessera_"), "\(again.errors)")
    let words = try command.run("convert", "two.sav", "two.csv", "--labels", "--quiet")
    #expect(words.status == 0, "\(words.errors)")
    let model = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("m/segments.json")))
    let labels = (model["segments"]?.array ?? []).compactMap { segment in
      segment["id"]?.string.map { "\($0) \(segment["name"]?.string ?? "")" }
    }
    let lines = try String(
      contentsOf: command.folder.appendingPathComponent("two.csv"), encoding: .utf8
    ).split(whereSeparator: \.isNewline).dropFirst()
    #expect(labels.count == 3 && lines.count == 1_000)
    #expect(
      lines.allSatisfy { line in
        labels.contains { line.components(separatedBy: $0).count == 3 }
      })
    let third = try command.run(
      "assign", "--model", "m/segments.json", "two.sav", "--append", "-o", "three.sav")
    #expect(third.status == 65 && third.errors.contains("already has a column"))
  }

  @Test func `JSON lines say what the CSV says, and a map gives columns their names`() throws {
    let command = try Self.studied()
    defer { command.close() }
    try command.write(PlantedExport.text(1_000, prefix: "q_"), to: "renamed.csv")
    try command.write(
      "model,file\n" + PlantedExport.questions.map { "\($0),q_\($0)" }.joined(separator: "\n"),
      to: "map.csv")
    let plain = try command.run(
      "assign", "--model", "m/segments.json", "people.csv", "-o", "plain.csv", "--quiet")
    let lines = try command.run(
      "assign", "--model", "m/segments.json", "renamed.csv", "--map", "map.csv", "-o",
      "lines.jsonl", "--quiet")
    #expect(plain.status == 0 && lines.status == 0, "\(lines.errors)")
    let text = try String(
      contentsOf: command.folder.appendingPathComponent("lines.jsonl"), encoding: .utf8)
    let objects = try text.split(separator: "\n").map { try JSONValue.parse(Data($0.utf8)) }
    let rows = try Self.rows(command, "plain.csv")
    #expect(objects.count == 1_000)
    for (object, row) in zip(objects, rows) {
      #expect(object["id"]?.string == row["id"] && object["segment"]?.string == row["segment"])
      #expect(abs((object["p_S1"]?.number ?? 9) - (Double(row["p_S1"] ?? "") ?? 8)) < 1e-11)
    }
    try command.write("model,file\nspend,q_spent\n", to: "wrong.csv")
    let wrong = try command.run(
      "assign", "--model", "m/segments.json", "renamed.csv", "--map", "wrong.csv")
    #expect(wrong.status == 65 && wrong.errors.contains("did you mean 'q_spend'?"))
    let none = try command.run("assign", "--model", "m/segments.json", "renamed.csv")
    #expect(none.status == 65)
  }

  @Test func `a bridge places customers, and their predicted shares stand beside the survey's`()
    throws
  {
    let command = try Self.studied()
    defer { command.close() }
    let bridge = try command.run(
      "bridge", "--model", "m/segments.json", "--from", "tenure,area", "people.csv", "-o",
      "bridge.json", "--replicates", "30", "--folds", "4", "--json")
    try #require(bridge.status == 0, "\(bridge.errors)")
    #expect(bridge.json["active_columns"]?.array?.compactMap(\.string) == ["area"])
    #expect(bridge.json["shared_columns"]?.array?.compactMap(\.string) == ["tenure"])
    #expect(bridge.json["can_tell"]?.bool == true)
    try command.write(
      "number,years,area\n7,short,north\n8,long,east\n9,,south\n", to: "customers.csv")
    try command.write("model,file\ntenure,years\nperson,number\n", to: "map.csv")
    let placed = try command.run(
      "assign", "--model", "bridge.json", "customers.csv", "--map", "map.csv", "-o", "placed.csv")
    #expect(placed.status == 0, "\(placed.errors)")
    #expect(
      placed.output.contains("predicted share") && placed.output.contains("share in the survey"))
    let rows = try Self.rows(command, "placed.csv")
    #expect(rows.map { $0["id"] } == ["7", "8", "9"])
    #expect(rows[0]["segment"] != rows[1]["segment"] && rows[2]["segment"] == "")
    let text = try command.run(
      "bridge", "--model", "m/segments.json", "--from", "tenure", "people.csv", "--replicates",
      "30", "--folds", "4")
    #expect(text.output.contains("Agreement with the survey's own typing"))
    let alone = try command.run("bridge", "--model", "m/segments.json", "--from", "tenure")
    #expect(alone.status == 64 && alone.errors.contains("needs the survey"))
  }

  @Test func `the fit of a run says what to open with`() throws {
    let command = try Command()
    defer { command.close() }
    let study = Command.dataset("coupe-or-suv/study.yaml")
    let run = try command.run(
      "run", study, "-o", "out", "--minimum-cell", "1", "--replicates", "20", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    let result = try command.run(
      "assign", "--model", "out/segments.json", Command.dataset("coupe-or-suv/respondents.csv"),
      "--fit", "out", "-o", "advice.csv", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    let fit = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("out/fit.json")))
    let rows = try Self.rows(command, "advice.csv")
    #expect(!rows.isEmpty)
    for row in rows {
      let cells = (fit["cells"]?.array ?? []).filter {
        $0["segment"]?.string == row["segment"]
      }
      let best = cells.max { ($0["fit"]?.number ?? 0) < ($1["fit"]?.number ?? 0) }
      let label = (fit["products"]?.array ?? []).first {
        $0["name"]?.string == best?["product"]?.string
      }?["label"]?.string
      #expect(row["best_product"] == label && row["reason"]?.isEmpty == false)
      #expect((0...1).contains(Double(row["best_product_probability"] ?? "") ?? -1))
    }
    let other = try command.run(
      "assign", "--model", "out/segments.json", Command.dataset("coupe-or-suv/respondents.csv"),
      "--fit", "nowhere", "-o", "x.csv")
    #expect(other.status == 66 && other.errors.contains("the run has no fit"))
  }
}

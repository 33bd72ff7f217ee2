import Foundation
import TesseraStudy
import Testing

@Suite("Batches of exports")
struct BatchCommandTests {
  /// Exports of two kinds of people, and a model made of the first.
  private func plant(_ command: Command, exports: Int) throws {
    var state: UInt64 = 3
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    try FileManager.default.createDirectory(
      at: command.folder.appendingPathComponent("exports"), withIntermediateDirectories: true)
    for number in 1...exports {
      var text = "id,a,b,c,d\n"
      for row in 1...200 {
        let kind = row % 2
        let answers = (0..<4).map { _ in draw(10) < 8 ? kind : 1 - kind }
        text += "p\(row)," + answers.map { $0 == 1 ? "yes" : "no" }.joined(separator: ",") + "\n"
      }
      try command.write(text, to: "exports/e\(number).csv")
    }
    let made = try command.run(
      "segment", "exports/e1.csv", "--id", "id", "--active", "a,b,c,d", "--segments", "2",
      "--stability", "0", "-o", "model", "--quiet")
    #expect(made.status == 0, "\(made.errors)")
  }

  private func bytes(_ command: Command, _ folder: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    for name in command.files where name.hasPrefix(folder + "/") && !name.contains("/ledger.") {
      result[String(name.dropFirst(folder.count))] = try? Data(
        contentsOf: command.folder.appendingPathComponent(name))
    }
    return result
  }

  @Test func `an export that failed and is gone is nothing to wait for`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 1)
    try command.write("a,b\n1,2,3\n", to: "exports/bad.csv")
    let arguments = ["batch", "exports", "--model", "model/segments.json", "-o", "out"]
    let first = try command.run(arguments)
    #expect(
      first.status == 75 && first.output.contains("1 of 2 exports are done, 1 failed; 2 were tried")
    )
    try FileManager.default.removeItem(
      at: command.folder.appendingPathComponent("exports/bad.csv"))
    let again = try command.run(arguments)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("1 of 1 exports are done; 0 were tried now."))
  }

  @Test func `a batch does each export, and only what is new or changed the next time`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 3)
    try command.write("a,b\n1,2,3\n", to: "exports/bad.csv")
    let arguments = ["batch", "exports", "--model", "model/segments.json", "-o", "out", "--json"]
    let first = try command.run(arguments)
    #expect(first.status == 75, "\(first.errors)")
    #expect(first.json["done"]?.number == 3 && first.json["failed"]?.number == 1)
    let failed = first.json["jobs"]?.array?.first { $0["state"]?.string == "failed" }
    #expect(failed?["reason"]?.string?.contains("bad.csv:2") == true)
    #expect(command.files.contains("out/e2/assignments.csv"))
    #expect(command.files.contains("out/e2/drift.json"))
    #expect(!command.files.contains("out/bad"))
    let page = try String(
      contentsOf: command.folder.appendingPathComponent("out/index.html"), encoding: .utf8)
    #expect(page.contains("href=\"e1/assignments.csv\"") && page.contains("bad.csv"))

    // What is done stays; the bad file is mended, and another changes.
    let before = try bytes(command, "out")
    try FileManager.default.removeItem(at: command.folder.appendingPathComponent("exports/bad.csv"))
    let one = try String(
      contentsOf: command.folder.appendingPathComponent("exports/e1.csv"), encoding: .utf8)
    try command.write(one, to: "exports/bad.csv")
    let retried = try command.run("batch", "retry", "out")
    #expect(retried.status == 0, "\(retried.errors)")
    #expect(retried.json["done"]?.number == 4 && retried.json["failed"]?.number == 0)
    try command.write(one + "p999,yes,yes,yes,yes\n", to: "exports/e2.csv")
    let again = try command.run(arguments)
    #expect(again.status == 0 && again.json["done"]?.number == 4)
    let after = try bytes(command, "out")
    #expect(after["/e1/assignments.csv"] == before["/e1/assignments.csv"])
    #expect(after["/e2/assignments.csv"] != before["/e2/assignments.csv"])
    #expect(try command.run("batch", "status", "out").output.contains("4 of 4 exports are done"))
  }

  @Test func `a batch that is killed again and again ends as one that never was`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 12)
    let arguments = ["batch", "exports", "--model", "model/segments.json", "--quiet", "-o"]
    #expect(try command.run(arguments + ["whole"]).status == 0)
    for moment in 1...12 {
      let process = try command.start(arguments + ["killed"])
      Thread.sleep(forTimeInterval: 0.02 * Double(moment))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try command.run(arguments + ["killed"]).status == 0)
    let (whole, killed) = (try bytes(command, "whole"), try bytes(command, "killed"))
    #expect(whole.count > 24)
    let same = killed.mapValues { data in
      String(decoding: data, as: UTF8.self).replacing("killed", with: "whole")
    }
    #expect(same.keys.sorted() == whole.keys.sorted())
    for (name, data) in whole {
      #expect(same[name] == String(decoding: data, as: UTF8.self), "\(name)")
    }
  }

  @Test func `a manifest names exports, studies and folders`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 2)
    try command.write(
      """
      jobs:
        - { surveys: "exports/e*.csv", model: model/segments.json, output: "{folder}-{name}" }
      """, to: "manifest.yaml")
    #expect(try command.run("batch", "manifest.yaml", "-o", "out").status == 0)
    #expect(command.files.contains("out/exports-e2/assignments.csv"))
    try command.write(
      """
      jobs:
        - { surveys: "exports/e*.csv", model: model/segments.json, output: same }
      """, to: "manifest.yaml")
    let clash = try command.run("batch", "manifest.yaml", "-o", "other")
    #expect(clash.status == 64 && clash.errors.contains("both write to 'same'"))
    try command.write("jobs:\n  - { surveys: x.csv, stady: s.yaml }\n", to: "manifest.yaml")
    let wrong = try command.run("batch", "manifest.yaml")
    #expect(wrong.status == 65 && wrong.errors.contains("manifest.yaml:2"))
  }

  @Test func `people from a pipe are assigned as from the file`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 2)
    let file = try command.run(
      "assign", "--model", "model/segments.json", "exports/e2.csv", "-o", "file.csv", "--json")
    #expect(file.json["respondents"]?.number == 200)
    let content = try Data(
      contentsOf: command.folder.appendingPathComponent("exports/e2.csv"))
    let piped = try command.run(
      ["assign", "--model", "model/segments.json", "-"], input: content)
    let written = try String(
      contentsOf: command.folder.appendingPathComponent("file.csv"), encoding: .utf8)
    #expect(piped.status == 0 && piped.output == written)
    let drift = try command.run(
      "assign", "--model", "model/segments.json", "exports/e2.csv", "-o", "file.csv", "--drift",
      "drift.json", "--drift-limit", "0.25")
    #expect(drift.status == 0 && command.files.contains("drift.json"))
    let one = String(decoding: content, as: UTF8.self).replacing(",no", with: ",yes")
    try command.write(one, to: "moved.csv")
    let moved = try command.run(
      "assign", "--model", "model/segments.json", "moved.csv", "-o", "moved-out.csv",
      "--drift-limit", "0.25")
    #expect(moved.status == 1 && moved.errors.contains("drift limit passed"))
  }

  @Test func `a ledger with a damaged cell ends with words`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(command, exports: 1)
    let made = try command.run(
      "batch", "exports", "--model", "model/segments.json", "-o", "out", "-q")
    #expect(made.status == 0, "\(made.errors)")
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = [
      "python3", "-c",
      "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); "
        + "d.execute(\"update jobs set input = x'ff00fe'\"); d.commit()",
      command.folder.appendingPathComponent("out/ledger.sqlite").path,
    ]
    try python.run()
    python.waitUntilExit()
    #expect(python.terminationStatus == 0)
    let told = try command.run("batch", "status", "out")
    #expect(told.status == 74)
    #expect(told.errors.contains("the ledger is damaged: a job's input is no text"))
  }
}

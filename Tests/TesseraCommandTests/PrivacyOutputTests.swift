import Foundation
import TesseraStudy
import Testing

/// Attacks on all outputs of a run together, against what each level of privacy promises.
@Suite("What outputs hide")
struct PrivacyOutputTests {
  /// Answers of fewer than ten people, as nothing else in the outputs is called.
  private static let rare = ["atlantis", "lemuria", "falconry", "zoroastrian", "centenarian"]

  /// 420 people of three kinds; the third kind has 22.
  private func plant(
    in command: Command, settings: String,
    segments: String =
      "{ active: [home, job, age, region, does], passive: [faith], count: 3, stability: 0 }"
  ) throws {
    var state: UInt64 = 11
    func draw(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var text = "id,kind,home,job,age,region,faith,does,room,top,seat\n"
    for row in 1...420 {
      let kind = row % 19 == 0 ? 2 : row % 2
      func usual(_ words: [String]) -> String { draw(12) > 0 ? words[kind] : words[draw(3)] }
      let age = row % 70 == 3 ? "centenarian" : ["young", "middle", "old"][draw(3)]
      let region =
        row % 60 == 7 ? "atlantis" : row % 84 == 5 ? "lemuria" : ["north", "south"][draw(2)]
      let faith = row % 105 == 9 ? "zoroastrian" : ["none", "some", "other"][draw(3)]
      var does = [["reading", "chess", "gardening"][draw(3)]]
      if draw(3) == 0 { does.append("running") }
      if row % 60 == 11 { does.append("falconry") }
      text +=
        "p\(row),k\(kind),\(usual(["flat", "house", "farm"])),\(usual(["office", "shop", "field"])),"
      text += "\(age),\(region),\(faith),\(does.joined(separator: ";")),\(1 + draw(5)),"
      text += "\(20 + draw(30)),\(row % 55 == 2 ? "must" : ["may", "need not"][draw(2)])\n"
    }
    try command.write(text, to: "people.csv")
    try command.write(
      """
      title: Hidden
      survey:
        file: people.csv
        id: id
        levels: { age: [young, middle, old, centenarian] }
        sets: { does: { column: does, separator: ";" } }
      segments: \(segments)
      need_scale: [1, 5]
      needs:
        room: { importance: room }
      features:
        seats: { value: { linear: [2, 7] } }
        price: { value: { linear: [50, 10] } }
      products:
        small: { seats: 2, price: 15 }
        large: { seats: 7, price: 45 }
      relations:
        room: { seats: 9 }
      barriers:
        too_dear: { violated_when: "price > top" }
        no_seat: { violated_when: "seats < 4", held_by: "seat = must" }
      channels: [does]
      \(settings)

      """, to: "study.yaml")
  }

  /// All outputs but those that hold persons, and the parts of the workbook.
  private func outputs(_ command: Command, _ folder: String) throws -> [(
    name: String, text: String
  )] {
    var result: [(String, String)] = []
    for name in command.files where name.hasPrefix(folder + "/") {
      let url = command.folder.appendingPathComponent(name)
      guard !name.hasSuffix("/assignments.csv"), let bytes = try? Data(contentsOf: url) else {
        continue
      }
      guard name.hasSuffix(".xlsx") || name.hasSuffix(".pptx") else {
        result.append((name, String(decoding: bytes, as: UTF8.self)))
        continue
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["unzip", "-p", url.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let parts = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      result.append((name, String(decoding: parts, as: UTF8.self)))
    }
    return result
  }

  private func run(_ command: Command, _ arguments: String...) throws {
    let result = try command.run(
      ["run", "study.yaml", "--replicates", "20", "-o", "out", "--force", "--quiet"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func json(_ command: Command, _ name: String) throws -> JSONValue {
    try JSONValue.parse(Data(contentsOf: command.folder.appendingPathComponent("out/\(name)")))
  }

  @Test(arguments: ["standard", "strict"])
  func `no output holds the words of an answer that fewer than ten people gave`(
    _ level: String
  ) throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, settings: "sensitive: [faith]")
    try run(command, "--privacy", level)
    for (name, text) in try outputs(command, "out") {
      for word in Self.rare {
        #expect(!text.lowercased().contains(word), "\(word) in \(name) under \(level)")
      }
    }
  }

  @Test func `a sensitive column names nobody and describes nobody`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, settings: "sensitive: [home, faith]")
    try run(command)
    let profiles = try json(command, "profiles.json")
    for segment in profiles["segments"]?.array ?? [] {
      let told = [segment["name"], segment["sentence"], segment["markers"], segment["typical"]]
        .compactMap { $0?.compactText }.joined().lowercased()
      for word in ["flat", "house", "farm", "faith"] { #expect(!told.contains(word), "\(told)") }
      let home = segment["variables"]?.array?.first { $0["name"]?.string == "home" }
      let base = home?["base"]?.number ?? 0
      for answer in home?["categories"]?.array ?? [] {
        guard let share = answer["share"]?.number else { continue }
        #expect(min(share, 1 - share) * base > 8.5, "\(answer)")
      }
    }
  }

  @Test func `shares of small segments are rounded in every output, and rare ones hidden`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(
      in: command, settings: "privacy: standard",
      segments: "{ given: kind, passive: [home, job, age, region, does] }")
    try run(command)
    let fit = try json(command, "fit.json")
    let bases = (fit["segments"]?.array ?? []).map { ($0["id"]?.string, $0["base"]?.number ?? 0) }
    let small = try #require(bases.first { $0.1 < 30 })
    #expect(small.1 >= 10)
    func isRounded(_ share: Double) -> Bool { abs(share * 20 - (share * 20).rounded()) < 1e-9 }
    var told = 0
    for cell in fit["cells"]?.array ?? [] {
      var isHidden = false
      for barrier in cell["ledger"]?["barriers"]?.array ?? [] {
        // Eight people hold this barrier in the whole survey.
        if barrier["barrier"]?.string == "no_seat", barrier["loss"]?.number ?? 0 > 0 {
          #expect(barrier["share_affected"]?.number == nil)
          isHidden = true
        }
      }
      guard cell["segment"]?.string == small.0 else { continue }
      // Who accepts would tell whom that barrier stops.
      guard let acceptance = cell["acceptance"]?.number else { continue }
      told += 1
      #expect(!isHidden)
      #expect(isRounded(acceptance))
      if let quality = cell["quality"]?.number, let value = cell["fit"]?.number, quality > 0,
        quality < 100
      {
        #expect(abs(value / quality - acceptance) < 1e-9)
      }
    }
    #expect(told > 0)
    for reach in fit["channels"]?.array ?? [] where reach["segment"]?.string == small.0 {
      if let share = reach["reach"]?.number { #expect(isRounded(share)) }
      #expect(reach["reach_se"]?.number == nil)
    }
  }

  @Test func `under strict no cell stands for fewer than ten, nor does what is left of its base`()
    throws
  {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, settings: "privacy: strict")
    try run(command)
    let fit = try json(command, "fit.json")
    for cell in fit["cells"]?.array ?? [] {
      let base =
        fit["segments"]?.array?.first { $0["id"] == cell["segment"] }?["base"]?.number ?? 0
      var shares = [cell["acceptance"]?.number]
      for barrier in cell["ledger"]?["barriers"]?.array ?? [] {
        shares += ["share_affected", "share_least", "share_most"].map { barrier[$0]?.number }
      }
      for case let share? in shares { #expect(min(share, 1 - share) * base >= 10 - 0.1) }
    }
    // Hidden cells of a channel hold ten people together, so that the total gives none back.
    let channels = fit["channels"]?.array ?? []
    for name in Set(channels.compactMap { $0["channel"]?.string }) {
      let cells = channels.filter { $0["channel"]?.string == name }
      let hidden = cells.count { $0["reach"]?.number == nil }
      #expect(hidden != 1, "\(name)")
    }
    let page = try outputs(command, "out").first { $0.name.hasSuffix("report.html") }?.text ?? ""
    #expect(!page.contains("id=\"what-if\""))
  }

  @Test func `every output says that nothing is hidden`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, settings: "privacy: none")
    try run(command)
    for (name, text) in try outputs(command, "out")
    where !name.hasSuffix(".csv") && !name.hasSuffix(".bin") {
      // A drawing may break the line anywhere.
      let plain = text.replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      #expect(
        text.contains("privacy: none") || plain.contains("privacy: none"), "\(name)")
    }
  }

  @Test func `personal data divide people only where the study allows it`() throws {
    let command = try Command()
    defer { command.close() }
    var text = "id,email,job\n"
    for row in 1...60 { text += "\(row),p\(row % 12)@example.org,\(row % 2 == 0 ? "a" : "b")\n" }
    try command.write(text, to: "people.csv")
    func study(_ more: String) -> String {
      "survey: { file: people.csv, id: id }\nsegments: { active: [job, email], count: 2 }\n\(more)\n"
    }
    try command.write(study(""), to: "study.yaml")
    let refused = try command.run("segment", "study.yaml")
    #expect(refused.status == 65 && refused.errors.contains("allow_personal: [email]"))
    try command.write(study("allow_personal: [email]"), to: "study.yaml")
    #expect(!(try command.run("segment", "study.yaml").errors.contains("allow_personal")))
  }
}

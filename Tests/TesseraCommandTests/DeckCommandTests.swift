import Foundation
import TesseraFiles
import TesseraStudy
import Testing

/// Whether Python can read presentations here.
private enum PresentationReader {
  static let isThere = run(["-c", "import pptx"]) == ""

  /// What a script prints; `nil` if it fails.
  static func run(_ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}

@Suite("tessera deck", .serialized, .timeLimit(.minutes(30)))
struct DeckCommandTests {
  /// The hand-worked case, with labels that break XML and spreadsheets.
  private func finished(isHostile: Bool = false) throws -> Command {
    let command = try Command()
    for name in ["respondents.csv", "relations.csv", "products.csv", "study.yaml"] {
      var text = try String(
        contentsOfFile: Command.dataset("coupe-or-suv/\(name)"), encoding: .utf8)
      if isHostile {
        text = text.replacingOccurrences(of: ",family,", with: ",\"=<b>&'fam\"\"ily\",")
        text = text.replacingOccurrences(
          of: "title: Coupe or SUV, the hand-worked case",
          with: "title: \"=cmd() <x> & \\u0001 ]]>\"")
        text = text.replacingOccurrences(
          of: "carry_toddler: { ", with: "carry_toddler: { label: \"@SUM(A1) </a:t>\", ")
      }
      try command.write(text, to: name)
    }
    let run = try command.run(
      "run", "study.yaml", "-o", "out", "--privacy", "none", "--replicates", "20", "--quiet")
    try #require(run.status == 0, "\(run.errors)")
    return command
  }

  private func bytes(_ command: Command, _ name: String) throws -> Data {
    try Data(contentsOf: command.folder.appendingPathComponent(name))
  }

  private func package(_ command: Command, _ name: String) throws -> OfficePackage {
    try OfficePackage(Array(bytes(command, name)), file: name)
  }

  @Test func `a run and the command write the same bytes`() throws {
    let command = try finished()
    defer { command.close() }
    let made = try command.run("deck", "out", "-o", "again.pptx", "--json")
    #expect(made.status == 0, "\(made.errors)")
    #expect((made.json["slides"]?.array?.count ?? 0) >= 8)
    #expect(try bytes(command, "out/deck.pptx") == bytes(command, "again.pptx"))
  }

  @Test(arguments: [false, true])
  func `every part is well-formed and every reference leads somewhere`(_ isHostile: Bool) throws {
    let command = try finished(isHostile: isHostile)
    defer { command.close() }
    let package = try package(command, "out/deck.pptx")
    let types = try #require(package.text("[Content_Types].xml"))
    for part in package.parts where part.name.hasSuffix(".xml") || part.name.hasSuffix(".rels") {
      let text = String(decoding: part.bytes, as: UTF8.self)
      let tree = try XMLTree(text, member: part.name, file: "deck.pptx")
      #expect(
        !text.unicodeScalars.contains { $0.value < 0x20 && !"\n\r\t".unicodeScalars.contains($0) })
      if part.name.hasPrefix("ppt/"), part.name.hasSuffix(".xml") {
        #expect(types.contains("/\(part.name)\""), "\(part.name) has no type")
      }
      guard part.name.hasSuffix(".rels"), part.name != "_rels/.rels" else { continue }
      let folder = part.name.components(separatedBy: "/_rels/")[0]
      for relation in tree.all("Relationship") {
        var pieces = folder.split(separator: "/").map(String.init)
        for piece in (relation["Target"] ?? "").split(separator: "/") {
          if piece == ".." { pieces.removeLast() } else { pieces.append(String(piece)) }
        }
        #expect(package[pieces.joined(separator: "/")] != nil, "\(part.name): \(pieces)")
      }
    }
  }

  @Test(
    .enabled(
      if: PresentationReader.isThere, "python-pptx is not installed: pip install python-pptx"),
    arguments: [false, true])
  func `every value of a chart read back is that of fit json`(_ isHostile: Bool) throws {
    let command = try finished(isHostile: isHostile)
    defer { command.close() }
    let script = Command.checkout.appendingPathComponent(
      "Tests/TesseraCommandTests/Fixtures/decks/check.py"
    ).path
    let folder = command.folder.appendingPathComponent("out").path
    #expect(PresentationReader.run([script, "\(folder)/deck.pptx", folder]) == "")
  }

  @Test func `a deck that people changed is filled anew, and what they changed stays`() throws {
    let command = try finished()
    defer { command.close() }
    var package = try package(command, "out/deck.pptx")
    let slide = try #require(package.text("ppt/slides/slide1.xml"))
    let mine =
      "<p:sp><p:nvSpPr><p:cNvPr id=\"99\" name=\"My logo\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
      + "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>Ours</a:t></a:r></a:p></p:txBody></p:sp>"
    package.set(
      "ppt/slides/slide1.xml",
      slide.replacingOccurrences(of: "</p:spTree>", with: mine + "</p:spTree>"))
    // A text of ours that they reworded, and a chart whose numbers are old.
    let next = try #require(
      package.parts.map(\.name).first { name in
        package.text(name)?.contains("name=\"tessera:trust.title\"") == true
      })
    package.set(
      next,
      try #require(package.text(next)).replacingOccurrences(
        of: "How far to trust it", with: "Can we trust it"))
    let chart = try #require(package.text("ppt/charts/chart1.xml"))
    package.set(
      "ppt/charts/chart1.xml", chart.replacingOccurrences(of: "<c:v>0.", with: "<c:v>0.1"))
    try Data(try package.bytes()).write(
      to: command.folder.appendingPathComponent("out/deck.pptx"))
    let before = try bytes(command, "out/deck.pptx")

    let made = try command.run("deck", "out", "--json")
    #expect(made.status == 0, "\(made.errors)")
    let moved = (made.json["moved"]?.array ?? []).compactMap(\.string)
    #expect(moved.contains { $0.hasPrefix("answer.shares: the figures") })
    #expect(moved.contains { $0.contains("Can we trust it") && $0.contains("How far to trust it") })
    #expect(moved.count == 2, "\(moved)")
    #expect(try bytes(command, "out/deck.previous.pptx") == before)
    let after = try self.package(command, "out/deck.pptx")
    #expect(after.text("ppt/slides/slide1.xml")?.contains("Ours") == true)
    #expect(after.text("ppt/charts/chart1.xml") == chart)
    #expect(after.text(next)?.contains("Can we trust it") == true)
    #expect(after.text(next)?.contains("<a:ln w=\"28575\">") == true)
    // A run into the folder keeps it too, and so does the next filling.
    let run = try command.run(
      "run", "study.yaml", "-o", "out", "--privacy", "none", "--replicates", "20", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try self.package(command, "out/deck.pptx").text("ppt/slides/slide1.xml")?.contains("Ours")
        == true)
  }

  @Test func `a template lends its look, and its own slides are left out`() throws {
    let command = try finished()
    defer { command.close() }
    // A client's presentation: other colours, a narrow title, slides of its own.
    var client = try package(command, "out/deck.pptx")
    client.set(
      "ppt/theme/theme1.xml",
      try #require(client.text("ppt/theme/theme1.xml"))
        .replacingOccurrences(of: "D55E00", with: "123456"))
    for part in client.parts where part.name.hasPrefix("ppt/slides/slide") {
      client.set(
        part.name,
        String(decoding: part.bytes, as: UTF8.self).replacingOccurrences(
          of: "tessera:", with: "client "))
    }
    try Data(try client.bytes()).write(to: command.folder.appendingPathComponent("client.pptx"))
    let made = try command.run("deck", "out", "--template", "client.pptx", "--json")
    #expect(made.status == 0, "\(made.errors)")
    let deck = try package(command, "out/deck.pptx")
    #expect(deck.text("ppt/theme/theme1.xml")?.contains("123456") == true)
    let slides = deck.parts.map(\.name).filter { $0.hasPrefix("ppt/slides/slide") }
    #expect(slides.count == made.json["slides"]?.array?.count)
    for slide in slides { #expect(deck.text(slide)?.contains("client ") == false) }
    let refused = try command.run("deck", "out", "--template", "study.yaml")
    #expect(refused.status == 64)
    try command.write("no zip", to: "bad.pptx")
    let bad = try command.run("deck", "out", "--template", "bad.pptx")
    #expect(bad.status == 65 && bad.errors.contains("bad.pptx"), "\(bad.errors)")
  }
}

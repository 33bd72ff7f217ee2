import Foundation
import TesseraStudy
import Testing

/// Who reads other numbers, or wants pictures, says so when a study is run.
@Suite("Options of the report", .timeLimit(.minutes(30)))
struct ReportOptionTests {
  private static func run(_ options: String...) throws -> Command {
    let command = try Command()
    let result = try command.run(
      ["run", Command.dataset("coupe-or-suv/study.yaml"), "-o", "done", "--minimum-cell", "1"]
        + ["--replicates", "20", "--quiet"] + options)
    try #require(result.status == 0, "\(result.errors)")
    return command
  }

  private static func text(_ name: String, of command: Command) throws -> String {
    try String(contentsOf: command.folder.appendingPathComponent("done/\(name)"), encoding: .utf8)
  }

  @Test func `a German reader finds commas before decimals, in page and Markdown alike`() throws {
    let command = try Self.run("--locale", "de")
    defer { command.close() }
    let page = try Self.text("report.html", of: command)
    let markdown = try Self.text("appendix.md", of: command)
    let fit = try JSONValue.parse(Data(try Self.text("fit.json", of: command).utf8))
    var compared = 0
    for cell in fit["cells"]?.array ?? [] {
      let value = try #require(cell["fit"]?.number)
      let written = String(format: "%.1f", value).replacingOccurrences(of: ".", with: ",")
      #expect(page.contains(">\(written)<"), "\(written)")
      #expect(markdown.contains("| \(written) |"), "\(written)")
      compared += 1
    }
    #expect(compared >= 4)
    // The script of the what-if writes them so too.
    #expect(page.contains("\"decimal\":\",\"") && page.contains("\"group\":\".\""))
    #expect(page.contains("\u{A0}%"))
    // A spreadsheet writes numbers as its reader's own does: they are numbers, not texts.
    let book = command.folder.appendingPathComponent("done/workbook.xlsx").path
    let read = try command.run("inspect", book, "--sheet", "Fit", "--json")
    #expect(read.status == 0, "\(read.errors)")
  }

  @Test func `an unknown locale is refused with those that are known`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run(
      "run", Command.dataset("coupe-or-suv/study.yaml"), "-o", "done", "--locale", "xx")
    #expect(result.status != 0)
    #expect(result.errors.contains("en, de, fr and es"))
    #expect(command.files.isEmpty)
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert"),
      "rsvg-convert is not installed: tools/install-packages librsvg2-bin"))
  func `every chart comes as a picture beside its drawing`() throws {
    let command = try Self.run("--png", "--vega-lite")
    defer { command.close() }
    let charts = command.files.filter { $0.hasPrefix("done/charts/") }
    let drawings = charts.filter { $0.hasSuffix(".svg") }
    #expect(!drawings.isEmpty)
    for drawing in drawings {
      let name = drawing.dropLast(4)
      #expect(charts.contains("\(name).vl.json"))
      let picture = try Data(
        contentsOf: command.folder.appendingPathComponent("\(name).png"))
      #expect(picture.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
      // Width and height stand behind the signature: neither empty nor a speck.
      let size = picture[16..<24].map(Int.init)
      let width = size[0] << 24 | size[1] << 16 | size[2] << 8 | size[3]
      let height = size[4] << 24 | size[5] << 16 | size[6] << 8 | size[7]
      #expect(width > 100 && height > 60, "\(name)")
      #expect(picture.count > 1000)
    }
  }
}

import Foundation
import TesseraStudy
import Testing

/// Simulated exports of nine programs: inspected, drafted and run without an edit.
@Suite struct ExportTests {
  /// A file, what must be said to read it, and lines that its draft must hold.
  struct Export: Sendable {
    let name: String
    var reading: [String] = []
    let format: String
    let drafted: [String]
  }

  static let exports: [Export] = [
    Export(
      name: "qualtrics.csv", format: "qualtrics",
      drafted: [
        "id: ResponseId", "- Q6 #", "importance: Q7_1, satisfaction: Q8_1", "- Q1 # ", ": age",
      ]),
    Export(
      name: "surveymonkey.csv", format: "surveymonkey",
      drafted: [
        "channels: [\"Which media do you use?\"]",
        "satisfaction: \"How satisfied are you with these? [Price]\"",
      ]),
    Export(
      name: "googleforms_fr.csv", format: "googleforms",
      drafted: [
        "separator: \",\"", "securite: {", ": occupation", "marital status",
        "satisfaction: \"Êtes-vous satisfait de [Style]\"",
      ]),
    Export(
      name: "limesurvey_de.csv", format: "limesurvey",
      drafted: ["- Freizeit #", ": income", "satisfaction: \"Zufriedenheit[SQ004]\""]),
    Export(
      name: "kobo_es.csv", format: "kobo",
      drafted: ["- actividades #", "- edad #", "satisfaction: satisfaccion_precio"]),
    Export(
      name: "redcap.csv", format: "redcap",
      drafted: ["id: record_id", "- activities #", "held_by: \"barriers includes"]),
    Export(
      name: "excel_de.csv", reading: ["--encoding", "windows-1252"], format: "csv",
      drafted: [
        "id: Fragebogennummer", "weight: Gewicht", "funnel: [Bekannt, Erwogen, Gekauft]",
        "9: code 9", "[\"unter 1.500 €\", \"1.500 bis 2.999 €\"",
      ]),
    Export(
      name: "spss.sav", format: "sav",
      drafted: ["weight: wgt", "# strata: region", "- act #", "satisfaction: sat_safety"]),
    Export(
      name: "stata.dta", format: "dta",
      drafted: ["weight: wgt", "channels: [media]", "satisfaction: sat_safety"]),
  ]

  private static func copy(_ name: String, into command: Command) throws {
    let source = Command.checkout.appendingPathComponent(
      "Tests/TesseraCommandTests/Fixtures/exports/\(name)")
    try FileManager.default.copyItem(
      at: source, to: command.folder.appendingPathComponent(name))
  }

  @Test(arguments: exports.indices)
  func `a draft of an export runs without an edit`(_ place: Int) throws {
    let export = Self.exports[place]
    let command = try Command()
    defer { command.close() }
    try Self.copy(export.name, into: command)
    let drafted = try command.run(["init", export.name, "-o", "study.yaml"] + export.reading)
    #expect(drafted.status == 0, "\(export.name): \(drafted.errors)")
    // Previews that were left out are told.
    let told = drafted.errors.split(separator: "\n").filter { !$0.hasPrefix("note: 1 preview") }
    #expect(told.isEmpty, "\(export.name): \(drafted.errors)")
    let draft = try String(
      contentsOf: command.folder.appendingPathComponent("study.yaml"), encoding: .utf8)
    for part in export.drafted {
      #expect(draft.contains(part), "\(export.name) lacks \(part) in:\n\(draft)")
    }
    let run = try command.run(["run", "study.yaml", "-o", "out", "--json"])
    #expect(run.status == 0, "\(export.name): \(run.errors)")
    #expect(command.files.contains("out/report.html"), "\(export.name)")
  }

  @Test(arguments: exports.indices)
  func `a codebook holds every variable and nobody's own words`(_ place: Int) throws {
    let export = Self.exports[place]
    let command = try Command()
    defer { command.close() }
    try Self.copy(export.name, into: command)
    let result = try command.run(
      ["inspect", export.name, "--codebook", "book.md", "--json"] + export.reading)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["format"] == .string(export.format))
    let book = try String(
      contentsOf: command.folder.appendingPathComponent("book.md"), encoding: .utf8)
    for text in [book, result.output] {
      // Texts that only open answers hold, addresses and identifiers.
      for secret in ["at last", "warranty", "192.0.2.", "R_00002"] {
        #expect(!text.contains(secret), "\(export.name) tells \(secret)")
      }
    }
    guard case .array(let variables)? = result.json["variables"] else {
      Issue.record("no variables")
      return
    }
    #expect(book.components(separatedBy: "\n## `").count == variables.count + 1)
  }

  @Test func `one screen tells levels, weight, strata, grids and what to look at`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.copy("spss.sav", into: command)
    let screen = try command.run("inspect", "spss.sav").output
    for part in [
      "36 respondents (", "ordinal", "effective number of respondents", "may be strata: region",
      "grid imp: 4 questions on a scale of 5, imp_space to imp_style",
    ] {
      #expect(screen.contains(part), "\(screen)")
    }
    let refused = try command.write("{}", to: "book.json")
    let again = try command.run("inspect", "spss.sav", "--codebook", refused)
    #expect(again.status == 73)
    #expect(try command.run("inspect", "spss.sav", "--codebook", refused, "--force").status == 0)
  }

  @Test func `weights that are missing and more segments than patterns are refused`() throws {
    let command = try Command()
    defer { command.close() }
    let fixtures = Command.checkout.appendingPathComponent(
      "Tests/TesseraFilesTests/Fixtures/malformed")
    func path(_ name: String) -> String { fixtures.appendingPathComponent(name).path }
    let weight = try command.run("segment", path("124_missing_weight.csv"), "--weight", "w")
    #expect(weight.status == 65)
    #expect(weight.errors.contains("124_missing_weight.csv:3 (w)"))
    let segments = try command.run(
      "segment", path("128_k_over_distinct.csv"), "--segments", "5", "--prior", "none")
    #expect(segments.status == 65)
    #expect(segments.errors.contains("3 distinct"))
  }
}

import Foundation
import TesseraStudy
import Testing

/// Exports of one questionnaire as thirteen platforms and programs write it, in four languages, as
/// `tools/simulate-exports` makes them with 120 respondents: what a draft must find in each.
@Suite struct RealisticExportTests {
  /// A file, and what its layout lets one know.
  struct Export: Sendable {
    let name: String
    var hasID = true
    var hasWeight = false
    /// Whether the layout names the question over its answers.
    var hasQuestions = true
  }

  static let exports: [Export] = [
    Export(name: "qualtrics-en.csv.gz"), Export(name: "qualtricscodes-de.csv.gz"),
    Export(name: "surveymonkey-fr.csv.gz"), Export(name: "googleforms-es.csv.gz", hasID: false),
    Export(name: "limesurvey-de.csv.gz"),
    Export(name: "typeform-en.csv.gz"),
    Export(name: "alchemer-es.csv.gz"), Export(name: "kobo-fr.csv.gz"),
    Export(name: "redcaplabels-en.csv.gz"),
    Export(name: "excel-de.csv.gz", hasWeight: true, hasQuestions: false),
    Export(name: "xlsx-es.xlsx", hasWeight: true), Export(name: "sav-fr.sav", hasWeight: true),
    Export(name: "dta-es.dta", hasWeight: true),
  ]

  private static func copy(_ name: String, into command: Command) throws {
    try FileManager.default.copyItem(
      at: Command.checkout.appendingPathComponent(
        "Tests/TesseraCommandTests/Fixtures/exports/realistic/\(name)"),
      to: command.folder.appendingPathComponent(name))
  }

  @Test(arguments: exports.indices)
  func `a draft finds who people are, what they need, and what reaches and stops them`(
    _ place: Int
  ) throws {
    let export = Self.exports[place]
    let command = try Command()
    defer { command.close() }
    try Self.copy(export.name, into: command)
    let made = try command.run("init", export.name, "-o", "study.yaml")
    // Unfinished interviews and previews are told, and nothing else.
    let told = made.errors.split(separator: "\n")
    #expect(
      made.status == 0
        && told.allSatisfy {
          $0.hasSuffix("not complete") || $0.contains("not complete (")
            || $0.hasSuffix("left out when the file was read")
        },
      "\(export.name): \(made.errors)")
    let text = try String(
      contentsOf: command.folder.appendingPathComponent("study.yaml"), encoding: .utf8)
    let study = try StudyFile.parse(text, file: "study.yaml")
    #expect((study.survey.id != nil) == export.hasID, "\(export.name)")
    #expect((study.survey.weight != nil) == export.hasWeight, "\(export.name)")
    #expect(study.needs.count == 4, "\(export.name): \(study.needs.map(\.name))")
    #expect(study.needs.allSatisfy { $0.satisfaction != nil }, "\(export.name)")
    #expect(study.needs.allSatisfy { !$0.name.hasPrefix("need_") }, "\(export.name)")
    #expect(study.values.count == 3, "\(export.name)")
    let active =
      text.components(separatedBy: "segments:").last?
      .components(separatedBy: "count:").first ?? ""
    for topic in ["age", "income", "occupation", "education", "marital status", "children"] {
      #expect(active.contains("\": \(topic)"), "\(export.name) lacks \(topic):\n\(active)")
    }
    if export.hasQuestions {
      #expect(active.contains("what people do: "), "\(export.name):\n\(active)")
      #expect(active.contains("media: how segments are reached"), "\(export.name)")
      #expect(active.contains("barriers: what keeps people"), "\(export.name)")
      #expect(study.channels.count == 1, "\(export.name)")
      #expect(!active.contains("describes the segments"), "\(export.name):\n\(active)")
    }
    // Every guess has its reason beside it.
    for line in active.split(separator: "\n") where line.contains("- ") {
      #expect(line.contains(" # "), "\(line)")
    }
    for secret in ["192.0.2.", "at number", "Improve it"] { #expect(!text.contains(secret)) }
  }

  @Test(arguments: ["surveymonkey-fr.csv.gz", "sav-fr.sav"])
  func `a draft of a realistic export runs unchanged to segments`(_ name: String) throws {
    let command = try Command()
    defer { command.close() }
    try Self.copy(name, into: command)
    #expect(try command.run("init", name, "-o", "study.yaml").status == 0)
    let run = try command.run("run", "study.yaml", "-o", "out", "--json", "--sav")
    #expect(run.status == 0, "\(run.errors)")
    #expect((run.json["segments"]?.array?.count ?? 0) >= 2, "\(run.output)")
    // The same people in an SPSS file, under the segments' names.
    let people = try command.run("inspect", "out/assignments.sav", "--json").json
    #expect(people["respondents"]?.number == 120)
    let variables = people["variables"]?.array ?? []
    #expect(variables.prefix(3).map { $0["name"]?.string } == ["id", "segment", "probability"])
    let labels = variables[1]["categories"]?.array?.compactMap { $0["label"]?.string } ?? []
    let names = run.json["segments"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(zip(labels, names).allSatisfy { $0.hasPrefix($1) } && labels.count == names.count)
    let again = try command.run(
      "assign", "--model", "out/segments.json", name, "-o", "again.sav", "--json")
    #expect(again.status == 0, "\(again.errors)")
    let assigned = try command.run("inspect", "again.sav", "--json").json
    #expect(
      assigned["variables"]?.array?.map { $0["name"]?.string }
        == variables.map { $0["name"]?.string })
    let counts = [people, assigned].map { json in
      json["variables"]?.array?[1]["categories"]?.array?.compactMap { $0["count"]?.number } ?? []
    }
    #expect(counts[0] == counts[1])
  }
}

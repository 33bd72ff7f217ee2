import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Files that PSPP, haven and LibreOffice wrote, held cell by cell against what those programs read
/// in them; `Fixtures/programs/make.py` makes both.
@Suite struct ProgramFactsTests {
  static let names = [
    "pspp.sav", "pspp.zsav", "pspp.por", "pspp1252.sav", "haven.sav", "haven.zsav", "haven.dta",
    "haven.xpt", "libreoffice.xlsx",
  ]

  static func read(_ name: String) throws -> SurveyFile {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    return try SurveyReader.read([TestFiles.fixture("programs/" + name)], options: options)
  }

  @Test(arguments: names)
  func `files of other programs read as those programs read them`(_ name: String) throws {
    let data = try Data(contentsOf: URL(filePath: TestFiles.fixture("programs/facts.json")))
    let facts = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]])
    let columns = try #require(facts[name]).map(Peer.column)
    let survey = try Self.read(name).survey
    #expect(survey.variables.map(\.name) == columns.map(\.name))
    for (variable, column) in zip(survey.variables, columns) {
      #expect(variable.peerCells == column.cells, "\(name): \(column.name)")
      if !column.label.isEmpty { #expect(variable.label == column.label) }
      if !column.labels.isEmpty { #expect(variable.peerLabels == column.labels, "\(name)") }
    }
  }

  @Test(arguments: ["pspp.sav", "pspp.zsav"])
  func `what PSPP says of variables and of the file is kept, there and back`(
    _ name: String
  ) throws {
    let file = try Self.read(name)
    let survey = file.survey
    #expect(file.label == "Wave 3 by PSPP")
    #expect(file.notes.contains("Fieldwork in May 2026."))
    #expect(file.attributes == [FileAttribute(name: "Source", values: ["panel"])])
    #expect(survey.weightVariable == "w")
    #expect(
      survey["gender"]?.attributes == [
        FileAttribute(name: "$@Role", values: ["4"]),
        FileAttribute(name: "Panel", values: ["a", "b"]),
        FileAttribute(name: "Question", values: ["Q1: what's your gender?"]),
      ])
    #expect(survey["city"]?.display == ColumnDisplay(width: 9, alignment: .right))
    #expect(survey["gender"]?.display?.alignment == .center)
    #expect(
      survey["income"]?.missingRules == [.range(-.infinity, -1), .code(.number(39000.75))])
    #expect(survey["satisfaction_overall"]?.missingRules == [.range(98, .infinity)])
    #expect(survey.sets.map(\.name).sorted() == ["counted", "media", "modes"])
    let counted = try #require(survey.sets.first { $0.name == "counted" })
    #expect(counted.optionLabels == .chosenCodes(isWordedByFirst: false))
    #expect(counted.coding == .dichotomy(chosen: .number(1)))
    #expect(survey.sets.first { $0.name == "modes" }?.coding == .category)
    try TestFiles.withFolder { folder in
      let path = folder + "/" + name
      let losses = try SurveyWriter.write(
        survey,
        details: FileDetails(label: file.label, notes: file.notes, attributes: file.attributes),
        to: path, options: SurveyWriterTests.options)
      #expect(losses.isEmpty, "\(losses)")
      var options = ReadingOptions()
      options.reader = TestFiles.reader
      let again = try SurveyReader.read([path], options: options)
      #expect(again.survey.sets.count == 3)
      for set in survey.sets { #expect(again.survey.sets.contains(set)) }
      for variable in survey.variables { #expect(again.survey[variable.name] == variable) }
      #expect(again.notes == file.notes)
      #expect(again.attributes == file.attributes)
      #expect(again.survey.weightVariable == "w")
    }
  }

  @Test func `sets and names of a file in another encoding are read in it`() throws {
    let survey = try Self.read("pspp1252.sav").survey
    #expect(
      survey.sets == [
        MultipleResponseSet(
          name: "gründe", label: "Gründe für den Kauf – 3 €", members: ["größe", "preis"],
          coding: .dichotomy(chosen: .number(1)))
      ])
    #expect(survey["größe"]?.attributes == [FileAttribute(name: "$@Role", values: ["0"])])
  }

  static let hasPSPP = FileManager.default.isExecutableFile(atPath: "/usr/bin/pspp")

  @Test(.enabled(if: hasPSPP), arguments: ["out.sav", "out.zsav"])
  func `PSPP reads what was written`(_ name: String) throws {
    try TestFiles.withFolder { folder in
      _ = try SurveyWriter.write(
        SurveyWriterTests.survey, details: SurveyWriterTests.details, to: folder + "/" + name,
        options: SurveyWriterTests.options)
      let syntax = """
        GET FILE="\(folder)/\(name)".
        DISPLAY DICTIONARY.
        DISPLAY @ATTRIBUTES.
        DISPLAY DOCUMENTS.
        DISPLAY FILE LABEL.
        MRSETS /DISPLAY NAME=ALL.
        SAVE TRANSLATE /OUTFILE="\(folder)/out.csv" /TYPE=CSV /FIELDNAMES /CELLS=VALUES
          /TEXTOPTIONS FORMAT=PLAIN.
        """
      try Data(syntax.utf8).write(to: URL(filePath: folder + "/read.sps"))
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/pspp")
      process.arguments = ["-o", folder + "/out.txt", "-O", "width=400", folder + "/read.sps"]
      process.environment = ["LC_ALL": "C.UTF-8"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let said = try String(contentsOfFile: folder + "/out.txt", encoding: .utf8)
      for part in [
        "How satisfied? 你好", "Refused", "Level 5 €", "Fieldwork in May.", "Wave 3", "$bought",
        "$rated", "$where", "$again", "Wo gekauft, für wen", "it's \"open\"", "Elsewhere",
      ] {
        #expect(said.contains(part), "\(part) is not in what PSPP shows")
      }
      let table = try String(contentsOfFile: folder + "/out.csv", encoding: .utf8)
      #expect(table.split(separator: "\n").count == 7)
      #expect(table.contains(String(repeating: "ä", count: 300)))
      #expect(table.contains("99") && table.contains("1.25"))
    }
  }
}

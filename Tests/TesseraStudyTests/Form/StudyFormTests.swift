import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// A study in a workbook says what it says in a text.
@Suite struct StudyFormTests {
  /// The study that a workbook holds.
  private func read(_ sheets: [FormSheet]) throws -> StudyFile {
    let path = NSTemporaryDirectory() + "tessera-form-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FormWriter.write(sheets, to: path)
    #expect(StudyForm.isStudy(path))
    return try StudyFile.read([], path: path)
  }

  /// What goes wrong with a workbook; cells by sheet.
  private func faults(_ sheets: [FormSheet]) throws -> [ErrorReport] {
    do {
      _ = try read(sheets)
      Issue.record("the workbook was accepted")
      return []
    } catch let error as StudyError {
      return [error.report] + error.report.others
    }
  }

  /// A study without its places, and with relations as numbers.
  private func plain(_ study: StudyFile) throws -> (StudyFile, [[Double]]) {
    var study = study
    var strength: [[Double]] = []
    if case .inline(let rows)? = study.relations {
      let table = StudyTable(rows, first: "need", file: "study")
      strength = try RelationTable.bind(table, study).relations.strength
      study.relations = nil
    }
    study.lines = [:]
    study.cells = [:]
    study.title = ""
    return (study, strength)
  }

  private func sheets(_ text: String) throws -> [FormSheet] {
    let columns = ["region", "income", "tv", "radio", "Q5 [1]", "#odd", "quoted \"x\""]
    let survey = Survey(
      variables: columns.map { numbers($0, [1, 2, 3]) }, sets: [], weightVariable: nil)
    return try StudyForm.sheets(
      of: StudyDraft(text: text, dropped: [], doubts: [], warnings: [], reasons: [:], filters: []),
      survey: survey)
  }

  private func expectSame(_ text: String, location: SourceLocation = #_sourceLocation) throws {
    let written = try plain(StudyFile.parse(text, file: "study.yaml"))
    let back = try plain(read(sheets(text)))
    #expect(back.0 == written.0, "\(text)", sourceLocation: location)
    #expect(back.1 == written.1, sourceLocation: location)
  }

  @Test func `a study with every kind of key comes back as it was`() throws {
    try expectSame(StudyFileParseTests.full)
  }

  @Test func `names that look like remarks, paths or lists come back as they were`() throws {
    try expectSame(
      """
      title: Odd names
      survey:
        file: a.csv
        levels: { "#odd": numeric, region: ["a < b", c], income: [low, "mid; 2", high] }
        missing: { "Q5 [1]": { "don't know; maybe": "x = y" }, tv: [98, "99"] }
        labels: { "Q5 [1]": "[1] What?", radio: "null" }
        derive: { "net.of.all": { net: region, into: { "A.B": [1], "C": [2] } } }
      segments: { active: ["Q5 [1]", "#odd"], passive: ["quoted \\"x\\""] }
      values: [radio, tv]
      sensitive: [income]
      """)
  }

  @Test func `every key of the table keeps its meaning, wherever it stands`() throws {
    let sheets = Set(FormLayout.Sheet.allCases.map(\.rawValue))
    for key in StudyReference.keys {
      let place = FormLayout.place(of: key.path)
      let sheet = place.prefix { $0 != "," }
      #expect(sheets.contains(String(sheet)), "\(key.path): \(place)")
      let parts = key.path.split(separator: ".")
      guard !key.path.contains("*"), key.path != "survey" else { continue }
      switch parts.count {
      case 1: try expectSame("survey: s.csv\n\(key.path): \(key.example)\n")
      case 2 where parts[0] == "survey" && key.path != "survey.file":
        try expectSame("survey: { file: s.csv, \(key.name): \(key.example) }\n")
      case 2 where parts[0] == "segments":
        try expectSame("survey: s.csv\nsegments: { \(key.name): \(key.example) }\n")
      default: break
      }
    }
  }

  /// A sheet of plain texts.
  private func sheet(_ name: String, _ rows: [[String]]) -> FormSheet {
    var sheet = FormSheet(name: name)
    sheet.rows = rows.map { FormCell.row($0, .plain) }
    return sheet
  }

  private var settings: FormSheet {
    sheet("Settings", [["key", "value"], ["survey.file", "s.csv"]])
  }

  @Test func `relations may be words, ticks, signs and numbers`() throws {
    var relations = sheet(
      "Relations",
      [
        ["need", "seats", "power", "# note"], ["room", "x", "harms", "by ear"],
        ["speed", "-medium", "✓"], ["# later", "strong", ""],
      ])
    relations.rows.append([.text("thrift"), .number(3), .blank])
    let study = try read([
      settings, sheet("Variables", [["variable", "use"]]),
      sheet(
        "Needs",
        [["need", "importance"], ["room", "q1"], ["speed", "q2"], ["thrift", "q3"]]),
      sheet(
        "Features",
        [["feature", "value"], ["seats", "{ linear: [2, 5] }"], ["power", "{ linear: [1, 9] }"]]),
      relations,
    ])
    #expect(try plain(study).1 == [[9, -9], [-3, 9], [3, 0]])
  }

  @Test func `each change of an edit has a row, and ticks may be numbers`() throws {
    let study = try read([
      settings,
      sheet(
        "Variables",
        [
          ["variable", "use", "values", "funnel"], ["a", "passive", "2", "2"], ["b", "", "1", "1"],
        ]),
      sheet(
        "Edits",
        [
          ["edit", "label", "product", "feature", "level", "cost"],
          ["roomy", "Roomy", "suv", "seats", "7", "400"], ["", "", "", "boot", "600", ""],
          ["cheap", "", "suv", "price", "19000", ""],
        ]),
    ])
    #expect(study.edits.map(\.name) == ["roomy", "cheap"])
    #expect(
      study.edits[0].set
        == [
          FeatureSetting(feature: "seats", level: "7"),
          FeatureSetting(feature: "boot", level: "600"),
        ])
    #expect(study.edits[0].cost == 400)
    #expect(study.values == ["b", "a"])
    #expect(study.funnel == .overall(["b", "a"]))
    #expect(study.segments.passive == ["a"])
  }

  @Test func `every fault names sheet and cell, all at once`() throws {
    let found = try faults([
      sheet(
        "Settings",
        [
          ["key", "value"], ["survey.file", "s.csv"], ["segments.count", "many"],
          ["survey.fliter", "a = 1"], ["rho", "3"],
        ]),
      sheet("Variables", [["variable", "use", "values"], ["a", "actve", "maybe"]]),
      sheet(
        "Needs",
        [["need", "importence", "scale"], ["room", "q1", "[1, 5"], ["room", "q2", ""]]),
      sheet("Barriers", [["barrier", "violated_when", "strength"], ["dear", "price > 1", "7"]]),
      sheet("Prodcts", [["product"]]),
    ])
    let cells = Dictionary(
      found.map { ($0.cell ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    for (cell, code) in [
      ("Settings!B3", "E0307"), ("Settings!B4", "E0306"), ("Settings!B5", "E0309"),
      ("Variables!B2", "E0310"), ("Variables!C2", "E0310"), ("Needs!B1", "E0306"),
      ("Needs!C2", "E0301"), ("Needs!A3", "E0305"), ("Barriers!C2", "E0309"),
      ("Prodcts!A1", "E0306"),
    ] {
      #expect(cells[cell]?.code == code, "\(cell): \(found.map(\.line))")
    }
    #expect(found.allSatisfy { $0.line.contains(".xlsx: ") }, "\(found.map(\.line))")
    #expect(!found.contains { $0.code == "E0308" })
  }

  @Test func `a draft as a workbook is the draft as a text`() throws {
    let rows = (0..<120).map { row in
      "\(row),\(1 + row % 5),\(1 + row / 2 % 5),\(1 + row / 3 % 5),\(1 + row / 5 % 5),"
        + "\(["f", "m"][row % 2]),\(20 + row % 50)"
    }
    let folder = try StudyFolder([
      "a.csv": "id,q5_1,q5_2,q5_3,q5_4,gender,age\n" + rows.joined(separator: "\n") + "\n"
    ])
    let file = try SurveyReader.read(["\(folder.path)/a.csv"])
    let draft = StudyDraft.make(from: file, files: ["a.csv"])
    let sheets = try StudyForm.sheets(of: draft, survey: file.survey)
    let written = try plain(StudyFile.parse(draft.text, file: "study.yaml"))
    #expect(try plain(read(sheets)).0 == written.0)
    #expect(!written.0.segments.active.isEmpty)
    #expect(sheets.map(\.name).prefix(3) == ["Read me", "Settings", "Variables"])
    #expect(sheets.first { $0.name == "Variables" }?.choices.isEmpty == false)
  }

  @Test func `products and relations may stand on sheets of workbooks of their own`() throws {
    let folder = try HandCase.folder([
      "study.yaml": HandCase.study.replacingOccurrences(of: "products.csv", with: "p.xlsx#Cars")
    ])
    var cars = sheet("Cars", [["product", "child_seat_fit", "seats", "price"]])
    cars.rows.append([.text("coupe"), .text("none"), .number(2), .number(150)])
    cars.rows.append([.text("suv"), .text("Comfy"), .number(5)])
    try FormWriter.write([sheet("Notes", [["nothing"]]), cars], to: "\(folder.path)/p.xlsx")
    let report = try #require(folder.fault())
    #expect(report.cell == "Cars!B3")
    #expect(report.line.hasSuffix("p.xlsx: Cars!B3 (child_seat_fit): \(report.message)"))
    cars.rows[2][1] = .text("Comfortable")
    try FormWriter.write([sheet("Notes", [["nothing"]]), cars], to: "\(folder.path)/p.xlsx")
    let study = try folder.load()
    #expect(study.products?.cells[0] == [.name("none"), .number(2), .number(150)])
    #expect(study.products?.cells[1][2] == nil)
  }
}

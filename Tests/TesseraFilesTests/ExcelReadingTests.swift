import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct ExcelReadingTests {
  static func read(
    _ workbook: WorkbookBuilder, options: ReadingOptions = ReadingOptions()
  ) throws -> SurveyFile {
    try TestFiles.read(workbook.bytes, name: "answers.xlsx", options: options)
  }

  static func error(
    _ workbook: WorkbookBuilder, options: ReadingOptions = ReadingOptions()
  ) -> SurveyFileError? {
    TestFiles.error(workbook.bytes, name: "answers.xlsx", options: options)
  }

  static let header = WorkbookBuilder.row(1, ["id", "score", "text"])

  @Test func `cells of every kind are read as they look`() throws {
    let file = try Self.read(
      WorkbookBuilder(
        """
        <sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>flag</t></is></c>\
        <c r="C1" t="str"><v>day</v></c><c t="inlineStr"><is><t>moment</t></is></c>\
        <c t="inlineStr"><is><t>time</t></is></c><c t="inlineStr"><is><t>number</t></is></c>\
        <c t="inlineStr"><is><t>own</t></is></c></row>
        <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="b"><v>1</v></c>\
        <c r="C2" s="1"><v>44927</v></c><c r="D2" s="2"><v>44927.5</v></c>\
        <c r="E2" s="3"><v>0.75</v></c><c r="F2"><v>0.10000000000000001</v></c>\
        <c r="G2" s="5"><v>2.5</v></c></row>
        <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="b"><v>0</v></c>\
        <c r="C3" s="4"><v>61</v></c><c r="D3" t="d"><v>2023-01-01T10:00:00</v></c>\
        <c r="F3"><f>A1</f><v>-1.5E2</v></c><c r="G3" s="5"><v>3</v></c></row>
        </sheetData>
        """,
        strings: """
          <si><t>name</t></si><si><r><rPr><b/></rPr><t>Zo</t></r><r><t>ë</t></r>\
          <rPh sb="0" eb="1"><t>zoe</t></rPh></si>\
          <si><t xml:space="preserve"> tab_x0009_x _x005F_x0041_</t></si>
          """))
    let survey = file.survey
    #expect(file.format == .xlsx)
    #expect(file.notices == [])
    #expect(survey["name"]?.answerTexts == ["Zoë", " tab\tx _x0041_"])
    #expect(survey["flag"]?.answerTexts == ["TRUE", "FALSE"])
    #expect(survey["day"]?.answerTexts == ["2023-01-01", "1900-03-01"])
    #expect(survey["day"]?.level == .date)
    #expect(survey["moment"]?.answerTexts == ["2023-01-01 12:00:00", "2023-01-01 10:00:00"])
    #expect(survey["time"]?.answerTexts == ["18:00:00", ""])
    #expect(survey["number"]?.numbers == [0.1, -150])
    #expect(survey["own"]?.numbers == [2.5, 3])
  }

  @Test func `days count from 1904 where the workbook says so`() throws {
    let rows = "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>44927</v></c></row>"
    let xml = "<sheetData>\(WorkbookBuilder.row(1, ["id", "day"]))\(rows)</sheetData>"
    let file = try Self.read(WorkbookBuilder(xml, properties: "date1904=\"1\""))
    #expect(file.survey["day"]?.answerTexts == ["2027-01-02"])
  }

  @Test func `errors and formulas without a result are missing and told with their cell`() throws {
    let file = try Self.read(
      WorkbookBuilder(
        """
        <sheetData>\(Self.header)
        <row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>3</v></c></row>
        <row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
        <row r="4"><c r="A4"><v>3</v></c><c r="B4"><f>B2*2</f></c><c r="C4" t="str"><f>""</f>\
        <v></v></c></row></sheetData>
        """))
    let score = try #require(file.survey["score"])
    #expect(score.missingCount == 2)
    #expect(score.sum == 3)
    #expect(file.notices.count == 2)
    let isTold = file.notices.contains {
      $0.row == 3 && $0.column == "score" && $0.message.contains("Answers!B3")
        && $0.message.contains("#DIV/0!")
    }
    #expect(isTold)
    #expect(file.notices.contains { $0.row == 4 && $0.message.contains("Answers!B4") })
  }

  @Test func `titles above and notes below the table are left out and told`() throws {
    let cells = (5...8).map { row in
      "<row r=\"\(row)\"><c r=\"A\(row)\"><v>\(row)</v></c><c r=\"C\(row)\"><v>\(row % 2)</v></c></row>"
    }
    let file = try Self.read(
      WorkbookBuilder(
        "<sheetData>" + WorkbookBuilder.row(2, ["Export of the survey"])
          + WorkbookBuilder.row(4, ["id", "empty", "yes"]) + cells.joined()
          + WorkbookBuilder.row(11, ["Source: our panel"]) + "</sheetData>"))
    #expect(file.survey.variables.map(\.name) == ["id", "empty", "yes"])
    #expect(file.rows == [5, 6, 7, 8])
    #expect(file.notices.map(\.row) == [2, 11])
  }

  @Test func `merged cells above a second header row become a part of the labels`() throws {
    let file = try Self.read(
      WorkbookBuilder(
        "<sheetData>" + WorkbookBuilder.row(1, ["id", "Who", "", "What"])
          + WorkbookBuilder.row(2, ["", "age", "sex", "score"])
          + WorkbookBuilder.row(3, ["a1", "30", "f", "1"])
          + WorkbookBuilder.row(4, ["a2", "40", "m", "2"])
          + "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>"
      ))
    #expect(file.survey.variables.map(\.name) == ["id", "age", "sex", "score"])
    #expect(file.survey["sex"]?.label == "Who: sex")
    #expect(file.survey["age"]?.numbers == [30, 40])
    #expect(file.rows == [3, 4])
  }

  @Test func `a sheet is chosen by name, by number, or as the first that is not hidden`() throws {
    func sheet(_ name: String) -> String {
      "<sheetData>\(WorkbookBuilder.row(1, ["id", name]))"
        + "\(WorkbookBuilder.row(2, ["1", "x"]))</sheetData>"
    }
    let book = WorkbookBuilder(sheets: [
      ("Secret", "hidden", sheet("a")), ("Empty", "visible", "<sheetData/>"),
      ("Answers", "visible", sheet("b")), ("More", "visible", sheet("c")),
    ])
    var options = ReadingOptions()
    let first = try Self.read(book)
    #expect(first.survey["b"] != nil)
    #expect(first.notices.first?.message.contains("'Secret' (hidden)") == true)
    options.sheet = "More"
    #expect(try Self.read(book, options: options).survey["c"] != nil)
    options.sheet = "1"
    #expect(try Self.read(book, options: options).survey["a"] != nil)
    options.sheet = "Anwsers"
    let error = Self.error(book, options: options)
    #expect(error?.code == "E0133")
    #expect(error?.hint == "did you mean 'Answers'?")
  }

  @Test func `a platform's layout is recognised in a workbook too`() throws {
    let file = try Self.read(
      WorkbookBuilder(
        "<sheetData>" + WorkbookBuilder.row(1, ["StartDate", "Q1"])
          + WorkbookBuilder.row(2, ["Start Date", "How satisfied are you?"])
          + WorkbookBuilder.row(
            3,
            [
              "{&quot;ImportId&quot;:&quot;startDate&quot;}",
              "{&quot;ImportId&quot;:&quot;QID1&quot;}",
            ])
          + WorkbookBuilder.row(4, ["2026-01-01", "4"])
          + WorkbookBuilder.row(5, ["2026-01-02", "-99"]) + "</sheetData>"))
    #expect(file.format == .qualtrics)
    #expect(file.survey["Q1"]?.label == "How satisfied are you?")
    #expect(file.survey["Q1"]?.reasons.map(\.label) == ["seen but unanswered"])
  }

  @Test func `rows beyond the first ones join them, whatever they hold`() throws {
    var rows = Self.header
    for row in 2...200 {
      let text = row > 150 ? "<c r=\"C\(row)\" t=\"inlineStr\"><is><t>late</t></is></c>" : ""
      rows += "<row r=\"\(row)\"><c r=\"A\(row)\"><v>\(row)</v></c>\(text)</row>"
    }
    let file = try Self.read(WorkbookBuilder("<sheetData>\(rows)</sheetData>"))
    #expect(file.survey.respondentCount == 199)
    #expect(file.survey["id"]?.sum == Double((2...200).reduce(0, +)))
    #expect(file.survey["text"]?.answerTexts.filter { $0 == "late" }.count == 50)
    #expect(file.survey["text"]?.answerTexts[148] == "")
    #expect(file.survey["text"]?.answerTexts[149] == "late")
  }

  static let wrong: [(String, String, String)] = [
    ("<c r=\"A2\" t=\"s\"><v>7</v></c>", "E0134", "Answers!A2"),
    ("<c r=\"A2\" t=\"s\"><v>-1</v></c>", "E0134", "Answers!A2"),
    ("<c r=\"B2\"><v>abc</v></c>", "E0134", "Answers!B2"),
    ("<c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c>", "E0134", "Answers!A2"),
    ("<c r=\"B3\"><v>1</v></c>", "E0134", "Answers!B2"),
    ("<c r=\"XFE2\"><v>1</v></c>", "E0134", "Answers!XFE2"),
  ]

  @Test(arguments: wrong.indices)
  func `a cell that cannot be right is refused by its name`(_ place: Int) {
    let (cell, code, name) = Self.wrong[place]
    let error = Self.error(
      WorkbookBuilder("<sheetData>\(Self.header)<row r=\"2\">\(cell)</row></sheetData>"))
    #expect(error?.code == code)
    #expect(error?.column == name)
    #expect(error?.row == 2)
  }

  @Test func `entities, depth, doubled members and foreign files are refused`() {
    let plain = WorkbookBuilder(
      "<sheetData>\(Self.header)\(WorkbookBuilder.row(2, ["1", "2", "3"]))</sheetData>")
    var laughs = plain
    laughs.parts[5].text =
      "<!DOCTYPE sst [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>"
    #expect(Self.error(laughs)?.message.contains("xl/sharedStrings.xml") == true)
    var deep = plain
    deep.parts[6].text = String(repeating: "<a>", count: 100_000)
    #expect(Self.error(deep)?.message.contains("nested deeper") == true)
    var twice = plain
    twice.parts.append(plain.parts[6])
    #expect(Self.error(twice)?.message.contains("xl/worksheets/sheet1.xml") == true)
    var binary = plain
    binary.parts.append(("xl/workbook.bin", ""))
    #expect(Self.error(binary)?.code == "E0135")
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600)
    #expect(TestFiles.error(old, name: "old.xls")?.code == "E0135")
    #expect(TestFiles.error(Array("a,b\n1,2\n".utf8), name: "a.xlsx")?.code == "E0112")
    #expect(TestFiles.error([], name: "a.xlsx")?.code == "E0110")
  }

  @Test func `a workbook cut anywhere is refused, never misread`() throws {
    let whole = WorkbookBuilder(
      "<sheetData>\(Self.header)\(WorkbookBuilder.row(2, ["1", "2", "3"]))</sheetData>"
    ).bytes
    try TestFiles.withFolder { folder in
      for count in 0..<whole.count {
        let path = folder + "/cut.xlsx"
        try Data(whole[..<count]).write(to: URL(filePath: path))
        #expect(throws: SurveyFileError.self) { try SurveyReader.read([path]) }
      }
    }
  }

  @Test func `a damaged byte anywhere never brings the reader down`() throws {
    let whole = WorkbookBuilder(
      "<sheetData>\(Self.header)\(WorkbookBuilder.row(2, ["1", "2", "3"]))</sheetData>"
    ).bytes
    var survivors = 0
    try TestFiles.withFolder { folder in
      for place in stride(from: 0, to: whole.count, by: 5) {
        var bytes = whole
        bytes[place] ^= 0x11
        let path = folder + "/damaged.xlsx"
        try Data(bytes).write(to: URL(filePath: path))
        if (try? SurveyReader.read([path])) != nil { survivors += 1 }
      }
    }
    // Most of the bytes are under a checksum.
    #expect(survivors < whole.count / 10)
  }

  @Test(arguments: ["openpyxl.xlsx", "gnumeric.xlsx", "xlsxwriter.xlsx"])
  func `workbooks of other programs read to the table that was put into them`(_ name: String)
    throws
  {
    let file = try SurveyReader.read([TestFiles.fixture("xlsx/" + name)])
    let survey = file.survey
    #expect(survey.variables.map(\.name) == ["id", "name", "score", "day", "moment", "flag"])
    #expect(survey["id"]?.numbers == [1, 2, 3, 4])
    #expect(survey["name"]?.answerTexts == ["Zoë", "=1+1", "", "a <b> & \"c\""])
    #expect(survey["score"]?.answerTexts == ["0.1", "-2.5", "", "1000000"])
    #expect(survey["day"]?.answerTexts == ["2026-01-31", "1999-12-31", "", "2024-02-29"])
    #expect(
      survey["moment"]?.answerTexts == [
        "2026-01-31 10:30:00", "1999-12-31 23:59:59", "", "2024-02-29 00:00:00",
      ])
    #expect(survey["flag"]?.answerTexts == ["TRUE", "FALSE", "", "TRUE"])
  }
}

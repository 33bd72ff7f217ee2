import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraFiles

/// Rows that are taken without the parser of XML are those that the parser finds.
@Suite("Plain rows of a sheet")
struct PlainRowsTests {
  private func handler() -> SheetHandler {
    SheetHandler(
      file: "survey.xlsx", sheet: "Answers",
      context: SheetContext(
        texts: ["id", "yes", "", "no & never"], calendar: ExcelCalendar(isFrom1904: false)),
      kinds: [.number, .day, .number, .moment], headRows: 2)
  }

  /// What a sheet holds, as a text; or what is wrong with it.
  private func told(_ handler: SheetHandler) -> String {
    let cells = handler.columns.map { column in
      SheetColumn().joined(column, rows: handler.rows.count).cells
    }
    let (errors, missing) = (
      handler.errors.sorted { $0.key < $1.key }, handler.uncomputed.sorted { $0.key < $1.key }
    )
    return
      "\(handler.head) \(handler.rows) \(handler.traces) \(handler.width) \(cells) \(errors) \(missing)"
      + "\(handler.merges)"
  }

  private func parsed(_ xml: String) -> String {
    let handler = handler()
    let stream = XMLStream(handler, file: "survey.xlsx", member: "sheet1.xml")
    let bytes = FileBytes.copying(Array(xml.utf8))
    let nothing = FileBytes.copying([])
    do {
      try stream.take(bytes.view, isLast: false)
      try stream.take(nothing.view, isLast: true)
      return withExtendedLifetime(bytes) { told(handler) }
    } catch {
      return error.report.line
    }
  }

  private func taken(_ xml: String, piece: Int) -> String {
    let handler = handler()
    var rows = PlainRows(
      handler, XMLStream(handler, file: "survey.xlsx", member: "sheet1.xml"))
    let bytes = FileBytes.copying(Array(xml.utf8))
    do {
      for start in stride(from: 0, to: bytes.view.count, by: piece) {
        try rows.take(bytes.view.part(start..<min(bytes.view.count, start + piece)))
      }
      try rows.end()
      return withExtendedLifetime(bytes) { told(handler) }
    } catch {
      return error.report.line
    }
  }

  private func check(_ rows: String, _ place: SourceLocation = #_sourceLocation) {
    let xml =
      "<?xml version=\"1.0\"?>\n<worksheet xmlns=\"x\"><dimension ref=\"A1\"/>\n<sheetData>\(rows)"
      + "</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"
    let wanted = parsed(xml)
    // A whole sheet, and pieces of which none holds a row.
    for piece in [xml.utf8.count, 4000, 97] {
      let found = taken(xml, piece: piece)
      if found != wanted {
        Issue.record("in pieces of \(piece): \(found)\nwanted: \(wanted)", sourceLocation: place)
      }
    }
  }

  private static let kinds = [
    "<c r=\"%\"><v>12</v></c>", "<c r=\"%\" s=\"2\"><v>-1.5</v></c>", "<c r=\"%\"><v>1e3</v></c>",
    "<c r=\"%\" s=\"1\"><v>45000</v></c>", "<c r=\"%\" t=\"s\"><v>1</v></c>",
    "<c r=\"%\" s=\"0\" t=\"s\"><v>3</v></c>", "<c r=\"%\" t=\"s\"><v>2</v></c>", "<c r=\"%\"/>",
    "<c r=\"%\" s=\"3\" />", "<c r=\"%\"></c>", "<c r=\"%\"><v></v></c>",
    "<c r=\"%\" t=\"str\"><v>text</v></c>", "<c r=\"%\" t=\"b\"><v>1</v></c>",
    "<c r=\"%\" t=\"e\"><v>#N/A</v></c>", "<c r=\"%\" t=\"n\"><v>0012</v></c>",
    "<c r=\"%\"><f>A1+1</f><v>7</v></c>", "<c r=\"%\"><f>A1</f></c>",
    "<c r='%'><v>5</v></c>", "<c r=\"%\" t=\"str\"><v>a &amp; b</v></c>",
    "<c r=\"%\" t=\"inlineStr\"><is><t>été</t></is></c>", "<c x:r=\"Z9\" r=\"%\"><v>4</v></c>",
    "<c r=\"%\"><!-- </row> --><v>3</v></c>", "<c r=\"%\"><v>1234567890123456</v></c>",
    "<c r=\"%\"><v> 8 </v></c>", "", "",
  ]

  @Test func `drawn sheets`() {
    var stream = RandomStream(seed: 21)
    for _ in 0..<300 {
      // Sheets of all kinds, and sheets of plain cells with few others between them.
      let most = stream.uniform() < 0.5 ? Self.kinds.count : 7
      var xml = ""
      for row in 1...(3 + stream.below(12)) {
        let number = stream.uniform() < 0.9 ? " r=\"\(row)\"" : ""
        let open = stream.uniform() < 0.02 ? "<row\(number)/>" : "<row\(number) spans=\"1:6\">"
        xml += ["", "\n", "  "][stream.below(3)] + open
        guard open.hasSuffix("6\">") else { continue }
        for column in 0..<6 {
          let kind = stream.uniform() < 0.03 ? stream.below(Self.kinds.count) : stream.below(most)
          let cell = Self.kinds[kind]
          xml += cell.replacing("%", with: "\(CellPlace(row: row, column: column))")
        }
        xml += "</row>"
      }
      check(xml)
    }
  }

  @Test(arguments: [
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c>", "<row r=\"1\"><c r=\"A1\"><v>1</v></row>",
    "<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
    "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
    "<row r=\"1\"><c r=\"A1\"><v>x</v></c></row>", "<row r=\"1\"><c r=\"\"><v>1</v></c></row>",
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "<!-- <row r=\"1\"></row> -->",
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1.5</v></c></row>", "<row r=\"1\"></row></row>",
    "<row r=\"1048577\"><c r=\"A1\"><v>1</v></c></row>", "<row r=\"3\"/>", "<rows/>",
    "<row r=\"1\"><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>\n\n<x><</x>",
  ])
  func `sheets that are odd or wrong`(_ rows: String) {
    // Behind other rows too, where cells are taken in another way.
    let before = (1...4).map { "<row><c><v>\($0)</v></c><c t=\"s\"><v>1</v></c></row>" }.joined()
    check(rows)
    check(before + rows.replacing("\"1\"", with: "\"5\"").replacing("1\"", with: "5\""))
  }

  @Test func `the beginning of the rows in a comment is none`() {
    let xml =
      "<worksheet><!-- <sheetData><row r=\"1\"><c r=\"A1\"><v>8</v></c></row> -->"
      + "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
    #expect(taken(xml, piece: xml.utf8.count) == parsed(xml))
    #expect(parsed(xml).contains("number(1.0)"))
  }
}

import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// What stands below the table of a sheet, and cells merged within it.
@Suite struct SheetBelowTests {
  private static func data(_ rows: ClosedRange<Int>, _ words: [String] = ["yes", "no"]) -> String {
    rows.map { row in
      "<row r=\"\(row)\"><c r=\"A\(row)\"><v>\(row)</v></c><c r=\"B\(row)\"><v>\(row % 5)</v></c>"
        + "<c r=\"C\(row)\" t=\"inlineStr\"><is><t>\(words[row % words.count])</t></is></c></row>"
    }
    .joined()
  }

  private static func sheet(_ rows: String, _ more: String = "") -> WorkbookBuilder {
    WorkbookBuilder(
      "<sheetData>" + WorkbookBuilder.row(1, ["id", "score", "again"]) + rows + "</sheetData>"
        + more)
  }

  @Test(arguments: [20, 100], [true, false])
  func `a second table below is left out and told`(_ last: Int, _ hasTitle: Bool) throws {
    var below = hasTitle ? WorkbookBuilder.row(last + 3, ["By region"]) : ""
    let head = last + (hasTitle ? 4 : 3)
    below += WorkbookBuilder.row(head, ["region", "share"])
    for row in head + 1...head + 3 {
      below +=
        "<row r=\"\(row)\"><c r=\"A\(row)\" t=\"inlineStr\"><is><t>North</t></is></c>"
        + "<c r=\"B\(row)\"><v>0.5</v></c></row>"
    }
    let file = try ExcelReadingTests.read(Self.sheet(Self.data(2...last) + below))
    #expect(file.survey.respondentCount == last - 1)
    #expect(file.survey["id"]?.isNumeric == true)
    let told = file.notices.filter { $0.message.contains("second table") }
    #expect(told.map(\.row) == [last + 3])
  }

  @Test func `respondents behind blank rows are respondents`() throws {
    let file = try ExcelReadingTests.read(Self.sheet(Self.data(2...9) + Self.data(13...20)))
    #expect(file.survey.respondentCount == 16)
    // Words in a column of words, given before.
    let words = try ExcelReadingTests.read(
      WorkbookBuilder(
        "<sheetData>"
          + WorkbookBuilder.row(1, ["name", "kind"])
          + (2...9).map { WorkbookBuilder.row($0, ["n\($0)", $0 % 2 == 0 ? "a" : "b"]) }.joined()
          + WorkbookBuilder.row(14, ["n14", "a"]) + "</sheetData>"))
    #expect(words.survey.respondentCount == 9)
  }

  @Test func `merged cells within the answers are told with their places`() throws {
    let merges = "<mergeCells count=\"1\"><mergeCell ref=\"C5:C7\"/></mergeCells>"
    let rows =
      Self.data(2...5)
      + "<row r=\"6\"><c r=\"A6\"><v>6</v></c></row><row r=\"7\"><c r=\"A7\"><v>7</v></c></row>"
      + Self.data(8...9)
    let file = try ExcelReadingTests.read(Self.sheet(rows, merges))
    #expect(file.survey.respondentCount == 8)
    let told = file.notices.filter { $0.message.contains("merged cells") }
    #expect(told.map(\.row) == [5])
    #expect(told.first?.message.contains("C5:C7") == true)
    #expect(
      !(try ExcelReadingTests.read(Self.sheet(rows))).notices.contains {
        $0.message.contains("merged")
      })
  }
}

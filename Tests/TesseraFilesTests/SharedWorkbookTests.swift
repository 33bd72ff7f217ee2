import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Workbooks and Triple-S files beside the checkout; skipped where they are absent.
@Suite(.enabled(if: SharedFiles.arePresent)) struct SharedWorkbookTests {
  static func read(_ name: String, sheet: String? = nil) throws -> SurveyFile {
    var options = ReadingOptions()
    options.sheet = sheet
    return try SurveyReader.read([SharedFiles.path(name)], options: options)
  }

  @Test func `workbooks of the corpus read to the cells that openpyxl finds`() throws {
    let cars = try Self.read("corpus/xlsx/datasets.xlsx").survey
    #expect(cars.respondentCount == 32)
    #expect(cars.variables.count == 11)
    #expect(cars["mpg"]?.numbers.prefix(3) == [21, 21, 22.8])
    let chicks = try Self.read("corpus/xlsx/datasets.xlsx", sheet: "chickwts").survey
    #expect(chicks.respondentCount == 71)
    #expect(chicks["feed"]?.answerTexts.first == "horsebean")
    let quakes = try Self.read("corpus/xlsx/datasets.xlsx", sheet: "3").survey
    #expect(quakes.respondentCount == 1000)
    #expect(quakes["lat"]?.number(0) == -20.42)
    let papers = try Self.read("corpus/xlsx/csvkit_sheets.xlsx").survey
    #expect(papers.respondentCount == 5)
    #expect(papers["date"]?.answerTexts.prefix(3) == ["1971-01-01", "1948-01-01", "1920-01-01"])
    #expect(
      papers["datetime"]?.answerTexts.prefix(2) == ["1971-01-01 04:14:00", "1948-01-01 14:57:13"])
    #expect(papers["float"]?.numbers.prefix(3) == [1, 1.27, 41_800_000.01])
    #expect(papers["text"]?.answerTexts.last == "Unicode! Σ")
    let types = try Self.read("corpus/xlsx/readxl_types.xlsx").survey
    #expect(types["boolean"]?.answerTexts == ["TRUE", "FALSE", "TRUE", "FALSE"])
    #expect(types["date"]?.answerTexts.first == "2017-02-27")
    let spaces = try Self.read("corpus/xlsx/readxl_whitespace-xlsx.xlsx").survey
    #expect(spaces.variables.first?.answerTexts.first == " <-space")
    // Four columns of one name: read, numbered and told.
    let coloured = try Self.read("corpus/xlsx/readxl_richtext-coloured.xlsx")
    #expect(coloured.survey.variables.map(\.name) == ["abcd", "abcd#2", "abcd#3", "abcd#4"])
    #expect(coloured.survey.respondentCount == 1)
    #expect(coloured.notices.count { $0.message.contains("is another 'abcd'") } == 3)
  }

  static let refused = [
    "310_zero_length": "E0110", "311_csv_named_xlsx": "E0112", "312_old_xls": "E0135",
    "314_corrupt_deflate": "sheet1", "316_zip_bomb": "sheet1", "317_many_entries": "members",
    "319_billion_laughs": "sharedStrings", "320_quadratic_blowup": "sharedStrings",
    "322_shared_index_out_of_range": "C3", "323_shared_index_negative": "C2",
    "330_deep_xml": "sheet1", "335_duplicate_member": "sheet1.xml",
  ]

  @Test(arguments: refused.keys.sorted())
  func `a hostile workbook is refused by what is wrong with it`(_ name: String) throws {
    let error = try #require(
      #expect(throws: SurveyFileError.self) { try Self.read("malformed/xlsx/\(name).xlsx") })
    #expect("\(error.code) \(error.message)".contains(Self.refused[name] ?? "?"))
  }

  @Test func `odd workbooks that can be read are read right`() throws {
    func cells(_ name: String, _ column: String) throws -> [String]? {
      try Self.read("malformed/xlsx/\(name).xlsx").survey[column]?.answerTexts
    }
    #expect(try cells("302_date_1900", "score") == ["2023-01-01"])
    #expect(try cells("303_date_1904", "score") == ["2027-01-02"])
    #expect(try cells("331_escapes", "txt") == ["tab\tx", "_x0041_"])
    #expect(try cells("333_lying_size", "txt")?.last == "bad & <ugly>")
    for name in ["305_formula_uncached", "306_error_cells"] {
      let notices = try Self.read("malformed/xlsx/\(name).xlsx").notices
      #expect(notices.contains { $0.message.contains("B3") })
    }
  }

  @Test func `the Triple-S data of the corpus are read`() throws {
    let file = try Self.read("corpus/tsss/sample-5.sss")
    #expect(file.survey.respondentCount == 10)
    #expect(file.survey["foyer"]?.numbers.last == 10)
    #expect(file.survey["weekday"]?.categories.count == 7)
    #expect(file.survey["weekday"]?.answerTexts.prefix(3) == ["1", "2", "3"])
    #expect(file.survey["typtel"]?.answerTexts.last == "3")
    let alone = #expect(throws: SurveyFileError.self) { try Self.read("corpus/tsss/sample-1.sss") }
    #expect(alone?.code == "E0136")
  }
}

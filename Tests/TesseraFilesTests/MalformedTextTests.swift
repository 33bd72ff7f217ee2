import TesseraFiles
import TesseraSurvey
import Testing

/// What must become of a faulty file.
enum Fate: Sendable {
  /// It is read, without a notice.
  case reads(rows: Int, columns: Int)
  /// It is read, and a notice names a column or a line.
  case tells(rows: Int, columns: Int, column: String? = nil, row: Int? = nil)
  /// It is refused, at a line if one is given.
  case refused(String, row: Int? = nil)
}

@Suite struct MalformedTextTests {
  static let fates: [(String, Fate)] = [
    ("004_cr_only.csv", .reads(rows: 5, columns: 5)),
    ("005_mixed_newlines.csv", .reads(rows: 5, columns: 5)),
    ("006_utf8_bom.csv", .reads(rows: 5, columns: 5)),
    ("009_utf16le_no_bom.csv", .tells(rows: 5, columns: 5)),
    ("010_latin1.csv", .tells(rows: 2, columns: 3)),
    ("011_cp1252.csv", .tells(rows: 2, columns: 2)),
    ("012_mixed_encodings.csv", .refused("E0114", row: 3)),
    ("014_empty.csv", .refused("E0110")),
    ("015_bom_only.csv", .refused("E0110")),
    ("016_newlines_only.csv", .refused("E0110")),
    ("020_ctrl_z.csv", .tells(rows: 5, columns: 5)),
    ("030_one_row.csv", .reads(rows: 1, columns: 2)),
    ("031_one_column.csv", .reads(rows: 3, columns: 1)),
    ("032_one_cell.csv", .reads(rows: 1, columns: 1)),
    ("036_headers_differ_by_case.csv", .tells(rows: 1, columns: 3, column: "q1")),
    ("037_headers_differ_by_normalisation.csv", .tells(rows: 1, columns: 3, column: "café")),
    ("040_header_multiline.csv", .reads(rows: 1, columns: 3)),
    ("042_short_row.csv", .refused("E0120", row: 3)),
    ("045_trailing_delims_all.csv", .tells(rows: 2, columns: 2)),
    ("049_inch_mark.csv", .reads(rows: 2, columns: 2)),
    ("051_doubled_quotes.csv", .reads(rows: 3, columns: 2)),
    ("052_backslash_escape.csv", .refused("E0129", row: 2)),
    ("054_multiline_cell.csv", .reads(rows: 2, columns: 3)),
    ("055_crlf_inside_cell.csv", .reads(rows: 2, columns: 2)),
    ("063_footer.csv", .tells(rows: 2, columns: 2, row: 4)),
    ("064_qualtrics_3_headers.csv", .reads(rows: 2, columns: 4)),
    ("066_two_row_header.csv", .tells(rows: 2, columns: 5, row: 2)),
    ("067_two_tables.csv", .refused("E0120", row: 5)),
    ("071_space_aligned.csv", .refused("E0125")),
    ("073_json.csv", .refused("E0112")),
    ("074_pdf.csv", .refused("E0112")),
    ("079_single_quote_dialect.csv", .tells(rows: 2, columns: 3, row: 2)),
    ("100_decimal_comma_quoted.csv", .tells(rows: 3, columns: 2, column: "score")),
    ("102_thousands_dot.csv", .tells(rows: 2, columns: 2, column: "income")),
    ("106_percent.csv", .tells(rows: 3, columns: 2, column: "share")),
    ("107_na_spellings.csv", .tells(rows: 15, columns: 2, column: "score")),
    ("109_country_codes.csv", .tells(rows: 4, columns: 2, column: "country")),
    ("114_long_ids.csv", .reads(rows: 3, columns: 2)),
    ("115_excel_sci_ids.csv", .tells(rows: 2, columns: 2, column: "id")),
    ("118_inf_nan.csv", .tells(rows: 8, columns: 2, column: "score", row: 3)),
    ("119_number_grammar.csv", .tells(rows: 10, columns: 2, column: "v")),
    ("133_bidi_emoji.csv", .reads(rows: 5, columns: 2)),
    ("135_path_names.csv", .reads(rows: 2, columns: 6)),
    ("150_formula_injection.csv", .reads(rows: 15, columns: 3)),
    ("154_xlsx_sheet_names.csv", .reads(rows: 5, columns: 2)),
    ("155_pii.csv", .reads(rows: 40, columns: 6)),
    ("156_ansi_filename é 'quote' $(x).csv", .reads(rows: 1, columns: 2)),
  ]

  @Test(arguments: fates.indices)
  func `a faulty file is read, told of, or refused as it should be`(_ place: Int) throws {
    let (name, fate) = Self.fates[place]
    let path = TestFiles.fixture("malformed/" + name)
    switch fate {
    case .reads(let rows, let columns):
      let file = try SurveyReader.read([path])
      #expect(file.survey.respondentCount == rows, "\(name)")
      #expect(file.survey.variables.count == columns, "\(name)")
      #expect(file.notices == [], "\(name)")
    case .tells(let rows, let columns, let column, let row):
      let file = try SurveyReader.read([path])
      #expect(file.survey.respondentCount == rows, "\(name)")
      #expect(file.survey.variables.count == columns, "\(name)")
      #expect(!file.notices.isEmpty, "\(name)")
      if let column { #expect(file.notices.contains { $0.column == column }, "\(name)") }
      if let row { #expect(file.notices.contains { $0.row == row }, "\(name)") }
    case .refused(let code, let row):
      let error = #expect(throws: SurveyFileError.self) { try SurveyReader.read([path]) }
      #expect(error?.code == code, "\(name)")
      #expect(error?.file == path)
      #expect(error?.exitStatus == 65)
      if let row { #expect(error?.row == row, "\(name)") }
    }
  }

  @Test func `old line ends and marks leave the same table`() throws {
    for name in ["004_cr_only", "005_mixed_newlines", "006_utf8_bom", "009_utf16le_no_bom"] {
      let survey = try SurveyReader.read([TestFiles.fixture("malformed/\(name).csv")]).survey
      #expect(survey.variables.map(\.name) == ["id", "age", "gender", "q1", "comment"])
      #expect(survey["comment"]?.answerTexts == ["good", "fine", "ok", "bad", "meh"])
      #expect(survey["age"]?.sum == 197)
    }
  }

  @Test func `a row too many is found far behind what was sampled`() {
    var text = "id,a\n" + (0..<30_000).map { "\($0),1\n" }.joined()
    text += "30000,1,2\n"
    let error = TestFiles.error(Array(text.utf8))
    #expect(error?.row == 30_002)
    #expect(error?.message == "3 fields found, 2 expected")
  }

  @Test func `a hundred thousand rows keep their count and sum`() throws {
    let text = "id,q1\n" + (0..<100_000).map { "\($0),\($0 % 7)\n" }.joined()
    let survey = try TestFiles.read(text).survey
    #expect(survey.respondentCount == 100_000)
    #expect(survey["q1"]?.sum == 299_995)
    #expect(survey["id"]?.sum == 4_999_950_000)
  }

  @Test func `a long open end is read whole`() throws {
    let long = String(repeating: "wörd, ", count: 100_000)
    let survey = try TestFiles.read("id,txt\n1,\"\(long)\"\n2,x\n").survey
    #expect(survey["txt"]?.answerTexts == [long, "x"])
  }

  @Test func `a quote that is never closed names the line it was opened on`() {
    let text = "id,txt\n1,a\n2,\"b\n" + String(repeating: "3,c\n", count: 1000)
    let error = TestFiles.error(Array(text.utf8))
    #expect(error?.code == "E0121")
    #expect(error?.row == 3)
  }

  @Test func `a cell beyond the limit is refused`() {
    var bytes = Array("id,txt\n1,\"".utf8)
    bytes += [UInt8](repeating: 0x61, count: 17 << 20)
    bytes += Array("\"\n2,b\n".utf8)
    let error = TestFiles.error(bytes)
    #expect(error?.code == "E0122")
    #expect(error?.row == 2)
  }

  @Test func `declared answers are missing and keep their reason`() throws {
    var options = ReadingOptions()
    options.missing = [DeclaredMissing("99", reason: "refused")]
    let path = TestFiles.fixture("malformed/111_99_codes_declared.csv")
    let file = try SurveyReader.read([path], options: options)
    let variable = try #require(file.survey["q1"])
    #expect(variable.missingCount == 10)
    #expect(variable.sum == 150)
    #expect(variable.reasons.map(\.label) == ["refused"])
    #expect(variable.reasons.map(\.kind) == [.declared])
    #expect(file.notices == [])
  }

  @Test func `missing spellings and long identifiers hold what the manifest says`() throws {
    let score = try SurveyReader.read([TestFiles.fixture("malformed/107_na_spellings.csv")])
    #expect(score.survey["score"]?.missingCount == 13)
    #expect(score.survey["score"]?.sum == 8)
    let ids = try SurveyReader.read([TestFiles.fixture("malformed/114_long_ids.csv")])
    #expect(
      ids.survey["id"]?.answerTexts == [
        "9007199254740992", "9007199254740993", "12345678901234567890",
      ])
    let country = try SurveyReader.read([TestFiles.fixture("malformed/109_country_codes.csv")])
    #expect(country.survey["country"]?.categories.map(\.label) == ["DE", "NA", "NO"])
  }

  @Test func `damaged rows are set aside only when asked`() throws {
    let text = "id,a,b\n1,2,3\n4,5\n6,7,8\n9,\"x\"y,1\n10,11,12\n"
    #expect(TestFiles.error(Array(text.utf8))?.row == 3)
    var options = ReadingOptions()
    options.salvage = true
    let file = try TestFiles.read(text, options: options)
    #expect(file.survey.respondentCount == 3)
    #expect(file.rows == [2, 4, 6])
    #expect(file.rejected.map(\.row) == [3, 5])
    #expect(file.rejected.map(\.text) == ["4,5", "9,\"x\"y,1"])
    #expect(file.notices.count == 2)
  }
}

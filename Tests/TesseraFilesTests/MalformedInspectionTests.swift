import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Files that read well and are no good as they are: an inspection says what is wrong.
@Suite struct MalformedInspectionTests {
  static let cases: [(file: String, column: String?, words: String)] = [
    ("122_zero_weights.csv", "w", "weights are 0"),
    ("125_extreme_weight.csv", "w", "effective"),
    ("126_degenerate_columns.csv", "const", "constant"),
    ("126_degenerate_columns.csv", "empty", "nobody answered"),
    ("126_degenerate_columns.csv", "q1copy", "same answers as q1"),
    ("129_high_cardinality.csv", "brand", "too many for categories"),
    ("131_duplicate_ids.csv", "id", "occur again"),
    ("132_lookalike_labels.csv", "brand", "look alike"),
    ("134_reserved_names.csv", "segment", "assignments write"),
    ("134_reserved_names.csv", "probability", "assignments write"),
  ]

  @Test(arguments: cases.indices)
  func `a column that is no good is named`(_ place: Int) throws {
    let (name, column, words) = Self.cases[place]
    let file = try SurveyReader.read([TestFiles.fixture("malformed/" + name)])
    let problems = Inspection(file.survey, rows: file.rows).problems
    #expect(
      problems.contains { $0.column == column && $0.message.contains(words) },
      "\(name): \(problems.map(\.message))")
  }

  @Test func `cells that mean a number but are none are missing, and told with their line`() throws
  {
    let infinite = try SurveyReader.read([TestFiles.fixture("malformed/118_inf_nan.csv")])
    let score = try #require(infinite.survey["score"])
    #expect(score.answers.count - score.missingCount == 3)
    #expect(score.sum == 7)
    #expect(infinite.notices.contains { $0.row == 3 && $0.column == "score" })
    let odd = try SurveyReader.read([TestFiles.fixture("malformed/119_number_grammar.csv")])
    let value = try #require(odd.survey["v"])
    #expect(value.answers.count - value.missingCount == 5)
    #expect(value.sum == 117.5)
    #expect(value.reasons.allSatisfy { $0.kind == .notAnswered })
  }

  @Test func `real words among numbers still make a text`() throws {
    let file = try TestFiles.read("id,q\n1,5\n2,inf\n3,five\n4,3\n")
    #expect(file.survey["q"]?.answerTexts == ["5", "inf", "five", "3"])
    let hex = try TestFiles.read("id,code\n1,0x1F\n2,0xA0\n3,0x22\n4,7\n")
    #expect(hex.survey["code"]?.isNumeric == false)
  }
}

/// The whole list of faulty files, where it lies beside the checkout.
@Suite(.enabled(if: SharedFiles.arePresent)) struct ManifestTests {
  /// A line of the list.
  struct Row: Sendable {
    let file: String
    let options: String
    let expect: String
    let names: String
    let facts: Data
  }

  static let rows: [Row] = {
    let text =
      (try? String(contentsOfFile: SharedFiles.path("malformed/MANIFEST.tsv"), encoding: .utf8))
    return (text ?? "").split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 7, cells[1] == "csv" || cells[1] == "sav" else { return nil }
      return Row(
        file: cells[0], options: cells[3], expect: cells[4], names: cells[5],
        facts: Data(cells[6].utf8))
    }
  }()

  @Test func `every file comes out as the list says`() throws {
    try #require(Self.rows.count > 80)
    for row in Self.rows { try Self.check(row) }
  }

  private static func check(_ row: Row) throws {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    if row.options.hasPrefix("decimal=") { options.decimal = row.options.utf8.last }
    if row.options.hasPrefix("missing=") {
      options.missing = [DeclaredMissing(String(row.options.dropFirst(8)))]
    }
    let file: SurveyFile
    do {
      file = try SurveyReader.read([SharedFiles.path("malformed/" + row.file)], options: options)
    } catch {
      #expect(row.expect != "ok", "\(row.file): \(error)")
      let told = "\(error)"
      let name = row.names == "file" ? String(row.file.split(separator: "/")[1]) : row.names
      if row.expect != "nocrash" { #expect(told.contains(name), "\(row.file): \(told)") }
      return
    }
    // What only a command can refuse: a weight, a number of segments.
    guard !row.options.hasPrefix("weight="), !row.options.hasPrefix("k=") else { return }
    #expect(row.expect != "error", "\(row.file) was read")
    let problems = Inspection(file.survey, rows: file.rows).problems
    if row.expect == "ok" { #expect(file.notices == [], "\(row.file)") }
    if row.expect == "not_silent", !row.file.contains("077_") {
      #expect(!file.notices.isEmpty || !problems.isEmpty, "\(row.file) was read without a word")
    }
    try hold(row, file.survey)
  }

  private static func hold(_ row: Row, _ survey: Survey) throws {
    let facts = try #require(
      JSONSerialization.jsonObject(with: row.facts) as? [String: Any], "\(row.file)")
    if let rows = facts["rows"] as? Int { #expect(survey.respondentCount == rows, "\(row.file)") }
    if let columns = facts["cols"] as? Int {
      #expect(survey.variables.count == columns, "\(row.file)")
    }
    if let header = facts["header"] as? [String] {
      #expect(survey.variables.map(\.name) == header, "\(row.file)")
    }
    for (name, fact) in facts["num"] as? [String: [String: Double]] ?? [:] {
      let variable = try #require(survey[name])
      #expect(Double(variable.answers.count - variable.missingCount) == fact["n"], "\(row.file)")
      #expect(abs(variable.sum - (fact["sum"] ?? 0)) < 1e-9, "\(row.file) \(name)")
    }
    for (name, count) in facts["distinct"] as? [String: Int] ?? [:] {
      #expect(survey[name]?.categories.count == count, "\(row.file) \(name)")
    }
    for cell in facts["cells"] as? [[Any]] ?? [] {
      guard cell.count == 3, let place = cell[0] as? Int, let column = cell[1] as? Int,
        let text = cell[2] as? String
      else { continue }
      let own = survey.variables[column].answerTexts[place]
      #expect(Array(own.utf8) == Array(text.utf8), "\(row.file)")
    }
  }
}

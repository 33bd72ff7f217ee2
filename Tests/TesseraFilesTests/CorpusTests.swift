import TesseraFiles
import TesseraSurvey
import Testing

/// Real exports that lie beside the checkout, held against what is known of each, and against other
/// programs cell by cell where those are installed.
@Suite(.enabled(if: SharedFiles.arePresent)) struct CorpusTests {
  /// What is known of a delimited file.
  struct Text: Sendable {
    let path: String
    let rows: Int
    let columns: Int
    var format = SurveyFormat.csv
    var encoding: String?
    /// What another reader must be told: encoding, delimiter, header rows.
    var peer: String?
  }

  static let texts: [Text] = [
    Text(path: "csv/csvkit_dummy.tsv", rows: 1, columns: 3, peer: "utf-8:tab:1"),
    Text(path: "csv/csvkit_optional_quote_characters.csv", rows: 1, columns: 3, peer: "utf-8:,:1"),
    Text(path: "csv/csvkit_test_header_newline.csv", rows: 1, columns: 3, peer: "utf-8:,:1"),
    Text(
      path: "csv/csvkit_test_latin1.csv", rows: 2, columns: 3, encoding: "windows-1252",
      peer: "cp1252:,:1"),
    Text(path: "csv/csvkit_test_locale.csv", rows: 1, columns: 3),
    Text(path: "csv/csvkit_test_utf16_big.csv", rows: 2, columns: 3, peer: "utf-16:,:1"),
    Text(path: "csv/csvkit_test_utf8_bom.csv", rows: 2, columns: 3, peer: "utf-8-sig:,:1"),
    Text(path: "csv/quantipy_example_A.csv", rows: 8255, columns: 78, peer: "utf-8:,:1"),
    Text(path: "csv/readr_eol-cr.csv", rows: 3, columns: 2, peer: "utf-8:,:1"),
    Text(path: "csv/readr_eol-crlf.csv", rows: 3, columns: 2, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_empty_crlf.csv", rows: 2, columns: 3, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_escaped_quotes.csv", rows: 2, columns: 2, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_json.csv", rows: 1, columns: 2, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_newlines.csv", rows: 3, columns: 3, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_simple.csv", rows: 1, columns: 3, peer: "utf-8:,:1"),
    Text(path: "csv/spectrum_simple_crlf.csv", rows: 1, columns: 3, peer: "utf-8:,:1"),
    Text(
      path: "csv/syn_cp1252_semicolon_decimalcomma.csv", rows: 2, columns: 4,
      encoding: "windows-1252"),
    Text(
      path: "qualtrics/QT_Better_Sample_Survey__Better_Sample_Survey.csv", rows: 10, columns: 59,
      format: .qualtrics, peer: "utf-8:,:3"),
    Text(
      path: "qualtrics/QT_Comment_Coding__Test_Survey_for_Coded_Comments.csv", rows: 10,
      columns: 17, format: .qualtrics, peer: "utf-8:,:3"),
    Text(
      path: "qualtrics/QT_Matrix_Single_Answer_Survey__Matrix_Single_Answer_Testing.csv", rows: 5,
      columns: 35, format: .qualtrics, peer: "utf-8:,:3"),
    Text(
      path: "qualtrics/QT_Multiple_Answer_Matrix_Questions__Multiple_Answer_Matrix_Questions.csv",
      rows: 5, columns: 74, format: .qualtrics),
    Text(
      path: "qualtrics/QT_Multiple_Answer_Multiple_Choices_Questions__Multiple_Answer_MC_Questions"
        + "__Insights_.csv", rows: 5, columns: 36, format: .qualtrics),
    Text(
      path: "qualtrics/QT_Side-by-Side_Questions__SidebySide_Questions__Legacy_.csv", rows: 25,
      columns: 70, format: .qualtrics),
    Text(
      path: "qualtrics/QT_Single_Answer_Matrix_Questions__Single_Answer_Matrix_Questions"
        + "__Insights_.csv", rows: 5, columns: 30, format: .qualtrics, peer: "utf-8:,:3"),
    Text(
      path: "qualtrics/QT_Single_Answer_Multiple_Choice_Questions__Single_Answer_MC_Questions"
        + "__Insights_.csv", rows: 5, columns: 20, format: .qualtrics, peer: "utf-8:,:3"),
    Text(
      path: "qualtrics/QT_Survey_Logic__Survey_Logic_EVERYWHERE.csv", rows: 10, columns: 20,
      format: .qualtrics),
    Text(
      path: "qualtrics/QT_User_Notes_Survey__Notes_Survey.csv", rows: 5, columns: 17,
      format: .qualtrics, peer: "utf-8:,:3"),
    Text(path: "qualtrics/qualtRics_sample.csv", rows: 1, columns: 20, format: .qualtrics),
    Text(path: "qualtrics/qualtRics_sample_legacy.csv", rows: 1, columns: 15, format: .qualtrics),
    Text(
      path: "surveymonkey/syn_sm_condensed_two_header.csv", rows: 3, columns: 17,
      format: .surveymonkey),
    Text(
      path: "surveymonkey/syn_sm_numeric_codes.csv", rows: 2, columns: 12, format: .surveymonkey),
    Text(path: "otherplatforms/syn_alchemer.csv", rows: 2, columns: 10, format: .alchemer),
    Text(path: "otherplatforms/syn_googleforms.csv", rows: 2, columns: 6, format: .googleforms),
    Text(
      path: "otherplatforms/syn_kobo_select_multiple.csv", rows: 2, columns: 11, format: .kobo),
    Text(
      path: "otherplatforms/syn_limesurvey_codes.csv", rows: 2, columns: 12, format: .limesurvey),
    Text(path: "otherplatforms/syn_odk_central.csv", rows: 1, columns: 10, format: .kobo),
    Text(path: "otherplatforms/syn_typeform.csv", rows: 2, columns: 9, format: .typeform),
  ]

  static func read(_ path: String, encoding: String? = nil) throws -> SurveyFile {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    options.encoding = encoding
    return try SurveyReader.read([SharedFiles.path("corpus/" + path)], options: options)
  }

  @Test(arguments: texts.indices)
  func `a delimited export has the respondents and columns it is known to have`(
    _ place: Int
  ) throws {
    let fact = Self.texts[place]
    let file = try Self.read(fact.path, encoding: fact.encoding)
    #expect(file.survey.respondentCount == fact.rows, "\(fact.path)")
    #expect(file.survey.variables.count == fact.columns, "\(fact.path)")
    #expect(file.format == fact.format, "\(fact.path)")
  }

  @Test func `a file in another encoding than UTF-8 is read by its letters, and says so`() throws {
    for name in ["csvkit_test_latin1", "syn_cp1252_semicolon_decimalcomma"] {
      let file = try Self.read("csv/\(name).csv")
      #expect(file.notices.contains { $0.message.hasPrefix("read as Windows-1252") }, "\(name)")
    }
  }

  @Test func `decimal commas, thousands and signs of Windows are read`() throws {
    let file = try Self.read(
      "csv/syn_cp1252_semicolon_decimalcomma.csv", encoding: "windows-1252")
    #expect(file.survey["Preis_€"]?.numbers == [12.5, 1234])
    #expect(file.survey["Kommentar"]?.answerTexts == ["Schön – aber teuer", "Größe „M“"])
  }

  @Test func `every cell is the one another reader of delimited text finds`() throws {
    let facts = Self.texts.filter { $0.peer != nil }
    let words = facts.map { "\($0.peer ?? ""):" + SharedFiles.path("corpus/" + $0.path) }
    let tables = try Peer.tables("read_csv.py", words)
    guard tables.count == facts.count else { return }
    for (fact, table) in zip(facts, tables) {
      let table = try #require(table, "\(fact.path)")
      let survey = try Self.read(fact.path, encoding: fact.encoding).survey
      #expect(table.count == survey.variables.count, "\(fact.path)")
      for (column, variable) in zip(table, survey.variables) {
        let differs = zip(column.cells, variable.peerCells).count { theirs, ours in
          guard case .text(let text) = theirs else { return true }
          switch ours {
          case nil: return !text.allSatisfy { $0 == " " } && Double(text) != -99
          case .number(let number): return Double(text) != number
          // Options of one text are told as chosen.
          case .text(let own): return own != text
          }
        }
        let isOption = survey.sets.contains { $0.members.contains(variable.name) }
        if !isOption { #expect(differs == 0, "\(fact.path) \(variable.name)") }
      }
    }
  }

  /// What is known of an SPSS, Stata or SAS file.
  static let stats: [(path: String, rows: Int, columns: Int)] = [
    ("dta/haven_datetime-d.dta", 1, 1), ("dta/haven_notes.dta", 5, 4),
    ("dta/haven_types.dta", 2, 8), ("dta/pyreadstat_sample.dta", 5, 7),
    ("por/pyreadstat_sample.por", 5, 7), ("sas/hadley.sas7bdat", 8, 7),
    ("sas/pyreadstat_missing_test.sas7bdat", 1, 9), ("sav/haven_datetime.sav", 2, 3),
    ("sav/haven_iris.sav", 150, 5), ("sav/haven_labelled-num-na.sav", 2, 1),
    ("sav/haven_labelled-str.sav", 2, 1), ("sav/pspp_mrsets_weight.sav", 4, 13),
    ("sav/pspp_mrsets_weight.zsav", 4, 13), ("sav/pspp_uncompressed.sav", 4, 13),
    ("sav/pyreadstat_hebrews.sav", 99, 1), ("sav/pyreadstat_missing_char.sav", 2, 1),
    ("sav/pyreadstat_sample.zsav", 5, 7), ("sav/pyreadstat_sample_large.sav", 485, 7),
    ("sav/pyreadstat_sample_missing.sav", 7, 7), ("sav/pyreadstat_test_width.sav", 5, 4),
  ]

  @Test(arguments: stats.indices)
  func `a file of a statistics program has its respondents and variables`(_ place: Int) throws {
    let (path, rows, columns) = Self.stats[place]
    let file = try Self.read(path)
    #expect(file.survey.respondentCount == rows, "\(path)")
    #expect(file.survey.variables.count == columns, "\(path)")
    #expect(file.notices == [], "\(path)")
  }

  @Test func `labels, missing ranges, weights and sets are those of the files`() throws {
    let sample = try Self.read("sav/pyreadstat_sample_missing.sav").survey
    #expect(sample["mynum"]?.missingRules == [.range(2000, 3000), .code(.number(-1))])
    #expect(sample["mylabl"]?.peerLabels == ["-1": "undetermined", "1": "Male", "2": "Female"])
    let text = try Self.read("sav/pyreadstat_missing_char.sav").survey
    #expect(text["mychar"]?.missingRules == [.code(.text("Z"))])
    #expect(text["mychar"]?.peerLabels == ["a": "labeled"])
    let iris = try Self.read("sav/haven_iris.sav").survey
    #expect(iris["Species"]?.peerLabels.count == 3)
    for name in ["pspp_mrsets_weight.sav", "pspp_mrsets_weight.zsav", "pspp_uncompressed.sav"] {
      let survey = try Self.read("sav/" + name).survey
      #expect(survey.weightVariable == "wgt", "\(name)")
      #expect(survey.sets.map(\.name) == ["channels", "brands", "ch2"], "\(name)")
      #expect(survey.sets.map(\.members.count) == [3, 2, 3], "\(name)")
      #expect(survey["q1"]?.missingRules == [.range(-.infinity, -1), .code(.number(9))])
      #expect(survey["q1"]?.peerLabels["9"] == "Don't know")
      let members = survey.sets.flatMap(\.members)
      #expect(members.allSatisfy { survey[$0] != nil }, "\(name)")
    }
    #expect(try Self.read("dta/pyreadstat_sample.dta").survey["mylabl"]?.peerLabels.count == 2)
  }

  @Test(.enabled(if: Peer.hasReadStat))
  func `every cell and label is the one pyreadstat finds`() throws {
    let paths = Self.stats.map { SharedFiles.path("corpus/" + $0.path) }
    let tables = try Peer.tables("read_stat.py", paths)
    try #require(tables.count == paths.count)
    for ((path, _, _), table) in zip(Self.stats, tables) {
      let table = try #require(table, "\(path)")
      let survey = try Self.read(path).survey
      PeerComparison.compare(survey, table, path)
    }
  }
}

/// Holds a survey against what a peer read from the same file.
enum PeerComparison {
  static func compare(_ survey: Survey, _ table: [Peer.Column], _ file: String) {
    #expect(survey.variables.map(\.name) == table.map(\.name), "\(file)")
    for (variable, column) in zip(survey.variables, table) {
      #expect(variable.label == column.label, "\(file) \(variable.name)")
      #expect(variable.peerLabels == column.labels, "\(file) \(variable.name)")
      #expect(variable.peerCells == column.cells, "\(file) \(variable.name)")
    }
  }
}

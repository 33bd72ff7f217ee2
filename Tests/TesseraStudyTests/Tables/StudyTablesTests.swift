import Foundation
import TesseraDesign
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite("Banner tables")
struct StudyTablesTests {
  private func data(_ planted: PlantedTable = PlantedTable()) -> StudyData {
    func coded(_ name: String, _ codes: [Int], _ labels: [String]) -> Variable {
      Variable(
        name: name, label: name.capitalized, level: .nominal,
        categories: labels.enumerated().map {
          Category(code: .number(Double($0.offset + 1)), label: $0.element)
        }, answers: .codes8(codes.map(UInt8.init)))
    }
    var rating = coded("rating", planted.rating, ["1", "2", "3", "4", "5"])
    rating.level = .ordinal
    var second = rating
    second = Variable(
      name: "second", label: "Second", level: .ordinal, categories: rating.categories,
      answers: rating.answers)
    let survey = Survey(variables: [
      coded("group", planted.group, ["a", "b", "c"]), rating, second,
      Variable(name: "amount", level: .numeric, answers: .numbers(planted.amount)),
      coded("tick", planted.tick.map { $0 + 1 }, ["no", "yes"]),
    ])
    return StudyData(
      survey: survey, design: planted.design(strata: false, clusters: false),
      weightSum: 600, sourceRows: Array(0..<600))
  }

  private func tables(
    _ declared: TablesDeclaration, settings: RunSettings = RunSettings(),
    options: TablesSettings = TablesSettings(), segmented: SegmentedSurvey? = nil,
    active: [String] = []
  ) throws -> TablesResult {
    try StudyTables.make(
      declared, data: data(), segmented: segmented, active: active, roles: .none, title: "T",
      settings: settings, options: options)
  }

  @Test func `bases are unweighted, weighted and effective`() throws {
    let made = try tables(.init(banner: [BannerEntry("group")], stub: [StubEntry("rating")]))
    let bases = made.tables[0].bases
    #expect(bases.map(\.unweighted) == [569, 229, 219, 121])
    // Kish's (sum of w)² / sum of w², computed in R.
    for (base, expected) in zip(bases.dropFirst(), [204.865, 192.152, 108.278]) {
      #expect(abs((base.effective ?? 0) - expected) < 0.06)
    }
    #expect(made.columns.map(\.letter) == ["A", "B", "C", "D"])
  }

  @Test func `a whole table has Rao and Scott's p, and none against itself`() throws {
    let planted = PlantedTable()
    let made = try tables(
      .init(
        banner: [BannerEntry("group")],
        stub: [StubEntry("rating"), StubEntry("group"), StubEntry("amount")]))
    let expected = try #require(
      RaoScottTest(
        planted.group, planted.rating, design: planted.design(strata: false, clusters: false)))
    let test = try #require(made.tables[0].tests.first)
    #expect(made.tables[0].tests.count == 1 && made.groups[test.group].id == "group")
    #expect(abs(test.statistic - expected.statistic) < 1e-9 * expected.statistic)
    #expect(abs(test.pValue - expected.pValue) < 1e-9)
    #expect(test.pValue < 0.001)
    #expect(made.tables[1].tests.isEmpty && made.tables[2].tests.isEmpty)
    let json = made.json["tables"]?.array?.first?["tests"]?.array?.first
    #expect(json?["p_value"]?.number == test.pValue)
    let lines = String(decoding: made.csv, as: UTF8.self).split(separator: "\r\n")
    #expect(lines[0].hasSuffix(",table_p"))
  }

  @Test func `shares of a column and of a row sum to one, and the index compares with total`()
    throws
  {
    let made = try tables(.init(banner: [BannerEntry("group")], stub: [StubEntry("tick")]))
    let rows = made.tables[0].rows.filter { $0.kind == .answer }
    for column in 0..<4 {
      #expect(abs(rows.reduce(0) { $0 + ($1.cells[column].value ?? 0) } - 1) < 2e-4)
    }
    for row in rows {
      #expect(abs(row.cells.dropFirst().reduce(0) { $0 + ($1.rowShare ?? 0) } - 1) < 1e-3)
      for cell in row.cells {
        let ratio = 100 * (cell.value ?? 0) / (row.cells[0].value ?? 1)
        #expect(abs((cell.index ?? 0) - ratio) < 0.051)
      }
      #expect(row.cells.allSatisfy { $0.count == nil }, "counts are shown under standard")
    }
  }

  @Test func `ratings have top and bottom boxes and a mean, other nets are the study's`() throws {
    let all = try tables(.init(banner: [BannerEntry("group")]))
    let rating = try #require(all.tables.first { $0.name == "rating" })
    #expect(rating.rows.map(\.code) == ["1", "2", "3", "4", "5", "top2", "bottom2", "mean"])
    let top = rating.rows[5].cells[0].value ?? 0
    let parts = (rating.rows[3].cells[0].value ?? 0) + (rating.rows[4].cells[0].value ?? 0)
    #expect(abs(top - parts) < 2e-4)
    let named = try tables(
      .init(
        banner: [BannerEntry("group")],
        stub: [StubEntry("rating", nets: [.init(label: "Low", answers: ["1", "2"])])]))
    #expect(named.tables[0].rows.map(\.code) == ["1", "2", "3", "4", "5", "Low", "mean"])
    #expect(throws: StudyError.self) {
      try tables(
        .init(
          banner: [BannerEntry("group")],
          stub: [StubEntry("rating", nets: [.init(label: "Low", answers: ["seven"])])]))
    }
  }

  @Test func `nested columns stand within the outer ones`() throws {
    let made = try tables(
      .init(
        banner: [BannerEntry("group"), BannerEntry("group > tick")], stub: [StubEntry("amount")]))
    #expect(made.columns.count == 1 + 3 + 6)
    let bases = made.tables[0].bases.compactMap(\.unweighted)
    #expect(bases[1] == bases[4] + bases[5])
    #expect(made.columns[4].label == "a > no")
  }

  @Test func `no letter stands where a base is under thirty or the question made the segments`()
    throws
  {
    let planted = PlantedTable()
    var posterior = Matrix(rows: 600, columns: 2)
    for row in 0..<600 {
      let first = planted.group[row] == 2 ? 0.9 : 0.2
      posterior[row, 0] = first
      posterior[row, 1] = 1 - first
    }
    let data = data(planted)
    let segmented = SegmentedSurvey(
      survey: data.survey, design: data.design, sourceRows: data.sourceRows,
      segments: ["S1", "S2"].map { Segment(id: $0, name: "", share: 0.5, respondents: 300) },
      posterior: posterior, resegmenter: nil)
    let made = try tables(.init(), segmented: segmented, active: ["rating"])
    let active = try #require(made.tables.first { $0.name == "rating" })
    let passive = try #require(made.tables.first { $0.name == "second" })
    #expect(active.rows.allSatisfy { row in row.cells.allSatisfy { $0.letters.isEmpty } })
    #expect(active.notes.contains { $0.hasPrefix("used to form the segments") })
    #expect(passive.rows.contains { row in row.cells.contains { !$0.letters.isEmpty } })
    #expect(passive.notes.contains { $0.contains("BCH") || $0.contains("posterior") })
    var strict = TablesSettings()
    strict.testedBase = 1000
    let untested = try tables(.init(banner: [BannerEntry("group")]), options: strict)
    #expect(
      untested.tables.allSatisfy { table in
        table.rows.allSatisfy { row in row.cells.allSatisfy { $0.letters.isEmpty } }
      })
  }

  @Test func `under strict counts are shown after suppression, and no small one`() throws {
    var settings = RunSettings()
    settings.askedPrivacy = .strict
    let made = try tables(
      .init(banner: [BannerEntry("group"), BannerEntry("group > tick")]), settings: settings)
    #expect(made.warnings.contains { $0.contains("group > tick") })
    for table in made.tables {
      for row in table.rows where row.kind == .answer {
        for cell in row.cells {
          if let count = cell.count { #expect(count >= 10) }
          #expect((cell.value == nil) == (cell.hidden != nil))
        }
      }
    }
    // Of c, nobody gave 5: that cell is hidden, and another of its column with it.
    let rating = try #require(made.tables.first { $0.name == "rating" })
    let hidden = rating.rows.filter { $0.kind == .answer && $0.cells[3].hidden != nil }
    #expect(hidden.count >= 2)
  }

  @Test func `a banner refuses what makes no columns, and says what to do`() {
    for (entry, code) in [("amount", "E0623"), ("segments", "E0621"), ("grup", "E0501")] {
      let error = #expect(throws: StudyError.self) {
        try tables(.init(banner: [BannerEntry(entry)]))
      }
      #expect(error?.report.code == code)
      #expect(error?.report.hint?.isEmpty == false)
    }
  }

  @Test func `banner and stub are read from a study`() throws {
    let study = try StudyFile.parse(
      """
      survey: a.csv
      banner: [gender, gender > age]
      stub: { all: , sat: { nets: { Happy: [4, 5] } } }
      """, file: "s.yaml")
    let tables = try #require(study.tables)
    #expect(tables.banner.map(\.names) == [["gender"], ["gender", "age"]])
    #expect(tables.stub == [StubEntry("sat", nets: [.init(label: "Happy", answers: ["4", "5"])])])
    #expect(tables.isStubOpen)
    #expect(throws: StudyError.self) {
      try StudyFile.parse("survey: a.csv\nbanner: [\" > \"]\n", file: "s.yaml")
    }
  }

  @Test func `what asks nothing of people has no table unless it is named`() throws {
    let rows = 600
    func numbers(_ name: String, _ label: String, _ value: @escaping (Int) -> Double) -> Variable {
      Variable(
        name: name, label: label, level: .numeric, answers: .numbers((0..<rows).map(value)))
    }
    var found = data()
    let survey = Survey(
      variables: found.survey.variables + [
        numbers("MAH_1", "Mahalanobis Distance") { 3 + Double($0 % 97) / 7 },
        numbers("loi_min", "") { 5 + Double($0 % 211) / 10 },
      ])
    found = StudyData(
      survey: survey, design: found.design, weightSum: 600, sourceRows: Array(0..<600))
    func names(_ stub: [StubEntry]?, isOpen: Bool = false) throws -> TablesResult {
      try StudyTables.make(
        TablesDeclaration(banner: [BannerEntry("group")], stub: stub, isStubOpen: isOpen),
        data: found, segmented: nil, active: [], roles: .none, title: "T", settings: RunSettings())
    }
    let all = try names(nil)
    #expect(Set(all.tables.map(\.name)).isDisjoint(with: ["MAH_1", "loi_min"]))
    #expect(all.tables.contains { $0.name == "amount" })
    #expect(all.warnings.contains { $0.contains("MAH_1") && $0.contains("loi_min") })
    let named = try names([StubEntry("MAH_1")], isOpen: true)
    #expect(named.tables.contains { $0.name == "MAH_1" })
    #expect(!named.tables.contains { $0.name == "loi_min" })
  }

  @Test func `promoters less detractors stand where others have means`() throws {
    let codes = (0..<600).map { [1, 2, 3, 3][$0 % 4] }
    let group = Variable(
      name: "promoters", label: "NPS group", level: .ordinal,
      categories: ["Detractors", "Passives", "Promoters"].enumerated().map {
        Category(code: .number(Double($0.offset + 1)), label: $0.element)
      }, answers: .codes8(codes.map(UInt8.init)))
    let found = data()
    let made = try StudyTables.make(
      TablesDeclaration(banner: [BannerEntry("group")], stub: [StubEntry("promoters")]),
      data: StudyData(
        survey: Survey(variables: found.survey.variables + [group]),
        design: SurveyDesign(
          kind: .sampling, weights: [Double](repeating: 1, count: 600), strata: [], clusters: []),
        weightSum: 600,
        sourceRows: Array(0..<600)),
      segmented: nil, active: [], roles: .none, title: "T", settings: RunSettings())
    let row = try #require(made.tables.first?.rows.last)
    #expect(row.label.hasPrefix("Net Promoter Score"))
    #expect(row.cells.first?.value == 25)
  }
}

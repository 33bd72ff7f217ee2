import Foundation
import TesseraFiles
import TesseraMath
import TesseraProductFit
import TesseraSegmentation
import TesseraSurvey
import Testing

@testable import TesseraReport
@testable import TesseraStudy

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The workbook")
struct WorkbookTests {
  private static func workbook(_ results: StudyResults) -> Workbook {
    WorkbookWriter(results).workbook(StudyReport(results).document)
  }

  @Test func `sheet names suit every spreadsheet`() {
    #expect(Workbook.named("a/b\\c[1]:*?'x", among: []) == "abc1x")
    #expect(Workbook.named("", among: []) == "Sheet")
    #expect(Workbook.named("Fit", among: ["fit"]) == "Fit 2")
    let long = Workbook.named(String(repeating: "word ", count: 20), among: [])
    #expect(long.utf16.count <= 31)
    let book = Self.workbook(SampleResults.make(label: String(repeating: "x/[]", count: 80)))
    #expect(book.sheets.allSatisfy { $0.name.utf16.count <= 31 })
    #expect(Set(book.sheets.map { $0.name.lowercased() }).count == book.sheets.count)
  }

  @Test func `control characters in labels leave every part well-formed`() throws {
    var book = Self.workbook(SampleResults.make(label: "Bell\u{7} \u{1B}[31m\u{FFFE}"))
    book.title = "T\u{3}itle"
    let package = try OfficePackage(WorkbookKernel.bytes(of: book), file: "workbook.xlsx")
    #expect(package.parts.contains { $0.name.contains("chart") })
    for part in package.parts where part.name.hasSuffix(".xml") || part.name.hasSuffix(".rels") {
      #expect(XMLParser(data: Data(part.bytes)).parse(), "\(part.name)")
    }
  }

  @Test func `addresses are those of a spreadsheet`() {
    #expect(Workbook.address(0, 0) == "$A$1")
    #expect(Workbook.address(9, 25, fixed: false) == "Z10")
    #expect(Workbook.address(0, 26) == "$AA$1")
    #expect(Workbook.address(0, 701) == "$ZZ$1")
    #expect(Workbook.address(0, 702) == "$AAA$1")
  }

  @Test func `every table is in the appendix, with the numbers behind its cells`() {
    let results = SampleResults.make()
    let document = StudyReport(results).appendix
    let book = WorkbookWriter(results).appendix(document)
    let numbers = Set(
      book.sheets.flatMap(\.rows).flatMap { $0 }.compactMap { cell -> Double? in
        if case .number(let value, _) = cell { value } else { nil }
      })
    for table in document.sections.flatMap(\.blocks).flatMap(\.tables) {
      for row in table.rows {
        for (column, cell) in zip(table.columns, row) where column.isNumeric {
          guard let value = cell.value else { continue }
          #expect(numbers.contains(value), "\(table.id): \(value)")
        }
      }
    }
    #expect(book.sheets.allSatisfy { $0.frozenRows > 0 || $0.name == "Read me" })
    let client = Self.workbook(results)
    #expect(
      client.sheets.map(\.name) == [
        "Summary", "Profile", "Fit", "Scenarios", "Opportunities", "Channels",
      ])
    #expect(client.sheets.flatMap(\.charts).count == 2)
  }

  @Test func `the same results give the same bytes`() throws {
    let results = SampleResults.make()
    let document = StudyReport(results).document
    let one = try WorkbookWriter(results).bytes(of: document)
    #expect(try WorkbookWriter(results).bytes(of: document) == one)
    #expect(one.starts(with: [0x50, 0x4B]))
  }

  @Test(
    .enabled(
      if: Spreadsheet.program != nil, "ssconvert is missing: tools/install-packages gnumeric"))
  func `no label is read as a formula`() throws {
    for label in ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"x\")", "شبكة", "<script>"] {
      let results = SampleResults.make(label: label)
      let bytes = try WorkbookWriter(results).bytes(of: StudyReport(results).document)
      let cells = try Spreadsheet.sheets(bytes).flatMap { $0 }.flatMap { $0 }
      #expect(cells.contains("Room \(label)"))
      #expect(cells.contains { $0.contains("Cars for \(label)") })
      #expect(cells.filter { $0.hasPrefix("#") } == [])
    }
  }

  @Test(
    .enabled(
      if: Spreadsheet.program != nil, "ssconvert is missing: tools/install-packages gnumeric"))
  func `weights move the means below the fits`() throws {
    let results = SampleResults.make()
    var book = Self.workbook(results)
    let place = try #require(book.sheets.firstIndex { $0.name == "Fit" })
    func mean() throws -> Double {
      let sheets = try Spreadsheet.sheets(WorkbookKernel.bytes(of: book))
      let row = try #require(sheets[place].first { $0[0] == "Weighted mean" })
      return try #require(Double(row[2]))
    }
    // Computed with the numbers as they are shown.
    let fits = results.fit?.segments.map {
      results.fit?.cell(segment: $0.id, product: "p1")?.fit ?? 0
    }
    let (one, other) = (fits?[0] ?? 0, fits?[1] ?? 0)
    let even = try mean()
    #expect(abs(even - (one + other) / 2) < 1e-9)
    book.sheets[place].rows[3][1] = .number(3, .weight)
    book.sheets[place].rows[4][1] = .number(1, .weight)
    let uneven = try mean()
    #expect(abs(uneven - (3 * one + other) / 4) < 1e-9)
  }
}

@Suite(
  "The typing tool",
  .enabled(if: Spreadsheet.program != nil, "ssconvert is missing: tools/install-packages gnumeric"))
struct TypingToolTests {
  private static let categories = ["never", "=1+1", "often*"].enumerated().map {
    EncodedCategory(label: $0.element, codes: [.number(Double($0.offset + 1))])
  }
  private static let indicators = [
    IndicatorEncoding(name: "q1", label: "How often?", form: .ordinal(categories)),
    IndicatorEncoding(name: "q2", label: "Ticked", set: "set", form: .chosen(.number(1))),
    IndicatorEncoding(name: "q3", label: "Age", form: .numeric),
    IndicatorEncoding(name: "q4", label: "Trips", form: .count),
  ]
  private static let segments = ["A", "B", "C"].enumerated().map {
    Segment(id: "S\($0.offset + 1)", name: $0.element, share: 1 / 3, respondents: 100)
  }

  private static func model(_ parameters: SegmentModel.Parameters) -> SegmentModel {
    SegmentModel(
      result: SegmentationResult(
        method: "latent-class", seed: 1, respondents: 300, weightedRespondents: 300,
        effectiveSampleSize: 300, segments: segments), indicators: indicators, covariates: [],
      parameters: parameters, survey: nil)
  }

  private static let classes = LatentClassModel(
    prevalence: [0.5, 0.3, 0.2],
    items: [
      ItemModel(
        name: "q1", measurement: .nominal(categories: 3),
        distribution: .categories([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]])),
      ItemModel(
        name: "q2", measurement: .nominal(categories: 2),
        distribution: .categories([[0.9, 0.1], [0.4, 0.6], [0.5, 0.5]])),
      ItemModel(
        name: "q3", measurement: .gaussian(variance: .perClass),
        distribution: .normal(means: [30, 45, 60], variances: [80, 120, 60])),
      ItemModel(
        name: "q4", measurement: .poisson, distribution: .counts(rates: [0.5, 2, 4.5])),
    ])

  private static let centroids: SegmentModel.Parameters = .nearest(
    NearestPoints(
      encoding: MatrixEncoding(columns: [
        .init(indicator: 0, category: nil, center: 2, scale: 1.25),
        .init(indicator: 1, category: 1, center: 0.3, scale: 2),
        .init(indicator: 2, category: nil, center: 44, scale: 0.07),
        .init(indicator: 3, category: nil, center: 2, scale: 0.6),
      ]),
      points: Matrix(
        rows: 3, columns: 4,
        values: [-0.9, -0.4, -1, -0.7, 0.2, 0.9, 0.1, 0.1, 1.1, 0.3, 1.2, 1.3])))

  /// Answers as codes and as a person picks them; NaN is no answer.
  private static let people: [(codes: [Double], picked: [String?])] = [
    ([1, 0, 28, 0], ["never", "not chosen", "28", "0"]),
    ([2, 1, 47.5, 3], ["· =1+1", "chosen", "47.5", "3"]),
    ([3, .nan, .nan, 6], ["often∗", nil, nil, "6"]),
    ([.nan, 1, 61, .nan], [nil, "chosen", "61", nil]),
  ]

  @Test(arguments: [SegmentModel.Parameters.latentClass(classes), centroids])
  func `computed anew by a spreadsheet, it places people as assign does`(
    parameters: SegmentModel.Parameters
  ) throws {
    let model = Self.model(parameters)
    let tool = try #require(TypingTool(model))
    let survey = Survey(
      variables: Self.indicators.indices.map { column in
        Variable(
          name: Self.indicators[column].name, level: .numeric,
          answers: .numbers(Self.people.map { $0.codes[column] }))
      })
    let batch = try Assigner(model).assign(survey)
    // One workbook holds a pair of sheets for each person.
    var sheets: [WorkbookSheet] = []
    for person in Self.people {
      sheets += tool.sheets(besides: sheets.map(\.name), answers: person.picked)
    }
    let computed = try Spreadsheet.sheets(
      WorkbookKernel.bytes(of: Workbook(title: "Typing", sheets: sheets)))
    try #require(computed.count == 2 * Self.people.count)
    for number in Self.people.indices {
      let sheet = computed[2 * number]
      let posterior = Array(batch.posterior.row(number))
      let best = posterior.indices.max { posterior[$0] < posterior[$1] } ?? 0
      #expect(sheet[2][1] == ["A", "B", "C"][best])
      for segment in 0..<3 {
        let chance = try #require(Double(sheet[6 + segment][1]))
        #expect(abs(chance - posterior[segment]) < 1e-9)
      }
      #expect(abs((Double(sheet[3][1]) ?? 0) - posterior[best]) < 1e-9)
    }
    // Nothing typed yet: no segment is claimed.
    let empty = try Spreadsheet.sheets(
      WorkbookKernel.bytes(of: Workbook(title: "Typing", sheets: tool.sheets(besides: []))))
    #expect(empty[0][2][1] == "answer a question")
  }

  @Test func `the coefficients are locked and the answers are chosen from lists`() throws {
    let tool = try #require(TypingTool(Self.model(.latentClass(Self.classes))))
    let sheets = tool.sheets(besides: ["Typing tool"])
    #expect(sheets.map(\.name) == ["Typing tool 2", "Typing coefficients"])
    #expect(sheets.allSatisfy { $0.isLocked })
    #expect(sheets[0].choices.count == 2)
    #expect(sheets[0].choices[0].source == "='Typing coefficients'!$B$5:$B$7")
  }

  @Test(.enabled(if: Spreadsheet.program != nil, "ssconvert is not installed"))
  func `a model with covariates asks for them first, and then places people as assign does`()
    throws
  {
    let parameters = SegmentModel.Parameters.latentClass(
      LatentClassModel(
        prevalence: Self.classes.prevalence, items: Self.classes.items,
        membership: [[0, 0, 0, 0], [0.4, 0.9, -0.3, -0.02], [-1, -0.2, 1.1, 0.03]]))
    let plain = Self.model(parameters)
    let model = SegmentModel(
      result: plain.result, indicators: plain.indicators,
      covariates: [
        CovariateEncoding(
          name: "place",
          codes: [
            EncodedCategory(label: "town", codes: [.number(2)]),
            EncodedCategory(label: "city", codes: [.number(3)]),
          ], reference: EncodedCategory(label: "village", codes: [.number(1)])),
        CovariateEncoding(name: "age"),
      ], parameters: parameters, survey: nil)
    let tool = try #require(TypingTool(model))
    let covariates: [(codes: [Double], picked: [String])] = [
      ([1, 30], ["village", "30"]), ([3, 61], ["city", "61"]), ([2, 45], ["town", "45"]),
      ([2, 19], ["town", "19"]),
    ]
    let columns: [(String, [Double])] =
      ["place", "age"].enumerated().map { column, name in
        (name, covariates.map { $0.codes[column] })
      }
      + Self.indicators.indices.map { column in
        (Self.indicators[column].name, Self.people.map { $0.codes[column] })
      }
    let survey = Survey(
      variables: columns.map {
        Variable(name: $0.0, level: .numeric, answers: .numbers($0.1))
      })
    let batch = try Assigner(model).assign(survey)
    var sheets: [WorkbookSheet] = []
    for (first, person) in zip(covariates, Self.people) {
      sheets += tool.sheets(besides: sheets.map(\.name), answers: first.picked + person.picked)
    }
    // Without one of the covariates no segment is claimed.
    sheets += tool.sheets(
      besides: sheets.map(\.name), answers: ["town", nil] + Self.people[0].picked)
    let computed = try Spreadsheet.sheets(
      WorkbookKernel.bytes(of: Workbook(title: "Typing", sheets: sheets)))
    for number in Self.people.indices {
      let posterior = Array(batch.posterior.row(number))
      for segment in 0..<3 {
        let chance = try #require(Double(computed[2 * number][6 + segment][1]))
        #expect(abs(chance - posterior[segment]) < 1e-9)
      }
    }
    #expect(computed[8][2][1] == "answer the questions with a star")
  }
}

import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// Studies that cannot be right end in help.
@Suite struct CatalogueTests {
  static func error(_ change: (inout StudyFile) -> Void, rows: [[Double]] = HandCase.rows)
    -> StudyError?
  {
    var file = HandCase.file()
    change(&file)
    do throws(StudyError) {
      _ = try ProductFit.run(
        HandCase.source(file), HandCase.segmented(rows: rows), settings: HandCase.settings())
      return nil
    } catch {
      return error
    }
  }

  @Test func `an edit of a product that is not there names the nearest`() {
    let error = Self.error {
      $0.edits = [EditDeclaration(name: "e", product: "cupe", set: [])]
    }
    #expect(error?.report.code == "E0606" && error?.report.hint == "did you mean 'coupe'?")
  }

  @Test func `an edit to a level that is not there names the nearest`() {
    let error = Self.error {
      $0.edits = [
        EditDeclaration(
          name: "e", product: "coupe",
          set: [FeatureSetting(feature: "child_seat_fit", level: "comfy")])
      ]
    }
    #expect(error?.report.code == "E0606")
    #expect(error?.report.hint == "the levels are none, tight, comfortable")
  }

  @Test func `a rating outside its scale names its row`() {
    var rows = HandCase.rows
    rows[4][3] = 7
    let error = Self.error({ _ in }, rows: rows)
    #expect(error?.report.code == "E0608" && error?.report.row == 6)
    #expect(error?.report.column == "imp_keep_safe")
  }

  @Test func `a need without a scale asks for one`() {
    #expect(Self.error { $0.needScale = nil }?.report.code == "E0608")
  }

  @Test func `a column that is not there names the nearest`() {
    let error = Self.error {
      $0.needs[0] = NeedDeclaration(name: "carry_toddler", importance: "imp_carry_todler")
    }
    #expect(error?.report.hint == "did you mean 'imp_carry_toddler'?")
  }

  @Test func `a need that no feature serves is an error`() {
    let relations = RelationTable(
      needs: HandCase.needs, features: HandCase.features.map(\.name),
      strength: [[Double](repeating: 0, count: 7)] + HandCase.relations.dropFirst())
    let source = FitSource(
      file: HandCase.file(), path: "study.yaml", products: HandCase.products,
      relations: relations)
    #expect(throws: StudyError.self) {
      try ProductFit.run(source, HandCase.segmented(), settings: HandCase.settings())
    }
  }

  @Test(arguments: [
    ValueFunction.linear(3, 3), .target(3, tolerance: 0), .threshold(1, ramp: -1),
    .rate(from: 0, scale: 0), .knots([.init(level: 1, value: 0)]),
    .knots([.init(level: 2, value: 0), .init(level: 1, value: 1)]),
    .burden(income: "income_k", fullAt: 0.5, zeroAt: 0.4), .levels([]),
  ])
  func `values that cannot be are refused`(value: ValueFunction) {
    let error = Self.error { $0.features[1] = FeatureDeclaration(name: "seats", value: value) }
    #expect(error?.report.code == "E0603")
  }

  @Test func `all ratings missing ends in help`() {
    var rows = HandCase.rows
    for row in rows.indices { for column in 2...5 { rows[row][column] = .nan } }
    #expect(Self.error({ _ in }, rows: rows)?.report.code == "E0608")
  }

  @Test func `a respondent without weights is left out and counted`() throws {
    var rows = HandCase.rows
    for column in 2...5 { rows[2][column] = .nan }
    let result = try ProductFit.run(
      HandCase.source(), HandCase.segmented(rows: rows), settings: HandCase.settings())
    #expect(isNear(result.cell(segment: "family", product: "coupe")?.acceptance, 0.25))
    #expect(result.warnings.contains { $0.contains("1 respondents give no need any weight") })
  }

  @Test func `a missing satisfaction takes the mean of the segment`() throws {
    var rows = HandCase.rows
    rows[0][6] = .nan
    let model = try FitModel.bind(HandCase.source(), HandCase.segmented(rows: rows))
    // Satisfactions of the other three family members: 3, 2 and 4 of 1 to 5, weights alike.
    let pain = 1 + (1 - 0.5)
    let total = pain + 1.5 + 1.25 + 0.25
    #expect(isNear(model.respondents.needWeights[0, 0], pain / total))
    #expect(
      model.warnings.contains { $0.hasPrefix("Satisfaction was not rated by all: 1 respondents") })
  }

  @Test func `a missing income gives bounds`() throws {
    var rows = HandCase.rows
    rows[0][1] = .nan
    let result = try ProductFit.run(
      HandCase.source(), HandCase.segmented(rows: rows), settings: HandCase.settings())
    let cell = try #require(result.cell(segment: "family", product: "suv"))
    let (low, high) = (try #require(cell.fitMin), try #require(cell.fitMax))
    // Two fifths of the segment's weight, a weight of 5/19 on the need, 9/12 of it on price.
    #expect(isNear(high - low, 100 * 0.4 * 5 / 19 * 0.75))
    #expect(isNear(HandCaseTests().sum(cell), 100))
  }

  @Test func `values follow their definitions`() {
    func worth(_ value: ValueFunction, _ level: Double, income: Double = .nan) -> Double {
      FitFeature(FeatureDeclaration(name: "f", value: value)).worth(level, income: income)
    }
    #expect(isNear(worth(.linear(10, 4), 8.8), 0.2))
    #expect(worth(.linear(10, 4), 3) == 1 && worth(.linear(2, 5), 1) == 0)
    #expect(isNear(worth(.target(5, tolerance: 2), 6), 0.5))
    #expect(worth(.threshold(3, ramp: 0), 3) == 1 && worth(.threshold(3, ramp: 0), 2.9) == 0)
    #expect(isNear(worth(.threshold(3, ramp: 2), 4), 0.5))
    #expect(isNear(worth(.rate(from: 1, scale: 2), 3), 0.6321205588))
    let burden = ValueFunction.burden(income: "i", fullAt: 0.4, zeroAt: 1)
    #expect(isNear(worth(burden, 32, income: 64), 0.5 / 0.6))
    #expect(worth(burden, 32, income: 0) == 0 && worth(burden, 32).isNaN)
  }

  @Test func `explanations add up in words`() throws {
    let result = try HandCaseTests.result()
    let lines = try #require(
      Explanation.sentences(result, segment: "family", product: "coupe"))
    #expect(lines[0].hasPrefix("coupe fits family by 13.9 of 100 points"))
    #expect(lines.contains { $0.contains("20% would accept it") })
    #expect(lines.last == "Fit 13.9 and losses 86.1 make 100.0 points.")
    #expect(Explanation.sentences(result, segment: "nobody", product: "coupe") == nil)
  }
}

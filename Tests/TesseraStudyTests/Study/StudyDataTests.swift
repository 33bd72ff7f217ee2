import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct StudyDataTests {
  private let nan = Double.nan

  // MARK: - Missing

  @Test func `missing codes match as numbers, as texts and as labels, and keep their reason`()
    throws
  {
    var labelled = numbers("q", [1, 2, 9, 9])
    labelled.answers = AnswerColumn(positions: [1, 2, 3, 3], categoryCount: 3)
    labelled.categories = [
      Category(code: .number(1), label: "yes"), Category(code: .number(2), label: "no"),
      Category(code: .number(9), label: "Prefer not to say"),
    ]
    let file = try surveyFile([
      numbers("income", [10, -99, 999, 20]), texts("why", ["a", "-99", "refused", "b"]), labelled,
    ])
    let data = try bound(file) { declaration in
      declaration.missingEverywhere = [
        MissingDeclaration(code: "-99.0", reason: "refused"),
        MissingDeclaration(code: "Prefer not to say", reason: nil),
      ]
      declaration.missingByColumn = [
        ColumnMissing(
          column: "income", codes: [MissingDeclaration(code: "999", reason: "don't know")])
      ]
    }
    let income = try #require(data.survey["income"])
    #expect(income.numbers.map(\.isNaN) == [false, true, true, false])
    #expect(income.reasons.map(\.label) == ["refused", "don't know"])
    #expect(income.missing == [0, 1, 2, 0])
    // Texts are compared byte by byte: "-99" is not "-99.0", and "refused" was not declared.
    #expect(data.survey["why"]?.missingCount == 0)
    let q = try #require(data.survey["q"])
    #expect(q.categories.map(\.label) == ["yes", "no"])
    #expect(q.missingCount == 2)
    #expect(q.reasons.first?.kind == .declared)
  }

  // MARK: - Levels

  @Test func `an ordinal column takes the order of the study, by code or by label`() throws {
    let file = try surveyFile([texts("education", ["school", "none", "college", ""])])
    let data = try bound(file) {
      $0.levels = [
        LevelDeclaration(
          column: "education", level: .ordinal, order: ["none", "school", "college", "degree"])
      ]
    }
    let variable = try #require(data.survey["education"])
    #expect(variable.level == .ordinal)
    #expect(variable.categories.map(\.label) == ["none", "school", "college", "degree"])
    #expect((0..<4).map { variable.answers.position($0) } == [2, 1, 3, 0])
  }

  @Test func `an answer that is not listed is told by its kind unless many hold it`() throws {
    let few = try surveyFile([texts("e", ["a", "b", "secret"])])
    let order = LevelDeclaration(column: "e", level: .ordinal, order: ["a", "b"])
    let report = bindingFault(few) { $0.levels = [order] }
    #expect(report?.code == "E0406")
    #expect(report?.row == 4)
    #expect(report?.column == "e")
    #expect(report?.line.contains("secret") == false)
    #expect(report?.message.contains("6 characters") == true)
    let many = try surveyFile([texts("e", ["a", "b"] + Array(repeating: "often", count: 10))])
    #expect(bindingFault(many) { $0.levels = [order] }?.message.contains("'often'") == true)
  }

  @Test func `numbers become categories and categories numbers as the study asks`() throws {
    let file = try surveyFile([
      numbers("town", [30, 10, nan, 10]), numbers("kids", [0, 2, nan, 1]),
      numbers("age", [5, 6, 7, 8]),
    ])
    let data = try bound(file) {
      $0.levels = [
        LevelDeclaration(column: "town", level: .nominal),
        LevelDeclaration(column: "kids", level: .count),
        LevelDeclaration(column: "age", level: .ordinal, order: ["8", "7", "6", "5"]),
      ]
    }
    #expect(data.survey["town"]?.categories.map(\.label) == ["10", "30"])
    #expect(data.survey["town"]?.answers.position(0) == 2)
    #expect(data.survey["kids"]?.level == .count)
    #expect(data.survey["age"]?.answers.position(0) == 4)
    let fraction = try surveyFile([numbers("kids", [1, 0.5])])
    let report = bindingFault(fraction) {
      $0.levels = [LevelDeclaration(column: "kids", level: .count)]
    }
    #expect(report?.code == "E0407")
    #expect(report?.row == 3)
    let words = try surveyFile([texts("age", ["old", "young"])])
    let text = bindingFault(words) {
      $0.levels = [LevelDeclaration(column: "age", level: .numeric)]
    }
    #expect(text?.code == "E0128")
    #expect(text?.column == "age")
  }

  @Test func `an order that names one answer twice is refused`() throws {
    let file = try surveyFile([texts("e", ["a", "b"])])
    let report = bindingFault(file) {
      $0.levels = [LevelDeclaration(column: "e", level: .ordinal, order: ["a", "b", "a"])]
    }
    #expect(report?.code == "E0406")
  }

  // MARK: - Weights

  @Test func `rows of zero weight are left out and counted`() throws {
    let file = try surveyFile([numbers("w", [2, 0, 1, 1]), numbers("x", [1, 2, 3, 4])])
    let data = try bound(file) { $0.weight = .sampling("w") }
    #expect(data.survey["x"]?.numbers == [1, 3, 4])
    #expect(data.sourceRows == [0, 2, 3])
    #expect(data.design.weights == [1.5, 0.75, 0.75])
    #expect(data.weightSum == 4)
    #expect(data.notes == ["1 respondent with a weight of 0 left out"])
  }

  @Test(
    arguments: [
      ([1, .nan, 1], "E0402", 3), ([1, 1, -1], "E0403", 4), ([0, 0, 0], "E0404", nil),
      ([1, 1e308, 1], "E0403", 3), ([1, 1, 1e-300], "E0403", 4),
    ] as [([Double], String, Int?)])
  func `weights that cannot be used are told with their line`(
    weights: [Double], code: String, line: Int?
  ) throws {
    let report = bindingFault(try surveyFile([numbers("w", weights)])) {
      $0.weight = .sampling("w")
    }
    #expect(report?.code == code)
    #expect(report?.row == line)
    #expect(report?.column == "w")
  }

  @Test func `frequencies count respondents and are whole numbers`() throws {
    let file = try surveyFile([numbers("n", [3, 0, 2])])
    let data = try bound(file) { $0.weight = .frequency("n") }
    #expect(data.design.kind == .frequency)
    #expect(data.design.respondents == 5)
    let half = try surveyFile([numbers("n", [3, 1.5])])
    #expect(bindingFault(half) { $0.weight = .frequency("n") }?.code == "E0405")
  }

  @Test func `very unequal weights are told with the effective number`() throws {
    let file = try surveyFile([numbers("w", Array(repeating: 1, count: 99) + [1000])])
    let data = try bound(file) { $0.weight = .sampling("w") }
    #expect(data.notes.count == 1)
    // (99 + 1000)² / (99 + 1000²) = 1.2077
    #expect(data.notes[0].contains("100 respondents are worth 1 "))
  }

  @Test func `a weight that the file names is used and told, and can be switched off`() throws {
    let file = try surveyFile([numbers("pond", [1, 3])], weight: "pond")
    #expect(try bound(file) { _ in }.design.kind == .sampling)
    #expect(try bound(file) { _ in }.notes.first?.contains("pond") == true)
    #expect(
      try bound(file) { $0.weight = .sampling("none") }.design.kind == SurveyDesign.WeightKind.none)
  }

  @Test func `strata and clusters are numbered by their codes, whatever the order of the rows`()
    throws
  {
    let file = try surveyFile([
      texts("region", ["south", "north", "south"]), numbers("psu", [7, 7, 3]),
    ])
    let data = try bound(file) {
      $0.strata = "region"
      $0.cluster = "psu"
    }
    #expect(data.design.strata == [1, 0, 1])
    #expect(data.design.clusters == [1, 1, 0])
    let gap = try surveyFile([texts("region", ["south", ""])])
    let report = bindingFault(gap) { $0.strata = "region" }
    #expect(report?.code == "E0411")
    #expect(report?.row == 3)
  }

  @Test func `identifiers that are missing or occur twice are told`() throws {
    let file = try surveyFile([texts("who", ["a", "a", "", "b"])])
    let data = try bound(file) { $0.id = "who" }
    #expect(data.ids == ["a", "a", "", "b"])
    #expect(data.notes.count == 2)
    #expect(data.survey["who"]?.level == .text)
  }
}

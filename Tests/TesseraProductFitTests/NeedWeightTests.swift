import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Every way to ask what matters ends in the same kind of weight.
@Suite struct NeedWeightTests {
  /// Four respondents, two needs served by a feature each, and what they were asked.
  static func weights(
    _ sources: [NeedWeightSource], _ columns: [(String, [Double])], satisfaction: [String?] = [],
    maxDiff: MaxDiffDeclaration? = nil, variables: [Variable] = []
  ) throws -> FitModel {
    var file = StudyFile(
      title: "Weights", survey: SurveyDeclaration(files: ["w.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.maxDiff = maxDiff
    file.needs = sources.enumerated().map {
      NeedDeclaration(
        name: "n\($0)", weight: $1,
        satisfaction: satisfaction.indices.contains($0) ? satisfaction[$0] : nil)
    }
    file.features = sources.indices.map { FeatureDeclaration(name: "f\($0)", value: .linear(0, 1)) }
    let names = file.features.map(\.name)
    let all =
      columns.map { Variable(name: $0.0, level: .numeric, answers: .numbers($0.1)) } + variables
    let count = all.first?.answers.count ?? 0
    let source = FitSource(
      file: file, path: "study.yaml",
      products: ProductTable(
        names: ["p"], features: names, cells: [names.map { _ in .number(0.5) }]),
      relations: RelationTable(
        needs: file.needs.map(\.name), features: names,
        strength: sources.indices.map { need in sources.indices.map { $0 == need ? 9 : 0 } }))
    var survey = Survey(variables: all)
    if all.contains(where: { $0.name == "pain_a" }) {
      survey.sets = [
        MultipleResponseSet(
          name: "pains", label: "", members: ["pain_a", "pain_b"],
          coding: .dichotomy(chosen: .number(1)))
      ]
    }
    return try FitModel.bind(
      source,
      SegmentedSurvey(
        survey: survey, design: .unweighted(count), sourceRows: Array(0..<count),
        segments: [Segment(id: "S1", name: "S1", share: 1, respondents: Double(count))],
        posterior: Matrix(rows: count, columns: 1, repeating: 1), resegmenter: nil))
  }

  func check(_ model: FitModel, _ expected: [[Double]]) {
    for (respondent, row) in expected.enumerated() {
      for (need, weight) in row.enumerated() {
        #expect(
          isNear(model.respondents.needWeights[respondent, need], weight, 1e-12),
          "respondent \(respondent), need \(need)")
      }
    }
  }

  @Test func `ratings weigh by their place on the scale`() throws {
    check(
      try Self.weights(
        [.importance("a"), .importance("b")], [("a", [5, 3]), ("b", [1, 4])]),
      [[1, 0], [0.4, 0.6]])
  }

  @Test func `dissatisfaction adds to importance, and to nothing that is divided`() throws {
    let columns = [("a", [5.0]), ("b", [5.0]), ("s", [3.0]), ("p", [60.0]), ("q", [40.0])]
    check(
      try Self.weights(
        [.importance("a"), .importance("b")], columns, satisfaction: ["s", nil]),
      [[1.5 / 2.5, 1 / 2.5]])
    check(
      try Self.weights([.points("p"), .points("q")], columns, satisfaction: ["s", nil]),
      [[0.6, 0.4]])
  }

  @Test func `the top two boxes weigh one`() throws {
    let model = try Self.weights(
      [.topTwo("a"), .topTwo("b")], [("a", [5, 4, 3]), ("b", [4, 1, 2])])
    check(model, [[0.5, 0.5], [1, 0], [0, 0]])
    #expect(!model.respondents.isUsable[2])
  }

  @Test func `ranks weigh by rank sums`() throws {
    // 3, 2 and 1 of 6; a blank is unranked.
    check(
      try Self.weights(
        [.rank("a"), .rank("b"), .rank("c")],
        [("a", [1, 2]), ("b", [2, 1]), ("c", [3, .nan])]),
      [[3.0 / 6, 2.0 / 6, 1.0 / 6], [0.4, 0.6, 0]])
  }

  @Test func `constant-sum points weigh by their share, whatever they add up to`() throws {
    let model = try Self.weights(
      [.points("a"), .points("b")], [("a", [70, 20, 100]), ("b", [30, .nan, 0])])
    check(model, [[0.7, 0.3], [1, 0], [1, 0]])
    #expect(model.warnings.contains { $0.hasPrefix("1 respondents gave points") })
  }

  @Test func `best-worst counts weigh by how much oftener they are best`() throws {
    // (1 + (2 - 0) / 4) / 2 = 0.75 and (1 + (0 - 3) / 4) / 2 = 0.125.
    let model = try Self.weights(
      [
        .maxDiffCounts(best: "b1", worst: "w1", shown: 4),
        .maxDiffCounts(best: "b2", worst: "w2", shown: 4),
      ], [("b1", [2]), ("w1", [0]), ("b2", [0]), ("w2", [3])])
    check(model, [[0.75 / 0.875, 0.125 / 0.875]])
  }

  @Test func `best-worst tasks are counted by the answers in them`() throws {
    func task(_ name: String, _ positions: [Int]) -> Variable {
      Variable(
        name: name, level: .nominal,
        categories: ["room", "price"].map { Category(code: .text($0)) },
        answers: AnswerColumn(positions: positions, categoryCount: 2))
    }
    let model = try Self.weights(
      [.maxDiffAnswer("room"), .maxDiffAnswer("price")], [],
      maxDiff: MaxDiffDeclaration(best: ["t1", "t2"], worst: ["u1", "u2"], shown: 2),
      variables: [
        task("t1", [1, 2]), task("t2", [1, 1]), task("u1", [2, 1]), task("u2", [2, 2]),
      ])
    // The first takes room twice and leaves price twice: 1 and 0. The second does both once.
    check(model, [[1, 0], [0.5, 0.5]])
  }

  @Test func `best-worst scores weigh by their logit shares`() throws {
    check(
      try Self.weights(
        [.maxDiffScore("a"), .maxDiffScore("b")], [("a", [1.0986122886681098]), ("b", [0])]),
      [[0.75, 0.25]])
  }

  @Test func `ticked pain points weigh one, by set and by statement`() throws {
    let columns = [("pain_a", [1.0, 1, 0]), ("pain_b", [0.0, 1, 1]), ("age", [20.0, 50, 60])]
    check(
      try Self.weights(
        [.ticked("pains includes a"), .ticked("pains includes b")], columns),
      [[1, 0], [0.5, 0.5], [0, 1]])
    check(
      try Self.weights([.ticked("pain_a"), .ticked("age > 40")], columns),
      [[1, 0], [0.5, 0.5], [0, 1]])
  }

  @Test func `an analyst's own weights are the same for everybody`() throws {
    check(
      try Self.weights([.assumed(3), .assumed(1)], [("a", [1, 2])]),
      [[0.75, 0.25], [0.75, 0.25]])
  }

  @Test func `weights from unlike questions are warned of`() throws {
    let model = try Self.weights(
      [.importance("a"), .points("b")], [("a", [5]), ("b", [40])])
    #expect(model.warnings.contains { $0.contains("(importance, points)") })
  }

  @Test(arguments: [
    ([NeedWeightSource.rank("a"), .rank("b")], [3.0, 1], "E0608"),
    ([.points("a"), .points("b")], [-1, 1], "E0608"),
    ([.ticked("a"), .ticked("b")], [2, 1], "E0613"),
    ([.maxDiffAnswer("x"), .maxDiffAnswer("y")], [1, 1], "E0613"),
    ([.ticked("nothing = 1"), .ticked("b")], [1, 1], "E0601"),
  ])
  func `answers that cannot be are refused`(
    sources: [NeedWeightSource], row: [Double], code: String
  ) {
    #expect {
      try Self.weights(sources, [("a", [row[0]]), ("b", [row[1]])])
    } throws: {
      ($0 as? StudyError)?.report.code == code
    }
  }
}

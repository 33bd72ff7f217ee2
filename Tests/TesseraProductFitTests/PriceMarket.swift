import TesseraMath
import TesseraProductFit
import TesseraSurvey

@testable import TesseraStudy

/// A market of one thing that everybody likes alike, sold at one price; people differ only in the most
/// they would pay.
struct PriceMarket {
  /// The most that each person would pay.
  var limits: [Double]
  /// Whether each person is of the first of two segments.
  var isFirst: [Bool]
  /// Products: name, quality from 0 to 1 (NaN is unknown), price, cost.
  var products: [(name: String, quality: Double, price: Double, cost: Double?)] = [
    ("thing", 1, 50, nil)
  ]
  /// Further columns of numbers.
  var columns: [(name: String, values: [Double])] = []
  var ladder: PriceLadder?
  var questions: PriceQuestions?
  var market: MarketDeclaration?
  var scenarios: [ScenarioDeclaration] = []
  var population: Double?
  var channels: [String] = []

  init(_ limits: [Double], isFirst: [Bool]? = nil) {
    self.limits = limits
    self.isFirst = isFirst ?? limits.map { _ in true }
  }

  var source: FitSource {
    var file = StudyFile(
      title: "Prices", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = [NeedDeclaration(name: "use", importance: "imp")]
    file.features = [
      FeatureDeclaration(name: "quality", value: .linear(0, 1)),
      FeatureDeclaration(name: "price", unit: "EUR", value: .linear(1000, 0)),
    ]
    file.barriers = [BarrierDeclaration(name: "too_dear", violatedWhen: "price > limit")]
    file.priceLadder = ladder
    file.prices = questions
    file.market = market
    file.scenarios = scenarios
    file.population = population
    file.channels = channels
    var table = ProductTable(
      names: products.map(\.name), features: ["quality", "price"],
      cells: products.map { [$0.quality.isNaN ? nil : .number($0.quality), .number($0.price)] },
      file: "products.csv",
      lines: products.indices.map { $0 + 2 })
    table.costs = products.map(\.cost)
    return FitSource(
      file: file, path: "study.yaml", products: table,
      relations: RelationTable(
        needs: ["use"], features: ["quality", "price"], strength: [[9, 0]],
        file: "relations.csv"))
  }

  /// The people, with replicates if they are asked for.
  func segmented(replicates: Int = 0, seed: UInt64 = 1) -> SegmentedSurvey {
    let count = limits.count
    let all = [("imp", [Double](repeating: 5, count: count)), ("limit", limits)] + columns
    var posterior = Matrix(rows: count, columns: 2)
    for person in 0..<count { posterior[person, isFirst[person] ? 0 : 1] = 1 }
    let first = Double(isFirst.count { $0 })
    var segmented = SegmentedSurvey(
      survey: Survey(
        variables: all.map { name, values in
          Variable(name: name, level: .numeric, answers: .numbers(values))
        }),
      design: .unweighted(count), sourceRows: Array(0..<count),
      segments: [
        Segment(id: "A", name: "A", share: first / Double(count), respondents: first),
        Segment(
          id: "B", name: "B", share: 1 - first / Double(count), respondents: Double(count) - first),
      ], posterior: posterior, resegmenter: nil)
    if replicates > 0 {
      segmented.replicates = .draw(segmented, count: replicates, seed: seed, workers: .single)
    }
    return segmented
  }

  func finder(
    replicates: Int = 0, seed: UInt64 = 1, settings: RunSettings = HandCase.settings()
  ) throws -> PriceFinder {
    try PriceFinder(source, segmented(replicates: replicates, seed: seed), settings: settings)
  }
}

import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Prices, Kano's pairs, drivers and the importance-performance map, from the study file on.
@Suite struct ClassicQuestionTests {
  /// The hand-worked respondents, each ten times, with further columns.
  static func result(
    _ columns: [(String, [Double])], _ change: (inout StudyFile) -> Void
  ) throws -> FitResult {
    var file = HandCase.file()
    change(&file)
    let base = HandCase.segmented(copies: 10)
    var variables = base.survey.variables
    for (name, values) in columns {
      variables.append(
        Variable(
          name: name, level: .numeric,
          answers: .numbers((0..<70).map { values[$0 % values.count] })))
    }
    let segmented = SegmentedSurvey(
      survey: Survey(variables: variables), design: base.design, sourceRows: base.sourceRows,
      segments: base.segments, posterior: base.posterior, resegmenter: nil)
    return try ProductFit.run(HandCase.source(file), segmented, settings: HandCase.settings())
  }

  /// Two people: curves worked out by hand.
  @Test func `price points lie where the curves cross`() throws {
    let answers = [
      PriceSensitivity.Answer([10, 20, 30, 40]), PriceSensitivity.Answer([20, 30, 40, 50]),
    ]
    let points = try #require(PriceSensitivity(answers))
    // Half have too cheap at most 10, all at most 20; half have cheap at most 20: 20.
    #expect(points.marginalCheapness == 20)
    // Half have expensive at most 30, all at most 40; half have too expensive at most 40: 40.
    #expect(points.marginalExpensiveness == 40)
    #expect(points.indifference == 30)
    // Nobody finds 20 to 40 too cheap or too expensive: of these crossings the lowest.
    #expect(points.optimal == 20)
    #expect(points.range(.narrower) == (20, 30))
  }

  @Test func `purchases follow stated intent, straight between a person's prices`() throws {
    let answers = [PriceSensitivity.Answer([10, 20, 30, 40])]
    let demand = try #require(
      PriceDemand(answers, intents: [(cheap: 0.7, expensive: 0.3)], weights: [2]))
    #expect(isNear(demand.demand(at: 15) ?? 0, 0.35) && isNear(demand.demand(at: 25) ?? 0, 0.5))
    #expect(demand.demand(at: 9) == nil && demand.demand(at: 41) == nil)
    // Revenue: 20 x .7 = 14, 30 x .3 = 9.
    #expect(demand.best == (20, 20))
    // 23.75 and 26.25: .55 and .45, so -.1 / .5 over .1.
    #expect(isNear(demand.elasticity(at: 25) ?? 0, -2))
    let accepted = try #require(PriceDemand(answers, weights: [1]))
    #expect(accepted.demand == [0, 1, 1, 0] && accepted.elasticity(at: 40) == nil)
  }

  /// Counts of items shown 2,800 times, and what bwsTools prints of them.
  @Test(arguments: [
    (1212.0, 0.926815, 0.041928), (1030, 0.771885, 0.040646), (-1368, -1.068364, 0.043319),
  ])
  func `best-worst counts make the published utilities`(
    net: Double, utility: Double, error: Double
  ) throws {
    let found = try #require(BestWorstSummary.utility(net: net, shown: 2800))
    #expect(isNear(found.value, utility, 1e-6) && isNear(found.se, error, 1e-6))
  }

  @Test func `answers out of order are left out and counted, weights count`() throws {
    let prices: [(String, [Double])] = [
      ("p1", [10, 10, 10, 20, 10, 10, 20]), ("p2", [20, 20, 5, 30, 20, 20, 30]),
      ("p3", [30, 30, 30, 40, 30, 30, 40]), ("p4", [40, .nan, 40, 50, 40, 40, 50]),
    ]
    let result = try Self.result(prices) {
      $0.prices = PriceQuestions(
        tooCheap: "p1", cheap: "p2", expensive: "p3", tooExpensive: "p4")
    }
    let family = try #require(result.prices.first { $0.segment == "family" })
    #expect(family.valid == 20 && family.disordered == 10 && family.incomplete == 10)
    // Weights 2 and 1: 2/3 have too cheap at most 10 and cheap at most 20.
    let points = try #require(family.points)
    #expect(points.marginalCheapness == 20 && points.optimal == 20)
    #expect(family.severalCrossings[.optimal] == 40)
    #expect(result.json["price_sensitivity"]?.array?.count == 3)
  }

  @Test func `Kano's pairs are counted by segment, and a must is a barrier`() throws {
    // Family: must, must, one-dimensional, indifferent; singles: attractive.
    let columns: [(String, [Double])] = [
      ("with", [2, 2, 1, 3, 1, 1, 1]), ("without", [5, 5, 5, 3, 3, 3, 3]),
    ]
    let pair = KanoQuestions(name: "seat", functional: "with", dysfunctional: "without")
    let result = try Self.result(columns) {
      $0.kano = [pair]
      $0.barriers = [
        BarrierDeclaration(name: "must", violatedWhen: "child_seat_fit < tight", mustBe: "seat")
      ]
    }
    let single = try #require(result.kano.first { $0.segment == "single" }?.table)
    #expect(single.mode == .attractive && isNear(single.better, 1) && single.fong.isClear)
    let family = try #require(result.kano.first { $0.segment == "family" }?.table)
    // Weights 2, 1, 1, 1: must 3 of 5, Kish's number 10 * 25/7.
    #expect(isNear(family.counts[0], 250.0 / 7 * 3 / 5))
    #expect(family.mode == .mustBe)
    let cell = try #require(result.cell(segment: "family", product: "coupe"))
    #expect(isNear(cell.acceptance, 0.4))
    #expect(throws: StudyError.self) {
      try Self.result(columns) {
        $0.barriers = [
          BarrierDeclaration(name: "must", violatedWhen: "seats < 5", mustBe: "saet")
        ]
        $0.kano = [pair]
      }
    }
  }

  @Test func `answers that are none of the five are refused`() {
    #expect {
      try Self.result([("with", [6]), ("without", [1])]) {
        $0.kano = [KanoQuestions(name: "seat", functional: "with", dysfunctional: "without")]
      }
    } throws: {
      ($0 as? StudyError)?.report.code == "E0614"
    }
  }

  @Test func `a rating made of two drivers is shared out between them`() throws {
    var stream = RandomStream(seed: 8)
    let one = (0..<70).map { _ in stream.normal() }
    let two = (0..<70).map { _ in stream.normal() }
    let overall = zip(one, two).map { 2 * $0 + $1 }
    let result = try Self.result([("one", one), ("two", two), ("overall", overall)]) {
      $0.drivers = DriverDeclaration(rating: "overall", drivers: ["one", "two"])
    }
    let everybody = try #require(result.drivers.first { $0.segment == nil })
    let importance = try #require(everybody.importance)
    #expect(isNear(importance.r2, 1) && isNear(importance.johnson.reduce(0, +), 1))
    #expect(importance.johnson[0] > 2 * importance.johnson[1])
    #expect(isNear(importance.lmg?.reduce(0, +), 1))
  }

  @Test func `a driver that is the same for everybody is left out, and told`() throws {
    var stream = RandomStream(seed: 8)
    let one = (0..<70).map { _ in stream.normal() }
    let flat = [Double](repeating: 4, count: 70)
    let overall = one.map { 2 * $0 + stream.normal() }
    let result = try Self.result([("one", one), ("flat", flat), ("overall", overall)]) {
      $0.drivers = DriverDeclaration(rating: "overall", drivers: ["one", "flat"])
    }
    let everybody = try #require(result.drivers.first { $0.segment == nil })
    #expect(everybody.drivers == ["one"] && everybody.importance != nil)
    #expect(result.warnings.contains { $0.contains("flat is left out") })
  }

  @Test func `the importance-performance map puts needs into their quarters`() throws {
    let result = try HandCaseTests.result()
    func advice(_ segment: String, _ need: String) -> ImportancePerformance.Advice? {
      result.importancePerformance.first { $0.segment == segment && $0.need == need }?.advice
    }
    // Nearer to an axis than 1.96 of its errors: no quarter.
    #expect(advice("family", "carry_toddler") == nil)
    #expect(advice("single", "feel_special") == .concentrate)
    #expect(advice("single", "carry_toddler") == nil)
  }
}

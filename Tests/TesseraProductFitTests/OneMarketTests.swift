import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// Prices, targets, lines and scenarios of one market tell the same shares.
@Suite("One market, one share")
struct OneMarketTests {
  enum Setting: String, CaseIterable, Sendable {
    case plain, awareness, bySegment, insiders, all
  }

  /// A coupe of one's own beside an SUV of a competitor, which not everybody knows.
  private static func source(
    _ rule: MarketDeclaration.CountRule?, _ setting: Setting, known: Double? = nil
  ) -> FitSource {
    var file = HandCase.file()
    file.edits = []
    var market = MarketDeclaration(own: ["coupe"])
    market.competitors = ["suv"]
    market.countedBy = rule
    if setting == .insiders || setting == .all { market.hasOutside = false }
    if setting == .awareness || setting == .all {
      var coupe = MarketDeclaration.ProductChance(product: "coupe")
      coupe.everybody = 0.7
      market.awareness = [coupe]
    }
    if setting == .bySegment || setting == .all {
      var suv = MarketDeclaration.ProductChance(product: "suv")
      suv.everybody = 0.5
      suv.bySegment = [.init(segment: "single", chance: 0.9)]
      market.distribution = [suv]
    }
    if let known { market.shares = [.init(product: "coupe", share: known)] }
    file.market = market
    var same = ScenarioDeclaration(name: "cheap")
    same.products = [.init(product: "coupe", set: [.init(feature: "price", level: "90")])]
    file.scenarios = [same]
    file.population = 9000
    var products = HandCase.products
    products.costs = [40, 20]
    return HandCase.source(file, products: products)
  }

  @Test(arguments: MarketDeclaration.CountRule.allCases, Setting.allCases)
  func `price, target, line and scenario count alike`(
    rule: MarketDeclaration.CountRule, setting: Setting
  ) throws {
    try expectSame(Self.source(rule, setting), isOver: setting != .insiders && setting != .all)
  }

  @Test func `known shares count in all four`() throws {
    try expectSame(
      Self.source(nil, .awareness, known: try Self.reachable(.awareness)), isOver: true)
    let source = Self.source(nil, .plain, known: try Self.reachable(.plain))
    let pricing = try PriceFinder(
      source, HandCase.segmented(copies: 3), settings: HandCase.settings()
    ).pricing(product: "coupe")
    #expect(pricing.countedBy == "share_of_preference")
  }

  /// A share of the coupe that some constants lead to: many people accept one of the two only.
  private static func reachable(_ setting: Setting) throws -> Double {
    let shares = [0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7]
    return try #require(
      shares.first { share in
        (try? ScenarioFinder(
          source(nil, setting, known: share), HandCase.segmented(copies: 6),
          settings: HandCase.settings()
        ).scenarios()) != nil
      })
  }

  private func expectSame(_ source: FitSource, isOver: Bool) throws {
    var segmented = HandCase.segmented(copies: 6)
    segmented.replicates = .draw(segmented, count: 40, seed: 2, workers: .single)
    let settings = HandCase.settings()
    let scenarios = try ScenarioFinder(source, segmented, settings: settings).scenarios()
    let pricing = try PriceFinder(source, segmented, settings: settings)
      .pricing(product: "coupe", from: 90, to: 150, steps: 3)
    let ranking = try TargetFinder(source, segmented, settings: settings).ranking()
    #expect(pricing.countedBy == scenarios.countedBy)
    func share(_ cell: ScenarioCell) -> ScenarioNumber {
      scenarios.countedBy == "first_choice" ? cell.first : cell.preference
    }
    for audience in pricing.audiences {
      for (name, price) in [(nil as String?, 150.0), ("cheap", 90)] {
        let cell = try #require(
          scenarios.cells(scenario: name, segment: audience.segment)
            .first { $0.product == "coupe" })
        let point = try #require(audience.point(at: price))
        #expect(isNear(point.share?.value, try #require(share(cell).value)))
        #expect(isNear(point.revenue?.value, try #require(cell.revenue.value), 1e-6))
        #expect(isNear(point.profit?.value, try #require(cell.profit.value), 1e-6))
        guard let segment = audience.segment, name == nil else { continue }
        let row = try #require(ranking.rows.first { $0.segment == segment })
        #expect(isNear(row[.share]?.estimate.value, try #require(share(cell).value), 1e-4))
      }
    }
    // Lines are compared over everybody, those who take none among them.
    guard isOver else { return }
    for goal in [LineGoal.share, .revenue, .profit] {
      let line = try LineFinder(source, segmented, settings: settings)
        .best(1, goal: goal, from: .levels([.init(feature: "price", levels: ["90"])], product: nil))
      let cell = try #require(
        scenarios.cells(scenario: "cheap", segment: nil).first { $0.product == "coupe" })
      let told =
        goal == .share ? share(cell) : goal == .revenue ? cell.revenue : cell.profit
      #expect(isNear(line.lines[0].value.value, try #require(told.value), 1e-6))
      #expect(isNear(line.taken[0].share.value, try #require(share(cell).value)))
    }
  }

  @Test func `the best price does not depend on how many prices are told`() throws {
    var stream = RandomStream(seed: 9)
    let market = PriceMarket((0..<400).map { _ in 100 * stream.uniform() })
    var prices: Set<Double> = []
    for steps in [2, 3, 5, 7, 10, 20] {
      let pricing = try market.finder().pricing(product: "thing", from: 20, to: 80, steps: steps)
      let best = try #require(pricing.audiences.first?.best(.revenue))
      #expect(pricing.prices.count <= steps + 1 && best.flat.count > 1)
      for other in prices { #expect(best.flat.contains(other)) }
      prices.insert(best.price)
    }
    // Told prices that lie between those tried may win by a hair.
    #expect((prices.max() ?? 0) - (prices.min() ?? 0) < 4, "\(prices.sorted())")
  }

  @Test func `a price ladder speaks without products`() throws {
    var file = StudyFile(
      title: "Ladder", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    let limits = (0..<120).map { Double($0 % 60) }
    let steps = [10.0, 20, 30, 40]
    file.priceLadder = PriceLadder(
      product: nil, steps: steps.map { PriceLadder.Step(price: $0, column: "buy\(Int($0))") },
      yes: [])
    let source = FitSource(file: file, path: "study.yaml", products: nil, relations: nil)
    var people = PriceMarket(limits, isFirst: limits.map { $0 < 30 })
    people.columns = steps.map { price in
      ("buy\(Int(price))", limits.map { $0 >= price ? 1 : 0 })
    }
    let segmented = people.segmented(replicates: 60)
    let pricing = try #require(
      try PriceFinder(source, segmented, settings: HandCase.settings()).pricings(of: []).first)
    let everybody = try #require(pricing.audiences.first)
    #expect(pricing.product.isEmpty && everybody.points.isEmpty)
    let curve = try #require(everybody.curves.first)
    for price in steps {
      let at = curve.demand.first { $0.price == price }
      #expect(isNear(at?.share.value, (60 - price) / 60))
    }
    // p (60 - p) is largest at 30, where a price was asked.
    #expect(everybody.best(.revenue, by: .ladder)?.price == 30)
    // Of the first segment half would pay 15, midway between two prices asked.
    #expect(pricing.audiences[1].best(.revenue, by: .ladder)?.price == 15)
    let run = try ProductFit.run(source, segmented, settings: HandCase.settings())
    #expect(run.pricesByProduct.count == 1)
    #expect(run.pricesByProduct.first?.audiences.first?.best(.revenue, by: .ladder)?.price == 30)
  }

  @Test func `levels that nobody could mean are refused`() throws {
    let finder = try LineFinder(
      Self.source(nil, .plain), HandCase.segmented(), settings: HandCase.settings())
    for (feature, level) in [
      ("price", "0"), ("price", "-5"), ("price", "9999999"), ("seats", "400"), ("seats", "many"),
    ] {
      let failure = #expect(throws: StudyError.self) {
        try finder.best(
          1, goal: .share, from: .levels([.init(feature: feature, levels: [level])], product: nil))
      }
      #expect(failure?.report.code == "E0606", "\(feature) \(level)")
    }
  }
}

import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// Shares in a market, scenarios and lines on the case worked by hand.
@Suite struct MarketTests {
  private static func random(_ seed: UInt64, _ products: Int, _ people: Int) -> Matrix {
    var stream = RandomStream(seed: seed)
    return Matrix(
      rows: products, columns: people,
      values: (0..<products * people).map { _ in 10 * Double(stream.below(7)) })
  }

  /// The mean over all sets of products that a person may know.
  private func bySets(
    _ chances: [Double], _ fit: Matrix, _ rule: (Matrix) -> Matrix
  ) -> Matrix {
    var sum = Matrix(rows: fit.rows + 1, columns: fit.columns)
    for mask in 0..<(1 << fit.rows) {
      var (part, chance) = (fit, 1.0)
      for product in 0..<fit.rows {
        let isIn = mask >> product & 1 == 1
        chance *= isIn ? chances[product] : 1 - chances[product]
        if !isIn { for person in 0..<fit.columns { part[product, person] = 0 } }
      }
      let found = rule(part)
      for place in sum.values.indices { sum.values[place] += chance * found.values[place] }
    }
    return sum
  }

  private func expectSame(
    _ one: Matrix, _ other: Matrix, _ tolerance: Double = 1e-12,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      zip(one.values, other.values).allSatisfy { abs($0 - $1) < tolerance },
      sourceLocation: location)
  }

  @Test func `where all products are known, choice is that without awareness`() {
    let fit = Self.random(1, 5, 200)
    let choice = MarketChoice(chances: [1, 1, 1, 1, 1])
    expectSame(choice.first(fit), PreferenceShares.firstChances(fit))
    expectSame(
      choice.preference(fit, scale: 10, constants: [0, 0, 0, 0, 0]),
      PreferenceShares.preferenceChances(fit, scale: 10))
  }

  @Test func `awareness is exact over all sets of products`() {
    let fit = Self.random(2, 5, 100)
    let chances = [1, 0.6, 0.3, 0, 0.9]
    let choice = MarketChoice(chances: chances)
    expectSame(choice.first(fit), bySets(chances, fit) { PreferenceShares.firstChances($0) })
    expectSame(
      choice.preference(fit, scale: 8, constants: [0, 0, 0, 0, 0]),
      bySets(chances, fit) { PreferenceShares.preferenceChances($0, scale: 8) })
  }

  @Test func `versions of a product are known together`() {
    let fit = Self.random(4, 4, 100)
    let found = MarketChoice(chances: [0.4, 0.4, 0.7, 1], versions: [0, 0, 2, 3]).first(fit)
    var sum = Matrix(rows: 5, columns: 100)
    for (isFirst, isThird) in [(true, true), (true, false), (false, true), (false, false)] {
      var part = fit
      for person in 0..<100 {
        if !isFirst { (part[0, person], part[1, person]) = (0, 0) }
        if !isThird { part[2, person] = 0 }
      }
      let chance = (isFirst ? 0.4 : 0.6) * (isThird ? 0.7 : 0.3)
      let chosen = PreferenceShares.firstChances(part)
      for place in sum.values.indices { sum.values[place] += chance * chosen.values[place] }
    }
    expectSame(found, sum)
  }

  @Test func `of more than ten products that few know, sets are drawn`() {
    let fit = Self.random(3, 12, 60)
    let chances = (0..<12).map { 0.3 + 0.05 * Double($0) }
    let drawn = MarketChoice(chances: chances).preference(
      fit, scale: 10, constants: [Double](repeating: 0, count: 12))
    let exact = bySets(chances, fit) { PreferenceShares.preferenceChances($0, scale: 10) }
    for product in 0...12 {
      let gap = (0..<60).reduce(0) { $0 + drawn[product, $1] - exact[product, $1] } / 60
      #expect(abs(gap) < 0.02, "\(product): \(gap)")
    }
  }

  // MARK: - The case worked by hand

  private static func file(
    _ market: MarketDeclaration?, _ scenarios: [ScenarioDeclaration] = []
  ) -> StudyFile {
    var file = HandCase.file()
    file.market = market
    file.scenarios = scenarios
    file.population = 9000
    return file
  }

  private static func scenario(
    _ name: String, _ product: String, _ set: [(String, String)]
  ) -> ScenarioDeclaration {
    var scenario = ScenarioDeclaration(name: name)
    scenario.products = [
      .init(product: product, set: set.map { FeatureSetting(feature: $0.0, level: $0.1) })
    ]
    return scenario
  }

  private static var coupeOwn: MarketDeclaration {
    var market = MarketDeclaration(own: ["coupe"])
    market.competitors = ["suv"]
    return market
  }

  private static func costs(_ costs: [Double?]) -> ProductTable {
    var products = HandCase.products
    products.costs = costs
    return products
  }

  private static func resampled() -> SegmentedSurvey {
    var segmented = HandCase.segmented(copies: 8)
    segmented.replicates = SegmentReplicates.draw(
      segmented, count: 60, seed: 1, workers: .single)
    return segmented
  }

  @Test func `a scenario gains what whatif says, with the same intervals`() throws {
    let set = [("price", "45"), ("child_seat_fit", "comfortable")]
    let source = HandCase.source(
      Self.file(Self.coupeOwn, [Self.scenario("family", "coupe", set)]))
    let segmented = Self.resampled()
    let result = try ScenarioFinder(source, segmented, settings: HandCase.settings())
      .scenarios()
    let gain = try WhatIf(source, segmented, settings: HandCase.settings()).gain(
      product: "coupe", set: set.map { FeatureSetting(feature: $0.0, level: $0.1) })
    func cell(_ segment: String?) throws -> ScenarioNumber {
      try #require(
        result.cells(scenario: "family", segment: segment).first { $0.product == "coupe" }
      ).fit
    }
    let all = try cell(nil)
    #expect(all.change == gain.gain && all.se == gain.se)
    #expect(all.low == gain.low && all.high == gain.high && gain.se > 0)
    for own in gain.bySegment {
      let told = try cell(own.segment)
      #expect(told.value == own.fit && told.change == own.gain && told.se == own.se)
      #expect(told.low == own.low && told.high == own.high)
    }
    // The competitor's fit stays.
    let suv = result.cells(scenario: "family", segment: nil).first { $0.product == "suv" }
    #expect(suv?.fit.change == 0)
  }

  @Test func `shares, people and money are those worked out by hand`() throws {
    // The fourth, fifth and seventh accept the coupe at 150, and prefer it to the SUV, which all accept.
    var leave = ScenarioDeclaration(name: "alone")
    leave.remove = ["suv"]
    let source = HandCase.source(
      Self.file(Self.coupeOwn, [leave]), products: Self.costs([100, 20]))
    let segmented = HandCase.segmented()
    let result = try ScenarioFinder(source, segmented, settings: HandCase.settings())
      .scenarios()
    let model = try FitModel.bind(source, segmented)
    let fit = Scorer(model).scores(model.productLevels).fit
    #expect((0..<7).filter { fit[0, $0] > fit[1, $0] } == [3, 4, 6])
    #expect((0..<7).filter { fit[0, $0] > 0 } == [3, 4, 6])
    let now = result.cells(scenario: nil, segment: nil)
    #expect(
      now.map(\.product) == [nil, "coupe", "suv"] && now.map(\.isOwn) == [true, true, false])
    #expect(isNear(now[1].first.value, 3.0 / 9) && isNear(now[2].first.value, 6.0 / 9))
    #expect(isNear(now[1].people.value, 3000, 1e-6) && isNear(now[1].revenue.value, 450_000, 1e-6))
    #expect(
      isNear(now[1].profit.value, 150_000, 1e-6) && isNear(now[0].profit.value, 150_000, 1e-6))
    #expect(isNear(now[2].profit.value, 6000 * 12, 1e-6))
    let then = result.cells(scenario: "alone", segment: nil)
    #expect(isNear(then[1].first.value, 3.0 / 9) && isNear(then[1].first.change, 0))
    #expect(isNear(then[2].first.value, 0) && isNear(then[2].first.change, -6.0 / 9))
    #expect(then[2].fit.value == nil)
    // Singles weigh four of nine; two of them by weight take the coupe.
    let single = result.cells(scenario: nil, segment: "single")
    #expect(isNear(single[1].first.value, 0.5) && isNear(single[1].people.value, 2000, 1e-6))
  }

  @Test func `without an outside option shares are of those who take something`() throws {
    var market = Self.coupeOwn
    market.hasOutside = false
    var leave = ScenarioDeclaration(name: "alone")
    leave.remove = ["suv"]
    let result = try ScenarioFinder(
      HandCase.source(Self.file(market, [leave])), HandCase.segmented(),
      settings: HandCase.settings()
    ).scenarios()
    let then = result.cells(scenario: "alone", segment: nil)
    #expect(isNear(then[1].first.value, 1) && isNear(then[1].first.change, 6.0 / 9))
  }

  @Test func `awareness by segment weighs each segment by its own`() throws {
    var market = Self.coupeOwn
    var known = MarketDeclaration.ProductChance(product: "suv")
    known.everybody = 0.5
    known.bySegment = [.init(segment: "single", chance: 0)]
    market.awareness = [known]
    var scenario = ScenarioDeclaration(name: "same")
    scenario.products = [.init(product: "coupe", set: [.init(feature: "price", level: "150")])]
    let result = try ScenarioFinder(
      HandCase.source(Self.file(market, [scenario])), HandCase.segmented(),
      settings: HandCase.settings()
    ).scenarios()
    let single = result.cells(scenario: nil, segment: "single")
    let family = result.cells(scenario: nil, segment: "family")
    let all = result.cells(scenario: nil, segment: nil)
    // Families weigh five: half of the four who want the SUV know it, and the fourth takes the coupe.
    #expect(isNear(single[1].first.value, 0.5) && isNear(single[2].first.value, 0))
    #expect(isNear(family[2].first.value, 0.4) && isNear(family[1].first.value, 0.2))
    #expect(isNear(all[1].first.value, 3.0 / 9) && isNear(all[2].first.value, 2.0 / 9))
    let then = result.cells(scenario: "same", segment: nil)
    #expect(then.allSatisfy { isNear($0.first.change, 0) && isNear($0.randomised.change, 0) })
  }

  @Test func `a clone leaves the joint share by first choice unchanged`() throws {
    var products = ProductTable(
      names: ["coupe", "suv", "twin"], features: HandCase.products.features,
      cells: HandCase.products.cells + [HandCase.products.cells[0]])
    products.costs = [100, 20, 100]
    var enter = ScenarioDeclaration(name: "twin")
    enter.add = [.init(product: "twin", isOwn: true)]
    let result = try ScenarioFinder(
      HandCase.source(Self.file(Self.coupeOwn, [enter]), products: products),
      HandCase.segmented(), settings: HandCase.settings()
    ).scenarios()
    let then = result.cells(scenario: "twin", segment: nil)
    #expect(then.map(\.product) == [nil, "coupe", "suv", "twin"])
    #expect(isNear(then[0].first.change, 0) && isNear(then[1].first.value, 1.5 / 9))
    #expect(isNear(then[3].first.value, 1.5 / 9) && isNear(then[3].first.change, 1.5 / 9))
    #expect((then[0].preference.change ?? 0) > 0.01)
  }

  @Test func `shares of preference are tuned to known shares`() throws {
    var market = Self.coupeOwn
    market.shares = [.init(product: "coupe", share: 0.2)]
    var leave = ScenarioDeclaration(name: "alone")
    leave.remove = ["suv"]
    let result = try ScenarioFinder(
      HandCase.source(Self.file(market, [leave])), HandCase.segmented(),
      settings: HandCase.settings()
    ).scenarios()
    #expect(result.countedBy == "share_of_preference")
    let now = result.cells(scenario: nil, segment: nil)
    let (coupe, suv) = (now[1].preference.value ?? 0, now[2].preference.value ?? 0)
    #expect(abs(coupe / (coupe + suv) - 0.2) < 1e-5)
    #expect(isNear(now[1].people.value, 9000 * coupe))
    market.shares = [.init(product: "coupe", share: 0.99)]
    #expect(throws: StudyError.self) {
      try ScenarioFinder(
        HandCase.source(Self.file(market, [leave])), HandCase.segmented(),
        settings: HandCase.settings())
    }
  }

  @Test func `a segment that does not exist and a scenario that does not exist are told`() throws {
    var market = Self.coupeOwn
    var known = MarketDeclaration.ProductChance(product: "suv")
    known.bySegment = [.init(segment: "famly", chance: 0.5)]
    market.awareness = [known]
    func code(_ work: () throws -> Void) -> String? {
      do {
        try work()
        return nil
      } catch let error as StudyError {
        return error.report.code + " " + (error.report.hint ?? "")
      } catch { return nil }
    }
    #expect(
      code {
        _ = try ScenarioFinder(
          HandCase.source(Self.file(market)), HandCase.segmented(),
          settings: HandCase.settings())
      }?.contains("E0652 did you mean 'family'") == true)
    let finder = try ScenarioFinder(
      HandCase.source(
        Self.file(Self.coupeOwn, [Self.scenario("cheap", "suv", [("price", "20")])])),
      HandCase.segmented(), settings: HandCase.settings())
    #expect(
      code { _ = try finder.scenarios(["chep"]) }?.contains("E0654 did you mean 'cheap'") == true)
  }

  @Test func `under strict privacy no scenario tells of the few between two prices`() throws {
    var settings = HandCase.settings(minimumCell: 10)
    settings.askedPrivacy = .strict
    let source = HandCase.source(
      Self.file(Self.coupeOwn, [Self.scenario("cheap", "suv", [("price", "20")])]))
    #expect(throws: StudyError.self) {
      _ = try ScenarioFinder(source, HandCase.segmented(copies: 9), settings: settings)
    }
    settings.askedPrivacy = .standard
    _ = try ScenarioFinder(source, HandCase.segmented(copies: 9), settings: settings)
  }

  @Test func `without own products the competitors still take money`() throws {
    var gone = ScenarioDeclaration(name: "gone")
    gone.remove = ["coupe"]
    let source = HandCase.source(Self.file(Self.coupeOwn, [gone]))
    let result = try ScenarioFinder(source, HandCase.segmented(), settings: HandCase.settings())
      .scenarios()
    let suv = try #require(
      result.cells.first { $0.scenario == "gone" && $0.segment == nil && $0.product == "suv" })
    let people = try #require(suv.people.value)
    #expect(people > 0)
    #expect(abs((suv.revenue.value ?? 0) - 32 * people) < 1e-6)
  }
}

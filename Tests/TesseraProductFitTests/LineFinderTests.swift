import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// The best line of a study: candidates, worth, whom products take from.
@Suite struct LineFinderTests {
  private static func source(
    _ market: MarketDeclaration? = nil, costs: [Double?] = [100, 20],
    _ change: (inout StudyFile) -> Void = { _ in }
  ) -> FitSource {
    var file = HandCase.file()
    file.market = market
    file.population = 9000
    change(&file)
    var products = HandCase.products
    products.costs = costs
    return HandCase.source(file, products: products)
  }

  private static func market(own: [String], competitors: [String]) -> MarketDeclaration {
    var market = MarketDeclaration(own: own)
    market.competitors = competitors
    return market
  }

  private func finder(_ source: FitSource, copies: Int = 1) throws -> LineFinder {
    try LineFinder(source, HandCase.segmented(copies: copies), settings: HandCase.settings())
  }

  private func code(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch let error as StudyError { return error.report.code } catch { return nil }
  }

  @Test func `whom the added product takes from adds up, by hand`() throws {
    // Coupe and SUV alone: three of nine by weight take the coupe, all others the SUV.
    let both = try finder(Self.source(nil) { $0.edits = [] }).best(2, goal: .share, from: .declared)
    #expect(both.lines.map(\.items) == [["coupe", "suv"]] && both.isExact)
    #expect(isNear(both.lines[0].value.value, 1))
    let coupe = both.taken[0]
    #expect(isNear(coupe.share.value, 3.0 / 9) && isNear(coupe.own.value, 3.0 / 9))
    #expect(isNear(coupe.competitors.value, 0) && isNear(coupe.none.value, 0))
    // Without the SUV the others take none: they do not accept the coupe.
    let suv = both.taken[1]
    #expect(isNear(suv.share.value, 6.0 / 9) && isNear(suv.own.value, 0))
    #expect(isNear(suv.none.value, 6.0 / 9) && both.notes[0].contains("no market"))
    let rival = try finder(
      Self.source(Self.market(own: ["coupe"], competitors: ["suv"])) { $0.edits = [] }
    ).best(1, goal: .share, from: .declared)
    #expect(isNear(rival.taken[0].competitors.value, 3.0 / 9))
    #expect(isNear(rival.today?.value.value, 3.0 / 9) && isNear(rival.today?.behind.value, 0))
  }

  @Test func `a clone brings nothing, and the two share their people`() throws {
    let market = Self.market(own: ["coupe"], competitors: ["suv"])
    var table = ProductTable(
      names: ["coupe", "twin"], features: HandCase.products.features,
      cells: [HandCase.products.cells[0], HandCase.products.cells[0]])
    table.costs = [nil, 110]
    let two = try finder(Self.source(market)).best(2, goal: .share, from: .table(table))
    #expect(two.lines[0].items == ["coupe", "twin"] && isNear(two.lines[0].value.value, 3.0 / 9))
    for one in two.taken {
      #expect(isNear(one.share.value, 1.5 / 9) && isNear(one.own.value, 1.5 / 9))
      #expect(isNear(one.competitors.value, 0))
    }
    // The twin costs 10 more: 50 and 40 a piece, 1,500 people each.
    let profit = try finder(Self.source(market)).best(2, goal: .profit, from: .table(table))
    #expect(isNear(profit.lines[0].value.value, 1500 * (50 + 40), 1e-6))
    #expect(profit.candidates.map(\.cost) == [100, 110])
  }

  @Test func `an edit earns a piece what it costs less, and repeats nothing`() throws {
    let market = Self.market(own: ["coupe"], competitors: ["suv"])
    let source = Self.source(market) { file in
      file.edits = [
        EditDeclaration(
          name: "cheaper", product: "coupe", set: [FeatureSetting(feature: "price", level: "140")],
          cost: 10),
        EditDeclaration(
          name: "same", product: "coupe", set: [FeatureSetting(feature: "seats", level: "2")]),
      ]
    }
    let answer = try finder(source).best(1, goal: .share, from: .declared)
    #expect(answer.candidates.map(\.name) == ["coupe", "cheaper"])
    // At 140 a piece still costs 100: it earns 40, which is 10 less than 50.
    #expect(answer.candidates.map(\.cost) == [100, 100])
  }

  @Test(arguments: LineGoal.allCases)
  func `the best of all combinations is that of trying all lines`(goal: LineGoal) throws {
    let market = Self.market(own: ["coupe"], competitors: ["suv"])
    let source = Self.source(market) { file in
      let seats = file.features.firstIndex { $0.name == "seats" } ?? 0
      file.features[seats].costPerUnit = 5
    }
    let lists = [
      LineSource.LevelList(feature: "price", levels: ["28", "45", "90", "150"]),
      LineSource.LevelList(feature: "seats", levels: ["2", "4"]),
    ]
    let answer = try finder(source).best(2, goal: goal, from: .levels(lists, product: nil))
    #expect(answer.candidates.count == 8 && answer.possible == 28 && answer.isExact)
    let segmented = HandCase.segmented()
    let model = try FitModel.bind(source, segmented)
    let weights = segmented.design.weights
    var best = -Double.infinity
    var sets: [([Double], price: Double, cost: Double)] = []
    for price in [28.0, 45, 90, 150] {
      for seats in [2.0, 4] {
        var levels = model.products[0].levels
        (levels[5], levels[1]) = (price, seats)
        sets.append((levels, price, 100 + 5 * (seats - 2)))
      }
    }
    for one in sets.indices {
      for other in 0..<one {
        let scores = Scorer(model).scores(
          [sets[other].0, sets[one].0, model.products[1].levels])
        let chances = PreferenceShares.firstChances(scores.fit)
        let worths: [Double] =
          switch goal {
          case .reach, .share: [1, 1]
          case .revenue: [sets[other].price, sets[one].price]
          case .profit:
            [sets[other].price - sets[other].cost, sets[one].price - sets[one].cost]
          }
        var value = 0.0
        for person in weights.indices {
          let own =
            goal == .reach
            ? max(scores.acceptance[0, person], scores.acceptance[1, person])
            : worths[0] * chances[0, person] + worths[1] * chances[1, person]
          value += weights[person] * own / weights.reduce(0, +)
        }
        best = max(best, value)
      }
    }
    let factor: Double = goal == .revenue || goal == .profit ? 9000 : 1
    #expect(isNear(answer.lines[0].value.value, factor * best, 1e-7))
  }

  @Test func `beside a product that varies the other own ones stay on the shelf`() throws {
    let source = Self.source(Self.market(own: ["coupe", "suv"], competitors: [])) { $0.edits = [] }
    let varied = LineSource.levels(
      [.init(feature: "seats", levels: ["4", "5"])], product: "coupe")
    let answer = try finder(source).best(2, goal: .share, from: varied)
    #expect(answer.candidates.map(\.product) == ["suv", "coupe", "coupe"])
    #expect(answer.candidates[0].set.isEmpty && answer.possible == 3)
  }

  @Test func `shares that cannot be reached name the product`() throws {
    let failure = #expect(throws: StudyError.self) {
      _ = try MarketTuning(
        known: [0.7, 0.3], names: ["coupe", "suv"], Self.source(), shares: { _ in [0.41, 0.59] })
    }
    #expect(failure?.report.code == "E0653")
    #expect(
      failure?.report.message.contains(
        "coupe is said to have 70%, and comes no nearer to it than 41%")
        == true)
  }

  @Test func `lines are chosen anew in each resample`() throws {
    var segmented = HandCase.segmented(copies: 10)
    segmented.replicates = SegmentReplicates.draw(
      segmented, count: 50, seed: 3, workers: .single)
    let source = Self.source(Self.market(own: ["coupe"], competitors: ["suv"]))
    let answer = try LineFinder(source, segmented, settings: HandCase.settings())
      .best(1, goal: .profit, from: .declared)
    #expect(answer.replicates == 50 && answer.level >= 1)
    #expect((answer.lines[0].firstIn ?? 0) > 25)
    for line in answer.lines.dropFirst() { #expect((line.behind.low ?? 1) <= 0) }
  }

  @Test func `what cannot be asked is told`() throws {
    let market = Self.market(own: ["coupe"], competitors: ["suv"])
    let lacking = try finder(Self.source(market, costs: [nil, nil]))
    #expect(code { _ = try lacking.best(2, goal: .profit, from: .declared) } == "E0656")
    #expect(code { _ = try lacking.best(9, goal: .share, from: .declared) } == "E0655")
    #expect(
      code {
        _ = try lacking.best(
          1, goal: .share,
          from: .levels([.init(feature: "prise", levels: ["1"])], product: nil))
      } == "E0606")
    #expect(
      code {
        _ = try lacking.best(
          1, goal: .share,
          from: .levels([.init(feature: "price", levels: ["1"])], product: "coup"))
      } == "E0606")
    let many = (0..<1100).map { "\(10 + Double($0) / 10)" }
    #expect(
      code {
        _ = try lacking.best(
          1, goal: .share, from: .levels([.init(feature: "price", levels: many)], product: nil))
      } == "E0655")
  }
}

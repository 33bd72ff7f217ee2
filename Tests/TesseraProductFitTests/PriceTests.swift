import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

@Suite("What people do at the prices of a product")
struct PriceTests {
  @Test func `each point is what whatif and a count of people say at that price`() throws {
    let segmented = HandCase.segmented(copies: 3)
    let source = HandCase.source()
    let settings = HandCase.settings()
    let pricing = try PriceFinder(source, segmented, settings: settings)
      .pricing(product: "coupe", from: 40, to: 250, steps: 8)
    #expect(pricing.prices == [40, 70, 100, 130, 150, 160, 190, 220, 250])
    let whatIf = try WhatIf(source, segmented, settings: settings)
    let model = try FitModel.bind(source, segmented, minimumCell: 1)
    let price = try #require(model.features.firstIndex { $0.name == "price" })
    let weights = segmented.design.weights
    for point in try #require(pricing.audiences.first).points {
      let set = [FeatureSetting(feature: "price", level: "\(point.price)")]
      let gain = try whatIf.gain(product: "coupe", set: set)
      for (audience, segment) in zip(pricing.audiences.dropFirst(), gain.bySegment) {
        #expect(isNear(audience.point(at: point.price)?.fit, try #require(segment.fit)))
      }
      // Who holds no barrier against two seats and would pay that much, by weight.
      let rows = (0..<3).flatMap { _ in HandCase.rows }
      var accepted = 0.0
      for (row, weight) in zip(rows, weights) where row[10] == 0 && point.price <= row[11] {
        accepted += weight
      }
      #expect(isNear(point.acceptance?.value, accepted / weights.reduce(0, +)))
      var levels = model.productLevels
      levels[0][price] = point.price
      let fit = Scorer(model).scores(levels).fit
      let preferred = PreferenceShares.preference(fit: fit, weights: weights).products[0]
      let first = PreferenceShares.first(fit: fit, weights: weights).products[0]
      #expect(isNear(point.preference, preferred))
      #expect(isNear(point.firstChoice, first) && isNear(point.share?.value, first))
      #expect(isNear(point.revenue?.value, first * point.price))
      #expect(point.profit == nil)
    }
  }

  @Test func `elasticity is the arc from 5% below to 5% above`() throws {
    let market = PriceMarket([90, 96, 96, 96, 104, 110, 110, 110, 110, 130])
    let pricing = try market.finder().pricing(product: "thing", from: 90, to: 130, steps: 5)
    let everybody = try #require(pricing.audiences.first)
    // Nine of ten take 95, five of ten 105.
    #expect(isNear(everybody.point(at: 100)?.elasticity, (0.5 - 0.9) / 0.7 / 0.1))
    #expect(everybody.point(at: 100)?.share?.value == 0.6)
    // 5% below 90 and 5% above 130 lie outside what people stated.
    #expect(everybody.point(at: 90)?.elasticity == nil)
    #expect(everybody.point(at: 130)?.elasticity == nil)
    #expect(everybody.best(.revenue)?.price == 90)
    #expect(everybody.best(.revenue)?.isAtEnd == true)
  }

  @Test func `an interval of the elasticity by replicates is near the linear one`() throws {
    var stream = RandomStream(seed: 5)
    var market = PriceMarket((0..<600).map { _ in 20 + 100 * stream.uniform() })
    market.products[0].price = 70
    func now(_ replicates: Int) throws -> IntervalEstimate {
      let pricing = try market.finder(replicates: replicates).pricing(product: "thing")
      let arcs = try #require(pricing.audiences.first).elasticities
      return try #require(arcs.first { $0.price == 70 }).estimate
    }
    let (linear, drawn) = (try now(0), try now(400))
    #expect(linear.value == drawn.value)
    func width(_ one: IntervalEstimate) throws -> Double {
      try #require(one.high) - #require(one.low)
    }
    #expect(abs(try width(drawn) / width(linear) - 1) < 0.2)
  }

  @Test func `profit needs a cost, and people make money of the audience`() throws {
    var market = PriceMarket(
      (0..<40).map { Double(10 + $0) }, isFirst: (0..<40).map { $0 < 30 })
    market.products[0].cost = 12
    market.products[0].price = 20
    market.population = 1000
    let pricing = try market.finder().pricing(product: "thing", from: 10, to: 49, steps: 40)
    let everybody = try #require(pricing.audiences.first)
    let now = try #require(everybody.point(at: 20))
    // Thirty of forty pay 20.
    #expect(isNear(now.revenue?.value, 20 * 0.75 * 1000))
    #expect(isNear(now.profit?.value, 8 * 0.75 * 1000))
    // (p - 12)(50 - p) is largest at 31, p (50 - p) at 25.
    #expect(everybody.best(.revenue)?.price == 25 && everybody.best(.profit)?.price == 31)
    let first = pricing.audiences[1]
    #expect(first.people == 750 && isNear(first.point(at: 20)?.revenue?.value, 20 * 750 * 20 / 30))
  }

  @Test(arguments: [false, true])
  func `a planted best price lies in the flat range in most surveys`(isDrawn: Bool) throws {
    // What people would pay is even from 0 to 100: revenue p (1 - p/100) is largest at 50.
    let surveys = isDrawn ? 60 : 300
    var (held, width) = (0, 0.0)
    for seed in 1...surveys {
      var stream = RandomStream(seed: UInt64(seed))
      let market = PriceMarket((0..<300).map { _ in 100 * stream.uniform() })
      let pricing = try market.finder(replicates: isDrawn ? 100 : 0, seed: UInt64(seed))
        .pricing(product: "thing", from: 20, to: 80, steps: 25)
      let best = try #require(pricing.audiences.first?.best(.revenue))
      #expect(best.flat.contains(best.price))
      if best.flat.contains(50) { held += 1 }
      width += (try #require(best.flat.last) - #require(best.flat.first)) / Double(surveys)
    }
    let coverage = Double(held) / Double(surveys)
    // The best is chosen from the same answers, so that a little is lost of 95%.
    #expect(coverage > 0.88, "\(coverage)")
    #expect(width < 30, "\(width)")
  }

  @Test func `prices stay within those that people stated, with ten at each end`() throws {
    let limits = (0..<100).map { Double(100 + $0) }
    var market = PriceMarket(limits)
    market.products[0].price = 150
    let settings = HandCase.settings(minimumCell: 10)
    let pricing = try market.finder(settings: settings).pricing(product: "thing")
    // Ten people stated 109 or less, ten 190 or more.
    #expect((pricing.prices.first ?? 0) >= 109 && (pricing.prices.last ?? 0) <= 190)
    #expect(pricing.prices.contains(150) && pricing.prices.count > 20)
    let failure = #expect(throws: StudyError.self) {
      try market.finder(settings: settings).pricing(product: "thing", from: 100, to: 180)
    }
    #expect(failure?.report.code == "E0642" && failure?.report.message.contains("109") == true)
    for (product, from, to, code) in [
      ("thnig", 120.0, 180.0, "E0606"), ("thing", 180, 120, "E0642"),
    ] {
      let failure = #expect(throws: StudyError.self) {
        try market.finder().pricing(product: product, from: from, to: to)
      }
      #expect(failure?.report.code == code)
    }
  }

  @Test func `a price that decides nothing is refused, and strict privacy gives no curve`() throws {
    var source = PriceMarket([1, 2, 3]).source
    var file = source.file
    file.barriers = []
    source = FitSource(
      file: file, path: "study.yaml", products: source.products, relations: source.relations)
    let people = PriceMarket([1, 2, 3]).segmented()
    let failure = #expect(throws: StudyError.self) {
      try PriceFinder(source, people, settings: HandCase.settings()).pricing(product: "thing")
    }
    #expect(failure?.report.code == "E0641")
    var settings = HandCase.settings(minimumCell: 10)
    settings.askedPrivacy = .strict
    let hidden = #expect(throws: StudyError.self) {
      try PriceMarket((0..<50).map(Double.init)).finder(settings: settings)
        .pricing(product: "thing")
    }
    #expect(hidden?.report.code == "E0644")
  }

  @Test func `of few people shares are rounded and no best price is told`() throws {
    let market = PriceMarket(
      (0..<100).map { Double(10 + $0) }, isFirst: (0..<100).map { $0 % 5 > 0 })
    let pricing = try market.finder(settings: HandCase.settings(minimumCell: 10))
      .pricing(product: "thing", from: 30, to: 90, steps: 7)
    let few = try #require(pricing.audiences.last)
    #expect(few.best.isEmpty && few.points.count > 6)
    for point in few.points {
      let share = try #require(point.acceptance)
      #expect(abs(share.value * 20 - (share.value * 20).rounded()) < 1e-9 && share.low == nil)
    }
    #expect(pricing.audiences[1].best(.revenue) != nil)
  }
}

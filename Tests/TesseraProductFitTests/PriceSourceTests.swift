import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

@Suite("Price ladders and other questions beside the fit")
struct PriceSourceTests {
  static let gap = Double.nan

  @Test func `a ladder counts the highest yes and interpolates between prices asked`() {
    let ladder = LadderDemand(
      prices: [10, 20, 30, 40],
      answers: [
        [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0],
        [Self.gap, Self.gap, Self.gap, Self.gap], [1, Self.gap, Self.gap, 1],
      ])
    #expect(ladder.paid == [3, 2, 3, 1, 0, nil, 4])
    #expect(ladder.reversed == 1)
    func total(_ price: Double) -> Double { ladder.demand(at: price).reduce(0, +) }
    // Of six with an answer five pay 10, four 20, three 30, one 40.
    #expect([10.0, 20, 30, 40].map(total) == [5, 4, 3, 1])
    #expect(ladder.demand(at: 25) == [1, 0.5, 1, 0, 0, 0, 1])
    #expect(isNear(total(37.5), 1.5))
  }

  /// A market whose ladder answers stem from other limits.
  private func market(_ limits: [Double], ladder other: [Double]) -> PriceMarket {
    var market = PriceMarket(limits)
    let prices = [20.0, 40, 60, 80]
    market.columns = prices.enumerated().map { place, price in
      ("buy\(place)", other.map { $0 >= price ? 1 : 0 })
    }
    market.ladder = PriceLadder(
      product: nil,
      steps: prices.enumerated().map { PriceLadder.Step(price: $1, column: "buy\($0)") }, yes: [])
    return market
  }

  @Test func `a ladder in a study gives its curve and its best price`() throws {
    let limits = (0..<200).map { 10 + 90 * Double($0) / 199 }
    let pricing = try market(limits, ladder: limits)
      .finder().pricing(product: "thing", from: 20, to: 80, steps: 7)
    let everybody = try #require(pricing.audiences.first)
    let curve = try #require(everybody.curves.first)
    #expect(curve.source == .ladder && curve.base == 200)
    func share(_ limit: Double) -> Double {
      Double(limits.count { $0 >= limit }) / 200
    }
    let at = Dictionary(uniqueKeysWithValues: curve.demand.map { ($0.price, $0.share.value) })
    #expect(isNear(at[40], share(40)) && isNear(at[50], (share(40) + share(60)) / 2))
    #expect(isNear(curve.demand.first { $0.price == 60 }?.revenue?.value, 60 * share(60)))
    let best = try #require(everybody.best(.revenue, by: .ladder))
    let told = curve.demand.map { $0.price * $0.share.value }.max() ?? 0
    #expect(best.value.value >= told && best.flat.contains(best.price))
    // The same people: nothing to disagree about.
    #expect(pricing.disagreements.isEmpty)
  }

  @Test func `sources that disagree are named with both numbers`() throws {
    let limits = (0..<200).map { 10 + 90 * Double($0) / 199 }
    let pricing = try market(limits, ladder: limits.map { $0 / 2 })
      .finder(replicates: 100).pricing(product: "thing", from: 20, to: 80, steps: 7)
    let said = try #require(pricing.disagreements.first)
    // At 50 EUR 111 of 200 accept it; the ladder lies midway between 44 at 40 and none at 60.
    #expect(
      said.contains("At 50 EUR 56% accept it by the fit and 11% would buy by the price ladder"))
    // 66.5% would pay 20, 22.5% 40: on the line between them 25.1 brings most, of even prices 26.
    let second = try #require(pricing.disagreements.last)
    #expect(
      second.contains("Revenue is highest at") && second.contains("and at 26 EUR"), "\(second)")
  }

  @Test func `answers that are no yes are refused`() throws {
    var market = market([10, 100, 50], ladder: [0, 0, 0])
    let failure = #expect(throws: StudyError.self) {
      try market.finder().pricing(product: "thing")
    }
    #expect(failure?.report.code == "E0643")
    market.ladder?.yes = ["0"]
    #expect(throws: Never.self) { try market.finder().pricing(product: "thing") }
  }

  @Test func `a best price far from the range that people accept is told`() throws {
    let limits = (0..<120).map { Double(40 + $0 % 60) }
    func said(_ part: Double) throws -> [String] {
      var market = PriceMarket(limits)
      market.columns = [0.4, 0.6, 0.8, 1].enumerated().map { place, step in
        ("p\(place)", limits.map { $0 * step * part })
      }
      market.questions = PriceQuestions(
        tooCheap: "p0", cheap: "p1", expensive: "p2", tooExpensive: "p3")
      return try market.finder().pricing(product: "thing").disagreements
        .filter { $0.contains("do not speak of one price") }
    }
    #expect(try said(0.3).count == 1)
    #expect(try said(0.3).first?.contains("by the fit, while ") == true)
    #expect(try said(1).isEmpty)
  }

  @Test func `van Westendorp tells acceptance, and purchases only with intent`() throws {
    let limits = (0..<120).map { Double(40 + $0 % 60) }
    var market = PriceMarket(limits)
    market.columns = [0.4, 0.6, 0.8, 1].enumerated().map { place, part in
      ("p\(place)", limits.map { $0 * part })
    }
    market.questions = PriceQuestions(
      tooCheap: "p0", cheap: "p1", expensive: "p2", tooExpensive: "p3")
    let plain = try market.finder().pricing(product: "thing", from: 20, to: 90, steps: 8)
    let everybody = try #require(plain.audiences.first)
    #expect(everybody.curves.map(\.source) == [.vanWestendorp])
    #expect(everybody.best(.revenue, by: .vanWestendorp) == nil)
    for demand in everybody.curves[0].demand {
      let accepted = limits.count { 0.4 * $0 < demand.price && demand.price < $0 }
      #expect(isNear(demand.share.value, Double(accepted) / 120))
      #expect(demand.revenue == nil)
    }
    market.columns += [
      ("at_cheap", limits.map { _ in 5 }), ("at_expensive", limits.map { _ in 3 }),
    ]
    market.questions?.intent = .init(cheap: "at_cheap", expensive: "at_expensive")
    let bought = try market.finder().pricing(product: "thing", from: 20, to: 90, steps: 8)
    let curve = try #require(bought.audiences.first?.curves.last)
    #expect(curve.source == .purchases)
    let at50 = try #require(curve.demand.first { $0.price == 50 })
    // 0 at too cheap, .7 at cheap, .3 at expensive, 0 at too expensive, straight between.
    let expected = limits.map { limit -> Double in
      let knots = [(0.4, 0.0), (0.6, 0.7), (0.8, 0.3), (1, 0)].map { ($0.0 * limit, $0.1) }
      guard 50 > knots[0].0, 50 < knots[3].0 else { return 0 }
      let end = knots.firstIndex { 50 <= $0.0 } ?? 3
      let (left, right) = (knots[end - 1], knots[end])
      return left.1 + (right.1 - left.1) * (50 - left.0) / (right.0 - left.0)
    }.reduce(0, +)
    #expect(isNear(at50.share.value, expected / 120))
    #expect(bought.audiences.first?.best(.revenue, by: .purchases) != nil)
  }
}

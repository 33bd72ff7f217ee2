import Testing

@testable import TesseraProductFit
@testable import TesseraReport
@testable import TesseraStudy

@Suite("Prices and targets in the report")
struct PricingReportTests {
  private func estimate(_ value: Double) -> IntervalEstimate {
    IntervalEstimate(value, low: min(0.9 * value, 1.1 * value), high: max(0.9 * value, 1.1 * value))
  }

  /// Ten prices at which the share falls from 90%, the best at 50 by hand.
  private func pricing(
    now: Double?, flat: [Double], cost: Double? = nil, dips: [Double] = []
  ) -> ProductPricing {
    let prices = (1...10).map { 10 * Double($0) }
    let points = prices.map { price in
      ProductPricing.Point(
        price: price, fit: 70, acceptance: estimate(1 - price / 120),
        share: estimate(1 - price / 100), firstChoice: 0.4,
        revenue: estimate(dips.contains(price) ? 1000 : price * (1 - price / 100) * 1000),
        profit: cost.map { estimate((price - $0) * (1 - price / 100) * 1000) }, elasticity: -1)
    }
    return ProductPricing(
      product: "wagon", label: "Wagon", unit: "EUR", present: now, cost: cost, population: 1000,
      prices: prices,
      audiences: [
        .init(
          people: 1000, points: points, elasticities: [.init(price: 30, estimate: estimate(-0.5))],
          best: [
            .init(
              source: .fit, aim: .revenue, price: 50, value: estimate(25_000), flat: flat,
              isAtEnd: false)
          ]), .init(segment: "S1", people: 400),
      ])
  }

  private let segments = [
    Segment(id: "S1", name: "Families", share: 0.6, respondents: 60),
    Segment(id: "S2", name: "Singles", share: 0.4, respondents: 40),
  ]

  @Test func `the first sentences tell the best price and what today's does`() {
    func lead(_ now: Double?, _ flat: [Double], dips: [Double] = []) -> String {
      PricingReport(pricing(now: now, flat: flat, dips: dips), segments: segments).lead
    }
    #expect(
      lead(30, [40, 50, 60])
        == "Revenue from Wagon is highest at 50 EUR; any price from 40 to 60 EUR may bring as much. "
        + "Today's 30 EUR brings 16% less.")
    #expect(lead(60, [40, 50, 60]).hasSuffix("Today's 60 EUR is among them."))
    #expect(lead(nil, [50]) == "Revenue from Wagon is highest at 50 EUR.")
    // 60 and 80 clearly bring less: not any price between 50 and 90 may be best.
    #expect(
      lead(nil, [50, 70, 90], dips: [60, 80])
        == "Revenue from Wagon is highest at 50 EUR; 50, 70 and 90 may bring as much.")
    #expect(
      lead(nil, [10, 30, 50, 70], dips: [20, 40, 60])
        .contains("4 ranges between 10 and 70 may bring as much"))
    // 60 brings more than 70, which may be best: there is no gap at 60.
    #expect(lead(nil, [50, 70]).contains("any price from 50 to 70 EUR may bring as much"))
  }

  @Test func `a price keeps its cents, and a price that earns nothing is not called best`() {
    var one = pricing(now: nil, flat: [52.5])
    one.audiences[0].best[0].price = 152.5
    one.audiences[0].best[0].flat = [152.5]
    #expect(PricingReport(one, segments: segments).lead.contains("is highest at 152.50 EUR"))
    #expect(NumberStyle.decimals(of: [12_500.5, 20_000]) == 0)
    #expect(NumberStyle.decimals(of: [100, 200]) == 0)
    let dear = PricingReport(pricing(now: nil, flat: [50], cost: 100), segments: segments)
    #expect(dear.lead.hasSuffix("At a cost of 100 EUR none of these prices earns anything."))
  }

  @Test func `intervals are said to come from where they come from`() {
    var one = pricing(now: 30, flat: [50])
    #expect(PricingReport(one, segments: segments).notes.contains("segments held as they are"))
    one.replicates = 500
    #expect(PricingReport(one, segments: segments).notes.contains("segmented again"))
    for place in one.audiences[0].points.indices {
      one.audiences[0].points[place].share = IntervalEstimate(0.4)
    }
    #expect(!PricingReport(one, segments: segments).notes.contains("95%"))
  }

  @Test func `tables hold what the sentences say, and hidden segments a dash`() throws {
    let report = PricingReport(pricing(now: 30, flat: [40, 50, 60], cost: 20), segments: segments)
    let table = report.audienceTable
    #expect(table.rows.map { $0[0].text.plain } == ["Everybody", "Families"])
    #expect(table.rows[0][1].text.plain == "50" && table.rows[0][2].text.plain == "40 to 60")
    #expect(table.rows[1].dropFirst().allSatisfy { $0.text.plain == NumberStyle.absent })
    #expect(table.rows[0].last?.text.plain == "\u{2212}0.50 [\u{2212}0.55, \u{2212}0.45]")
    let curve = report.curveTable(try #require(report.pricing.audiences.first))
    #expect(curve.rows.count == 10 && curve.columns.count == curve.rows[0].count)
    // 30 x 70% x 1,000 = 21,000; profit 7,000.
    #expect(curve.rows[2][5].text.plain.hasPrefix("21.0 [18.9, 23.1]"))
    #expect(curve.columns[5].title == "Revenue, thousand EUR")
    #expect(curve.rows[2][6].value == 7)
  }

  @Test func `the picture of a price curve is well-formed, its words apart`() throws {
    let chart = try #require(
      PricingReport(pricing(now: 30, flat: [40, 50, 60]), segments: segments).chart)
    let drawing = try #require(Drawing(chart.svg))
    #expect(drawing.faults.isEmpty, "\(drawing.faults)")
    #expect(drawing.elements.contains("polygon"))
  }

  private func ranking(_ score: TargetRanking.Score, firstIn: [Int]) -> TargetRanking {
    TargetRanking(
      score: score, criteria: [.size, .unserved, .fit], hasCompetitors: true, population: 1000,
      unit: "EUR", weightings: 10_000, replicates: 500,
      rows: segments.enumerated().map { place, segment in
        TargetRanking.Row(
          segment: segment.id, share: segment.share,
          values: [
            .init(criterion: .size, estimate: estimate(1000 * segment.share), rank: place + 1),
            .init(criterion: .unserved, estimate: estimate(20 + Double(place)), rank: 2 - place),
            .init(
              criterion: .fit, estimate: estimate(place == 0 ? 5 : -3), rank: place + 1,
              of: ["Wagon", "SUV"]),
          ], score: score == .none ? nil : estimate(0.7 - 0.2 * Double(place)),
          firstShare: place == 0 ? 0.75 : 0.25, firstIn: firstIn[place])
      })
  }

  @Test func `a first place is told only as surely as the samples are`() {
    func lead(_ score: TargetRanking.Score, _ firstIn: [Int]) -> String {
      TargetReport(ranking(score, firstIn: firstIn), segments: segments).lead
    }
    #expect(
      lead(.money, [490, 10]) == "First by value: Families, in 490 of 500 samples drawn again.")
    var losing = ranking(.money, firstIn: [500, 0])
    for place in losing.rows.indices { losing.rows[place].score = estimate(-5 - Double(place)) }
    #expect(
      TargetReport(losing, segments: segments).lead
        == "No segment brings money: every piece costs more than it sells for.")
    var unsure = ranking(.money, firstIn: [0, 0])
    unsure.replicates = 0
    #expect(TargetReport(unsure, segments: segments).lead.contains("not looked into"))
    #expect(
      lead(.weights, [300, 200])
        == "By your weights no segment is clearly first: Families in 300, Singles in 200 of 500 "
        + "samples drawn again.")
    #expect(
      lead(.none, [500, 0]).hasPrefix(
        "First for most weightings of the criteria: Families (75%), then Singles (25%)."))
  }

  @Test func `the bubbles are well-formed, and the table has every criterion`() throws {
    let report = TargetReport(ranking(.weights, firstIn: [300, 200]), segments: segments)
    let chart = try #require(TargetChart(report: report, order: ["S1", "S2"]).chart())
    let drawing = try #require(Drawing(chart.svg))
    #expect(drawing.faults.isEmpty, "\(drawing.faults)")
    #expect(drawing.texts.contains { $0.string == "Families" })
    let table = report.table
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    #expect(table.rows[0].map(\.text.plain).contains("600 [540, 660] (1)"))
    #expect(table.rows[1].map(\.text.plain).contains("\u{2212}3.0 [\u{2212}3.3, \u{2212}2.7] (2)"))
    #expect(table.rows[0].last?.text.plain == "300 of 500")
  }
}

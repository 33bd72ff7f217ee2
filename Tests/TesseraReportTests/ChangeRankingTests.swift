import TesseraProductFit
import Testing

@testable import TesseraReport

@Suite("Which change comes first")
struct ChangeRankingTests {
  private func change(_ name: String, gain: Double, se: Double, cost: Double?) -> Improvement {
    Improvement(
      name: name, product: name, set: [], cost: cost, gain: gain, se: se, low: gain - 1.96 * se,
      high: gain + 1.96 * se, bySegment: [])
  }

  @Test func `where every change has a cost, the gain for its cost decides`() {
    let all = [
      change("dear", gain: 17, se: 0.4, cost: 24_000),
      change("cheap", gain: 8, se: 0.2, cost: 1500),
      change("poor", gain: 2, se: 0.2, cost: 2000),
    ]
    let ranking = ChangeRanking(all)
    #expect(ranking.isByCost)
    #expect(ranking.order.map(\.name) == ["cheap", "poor", "dear"])
    #expect(ranking.first.map(\.name) == ["cheap"])
    #expect(ranking.largest?.name == "dear")
  }

  @Test func `what errors cannot tell apart is level, and what may gain nothing is left out`() {
    let ranking = ChangeRanking([
      change("one", gain: 8, se: 1, cost: 1000), change("other", gain: 9, se: 1, cost: 1200),
      change("doubtful", gain: 20, se: 15, cost: 1000),
    ])
    #expect(Set(ranking.first.map(\.name)) == ["one", "other"])
    #expect(ranking.largest?.name == "other" || ranking.largest == nil)
  }

  @Test func `one change without a cost leaves the gain to decide`() {
    var second = change("second", gain: 3, se: 0.1, cost: 10)
    second.mayBeFirst = false
    let ranking = ChangeRanking([change("first", gain: 9, se: 0.1, cost: nil), second])
    #expect(!ranking.isByCost && ranking.first.map(\.name) == ["first"])
    #expect(ranking.largest == nil)
  }
}

import Foundation
import TesseraMath
import Testing

@testable import TesseraProductFit

@Suite("Shares of best-worst tasks") struct BestWorstLogitTests {
  private static let utilities = [1.1, 0.5, 0.1, -0.2, -0.6, -0.9]

  /// Answers drawn from the model, with items 2 and 3 shown seldom and beside strong rivals.
  private static func drawn(_ people: Int, seed: UInt64) -> [[BestWorstMenu]] {
    var stream = RandomStream(seed: seed)
    let sets = [[0, 1, 4], [0, 1, 5], [0, 4, 5], [1, 4, 5], [0, 1, 2], [0, 1, 3], [2, 3, 5]]
    return (0..<people).map { _ in
      sets.map { shown in
        var pairs: [(Int, Int)] = []
        for one in shown { for other in shown where other != one { pairs.append((one, other)) } }
        let chances = pairs.map { exp(utilities[$0.0] - utilities[$0.1]) }
        var left = stream.uniform() * chances.reduce(0, +)
        var place = 0
        while place < pairs.count - 1, left > chances[place] {
          left -= chances[place]
          place += 1
        }
        return BestWorstMenu(shown: shown, best: pairs[place].0, worst: pairs[place].1)
      }
    }
  }

  @Test func `planted utilities come back, where counts by showings do not`() throws {
    let menus = Self.drawn(4000, seed: 5)
    let found = try #require(
      BestWorstLogit.estimate(menus, weights: [Double](repeating: 1, count: 4000), items: 6)
    ).utilities
    for (own, planted) in zip(found, Self.utilities) { #expect(abs(own - planted) < 0.06) }
    // Items 2 and 3 stand beside the strongest: their counts are far too low.
    var (net, shown) = (0.0, 0.0)
    for menu in menus.joined() where menu.shown.contains(3) {
      shown += 1
      net += menu.best == 3 ? 1 : menu.worst == 3 ? -1 : 0
    }
    let counted = try #require(BestWorstSummary.utility(net: net, shown: shown)).value
    #expect(abs(counted - Self.utilities[3]) > 0.2)
  }

  @Test func `weights count people, and an item that is never taken has no utility`() throws {
    let (one, other) = (Self.drawn(300, seed: 1), Self.drawn(300, seed: 2))
    let twice = try #require(
      BestWorstLogit.estimate(
        one + other,
        weights: [Double](repeating: 2, count: 300) + [Double](repeating: 1, count: 300), items: 6)
    ).utilities
    let repeated = try #require(
      BestWorstLogit.estimate(
        one + one + other, weights: [Double](repeating: 1, count: 900), items: 6)
    ).utilities
    for (a, b) in zip(twice, repeated) { #expect(abs(a - b) < 1e-9) }
    let always = (0..<50).map { _ in [BestWorstMenu(shown: [0, 1, 2], best: 0, worst: 1)] }
    #expect(
      BestWorstLogit.estimate(always, weights: [Double](repeating: 1, count: 50), items: 3) == nil)
  }

  @Test func `a task with one answer counts as the choice that it is`() throws {
    // Of two items 3 of 4 people take the first: a logit of ln 3.
    let menus = (0..<400).map { person in
      [BestWorstMenu(shown: [0, 1], best: person % 4 == 0 ? 1 : 0, worst: nil)]
    }
    let found = try #require(
      BestWorstLogit.estimate(menus, weights: [Double](repeating: 1, count: 400), items: 2)
    ).utilities
    #expect(abs(found[0] - found[1] - log(3)) < 1e-7)
    let turned = menus.map { $0.map { BestWorstMenu(shown: $0.shown, best: nil, worst: $0.best) } }
    let worst = try #require(
      BestWorstLogit.estimate(turned, weights: [Double](repeating: 1, count: 400), items: 2)
    ).utilities
    #expect(abs(worst[0] - worst[1] + log(3)) < 1e-7)
  }

  @Test func `standard errors are those of repeated surveys`() throws {
    let ones = [Double](repeating: 1, count: 150)
    let found = try (0..<120).map { seed in
      try #require(
        BestWorstLogit.estimate(Self.drawn(150, seed: UInt64(100 + seed)), weights: ones, items: 6))
    }
    for item in 0..<6 {
      let values = found.map { $0.utilities[item] }
      let mean = values.reduce(0, +) / 120
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 119).squareRoot()
      let told = found.reduce(0) { $0 + $1.errors[item] } / 120
      #expect(abs(told / spread - 1) < 0.2)
      // By respondent, whose tasks are independent here: much the same.
      let influence = found[0].influences.column(item)
      let own = influence.reduce(0) { $0 + $1 * $1 }.squareRoot() / 150
      #expect(abs(own / told - 1) < 0.25)
    }
    // Everybody twice: half the variance by tasks, the same by respondents with twice the tasks each.
    let menus = Self.drawn(150, seed: 1)
    let once = try #require(BestWorstLogit.estimate(menus, weights: ones, items: 6))
    let twice = try #require(
      BestWorstLogit.estimate(menus.map { $0 + $0 }, weights: ones, items: 6))
    for item in 0..<6 {
      #expect(abs(once.utilities[item] - twice.utilities[item]) < 1e-6)
      #expect(abs(once.errors[item] / twice.errors[item] - 2.squareRoot()) < 1e-6)
      for person in 0..<150 {
        #expect(abs(once.influences[person, item] - twice.influences[person, item]) < 1e-6)
      }
    }
  }
}

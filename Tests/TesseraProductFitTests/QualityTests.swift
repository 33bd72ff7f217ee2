import TesseraMath
import TesseraStudy
import Testing

@testable import TesseraProductFit

/// Published and constructed examples of the classic tables.
@Suite struct QualityTests {
  // A car door: github.com/petuchen/house-of-quality, after Hauser & Clausing (1988).
  @Test func `the house of a car door adds up`() {
    let house = HouseOfQuality(
      importance: [15, 10, 35, 20, 20],
      relations: [[9, 3, 0, 0], [0, 9, 0, 0], [0, 0, 9, 9], [0, 1, 9, 9], [9, 0, 0, 0]])
    #expect(house.importance == [315, 155, 495, 495])
    for (share, expected) in zip(house.shares, [0.21575, 0.10616, 0.33904, 0.33904]) {
      #expect(isNear(share, expected, 1e-5))
    }
    // Door weight comes third by column sums and first with normalised rows.
    #expect(isNear(house.normalised[0], 31.25, 1e-9))
    #expect(isNear(house.normalised[2], 26.97, 5e-3))
    #expect(house.reversals.contains(HouseOfQuality.Reversal(first: 2, second: 0)))
  }

  @Test func `one column of a house adds up`() {
    let house = HouseOfQuality(importance: [5, 3, 4], relations: [[9], [3], [3]])
    #expect(house.importance == [66])
  }

  // stp25kano, README: n = 296.
  @Test(arguments: [
    ([95.0, 123, 45, 33, 0, 0], 0.568, -0.736, 72.49, 28.0, 19.4, true),
    ([101, 54, 54, 81, 3, 3], 0.372, -0.534, 21.64, 20, 18.5, true),
    ([15, 24, 121, 124, 6, 6], 0.511, -0.137, 150.06, 3, 19.8, false),
  ])
  func `Kano's numbers come out`(
    counts: [Double], better: Double, worse: Double, chiSquare: Double, difference: Double,
    critical: Double, isClear: Bool
  ) {
    let table = KanoTable(counts: counts)
    #expect(isNear(table.better, better, 6e-4) && isNear(table.worse, worse, 6e-4))
    #expect(isNear(table.chiSquare, chiSquare, 6e-3))
    #expect(isNear(table.fong.difference, difference))
    #expect(isNear(table.fong.critical, critical, 0.06) && table.fong.isClear == isClear)
  }

  @Test func `Kano's table of answers is the usual one`() {
    let rows = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    for (row, kinds) in zip(KanoKind.Answer.allCases, rows) {
      for (column, kind) in zip(KanoKind.Answer.allCases, kinds) {
        #expect(
          KanoKind(functional: row, dysfunctional: column).rawValue == String(kind),
          "\(row) and \(column)")
      }
    }
  }

  // Ulwick's formula on means from 0 to 10: N. Carrascal, notesforgrowth.github.io.
  @Test(arguments: [
    (8.57, 1.43, 15.71), (7.59, 4.14, 11.03), (9, 8, 10), (9.68, 9.68, 9.68), (5.65, 7.83, 5.65),
  ])
  func `opportunity scores are Ulwick's`(
    importance: Double, satisfaction: Double, expected: Double
  ) {
    let score = Opportunity.score(importance: importance / 10, satisfaction: satisfaction / 10)
    #expect(isNear(score, expected, 0.0101))
  }

  // R package relaimpo, its example on swiss.
  @Test func `relative importance comes out`() throws {
    let file = try TableFile.fixture("swiss.csv")
    let columns = file.header.dropFirst().map { file.numbers($0) }
    let drivers = Matrix((0..<file.rows.count).map { row in columns.map { $0[row] } })
    let found = try RelativeImportance(drivers: drivers, rating: file.numbers("Fertility"))
    let lmg = [0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592]
    let johnson = [0.0484169, 0.1547082, 0.2719641, 0.11468, 0.1169657]
    for (value, expected) in zip(try #require(found.lmg), lmg) {
      #expect(isNear(value, expected, 1e-7))
    }
    for (value, expected) in zip(found.johnson, johnson) {
      #expect(isNear(value, expected, 1e-7))
    }
    #expect(isNear(found.r2, 0.7067350, 1e-7))
  }

  @Test func `the greedy trap: exact search reaches all six`() {
    let sets = [[1, 2, 4, 5], [1, 2, 3], [4, 5, 6]]
    let optimiser = ReachOptimiser(
      reached: sets.map { set in (1...6).map { set.contains($0) } },
      weights: [Double](repeating: 1, count: 6))
    let greedy = optimiser.greedy(2)
    #expect(greedy.items == [0, 1] && isNear(greedy.reach, 5.0 / 6))
    let exact = optimiser.exact(2)
    #expect(exact.items == [1, 2] && isNear(exact.reach, 1) && exact.isOptimal)
    #expect(isNear(exact.frequency, 1))
  }

  @Test func `ties in reach go to the higher frequency, and the next sets are listed`() {
    // Two reach all with the first; one of them reaches more people twice.
    let reached = [
      [true, true, true, true, false, false], [false, false, false, false, true, true],
      [true, true, false, false, true, true],
    ]
    let optimiser = ReachOptimiser(reached: reached, weights: [Double](repeating: 1, count: 6))
    let sets = optimiser.ranked(2, most: 3)
    #expect(sets.map(\.items) == [[0, 2], [0, 1], [1, 2]])
    #expect(isNear(sets[0].frequency, 8.0 / 6) && isNear(sets[1].frequency, 1))
    #expect(optimiser.greedy(2).items == [0, 2])
    #expect(optimiser.ranked(2, forced: [1], most: 3).map(\.items) == [[0, 1], [1, 2]])
  }

  @Test(arguments: 0..<10)
  func `branch and bound finds what trying all finds`(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed))
    let reached = (0..<9).map { _ in (0..<40).map { _ in stream.uniform() < 0.2 } }
    let weights = (0..<40).map { _ in stream.uniform() }
    let optimiser = ReachOptimiser(reached: reached, weights: weights)
    for count in 1...4 {
      var best = 0.0
      for set in 0..<512 where set.nonzeroBitCount == count {
        var reach = 0.0
        for person in 0..<40
        where (0..<9).contains(where: { set >> $0 & 1 == 1 && reached[$0][person] }) {
          reach += weights[person]
        }
        best = max(best, reach)
      }
      let exact = optimiser.exact(count)
      let ranked = optimiser.ranked(count, most: 5)
      #expect(ranked[0] == exact && ranked.count == 5)
      for (one, next) in zip(ranked, ranked.dropFirst()) {
        #expect(one.reach >= next.reach - 1e-12 && one.items != next.items)
      }
      #expect(isNear(exact.reach, best / weights.reduce(0, +), 1e-12))
      #expect(optimiser.greedy(count).reach <= exact.reach + 1e-12)
    }
  }

  @Test func `shares of first choice split ties and leave out who takes nothing`() {
    let fit = Matrix([[80, 50, 0, 20], [20, 50, 0, 60]])
    let first = PreferenceShares.first(fit: fit, weights: [1, 1, 1, 1])
    #expect(first.products == [0.375, 0.375] && isNear(first.none, 0.25))
    let blurred = PreferenceShares.preference(fit: fit, weights: [1, 1, 1, 1], scale: 1e-3)
    #expect(blurred.products == [0.375, 0.375])
    let even = PreferenceShares.preference(fit: fit, weights: [1, 1, 1, 1], scale: 1e9)
    #expect(isNear(even.products[0], 0.375, 1e-6))
  }

  @Test func `a bundle shows what its parts hide from each other`() throws {
    let search = try ImprovementSearch(
      HandCase.source(), HandCase.segmented(), settings: HandCase.settings())
    let proposals = try search.proposals(product: "coupe", bundle: 2, limit: 500).proposals
    // Child seat and seats with the price cut: 43.94 together, 1.70 and 17.74 alone.
    let both = try #require(
      proposals.first { $0.improvement.name == "coupe_family + coupe_price" })
    #expect(isNear(both.improvement.gain, 43.9401, 5e-5))
    #expect(isNear(both.single[0], 1.6975, 5e-5) && isNear(both.single[1], 17.7384, 5e-5))
    #expect(isNear(both.interaction, 43.9401 - 1.6975 - 17.7384, 2e-4))
    for (one, next) in zip(proposals, proposals.dropFirst()) {
      #expect(one.improvement.gain >= next.improvement.gain)
    }
    #expect(try search.proposals(product: "coupe", order: .gainPerCost).proposals.isEmpty)
    #expect(throws: (any Error).self) { try search.proposals(product: "cope") }
  }

  @Test(arguments: 0..<6)
  func `what a search says of a change is what what-if says`(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(100 + seed))
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 50)
    let settings = HandCase.settings()
    let search = try ImprovementSearch(source, segmented, settings: settings)
    let whatIf = try WhatIf(source, segmented, settings: settings)
    let proposals = try search.proposals(limit: 60).proposals
    #expect(proposals.contains { $0.single.count > 1 })
    for proposal in proposals {
      let change = proposal.improvement
      let asked = try whatIf.gain(product: change.product, set: change.set)
      // Levels are written with six decimals.
      #expect(isNear(change.gain, asked.gain, 2e-5))
      var alone = 0.0
      for (setting, gain) in zip(change.set, proposal.single) {
        alone += gain
        #expect(isNear(try whatIf.gain(product: change.product, set: [setting]).gain, gain, 2e-5))
      }
      let bundle = proposal.improvement.gain
      #expect(isNear(proposal.interaction, bundle - alone, 2e-5))
    }
    let result = try ProductFit.run(source, segmented, settings: settings)
    #expect(result.proposals.first?.improvement == proposals.first?.improvement)
    #expect(
      result.json["proposals"]?.array?.first?["single_gains"]?.array?.count
        == proposals.first?.single.count)
  }
}

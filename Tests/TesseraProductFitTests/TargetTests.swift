import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

@Suite("Which segment to target")
struct TargetTests {
  @Test func `a segment that leads on everything is first for every weighting`() {
    let draws = Weightings(10_000, criteria: 3, seed: 1)
    for row in 0..<draws.weights.rows {
      #expect(abs(draws.weights.row(row).reduce(0, +) - 1) < 1e-12)
    }
    let scaled = Weightings.scaled([[5, 1, 3], [20, 10, 10], [-1, -3, -4]])
    #expect(scaled == [[1, 0, 0.5], [1, 0, 0], [1, 1.0 / 3, 0]])
    #expect(draws.firstShares(scaled) == [1, 0, 0])
    #expect(draws.firstShares([[1, 1], [1, 1], [0, 0]]) == [0.5, 0.5])
  }

  @Test func `weightings are even over the simplex`() {
    // C leads where neither weight passes .6: a fifth of all.
    let two = Weightings(10_000, criteria: 2, seed: 3)
    let parts = two.firstShares([[1, 0, 0.6], [0, 1, 0.6]])
    #expect(abs(parts[0] - 0.4) < 0.02 && abs(parts[2] - 0.2) < 0.02)
    // One weight of three is above one half in a quarter of all weightings.
    let three = Weightings(10_000, criteria: 3, seed: 3)
    let above = (0..<10_000).count { three.weights[$0, 0] > 0.5 }
    #expect(abs(Double(above) / 10_000 - 0.25) < 0.02)
    #expect(abs(three.firstShares([[1, 0, 0], [0, 1, 0], [0, 0, 1]])[1] - 1.0 / 3) < 0.02)
  }

  @Test func `criteria and ranks are those of the fit`() throws {
    let segmented = HandCase.segmented(copies: 4)
    let settings = HandCase.settings()
    var file = HandCase.file()
    file.market = MarketDeclaration(own: ["coupe"])
    let source = HandCase.source(file)
    let fit = try ProductFit.run(source, segmented, settings: settings)
    let ranking = try TargetFinder(source, segmented, settings: settings).ranking()
    #expect(ranking.score == .none && ranking.hasCompetitors)
    #expect(ranking.criteria == [.size, .unserved, .fit, .acceptance, .share])
    for row in ranking.rows {
      let coupe = try #require(fit.cell(segment: row.segment, product: "coupe"))
      let suv = try #require(fit.cell(segment: row.segment, product: "suv"))
      let (own, rival) = (try #require(coupe.fit), try #require(suv.fit))
      #expect(isNear(row[.fit]?.estimate.value, own - rival))
      #expect(isNear(row[.acceptance]?.estimate.value, try #require(coupe.acceptance), 1e-4))
      let gaps = fit.opportunities.filter { $0.segment == row.segment }.compactMap(\.gap)
      #expect(isNear(row[.unserved]?.estimate.value, gaps.reduce(0, +)))
      #expect(row[.fit]?.of == ["coupe", "suv"])
    }
    // Families are more; the coupe suits singles. Its fit for families was worked out by hand.
    let family = try #require(ranking.rows.first { $0.segment == "family" })
    let single = try #require(ranking.rows.first { $0.segment == "single" })
    let suv = try #require(fit.cell(segment: "family", product: "suv")?.fit)
    #expect(isNear(family[.fit]?.estimate.value, 13.8542 - suv, 5e-5))
    #expect(family[.size]?.rank == 1 && single[.size]?.rank == 2)
    #expect(family[.fit]?.rank == 2 && single[.fit]?.rank == 1)
    #expect(abs(family.firstShare + single.firstShare - 1) < 1e-12)
    let named = try TargetFinder(HandCase.source(), segmented, settings: settings).ranking()
    #expect(!named.hasCompetitors && named.notes.contains { $0.contains("declares no market") })
    #expect(named.rows.first?[.fit]?.of.count == 1)
  }

  /// Eighty people: sixty of A who would pay 10 to 69, twenty of B who would pay 100 to 119.
  private var market: PriceMarket {
    let first = (10..<70).map(Double.init)
    let second = (100..<120).map(Double.init)
    var market = PriceMarket(first + second, isFirst: (0..<80).map { $0 < 60 })
    market.products = [("thing", 1, 50, 30), ("other", 0.5, 20, nil)]
    market.population = 8000
    return market
  }

  @Test func `value is people times acceptance times margin, and the one score`() throws {
    let ranking = try TargetFinder(
      market.source, market.segmented(), settings: HandCase.settings()
    ).ranking()
    #expect(ranking.score == .money)
    let a = try #require(ranking.rows.first { $0.segment == "A" })
    let b = try #require(ranking.rows.first { $0.segment == "B" })
    // Twenty of sixty pay 50; all twenty of B.
    #expect(isNear(a[.value]?.estimate.value, 6000 * 20 / 60 * 20))
    #expect(isNear(b[.value]?.estimate.value, 2000 * 20))
    #expect(isNear(a[.size]?.estimate.value, 6000))
    #expect(a[.value]?.rank == 1 && b[.value]?.rank == 1)
    #expect(a.firstIn == nil && a[.value]?.of == ["thing"])
  }

  @Test func `own weights make a score from 0 to 1, and unknown criteria are refused`() throws {
    let finder = try TargetFinder(
      market.source, market.segmented(), settings: HandCase.settings())
    let ranking = try finder.ranking(weights: [.init(.size, 1), .init(.acceptance, 3)])
    #expect(ranking.score == .weights && ranking.weights.map(\.weight) == [0.25, 0.75])
    // A has the size and nothing else; B everything else.
    #expect(ranking.rows.map(\.segment) == ["B", "A"])
    #expect(ranking.rows.map { $0.score?.value } == [0.75, 0.25])
    let failure = #expect(throws: StudyError.self) {
      try finder.ranking(weights: [.init(.reach, 1)])
    }
    #expect(failure?.report.code == "E0645")
  }

  @Test func `how often a segment is first is counted over the replicates`() throws {
    let segmented = market.segmented(replicates: 200, seed: 7)
    let ranking = try TargetFinder(
      market.source, segmented, settings: HandCase.settings()
    ).ranking()
    #expect(ranking.replicates == 200)
    // The same by hand: of each sample those who pay 50.
    let limits = market.limits
    let values = try #require(segmented.replicates).map(segmented, workers: .single) {
      _, weights, posterior in
      (0..<2).map { segment -> Double in
        var (buyers, all) = (0.0, 0.0)
        for (person, weight) in weights.enumerated() {
          all += weight
          if limits[person] >= 50 { buyers += weight * posterior[person, segment] }
        }
        return 8000 * buyers / all * 20
      }
    }
    let firsts = (0..<2).map { segment in
      values.count { $0[segment] > $0[1 - segment] + 1e-6 }
    }
    let ties = values.count { abs($0[0] - $0[1]) <= 1e-6 }
    let a = try #require(ranking.rows.first { $0.segment == "A" })
    let b = try #require(ranking.rows.first { $0.segment == "B" })
    // Of equals the first in order counts.
    #expect(a.firstIn == firsts[0] + ties && b.firstIn == firsts[1])
    let sizes = values.map { $0[0] }
    let summary = try #require(BootstrapSummary(estimate: 40_000, values: sizes))
    #expect(isNear(a[.value]?.estimate.low, summary.low, 1e-6))
  }

  @Test func `reach is that of the best channel`() throws {
    var market = market
    market.channels = ["tv", "web"]
    market.columns = [
      ("tv", (0..<80).map { $0 % 2 == 0 ? 1 : 0 }), ("web", (0..<80).map { $0 < 70 ? 1 : 0 }),
    ]
    let ranking = try TargetFinder(
      market.source, market.segmented(), settings: HandCase.settings()
    ).ranking()
    let a = try #require(ranking.rows.first { $0.segment == "A" })
    #expect(isNear(a[.reach]?.estimate.value, 1) && a[.reach]?.of == ["web"])
    let b = try #require(ranking.rows.first { $0.segment == "B" })
    #expect(isNear(b[.reach]?.estimate.value, 0.5) && b[.reach]?.rank == 2)
  }
}

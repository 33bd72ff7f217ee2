import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// What hangs on levels that nobody knows is told as not known.
@Suite("Levels that are missing")
struct MissingLevelTests {
  /// The coupe without its seats and its fit for a child seat.
  private static func fit() throws -> FitResult {
    let whole = HandCase.products
    var cells = whole.cells
    (cells[0][0], cells[0][1]) = (nil, nil)
    let products = ProductTable(
      names: whole.names, features: whole.features, cells: cells, file: whole.file,
      lines: whole.lines)
    return try ProductFit.run(
      HandCase.source(products: products), HandCase.segmented(copies: 10),
      settings: HandCase.settings())
  }

  @Test func `whom a product reaches is not told where its levels are missing`() throws {
    let known = try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: 10), settings: HandCase.settings())
    #expect(known.reachSets.contains { $0.kind == .products && $0.items.contains("coupe") })
    let fit = try Self.fit()
    #expect(!fit.reachSets.contains { $0.kind == .products && $0.items.contains("coupe") })
  }

  @Test func `how sure a difference is stays open while its sign is`() throws {
    for contrast in try Self.fit().contrasts {
      guard let least = contrast.differenceMin, let most = contrast.differenceMax else { continue }
      #expect((contrast.confidence == nil) == (least < -1e-9 && most > 1e-9))
      #expect((contrast.superiority == nil) == (least < -1e-9 && most > 1e-9))
    }
  }

  /// A thing and its rival of quality .5; half of the people pay no more than 45.
  private static func market(_ own: Double, rival: Double = 0.5) -> PriceMarket {
    var market = PriceMarket(
      (0..<80).map { Double(30 + $0 % 40) }, isFirst: (0..<80).map { $0 < 40 })
    market.products = [("thing", own, 50, 20), ("rival", rival, 40, nil)]
    var declared = MarketDeclaration(own: ["thing"])
    declared.competitors = ["rival"]
    market.market = declared
    var cheaper = ScenarioDeclaration(name: "cheaper")
    cheaper.products = [
      .init(product: "thing", set: [FeatureSetting(feature: "price", level: "40")])
    ]
    market.scenarios = [cheaper]
    return market
  }

  @Test(arguments: [(Double.nan, 0.5), (0.5, Double.nan)])
  func `prices hold what the missing level allows, and none is the best`(
    own: Double, rival: Double
  ) throws {
    let market = Self.market(own, rival: rival)
    let told = try market.finder().pricing(product: "thing", from: 30, to: 69, steps: 14)
    #expect(told.openWords == (own.isNaN ? "thing (quality)" : "rival (quality)"))
    #expect(told.audiences.allSatisfy { $0.best.isEmpty && $0.elasticities.isEmpty })
    for quality in [0.02, 0.3, 0.7, 1] {
      let known = try Self.market(own.isNaN ? quality : own, rival: rival.isNaN ? quality : rival)
        .finder().pricing(product: "thing", from: 30, to: 69, steps: 14)
      #expect(known.openWords == nil && known.audiences[0].best.isEmpty == false)
      for (open, closed) in zip(told.audiences, known.audiences) {
        for (one, other) in zip(open.points, closed.points) {
          let (share, truth) = (try #require(one.share), try #require(other.share?.value))
          #expect(try #require(share.low) <= truth + 1e-9)
          #expect(try #require(share.high) >= truth - 1e-9)
          let fit = try #require(other.fit)
          #expect(try #require(one.fitMin) <= fit + 1e-9)
          #expect(try #require(one.fitMax) >= fit - 1e-9)
        }
      }
    }
    let everybody = try #require(told.audiences.first)
    let now = try #require(everybody.point(at: 45))
    // Anything from nobody to all who pay that much.
    #expect(try #require(now.share?.high) > 0.5 && #require(now.share?.low) < 0.2)
  }

  @Test func `which price is best does not hang on how many are told`() throws {
    let best = try [3, 12, 50].map { steps in
      try Self.market(0.9).finder().pricing(product: "thing", steps: steps).audiences.map {
        $0.best(.revenue)?.price
      }
    }
    #expect(best[0] == best[1] && best[1] == best[2] && best[0].first != nil)
  }

  @Test func `a scenario tells between which shares levels leave it`() throws {
    let market = Self.market(.nan)
    let told = try ScenarioFinder(
      market.source, market.segmented(), settings: HandCase.settings()
    ).scenarios()
    #expect(told.notes.contains { $0.contains("Levels are missing of thing (quality)") })
    for quality in [0.02, 0.4, 1] {
      let one = Self.market(quality)
      let known = try ScenarioFinder(one.source, one.segmented(), settings: HandCase.settings())
        .scenarios()
      #expect(known.cells.allSatisfy { $0.first.least == nil })
      for (open, closed) in zip(told.cells, known.cells) {
        for number in [\ScenarioCell.first, \.preference, \.people] {
          let value = try #require(closed[keyPath: number].value)
          #expect(try #require(open[keyPath: number].least) <= value + 1e-9)
          #expect(try #require(open[keyPath: number].most) >= value - 1e-9)
          #expect(open[keyPath: number].change == nil)
        }
        #expect(open.revenue.value == nil && open.randomised.value == nil)
      }
    }
  }

  @Test func `a target is not ranked by what hangs on a missing level`() throws {
    func ranking(_ market: PriceMarket) throws -> TargetRanking {
      try TargetFinder(market.source, market.segmented(), settings: HandCase.settings()).ranking()
    }
    #expect(try ranking(Self.market(0.9)).criteria.contains(.value))
    let own = try ranking(Self.market(.nan))
    #expect(own.criteria == [.size] && own.score == .none)
    #expect(own.notes.contains { $0.contains("levels are missing of thing (quality)") })
    #expect(try ranking(Self.market(0.9, rival: .nan)).criteria == [.size, .acceptance, .value])
  }
}

import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// What unknown levels leave open.
@Suite struct UnknownLevelTests {
  private func study(seed: UInt64) -> GeneratedFit {
    GeneratedFit(seed: seed)
  }

  @Test func `bounds are reached by levels, and no level goes beyond them`() throws {
    for seed in 0..<12 {
      let drawn = study(seed: UInt64(seed))
      let blank = try drawn.run(level: nil)
      let grid = try (0...20).map { try drawn.run(level: Double($0) / 2) }
      for segment in ["A", "B"] {
        let cell = try #require(blank.cell(segment: segment, product: "p"))
        let fits = grid.compactMap { $0.cell(segment: segment, product: "p")?.fit }
        let (low, high) = (try #require(cell.fitMin), try #require(cell.fitMax))
        #expect(!cell.boundsAreOuter)
        // The fit lies midway, and with what is lost it makes 100.
        let fit = try #require(cell.fit)
        #expect(abs(fit - (low + high) / 2) < 1e-9)
        let ledger = try #require(cell.ledger)
        let lost =
          ledger.needs.reduce(0) { $0 + $1.loss } + ledger.barriers.reduce(0) { $0 + $1.loss }
        #expect(abs(fit + lost - 100) < 1e-6)
        #expect(fits.allSatisfy { $0 >= low - 1e-6 && $0 <= high + 1e-6 })
        #expect(abs((fits.min() ?? 0) - low) < 1e-4 && abs((fits.max() ?? 0) - high) < 1e-4)
      }
    }
  }

  @Test func `a gain has the same unknown level before and after`() throws {
    for seed in 0..<6 {
      let drawn = study(seed: UInt64(seed))
      let setting = FeatureSetting(feature: "y", level: "10")
      let blank = try drawn.whatIf(level: nil).gain(product: "p", set: [setting])
      let gains = try (0...40).map {
        try drawn.whatIf(level: Double($0) / 4).gain(product: "p", set: [setting]).gain
      }
      let (low, high) = (try #require(blank.gainMin), try #require(blank.gainMax))
      #expect(gains.allSatisfy { $0 >= low - 1e-6 && $0 <= high + 1e-6 })
      #expect(abs((gains.min() ?? 0) - low) < 0.6 && abs((gains.max() ?? 0) - high) < 0.6)
      #expect(abs(blank.gain - (low + high) / 2) < 1e-9)
    }
  }

  @Test func `no level takes a share beyond its bounds, and shares of what is known have none`()
    throws
  {
    for seed in 0..<8 {
      let drawn = study(seed: UInt64(seed))
      let blank = try drawn.run(level: nil)
      for level in stride(from: 0.0, through: 10, by: 1) {
        let known = try drawn.run(level: level)
        #expect(known.shares.allSatisfy { $0.firstMin == nil && $0.preferenceMax == nil })
        for share in known.shares {
          let bounds = try #require(
            blank.shares.first { $0.segment == share.segment && $0.product == share.product })
          func holds(_ value: Double?, _ low: Double?, _ high: Double?) throws {
            guard let value else { return }
            #expect(try value >= #require(low) - 1e-9 && value <= #require(high) + 1e-9)
          }
          try holds(share.first, bounds.firstMin, bounds.firstMax)
          try holds(share.preference, bounds.preferenceMin, bounds.preferenceMax)
        }
      }
      // What is shown lies between them too, and they say something.
      for share in blank.shares {
        if let value = share.preference, let low = share.preferenceMin,
          let high = share.preferenceMax
        {
          #expect(low <= value + 1e-9 && value <= high + 1e-9)
        }
      }
      #expect(
        blank.shares.contains { ($0.preferenceMax ?? 0) - ($0.preferenceMin ?? 0) > 0.05 })
    }
  }

  @Test func `a level that serves one need and harms another is not had both ways`() throws {
    let blank = try study(seed: 3).run(level: nil)
    let cell = try #require(blank.cell(segment: "A", product: "p"))
    #expect((cell.fitMax ?? 100) - (cell.fitMin ?? 0) < 99)
  }
}

/// One product with one feature that helps one need and harms another, beside one that is known.
struct GeneratedFit {
  private let rows: [[Double]]
  private let combine: NeedDeclaration.Combination
  private let other: Double

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed)
    rows = (0..<40).map { _ in [Double(1 + stream.below(5)), Double(2 + stream.below(4))] }
    combine = NeedDeclaration.Combination.allCases[stream.below(3)]
    other = Double(stream.below(21)) / 2
  }

  func run(level: Double?) throws -> FitResult {
    let (source, segmented) = drawn(level)
    return try ProductFit.run(source, segmented, settings: HandCase.settings())
  }

  func whatIf(level: Double?) throws -> WhatIf {
    let (source, segmented) = drawn(level)
    return try WhatIf(source, segmented, settings: HandCase.settings())
  }

  private func drawn(_ level: Double?) -> (FitSource, SegmentedSurvey) {
    var file = StudyFile(
      title: "One", survey: SurveyDeclaration(files: ["r.csv"]), segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = [
      NeedDeclaration(name: "a", importance: "i_a", combine: combine),
      NeedDeclaration(name: "b", importance: "i_b"),
    ]
    file.features = [
      FeatureDeclaration(name: "x", value: .linear(0, 10)),
      FeatureDeclaration(name: "y", value: .linear(0, 10)),
    ]
    let source = FitSource(
      file: file, path: "study.yaml",
      products: ProductTable(
        names: ["p"], features: ["x", "y"], cells: [[level.map { .number($0) }, .number(other)]],
        file: "p.csv"),
      relations: RelationTable(
        needs: ["a", "b"], features: ["x", "y"], strength: [[9, 9], [-9, 0]], file: "rel.csv"))
    var posterior = Matrix(rows: rows.count, columns: 2)
    for row in rows.indices { posterior[row, row % 2] = 1 }
    let survey = Survey(
      variables: ["i_a", "i_b"].enumerated().map { column, name in
        Variable(name: name, level: .numeric, answers: .numbers(rows.map { $0[column] }))
      })
    return (
      source,
      SegmentedSurvey(
        survey: survey,
        design: SurveyDesign(
          kind: .sampling, weights: [Double](repeating: 1, count: rows.count)),
        sourceRows: Array(rows.indices),
        segments: ["A", "B"].map { Segment(id: $0, name: $0, share: 0.5, respondents: 20) },
        posterior: posterior, resegmenter: nil)
    )
  }
}

/// Which levels a search for improvements tries, and what it costs.
@Suite struct ImprovementCandidateTests {
  private func declaration(_ name: String, _ value: ValueFunction) -> FeatureDeclaration {
    FeatureDeclaration(name: name, value: value)
  }

  @Test func `numbers come from the catalogue, a declared range and barriers`() {
    var seats = declaration("seats", .linear(2, 9))
    let plain = FitFeature(seats).candidates(from: 2, catalogue: [2, 5], barriers: [4, 12])
    // Two steps away, where the barrier falls; 12 lies beyond all levels.
    #expect(plain == [4, 5])
    seats.range = FeatureDeclaration.CandidateRange(from: 6, to: 8, step: 1)
    let more = FitFeature(seats).candidates(from: 2, catalogue: [2, 5], barriers: [4, 12])
    #expect(more == [4, 5, 6, 7, 8])
  }

  @Test func `a price moves only within a declared range`() {
    var price = declaration("price", .linear(60, 20))
    #expect(FitFeature(price).candidates(from: 50, catalogue: [50, 30], barriers: [25]).isEmpty)
    price.range = FeatureDeclaration.CandidateRange(from: 40, to: 60, step: 5)
    let moved = FitFeature(price).candidates(from: 50, catalogue: [50, 30], barriers: [25])
    #expect(moved == [40, 45, 55, 60])
  }

  @Test func `costs are those listed, and lie on straight lines between them`() {
    var seats = declaration("seats", .linear(2, 9))
    seats.costs = [.init(level: "4", cost: 100), .init(level: "8", cost: 500)]
    let bound = FitFeature(seats)
    #expect(bound.cost(from: 4, to: 8) == 400)
    #expect(bound.cost(from: 8, to: 6) == -200)
    #expect(bound.cost(from: 2, to: 8) == nil)
  }

  @Test func `levels that no product can have are named with what is possible`() {
    let seats = FitFeature(declaration("seats", .linear(2, 9)))
    let below = seats.impossibility(-5, catalogue: [2, 5])
    #expect(below?.message.contains("0 or more") == true && below?.hint.contains("2 to 9") == true)
    #expect(seats.impossibility(3.7, catalogue: [2, 5])?.message.contains("whole numbers") == true)
    #expect(seats.impossibility(4, catalogue: [2, 5]) == nil)
    // One product with a part shows that parts are possible.
    #expect(seats.impossibility(3.7, catalogue: [2, 5.5]) == nil)
  }

  @Test func `a change tells between which fits an unknown level leaves a product`() throws {
    func answer(_ mpg: ProductTable.Level?) throws -> Improvement {
      var cells = HandCase.products.cells
      cells[0][4] = mpg
      let table = ProductTable(
        names: ["coupe", "suv"], features: HandCase.products.features, cells: cells,
        file: "products.csv", lines: [2, 3])
      return try WhatIf(
        HandCase.source(products: table), HandCase.segmented(), settings: HandCase.settings()
      ).gain(product: "coupe", set: [FeatureSetting(feature: "price", level: "45")])
    }
    let (open, worst, best) = (
      try answer(nil), try answer(.number(10)), try answer(.number(50))
    )
    for (place, segment) in open.bySegment.enumerated() {
      #expect(isNear(segment.fitMin, worst.bySegment[place].fit ?? .nan))
      #expect(isNear(segment.fitMax, best.bySegment[place].fit ?? .nan))
      #expect(worst.bySegment[place].fitMin == nil)
    }
  }
}

import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraProductFit

@Suite("What-if from aggregates")
struct WhatIfAggregatesTests {
  /// Exact fits of any levels, by segment.
  static func exact(
    _ source: FitSource, _ segmented: SegmentedSurvey, _ levels: [[Double]]
  ) throws -> Matrix {
    let model = try FitModel.bind(source, segmented)
    let estimator = DomainEstimator(
      membership: segmented.posterior, design: segmented.design,
      isUsed: model.respondents.isUsable)
    return estimator.means(Scorer(model).scores(levels).fit)
  }

  static func hand(minimumCell: Int = 10) throws -> (
    WhatIfAggregates, FitSource, SegmentedSurvey
  ) {
    let (source, segmented) = (HandCase.source(), HandCase.segmented(copies: 12))
    let made = try WhatIfAggregates.make(
      source, segmented, settings: HandCase.settings(minimumCell: minimumCell))
    return (try #require(made), source, segmented)
  }

  @Test func `every change of one feature is exact`() throws {
    let (aggregates, source, segmented) = try Self.hand()
    var edits: [[Double]] = []
    for product in aggregates.model.products {
      for (feature, declared) in aggregates.model.features.enumerated() {
        let levels: [Double] =
          declared.levelNames.isEmpty
          ? (aggregates.table.features.first { $0.feature == feature }?.levels ?? [0, 2.5, 30, 70])
          : declared.levelNames.indices.map(Double.init)
        for level in levels {
          var edit = product.levels
          edit[feature] = level
          edits.append(edit)
        }
      }
    }
    let exact = try Self.exact(source, segmented, edits)
    var compared = 0
    for (number, edit) in edits.enumerated() {
      let isExact = aggregates.isExact(edit)
      for (segment, fit) in aggregates.fits(edit).enumerated() where isExact[segment] {
        #expect(abs(fit - exact[number, segment]) < 1e-9)
        compared += 1
      }
    }
    #expect(compared > edits.count)
  }

  @Test(arguments: [2, 3] as [UInt64])
  func `what is called exact is exact, whatever the values, needs and barriers`(
    seed: UInt64
  ) throws {
    var stream = RandomStream(seed: seed)
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 110)
    let made = try WhatIfAggregates.make(
      source, segmented, settings: HandCase.settings(minimumCell: 10))
    let aggregates = try #require(made)
    var edits = aggregates.model.productLevels
    for _ in 0..<40 {
      var edit = edits[stream.below(aggregates.model.products.count)]
      for _ in 0...stream.below(3) {
        let feature = stream.below(edit.count)
        edit[feature] = feature == 7 ? Double(stream.below(2)) : 10 * stream.uniform()
      }
      edits.append(edit)
    }
    let exact = try Self.exact(source, segmented, edits)
    for (number, edit) in edits.enumerated() {
      let isExact = aggregates.isExact(edit)
      for (segment, fit) in aggregates.fits(edit).enumerated() {
        let error = abs(fit - exact[number, segment])
        // The products themselves are calibrated, so that they are exact even where it is not said.
        if isExact[segment] || number < 4 { #expect(error < 1e-9) }
        #expect(error < 15)
      }
    }
  }

  @Test func `edits of several features stay within what the page says of them`() throws {
    var stream = RandomStream(seed: 11)
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 600)
    let made = try WhatIfAggregates.make(
      source, segmented, settings: HandCase.settings(minimumCell: 10))
    let aggregates = try #require(made)
    let trials = TrialEdits(aggregates.model, features: aggregates.table.features)
    var fresh = RandomStream(seed: 77)
    for told in aggregates.accuracy {
      let edits = (0..<40).map { _ in
        trials.draw(told.changes == 4 ? trials.features.count : told.changes, &fresh)
      }
      let exact = try Self.exact(source, segmented, edits)
      var errors: [Double] = []
      for (number, edit) in edits.enumerated() {
        for (segment, fit) in aggregates.fits(edit).enumerated() {
          errors.append(abs(fit - exact[number, segment]))
        }
      }
      // Told from other edits of the same kind: most of these must lie within it, none far off.
      #expect(Double(errors.count { $0 <= told.usual + 1e-9 }) >= 0.85 * Double(errors.count))
      #expect((errors.max() ?? 0) <= 3 * told.largest + 0.05)
      // Groups of 30 cannot tell much better than some people more or less.
      #expect(told.usual < 8 * aggregates.pointsPerPerson, "\(told)")
    }
    #expect(aggregates.accuracy.count == 4)
  }

  @Test func `no number stands for fewer people than allowed`() throws {
    var stream = RandomStream(seed: 5)
    let source = RandomCase.source(&stream)
    for minimum in [1, 10, 25] {
      let segmented = RandomCase.segmented(&stream, respondents: 300)
      let made = try WhatIfAggregates.make(
        source, segmented, settings: HandCase.settings(minimumCell: minimum))
      let aggregates = try #require(made)
      #expect(aggregates.leastPeople >= Double(max(30, minimum)))
      #expect(aggregates.table.count <= 300 / max(30, minimum))
      // The groups are all of everybody: their shares of each segment sum to 1.
      for segment in aggregates.segments.indices {
        let sum = aggregates.table.shares.reduce(0) { $0 + $1[segment] }
        #expect(abs(sum - 1) < 1e-6)
      }
    }
  }

  @Test func `a sum over a group rests on ten people or on nobody`() throws {
    var stream = RandomStream(seed: 6)
    let respondents = 200
    let cells = PeopleCells(
      cells: (0..<5).map { Array($0 * 40..<$0 * 40 + 40) }, segments: [0, 0, 0, 1, 1])
    let copies = [Double](repeating: 1, count: respondents)
    var posterior = Matrix(rows: respondents, columns: 2)
    for person in 0..<respondents { posterior[person, person < 120 ? 0 : 1] = 1 }
    let groups = PeopleGroups(
      posterior: posterior, isUsable: copies.map { _ in true }, copies: copies, minimum: 10)
    let sums = CellSums(cells, shares: posterior, groups: groups)
    for _ in 0..<50 {
      let shares = cells.cells.map { _ in 0.5 * stream.uniform() * stream.uniform() }
      let concerned = (0..<respondents).map { stream.uniform() < shares[$0 / 40] }
      let means = sums.means { concerned[$0] ? 1 : 0 }
      for segment in 0..<2 {
        let own = cells.segments.indices.filter { cells.segments[$0] == segment }
        for mean in Set(own.map { means[$0] }) where mean > 0 {
          let alike = own.filter { means[$0] == mean }
          let people = alike.reduce(0) { $0 + cells.cells[$1].count { concerned[$0] } }
          #expect(people >= 10)
          #expect(abs(mean - Double(people) / Double(40 * alike.count)) < 1e-12)
        }
      }
    }
  }

  @Test func `a change that tells of a few people only is not corrected`() throws {
    // Nine of the people in each segment hold the barrier; nobody else is hindered by it.
    var rows = (0..<40).flatMap { _ in HandCase.rows }
    let column = try #require(HandCase.header.firstIndex(of: "barrier_child_seat"))
    var held = 0
    for row in rows.indices {
      let isFamily = HandCase.isFamily[row % HandCase.rows.count]
      rows[row][column] = isFamily && held < 5 ? 1 : 0
      if isFamily, held < 5 { held += 1 }
    }
    var family: [Bool] = []
    for _ in 0..<40 { family += HandCase.isFamily }
    let one = HandCase.segmented(copies: 40)
    var variables = one.survey.variables
    variables[column] = Variable(
      name: variables[column].name, level: .numeric, answers: .numbers(rows.map { $0[column] }))
    let segmented = SegmentedSurvey(
      survey: Survey(variables: variables), design: one.design, sourceRows: one.sourceRows,
      segments: one.segments, posterior: one.posterior, resegmenter: nil)
    let made = try WhatIfAggregates.make(
      HandCase.source(), segmented, settings: HandCase.settings(minimumCell: 10))
    let aggregates = try #require(made)
    let seat = try #require(
      aggregates.model.features.firstIndex { $0.name == "child_seat_fit" })
    var edit = aggregates.model.products[0].levels
    edit[seat] = 2
    #expect(aggregates.isExact(edit) == [false, true])
  }

  @Test func `segments that are suppressed are not in the page`() throws {
    let segmented = HandCase.segmented(copies: 2)  // 8 and 6 people
    #expect(
      try WhatIfAggregates.make(
        HandCase.source(), segmented, settings: HandCase.settings(minimumCell: 10)) == nil)
  }

  @Test func `two threads give the same bytes as one`() throws {
    var stream = RandomStream(seed: 9)
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 120)
    var settings = HandCase.settings(minimumCell: 10)
    let one = try WhatIfAggregates.make(source, segmented, settings: settings)?.json.compactText
    settings.workers = Workers(2)
    let two = try WhatIfAggregates.make(source, segmented, settings: settings)?.json.compactText
    #expect(one == two)
    #expect((one ?? "").count > 1000)
  }
}

@Suite("Levels held against people")
struct HitFeatureTests {
  @Test func `every state has a level that lies in it`() {
    let feature = HitFeature(
      feature: 0,
      cuts: [
        .init(value: 4, isInclusive: true), .init(value: 5, isInclusive: true),
        .init(value: 5, isInclusive: false), .init(value: 9, isInclusive: false),
      ])
    #expect(
      feature.levels.indices.map { feature.place(of: feature.levels[$0]).lower } == [0, 1, 2, 3, 4])
    #expect(feature.place(of: 3.9).lower == 0)
    #expect(feature.place(of: 4.5).lower == 1)
    #expect(feature.place(of: 5).lower == 2)
    #expect(feature.place(of: 9).lower == 3)
    #expect(feature.place(of: 9.1).lower == 4)
  }

  @Test func `a grid interpolates and stops at its ends`() {
    let feature = HitFeature(feature: 0, grid: [10, 20, 40])
    #expect(feature.place(of: 5) == .init(lower: 0, upper: 0, part: 0))
    #expect(feature.place(of: 20) == .init(lower: 1, upper: 1, part: 0))
    #expect(feature.place(of: 30) == .init(lower: 1, upper: 2, part: 0.5, isBetween: true))
    #expect(feature.place(of: 99) == .init(lower: 2, upper: 2, part: 0))
    #expect(feature.place(of: 30).value([0, 1, 3]) == 2)
  }

  @Test(arguments: [
    (HitFeature.Between.lower, 0.0), (.upper, 1.0), (.line, 0.25),
  ])
  func `where every bound is listed a comparison is read off one side`(
    between: HitFeature.Between, share: Double
  ) {
    let feature = HitFeature(
      feature: 0, grid: [10, 50], bounds: [20, 40, 20], between: between)
    #expect(feature.levels == [10, 20, 40, 50])
    #expect(feature.place(of: 20) == .init(lower: 1, upper: 1, part: 0))
    #expect(feature.place(of: 25).value([0, 0, 1, 1]) == share)
    #expect(feature.place(of: 25).isBetween)
    #expect(feature.worthPlace(of: 20).value([0, 4]) == 1)
    // Round levels are told of before those in between.
    #expect(feature.telling == [0, 1, 1, 0])
  }

  @Test func `every side of every comparison is right between people's numbers`() throws {
    for comparison in [Comparison.less, .atMost, .atLeast, .greater] {
      let listed = [20.0, 40]
      let side: HitFeature.Between =
        [.less, .atLeast].contains(comparison) ? .lower : .upper
      let feature = HitFeature(feature: 0, grid: [10, 50], bounds: listed, between: side)
      for level in stride(from: 10.0, through: 50, by: 2.5) {
        for bound in listed {
          let held = feature.levels.map { comparison.holds($0, bound) ? 1.0 : 0 }
          #expect(
            feature.place(of: level).value(held) == (comparison.holds(level, bound) ? 1 : 0),
            "\(level) \(comparison) \(bound)")
        }
      }
    }
  }

  @Test func `stops follow from a step, and list nobody's own number`() {
    // Most name fives and tens of thousands, one an odd amount.
    let named = (0..<200).map { 20_000 + 500 * Double($0 % 80) } + [37_123]
    let stops = HitFeatures.stops(from: 16_000, to: 76_000, for: named)
    #expect(stops.holdAll)
    #expect(stops.levels == stride(from: 16_500.0, to: 76_000, by: 500).map { $0 })
    #expect(!stops.levels.contains(37_123))
    // Wider steps are enough where people name thousands.
    let round = HitFeatures.stops(from: 16_000, to: 76_000, for: [30_000, 42_000, 44_000])
    #expect(round.holdAll)
    #expect(round.levels.count == 29)
    // Amounts to the dollar lie on no grid that is kept.
    let odd = HitFeatures.stops(
      from: 16_000, to: 76_000, for: (0..<200).map { 20_001 + 137 * Double($0) })
    #expect(!odd.holdAll)
    #expect(odd.levels.count <= 128)
  }

  @Test func `steps follow from a step and the products, and tell no rare number`() throws {
    let people = Array(repeating: 1.0, count: 40) + Array(repeating: 4, count: 60) + [7, 13]
    let seats = try #require(HitFeatures.steps(around: [2, 5, 7], for: people))
    #expect(seats == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    // Nobody's number but the step itself: the same without those whom few resemble.
    #expect(HitFeatures.steps(around: [2, 5, 7], for: people.filter { $0 < 7 }) == seats)
    #expect(
      HitFeatures.steps(around: [2, 5], for: [1.5, 2, 2.5])
        == stride(
          from: 1.0, through: 6.5, by: 0.5
        ).map { $0 })
    // Numbers of no common step, and a step too fine for the range, are read off a grid.
    #expect(HitFeatures.steps(around: [2, 5], for: [1, 2.7182]) == nil)
    #expect(HitFeatures.steps(around: [20_000, 60_000], for: [30_100]) == nil)
    #expect(HitFeatures.steps(around: [2, 5], for: []) == [])
    let feature = HitFeature(
      feature: 0,
      // A plain comparison with 20 turns far beyond all steps.
      cuts: (seats + [20]).map { .init(value: $0, isInclusive: true) }, within: 1...9)
    for level in [1.5, 2, 6.5, 8] { #expect(feature.isListed(level)) }
    // Somebody's number may lie beyond the ends.
    for level in [0.5, 1, 9, 12, 25.0] { #expect(!feature.isListed(level)) }
    // Steps wider than the range of the products enclose these all the same.
    #expect(HitFeatures.steps(around: [2, 5], for: [0, 5, 10]) == [0, 5, 10])
  }

  @Test func `steps are round`() {
    #expect(HitFeatures.roundStep(0.7) == 1)
    #expect(HitFeatures.roundStep(1.2) == 2)
    #expect(abs(HitFeatures.roundStep(0.03) - 0.05) < 1e-12)
    #expect(HitFeatures.roundStep(600) == 1000)
  }
}

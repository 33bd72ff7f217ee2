import TesseraDesign
import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// Splits respondents into two by a weighted mean of income and swaps the names at times, as a
/// segmentation of a resample may.
struct TwoMeans: Resegmenter {
  let income: [Double]

  func resegment(weights: [Double], start: ResegmentationStart) -> (
    posterior: Matrix, objective: Double
  ) {
    var (sum, base) = (0.0, 0.0)
    for (value, weight) in zip(income, weights) where !value.isNaN {
      sum += weight * value
      base += weight
    }
    let middle = sum / base
    let isSwapped = weights[0] > 1.5
    var posterior = Matrix(rows: income.count, columns: 2)
    for respondent in income.indices {
      let isAbove = income[respondent] > middle
      posterior[respondent, isAbove != isSwapped ? 1 : 0] = 1
    }
    return (posterior, 0)
  }
}

@Suite struct UncertaintyTests {
  static func study(
    respondents: Int = 120, kind: SurveyDesign.WeightKind = .sampling, isFound: Bool = false,
    strata: Int = 1, clusters: Int = 0
  ) -> (FitSource, SegmentedSurvey) {
    var stream = RandomStream(seed: 6)
    let source = RandomCase.source(&stream)
    var segmented = RandomCase.segmented(
      &stream, respondents: respondents, segments: 2, kind: kind, strata: strata,
      clusters: clusters)
    if isFound, let income = segmented.survey["income"]?.numbers {
      let resegmenter = TwoMeans(income: income)
      segmented = SegmentedSurvey(
        survey: segmented.survey, design: segmented.design, sourceRows: segmented.sourceRows,
        segments: segmented.segments,
        posterior: resegmenter.resegment(
          weights: [Double](repeating: 1, count: respondents), start: .reference
        ).posterior, resegmenter: resegmenter)
    }
    return (source, segmented)
  }

  @Test func `threads change nothing`() throws {
    let (source, segmented) = Self.study(isFound: true)
    var settings = HandCase.settings(replicates: 60)
    let one = try ProductFit.run(source, segmented, settings: settings)
    settings.workers = Workers(4)
    let four = try ProductFit.run(source, segmented, settings: settings)
    #expect(one.json.text == four.json.text)
    settings.seed = 2
    let other = try ProductFit.run(source, segmented, settings: settings)
    #expect(one.cells.map(\.fit) == other.cells.map(\.fit))
    #expect(one.cells.map(\.se) != other.cells.map(\.se))
  }

  @Test func `segments of resamples are matched to the study's own`() throws {
    let (source, segmented) = Self.study(respondents: 300, isFound: true)
    let result = try ProductFit.run(
      source, segmented, settings: HandCase.settings(replicates: 200))
    // Unmatched segments would mix up, and the interval of one would reach to the other.
    for cell in result.cells {
      let error = try #require(cell.se)
      let linearised = try #require(cell.seLinearised)
      #expect(error < 2.5 * linearised + 0.05)
    }
    #expect(result.notes.contains { $0.contains("Fresh starts") })
  }

  @Test func `resampling and linearisation agree where segments are given`() throws {
    let (source, segmented) = Self.study(respondents: 200)
    let result = try ProductFit.run(
      source, segmented, settings: HandCase.settings(replicates: 800))
    for cell in result.cells {
      let error = try #require(cell.se)
      let linearised = try #require(cell.seLinearised)
      #expect(abs(error - linearised) <= 0.15 * linearised)
      #expect(try #require(cell.low) <= (try #require(cell.fit)))
      #expect(try #require(cell.fit) <= (try #require(cell.high)))
    }
  }

  @Test(arguments: [(4, 0), (1, 30), (4, 24)])
  func `resampling follows strata and clusters`(strata: Int, clusters: Int) throws {
    let (source, segmented) = Self.study(
      respondents: 360, strata: strata, clusters: clusters)
    let result = try ProductFit.run(
      source, segmented, settings: HandCase.settings(replicates: 600))
    for cell in result.cells {
      let error = try #require(cell.se)
      let linearised = try #require(cell.seLinearised)
      #expect(abs(error - linearised) <= 0.25 * linearised)
    }
  }

  @Test func `clusters of three identical respondents are one`() throws {
    // Everybody three times over, in clusters of three, is no more than once.
    let plain = HandCase.segmented()
    let tripled = HandCase.segmented(copies: 3)
    let clustered = SegmentedSurvey(
      survey: tripled.survey,
      design: SurveyDesign(
        kind: .sampling, weights: tripled.design.weights, clusters: (0..<21).map { $0 % 7 }),
      sourceRows: tripled.sourceRows, segments: tripled.segments, posterior: tripled.posterior,
      resegmenter: nil)
    let one = try ProductFit.run(HandCase.source(), plain, settings: HandCase.settings())
    let three = try ProductFit.run(HandCase.source(), clustered, settings: HandCase.settings())
    for (a, b) in zip(one.contrasts, three.contrasts) {
      #expect(isNear(a.difference, b.difference ?? .nan))
      #expect(isNear(a.seLinearised, b.seLinearised ?? .nan))
    }
  }

  @Test func `sampling weights times a constant change nothing`() throws {
    var rows = HandCase.rows
    for row in rows.indices { rows[row][0] *= 37 }
    let one = try HandCaseTests.result()
    let scaled = try ProductFit.run(
      HandCase.source(), HandCase.segmented(rows: rows), settings: HandCase.settings())
    for (a, b) in zip(one.cells, scaled.cells) {
      #expect(isNear(a.fit, b.fit ?? .nan) && isNear(a.seLinearised, b.seLinearised ?? .nan))
    }
  }

  @Test func `a frequency of two is a row twice`() throws {
    let counted = HandCase.segmented(kind: .frequency)
    var rows: [[Double]] = []
    var isFamily: [Bool] = []
    for (row, family) in zip(HandCase.rows, HandCase.isFamily) {
      for _ in 0..<Int(row[0]) {
        rows.append(row)
        isFamily.append(family)
      }
    }
    var posterior = Matrix(rows: rows.count, columns: 2)
    for (respondent, family) in isFamily.enumerated() { posterior[respondent, family ? 0 : 1] = 1 }
    let repeated = SegmentedSurvey(
      survey: Survey(
        variables: HandCase.header.enumerated().map { column, name in
          Variable(name: name, level: .numeric, answers: .numbers(rows.map { $0[column] }))
        }),
      design: .unweighted(rows.count), sourceRows: Array(rows.indices),
      segments: counted.segments, posterior: posterior, resegmenter: nil)
    let one = try ProductFit.run(HandCase.source(), counted, settings: HandCase.settings())
    let two = try ProductFit.run(HandCase.source(), repeated, settings: HandCase.settings())
    for (a, b) in zip(one.cells, two.cells) {
      #expect(isNear(a.fit, b.fit ?? .nan) && isNear(a.seLinearised, b.seLinearised ?? .nan))
      #expect(a.base == b.base)
    }
    for (a, b) in zip(one.contrasts, two.contrasts) {
      #expect(isNear(a.superiority, b.superiority ?? .nan))
    }
  }

  @Test func `resampled frequencies vary as resampled rows do`() throws {
    let (source, segmented) = Self.study(respondents: 150, kind: .frequency)
    let result = try ProductFit.run(
      source, segmented, settings: HandCase.settings(replicates: 800))
    for cell in result.cells {
      let error = try #require(cell.se)
      let linearised = try #require(cell.seLinearised)
      #expect(abs(error - linearised) <= 0.15 * linearised)
    }
  }

  @Test func `replicate weights keep the total on average`() {
    let (_, segmented) = Self.study(respondents: 60, strata: 3, clusters: 12)
    let weights = ReplicateWeights(segmented.design)
    var stream = RandomStream(seed: 3)
    var total = 0.0
    for _ in 0..<2000 { total += weights.draw(&stream).reduce(0, +) }
    let expected = segmented.design.weights.reduce(0, +)
    #expect(abs(total / 2000 / expected - 1) < 0.02)
  }

  @Test func `clearly different products get ranks of their own, equal ones share them`() {
    var stream = RandomStream(seed: 1)
    let truth = [50.0, 50, 20, 80]
    let replicates = (0..<500).map { _ in truth.map { $0 + stream.normal() } }
    let sets = RankSets(estimates: truth, replicates: replicates)
    #expect(sets.ranks == [2...3, 2...3, 4...4, 1...1])
  }

  @Test func `a shifted bootstrap is corrected the other way`() throws {
    var stream = RandomStream(seed: 9)
    let shifted = (0..<2000).map { _ in 11 + stream.normal() }
    let summary = try #require(BootstrapSummary(estimate: 10, values: shifted))
    #expect(summary.isCorrected && abs(summary.bias - 1) < 0.1)
    #expect(summary.low < 8.6 && summary.high < 12)
    let plain = (0..<2000).map { _ in 10 + stream.normal() }
    let straight = try #require(BootstrapSummary(estimate: 10, values: plain))
    #expect(!straight.isCorrected && abs(straight.low - 8.04) < 0.2)
  }

  @Test func `losses of few respondents are no mismatch, of many they are`() throws {
    #expect(try HandCaseTests.result().mismatches.isEmpty == false)
    let many = try HandCaseTests.result(copies: 40)
    let mismatch = try #require(
      many.mismatches.first { $0.segment == "family" && $0.product == "coupe" })
    #expect(mismatch.cause == .need("carry_toddler") && mismatch.feature == "child_seat_fit")
    #expect(mismatch.level == "none" && mismatch.needed == "comfortable")
    #expect(mismatch.points > 20 && mismatch.pAdjusted < 0.001)
    #expect(
      mismatch.sentence
        == "coupe for family: child_seat_fit none (carry_toddler): 100% lose 3 points or more by it; "
        + "comfortable would bring this loss under 3 points. Costs 24 of 100 points.")
    let barrier = try #require(
      many.mismatches.first { $0.segment == "family" && $0.cause == .barrier("over_budget") })
    #expect(barrier.feature == "price" && barrier.level == "150 thousand USD")
    #expect(barrier.needed == "at most max_price_k" && isNear(barrier.shareAffected, 0.8))
    for mismatch in many.mismatches { #expect(mismatch.points >= 3) }
  }
}

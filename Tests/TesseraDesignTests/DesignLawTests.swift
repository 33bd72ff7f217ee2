import TesseraDesign
import TesseraMath
import TesseraSurvey
import Testing

/// What must hold of variances by design whatever the survey.
struct DesignLawTests {
  /// Two answers, a number and a membership of made-up people.
  private struct People {
    let answers: [Int]
    let memberships: Matrix
    let numbers: [Double]

    init(_ count: Int, seed: UInt64) {
      var random = RandomStream(seed: seed)
      answers = (0..<count).map { _ in random.below(4) }
      numbers = (0..<count).map { _ in 10 * random.uniform() }
      var memberships = Matrix(rows: count, columns: 2)
      for row in 0..<count {
        memberships[row, 0] = random.uniform()
        memberships[row, 1] = 1 - memberships[row, 0]
      }
      self.memberships = memberships
    }

    func covariance(_ design: SurveyDesign) -> Matrix {
      SoftTable(
        memberships: memberships, answers: answers, categories: 3, weights: design.weights,
        units: SamplingUnits(design)
      ).covariance
    }
  }

  private func distance(_ a: Matrix, _ b: Matrix) -> Double {
    zip(a.values, b.values).map { abs($0 - $1) }.max() ?? .nan
  }

  @Test(arguments: SurveyDesign.LonelyUnits.allCases)
  func `people alone and clusters of one have the same covariances`(
    rule: SurveyDesign.LonelyUnits
  ) {
    let people = People(60, seed: 8)
    let weights = (0..<60).map { 1 + Double($0 % 5) }
    // The last stratum has one person.
    let strata = (0..<60).map { $0 == 59 ? 3 : $0 % 3 }
    let fractions = strata.map { [0.1, 0.2, 0, 0.5][$0] }
    let pair = [[], Array(0..<60)].map { clusters in
      people.covariance(
        SurveyDesign(
          kind: .sampling, weights: weights, strata: strata, clusters: clusters,
          fractions: fractions, lonely: rule))
    }
    #expect(distance(pair[0], pair[1]) < 1e-16)
    #expect((pair[0].values.max() ?? 0) > 1e-4)
  }

  @Test func `frequencies are repeated rows`() {
    let people = People(40, seed: 3)
    let counts = (0..<40).map { Double(1 + $0 % 3) }
    let rows = counts.indices.flatMap { [Int](repeating: $0, count: Int(counts[$0])) }
    let strata = (0..<40).map { $0 / 20 }
    let parts = people.numbers.map { $0 - 5 }
    let one = SamplingUnits(weights: counts, isFrequency: true, strata: strata)
    let many = SamplingUnits(
      weights: rows.map { _ in 1 }, strata: rows.map { strata[$0] })
    let sums = zip(parts, counts).map(*)
    let (a, b) = (one.variance(of: sums), many.variance(of: rows.map { parts[$0] }))
    #expect(abs(a / b - 1) < 1e-12)
    #expect(one.degreesOfFreedom == many.degreesOfFreedom)
  }

  @Test func `variances are the diagonal of covariances, and rows alike may be taken together`() {
    let units = SamplingUnits(weights: (0..<50).map { Double(1 + $0 % 4) })
    let clustered = SamplingUnits(
      weights: (0..<50).map { Double(1 + $0 % 4) }, clusters: (0..<50).map { $0 / 2 })
    var random = RandomStream(seed: 2)
    let kinds = (0..<50).map { _ in Int32(random.below(6)) }
    let scores = Matrix(rows: 6, columns: 2, values: (0..<12).map { _ in random.uniform() - 0.5 })
    let weights = (0..<50).map { Double(1 + $0 % 4) }
    for units in [units, clustered] {
      let parts = Matrix(
        (0..<50).map { row in
          (0..<2).map { weights[row] * scores[Int(kinds[row]), $0] }
        })
      let whole = units.covariance(2) { row, sums in
        for column in 0..<2 { sums[column] = parts[row, column] }
      }
      let alike = units.covariance(of: scores, kinds: kinds, weights: weights)
      #expect(distance(whole, alike) < 1e-12)
      let variances = units.variances(of: parts)
      for place in 0..<2 { #expect(abs(variances[place] / whole[place, place] - 1) < 1e-12) }
    }
  }

  @Test(arguments: [
    (SurveyDesign.LonelyUnits.join, 0.0), (.join, 0.6), (.adjust, 0.6), (.certainty, 0.3),
  ])
  func `replicates spread as far as linearised errors say`(
    rule: SurveyDesign.LonelyUnits, fraction: Double
  ) throws {
    let people = People(90, seed: 11)
    // Thirty clusters in three strata, and a stratum of one cluster.
    let clusters = (0..<90).map { $0 / 3 }
    let strata = clusters.map { $0 == 29 ? 3 : $0 % 3 }
    let design = SurveyDesign(
      kind: .sampling, weights: (0..<90).map { 1 + Double($0 % 4) }, strata: strata,
      clusters: clusters, fractions: [Double](repeating: fraction, count: 90), lonely: rule)
    let everybody = DomainEstimator.everybody(
      design: design, isUsed: [Bool](repeating: true, count: 90))
    let means = everybody.means(people.numbers)
    let error = everybody.errors(people.numbers, means: means)[0]
    let drawing = ReplicateWeights(design)
    var stream = RandomStream(seed: 4)
    let drawn = (0..<4_000).map { _ in
      let weights = drawing.draw(&stream)
      return zip(weights, people.numbers).reduce(0) { $0 + $1.0 * $1.1 }
        / weights.reduce(0, +)
    }
    let spread = try #require(Descriptive.standardDeviation(drawn))
    #expect(abs(spread / error - 1) < 0.06)
  }
}

import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct KMeansTests {
  static let fixtures = Fixture.folder(target: "TesseraSegmentationTests")

  static func iris() throws -> Matrix {
    try Fixture("iris.csv", in: fixtures).numbers([0, 1, 2, 3])
  }

  /// Sums of squares that R 4.2.2 `kmeans(iris[, 1:4], k, nstart = 200)` reaches.
  @Test(arguments: [(2, 152.347952), (3, 78.851441), (4, 57.228473), (5, 46.446182)])
  func `iris has its known sums of squares`(segments: Int, known: Double) throws {
    let input = try RespondentMatrix(try Self.iris())
    let fit = try KMeans(segments: segments, standardisation: .none).fit(input, seed: 1)
    #expect(abs(fit.objective.value - known) < 1e-6 * known)
    #expect(fit.ending.isConverged)
    #expect(abs(fit.totalSquares - 681.3706) < 1e-4)
  }

  @Test func `it keeps the laws of segmenters`() throws {
    let planted = PlantedSegments(
      respondents: 120, segments: 4, columns: 5, distance: 5, missing: 0.05, seed: 2)
    let suite = SegmenterConformance(
      input: try RespondentMatrix(planted.values), segments: 4
    ) { KMeans(segments: $0, starts: 5) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `starts on a sample find what starts on all find`() throws {
    let planted = PlantedSegments(
      respondents: 900, segments: 5, columns: 4, distance: 5, seed: 11)
    let input = try RespondentMatrix(planted.values)
    let all = try KMeans(segments: 5, starts: 6).fit(input, seed: 4)
    var sampled = KMeans(segments: 5, starts: 6)
    sampled.sampleSize = 200
    let part = try sampled.fit(input, seed: 4)
    let both = try sampled.fit(
      input, random: RandomStream(seed: 4), workers: Workers(2), progress: .silent)
    #expect(abs(all.objective.value - part.objective.value) < 1e-9 * all.objective.value)
    #expect(part == both)
    #expect(CrossTable(all.labels, planted.truth).adjustedRand > 0.97)
  }

  @Test func `no respondent gains by changing segment`() throws {
    var random = RandomStream(seed: 5)
    let values = Matrix(rows: 80, columns: 3, values: random.normals(240))
    let weights = (0..<80).map { _ in 0.5 + random.uniform() }
    let input = try RespondentMatrix(values, weights: .frequency(weights))
    let fit = try KMeans(segments: 6, starts: 1, standardisation: .none).fit(input, seed: 3)
    let masses = fit.prevalence.map { $0 * weights.reduce(0, +) }
    let distances = fit.squaredDistances(of: values)
    for row in 0..<80 {
      let own = fit.labels[row]
      let weight = weights[row]
      let saving = masses[own] * weight / (masses[own] - weight) * distances[row, own]
      for other in 0..<6 where other != own {
        let cost = masses[other] * weight / (masses[other] + weight) * distances[row, other]
        #expect(cost >= saving * (1 - 1e-6) || masses[own] - weight < 1e-9)
      }
    }
    for segment in 0..<6 {
      let members = (0..<80).filter { fit.labels[$0] == segment }
      let mass = members.reduce(0.0) { $0 + weights[$1] }
      for column in 0..<3 {
        let mean = members.reduce(0.0) { $0 + weights[$1] * values[$1, column] } / mass
        #expect(abs(mean - fit.centroids[segment, column]) < 1e-9)
      }
    }
  }

  @Test func `gaps are left out of distances and means`() throws {
    let values = Matrix([[0, 0], [0, .nan], [2, 0], [10, 10], [.nan, 12], [.nan, .nan]])
    let fit = try KMeans(segments: 2, standardisation: .none).fit(
      try RespondentMatrix(values), seed: 1)
    #expect(fit.labels == [0, 0, 0, 1, 1, 0])
    #expect(abs(fit.centroids[0, 0] - 2.0 / 3) < 1e-12)
    #expect(fit.centroids[1, 0] == 10)
    #expect(fit.centroids[1, 1] == 11)
    // Within: three values around 2/3, and two around 11.
    #expect(abs(fit.objective.value - (8.0 / 3 + 2)) < 1e-9)
  }

  @Test func `a gap can be refused`() throws {
    let input = try RespondentMatrix(Matrix([[0, 1], [2, .nan], [4, 5]]))
    #expect(throws: SegmentationError.gap(row: 1, column: 1)) {
      try KMeans(segments: 2, gaps: .refuse).fit(input, seed: 1)
    }
  }

  @Test func `what cannot be segmented is refused with a reason`() throws {
    let same = try RespondentMatrix(Matrix(rows: 5, columns: 2, repeating: 3))
    #expect(throws: SegmentationError.tooManySegments(asked: 2, distinct: 1)) {
      try KMeans(segments: 2).fit(same, seed: 1)
    }
    #expect(throws: SegmentationError.nobody) {
      try KMeans(segments: 1).fit(
        try RespondentMatrix(Matrix(rows: 5, columns: 2, repeating: .nan)), seed: 1)
    }
    #expect(throws: SegmentationError.notFinite(row: 1, column: 0)) {
      try RespondentMatrix(Matrix([[1], [.infinity]]))
    }
    #expect(throws: SegmentationError.badWeight(row: 0, value: -1)) {
      try RespondentMatrix(Matrix([[1], [2]]), weights: .sampling([-1, 1]))
    }
    #expect(throws: SegmentationError.self) { try KMeans(segments: 0).fit(same, seed: 1) }
  }

  @Test func `as many segments as different respondents leave nothing within`() throws {
    let values = Matrix([[1, 2], [3, 4], [5, 9], [1, 2], [7, 7]])
    let fit = try KMeans(segments: 4).fit(try RespondentMatrix(values), seed: 1)
    #expect(fit.objective.value < 1e-12)
    #expect(fit.labels[0] == fit.labels[3])
    #expect(fit.prevalence == [0.4, 0.2, 0.2, 0.2])
  }
}

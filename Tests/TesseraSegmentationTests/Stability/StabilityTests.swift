import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct StabilityTests {
  static func stability(
    _ values: Matrix, segments: Int, weights: CaseWeights = .none, pairs: Int = 10,
    workers: Workers = .single
  ) throws -> BootstrapStability {
    let input = try RespondentMatrix(values, weights: weights)
    let problem = try KMeans(segments: segments, starts: 3, swaps: 0).prepared(input)
    let fit = try problem.fit(random: RandomStream(seed: 1))
    return try BootstrapStability(
      labels: fit.labels, segmentCount: segments, weights: weights, pairs: pairs,
      random: RandomStream(seed: 2), workers: workers
    ) { sample, random throws(SegmentationError) in
      try problem.labels(
        resampled: sample.effective(count: values.rows), random: random)
    }
  }

  @Test func `planted segments come back in every sample`() throws {
    let planted = PlantedSegments(
      respondents: 200, segments: 3, columns: 4, distance: 6, seed: 1)
    let result = try Self.stability(planted.values, segments: 3)
    #expect(result.median > 0.97)
    #expect(result.low <= result.median && result.median <= result.high)
    #expect(result.smallestJaccard > 0.9)
    #expect(result.overlaps.rows == 20)
  }

  @Test func `noise is divided differently every time`() throws {
    var random = RandomStream(seed: 1)
    let noise = Matrix(rows: 200, columns: 6, values: random.normals(1200))
    let result = try Self.stability(noise, segments: 5)
    #expect(result.median < 0.6)
    #expect(result.smallestJaccard < 0.7)
  }

  @Test(arguments: [Workers.single, Workers(2)])
  func `pairs that all say the same end after twenty, others go on`(workers: Workers) throws {
    let labels = (0..<600).map { $0 % 3 }
    func drawn(mayStop: Bool, noise: Double) throws -> BootstrapStability {
      try BootstrapStability(
        labels: labels, segmentCount: 3, weights: .none, pairs: 50, mayStop: mayStop,
        random: RandomStream(seed: 2), workers: workers
      ) { _, random throws(SegmentationError) in
        var random = random
        return labels.map { random.uniform() < noise ? random.below(3) : $0 }
      }
    }
    #expect(try drawn(mayStop: true, noise: 0.0005).pairs == 20)
    #expect(try drawn(mayStop: false, noise: 0.0005).pairs == 50)
    #expect(try drawn(mayStop: true, noise: 0.2) == drawn(mayStop: false, noise: 0.2))
  }

  /// The search that samples get may be quicker than a full one, but not kinder.
  @Test(arguments: [true, false])
  func `quick searches of samples agree as full ones do`(hasGroups: Bool) throws {
    var random = RandomStream(seed: 5)
    let values =
      hasGroups
      ? PlantedSegments(respondents: 240, segments: 4, columns: 6, distance: 4, seed: 3).values
      : Matrix(rows: 240, columns: 6, values: random.normals(1440))
    let input = try RespondentMatrix(values)
    let method = KMeans(segments: 4, starts: 5)
    let fit = try method.fit(input, seed: 1)
    let quick = try method.stability(
      of: fit, in: input, pairs: 25, random: RandomStream(seed: 6))
    let full = try BootstrapStability(
      labels: fit.labels, segmentCount: 4, weights: .none, pairs: 25,
      random: RandomStream(seed: 6)
    ) { sample, random throws(SegmentationError) in
      try method.fit(
        input.reweighted(sample), random: random, workers: .single, progress: .silent
      ).labels
    }
    #expect(abs(quick.median - full.median) < (hasGroups ? 0.02 : 0.1))
    #expect(hasGroups ? quick.median > 0.9 : quick.median < 0.6)
  }

  @Test func `threads do not matter`() throws {
    let planted = PlantedSegments(
      respondents: 100, segments: 3, columns: 2, distance: 2, seed: 1)
    let weights = CaseWeights.sampling((0..<100).map { 1 + Double($0 % 3) })
    #expect(
      try Self.stability(planted.values, segments: 3, weights: weights, pairs: 4)
        == Self.stability(
          planted.values, segments: 3, weights: weights, pairs: 4, workers: Workers(2)))
  }

  @Test func `samples draw respondents as their weights ask`() throws {
    let labels = [0, 0, 1, 1]
    let kinds: [(CaseWeights, Double)] = [
      (.frequency([3, 0, 2, 5]), 10), (.none, 4), (.sampling([2, 0, 1, 1]), 3),
    ]
    for (weights, size) in kinds {
      _ = try BootstrapStability(
        labels: labels, segmentCount: 2, weights: weights, pairs: 5,
        random: RandomStream(seed: 9)
      ) { sample, _ throws(SegmentationError) in
        let factor = weights.kind == .sampling ? weights.values : [1, 1, 1, 1]
        let draws = zip(sample.values, factor).map { $1 > 0 ? $0 / $1 : 0 }
        #expect(draws.reduce(0, +) == size)
        #expect(draws.allSatisfy { $0 == $0.rounded() })
        #expect(weights.kind == .none || sample.values[1] == 0)
        return labels
      }
    }
  }

  @Test func `segments are followed as their number rises`() throws {
    let two = [0, 0, 0, 0, 1, 1, 1, 1]
    let three = [0, 0, 0, 0, 1, 1, 2, 2]
    let four = [0, 0, 3, 3, 1, 1, 3, 3]
    let path = SegmentLevelStability([two, three, four])
    #expect(path.steps.count == 2)
    #expect(path.steps[0].stability == [1, 1, 1])
    #expect(path.steps[0].destinations[1, 1] == 0.5)
    let mixed = try #require(path.steps[1].stability[3])
    // Half from each of two of three: 1 − ln 2 / ln 3.
    #expect(abs(mixed - (1 - 0.6309297535714575)) < 1e-12)
    let first = SegmentLevelStability([[0, 0, 0], [0, 1, 1]])
    #expect(first.steps[0].stability == [nil, nil])
  }
}

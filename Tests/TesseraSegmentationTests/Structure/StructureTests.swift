import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct StructureTests {
  /// Measures k-means quickly: few pairs are enough to tell these sets apart.
  static func measure(_ input: RespondentMatrix, segments: Int, random: RandomStream)
    throws(SegmentationError) -> (StructureMeasure, BootstrapStability)
  {
    let problem = try KMeans(segments: segments, starts: 3, swaps: 0).prepared(input)
    let fit = try problem.fit(random: random.split(0))
    let count = input.values.rows
    let stability = try BootstrapStability(
      labels: fit.labels, segmentCount: segments, weights: input.weights, pairs: 5,
      random: random.split(1)
    ) { sample, random throws(SegmentationError) in
      try problem.labels(resampled: sample.effective(count: count), random: random)
    }
    return (StructureMeasure(stability: stability.median, gain: fit.explained), stability)
  }

  static func evidence(_ values: Matrix, segments: Int) throws -> StructureEvidence {
    let input = try RespondentMatrix(values)
    let (observed, stability) = try measure(
      input, segments: segments, random: RandomStream(seed: 1))
    let nulls = try StructureTest(sets: 15).nulls(
      of: input, random: RandomStream(seed: 2), workers: Workers(2)
    ) { set, random throws(SegmentationError) in
      try measure(set, segments: segments, random: random).0
    }
    return StructureEvidence(
      observed: observed, smallestJaccard: stability.smallestJaccard, entropyR2: nil,
      permuted: nulls.permuted, correlated: nulls.correlated)
  }

  @Test func `planted segments are natural`() throws {
    let planted = PlantedSegments(
      respondents: 150, segments: 3, columns: 8, distance: 3.5, seed: 8)
    let evidence = try Self.evidence(planted.values, segments: 3)
    #expect(evidence.verdict == .natural, "\(evidence.naturalConditions)")
  }

  /// Halving a single factor is stable, but no more so than in any other data with that factor.
  @Test func `a single factor is not natural`() throws {
    var random = RandomStream(seed: 4)
    let values = Matrix(
      (0..<150).map { _ in
        let factor = random.normal()
        return (0..<5).map { _ in factor + 0.5 * random.normal() }
      })
    let evidence = try Self.evidence(values, segments: 2)
    #expect(evidence.observed.stability > 0.65)
    #expect(evidence.verdict != .natural)
  }

  @Test func `noise is constructive`() throws {
    var random = RandomStream(seed: 5)
    let noise = Matrix(rows: 150, columns: 5, values: random.normals(750))
    #expect(try Self.evidence(noise, segments: 4).verdict == .constructive)
  }

  @Test func `null sets keep what they promise`() throws {
    var random = RandomStream(seed: 6)
    let values = Matrix(
      (0..<2000).map { row in
        let factor = random.normal()
        let likert = ((factor + 0.7 * random.normal()) * 1.2).rounded()
        let yes: Double = factor + random.normal() > 0.8 ? 1 : 0
        return [factor, max(-2, min(2, likert)), row % 10 == 0 ? .nan : yes]
      })
    let input = try RespondentMatrix(values)
    let seen = try StructureTest(sets: 1).nulls(of: input, random: RandomStream(seed: 1)) {
      set, _ throws(SegmentationError) in
      // Gaps stand where they stood, and margins are kept.
      let gaps = (0..<2000).allSatisfy { set.values[$0, 2].isNaN == values[$0, 2].isNaN }
      let share = Self.mean(set.values, 2) - Self.mean(values, 2)
      #expect(gaps)
      #expect(abs(share) < 0.05)
      return StructureMeasure(
        stability: Self.correlation(set.values, 0, 1), gain: Self.correlation(set.values, 1, 2))
    }
    #expect(abs(seen.permuted[0].stability) < 0.07)
    #expect(abs(seen.permuted[0].gain) < 0.07)
    #expect(abs(seen.correlated[0].stability - Self.correlation(values, 0, 1)) < 0.05)
    #expect(abs(seen.correlated[0].gain - Self.correlation(values, 1, 2)) < 0.06)
  }

  @Test func `every condition of a verdict counts`() {
    let nulls = [StructureMeasure](
      repeating: StructureMeasure(stability: 0.3, gain: 1), count: 50)
    func verdict(_ stability: Double, _ jaccard: Double, _ entropy: Double?, _ gain: Double)
      -> StructureVerdict
    {
      StructureEvidence(
        observed: StructureMeasure(stability: stability, gain: gain), smallestJaccard: jaccard,
        entropyR2: entropy, permuted: nulls, correlated: nulls
      ).verdict
    }
    #expect(verdict(0.9, 0.9, 0.9, 2) == .natural)
    #expect(verdict(0.9, 0.9, nil, 2) == .natural)
    #expect(verdict(0.79, 0.9, 0.9, 2) == .reproducible)
    #expect(verdict(0.9, 0.74, 0.9, 2) == .reproducible)
    #expect(verdict(0.9, 0.9, 0.79, 2) == .reproducible)
    #expect(verdict(0.9, 0.9, 0.9, 1) == .reproducible)
    #expect(verdict(0.64, 0.9, 0.9, 2) == .constructive)
    #expect(verdict(0.9, 0.59, 0.9, 2) == .constructive)
    let high = [StructureMeasure](
      repeating: StructureMeasure(stability: 0.95, gain: 0), count: 50)
    let beaten = StructureEvidence(
      observed: StructureMeasure(stability: 0.9, gain: 2), smallestJaccard: 0.9, entropyR2: 0.9,
      permuted: high, correlated: nulls)
    #expect(beaten.verdict == .constructive)
  }

  static func mean(_ values: Matrix, _ column: Int) -> Double {
    let observed = values.column(column).filter { !$0.isNaN }
    return observed.reduce(0, +) / Double(observed.count)
  }

  static func correlation(_ values: Matrix, _ first: Int, _ second: Int) -> Double {
    let pairs = (0..<values.rows).map { (values[$0, first], values[$0, second]) }
      .filter { !$0.0.isNaN && !$0.1.isNaN }
    let count = Double(pairs.count)
    let means = (
      pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
    )
    let moments = pairs.reduce((0.0, 0.0, 0.0)) { sum, pair in
      let x = pair.0 - means.0
      let y = pair.1 - means.1
      return (sum.0 + x * x, sum.1 + x * y, sum.2 + y * y)
    }
    return moments.1 / (moments.0 * moments.2).squareRoot()
  }
}

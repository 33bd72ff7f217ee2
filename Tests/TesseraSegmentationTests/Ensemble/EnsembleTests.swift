import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct EnsembleTests {
  static func ensemble(_ segments: Int) -> Ensemble<RespondentMatrix> {
    Ensemble(
      segments: segments,
      members: [
        .init(
          "k-means", make: { KMeans(segments: $0, starts: 4, swaps: 2) },
          encode: { input throws(SegmentationError) in input }),
        .init(
          "k-medians", make: { KMedians(segments: $0, starts: 4) },
          encode: { input throws(SegmentationError) in input }),
        .init(
          "PAM", make: { PAM(segments: $0) },
          encode: { input throws(SegmentationError) in .euclidean(input) }),
      ])
  }

  static let planted = PlantedSegments(
    respondents: 80, segments: 3, columns: 4, distance: 7, seed: 5)

  @Test func `it keeps the laws of segmenters`() throws {
    let suite = SegmenterConformance(
      input: try RespondentMatrix(Self.planted.values), segments: 3, takesGaps: false
    ) { Self.ensemble($0) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `members that agree make a sure consensus`() throws {
    let input = try RespondentMatrix(Self.planted.values)
    let fit = try Self.ensemble(3).fit(input, seed: 1)
    #expect(CrossTable(fit.labels, Self.planted.truth).adjustedRand > 0.95)
    #expect(fit.unanimity > 0.98)
    #expect(fit.agreements.map(\.name) == ["k-means", "k-medians", "PAM"])
    #expect(fit.agreements.allSatisfy { $0.adjustedRand > 0.95 })
    let stability = try Self.ensemble(3).stability(
      of: fit, in: input, pairs: 3, random: RandomStream(seed: 2))
    #expect(stability.median > 0.95)
  }

  @Test func `the majority decides where members differ`() throws {
    struct Given: Segmenter {
      let labels: [Int]
      func fit(
        _ input: RespondentMatrix, random: RandomStream, workers: Workers, progress: Progress
      ) throws(SegmentationError) -> GivenFit {
        GivenFit(labels: labels)
      }
    }
    struct GivenFit: Segmentation {
      let labels: [Int]
      var segmentCount: Int { 2 }
      var posterior: Matrix? { nil }
      var prevalence: [Double] { [0.5, 0.5] }
      var objective: Objective { .minimised(0) }
      var ending: Ending { .exact }
      var starts: StartTally { .one }
    }
    // The same division under other numbers, but for the last respondent in the third.
    let divisions = [[0, 0, 0, 1, 1], [1, 1, 1, 0, 0], [0, 0, 0, 1, 0]]
    let fit = try Ensemble<RespondentMatrix>(
      segments: 2,
      members: divisions.enumerated().map { index, labels in
        .init(
          "\(index)", make: { _ in Given(labels: labels) },
          encode: { input throws(SegmentationError) in input })
      }
    ).fit(try RespondentMatrix(Matrix(rows: 5, columns: 1, repeating: 1)), seed: 1)
    #expect(fit.labels == [0, 0, 0, 1, 1])
    #expect(abs(fit.consensus[4, 1] - 2.0 / 3) < 1e-12)
    #expect(abs(fit.unanimity - (4 + 2.0 / 3) / 5) < 1e-12)
    // One row: twice (1/3)² · 2 for the two that agree, (2/3)² · 2 for the third.
    #expect(abs(fit.objective.value - (2 * 2.0 / 9 + 8.0 / 9) / 15) < 1e-12)
  }
}

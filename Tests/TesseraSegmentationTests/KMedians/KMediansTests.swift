import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct KMediansTests {
  @Test func `it keeps the laws of segmenters`() throws {
    let planted = PlantedSegments(
      respondents: 100, segments: 4, columns: 5, distance: 6, missing: 0.04, seed: 6)
    let suite = SegmenterConformance(
      input: try RespondentMatrix(planted.values), segments: 4
    ) { KMedians(segments: $0, starts: 8) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `medians and cost are right by hand`() throws {
    let values = Matrix([[0], [1], [3], [100], [101], [.nan], [200]])
    let fit = try KMedians(segments: 2, standardisation: .none).fit(
      try RespondentMatrix(values, weights: .frequency([1, 2, 1, 3, 1, 1, 1])), seed: 1)
    #expect(fit.labels == [1, 1, 1, 0, 0, 0, 0])
    #expect(fit.medians == Matrix([[100], [1]]))
    #expect(abs(fit.objective.value - (1 + 100 + 1 + 2)) < 1e-9)
    let even = try KMedians(segments: 1, standardisation: .none).fit(
      try RespondentMatrix(Matrix([[0], [4], [6], [100]])), seed: 1)
    #expect(even.medians == Matrix([[5]]))
  }

  @Test func `an outlier does not move a median`() throws {
    let values = Matrix((0..<21).map { [Double($0 % 7)] } + [[1e6]])
    let fit = try KMedians(segments: 1, standardisation: .none).fit(
      try RespondentMatrix(values), seed: 1)
    #expect(fit.medians[0, 0] == 3)
  }
}

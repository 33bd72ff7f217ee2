import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct LatentClassConformanceTests {
  /// A constant item has a prior of its own, so the objective may move with it.
  @Test(arguments: [0, 3])
  func `it keeps the laws of segmenters`(numeric: Int) throws {
    let planted = PlantedSegments(
      respondents: 90, segments: 3, columns: 6, distance: 6, missing: 0.03, seed: 5)
    let suite = SegmenterConformance(
      input: try planted.items(numeric: numeric), segments: 3, ignoresConstants: false
    ) { LatentClass(segments: $0, starts: .fixed(8)) }
    let broken = try suite.violations()
    #expect(broken.isEmpty, "\(broken)")
  }
}

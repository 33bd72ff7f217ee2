import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

/// Latent classes behind the interface that the suite of laws knows.
private struct LatentClasses: Segmenter {
  let classes: Int

  func fit(
    _ input: ItemTable, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> LatentClassFit {
    try LatentClassSettings(
      classes: classes, starts: .fixed(8), stream: random, workers: workers, progress: progress
    ).fit(input)
  }
}

@Suite struct LatentClassConformanceTests {
  /// A constant item has a prior of its own, so the objective may move with it.
  @Test(arguments: [0, 3])
  func `it keeps the laws of segmenters`(numeric: Int) throws {
    let planted = PlantedSegments(
      respondents: 90, segments: 3, columns: 6, distance: 6, missing: 0.03, seed: 5)
    let suite = SegmenterConformance(
      input: try planted.items(numeric: numeric), segments: 3, ignoresConstants: false
    ) { LatentClasses(classes: $0) }
    let broken = try suite.violations()
    #expect(broken.isEmpty, "\(broken)")
  }
}

import TesseraStudy

extension StudyReport {
  /// How far the segments are apart, and how they come about as their number rises.
  func solutionBlocks() -> [Block] {
    let segmentation = results.segmentation
    var blocks: [Block] = []
    if let bins = segmentation.gorge,
      let chart = GorgeChart(
        bins: bins, segments: segmentation.segments, numbers: numbers,
        isDoubted: Findings(results).stopsAdvice
      ).chart()
    {
      blocks.append(.chart(chart))
    }
    let flows = SolutionFlowChart(
      steps: segmentation.acrossSolutions, segments: segmentation.segments, numbers: numbers)
    if let chart = flows.chart() { blocks.append(.chart(chart)) }
    return blocks
  }

  /// The map of segments and answers; empty where there are fewer than three of either.
  func mapBlocks() -> [Block] {
    PerceptualMap(results.segmentation, results.profiles, numbers: numbers).map {
      [.chart($0.chart)]
    } ?? []
  }
}

import TesseraMath
import TesseraSurvey

extension SegmentationResult {
  /// Adds what shows how far segments are apart, and how they came about from fewer.
  ///
  /// - Parameters:
  ///   - task: What the method was given.
  ///   - nearness: Respondents × segments, rows summing to 1.
  ///   - measure: What that is.
  ///   - solutions: Labels of everybody for each number of segments tried, rising.
  mutating func show(
    _ task: SegmentationTask, _ nearness: Matrix, _ measure: MembershipBins.Measure,
    solutions: [(labels: [Int], count: Int)]
  ) {
    let heads = task.data.design.heads
    let smallest = task.settings.minimumCell
    gorge = MembershipBins(nearness, measure, heads: heads, minimumCell: smallest)
    acrossSolutions = SolutionStep.all(
      solutions.map(\.labels), counts: solutions.map(\.count),
      weights: task.data.design.weights, heads: heads, minimumCell: smallest)
  }
}

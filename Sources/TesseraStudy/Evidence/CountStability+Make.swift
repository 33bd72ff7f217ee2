import TesseraSegmentation

extension CountStability {
  /// One result for each number of segments tried.
  ///
  /// - Parameters:
  ///   - solutions: Labels of everybody, in rising order of the number of segments.
  ///   - counts: The numbers of segments.
  ///   - stabilities: What the bootstrap found, where it was run.
  ///   - weights: Effective weight of each respondent.
  /// - Returns: As many results.
  static func all(
    _ solutions: [[Int]], counts: [Int], stabilities: [BootstrapStability?], weights: [Double]
  ) -> [CountStability] {
    let steps = SegmentLevelStability(solutions, weights: weights).steps
    return counts.enumerated().map { place, count in
      let found = stabilities[place]
      var across: [Double?] = []
      if place > 0 { across = steps[place - 1].stability }
      return CountStability(
        segments: count, pairs: found?.pairs ?? 0, median: found?.median, low: found?.low,
        high: found?.high, within: found?.segmentJaccard ?? [], across: across)
    }
  }
}

extension SegmentationTask {
  /// Bootstrap pairs for a number of segments.
  ///
  /// Without a wish of the user, the number chosen gets all pairs and its neighbours fewer, so that
  /// the report can say whether they replicate as well.
  ///
  /// - Parameters:
  ///   - position: Which of the numbers tried.
  ///   - chosen: Which was chosen.
  ///   - isSlow: Whether neighbours are left out.
  /// - Returns: Pairs; 0 for none.
  func pairs(at position: Int, chosen: Int, isSlow: Bool = false) -> Int {
    guard pairs > 0 else { return 0 }
    if examinesAllCounts || position == chosen { return pairs }
    return !isSlow && abs(position - chosen) == 1 ? min(pairs, Self.neighbourPairs) : 0
  }

  /// Bootstrap pairs of the numbers of segments beside the one chosen.
  static let neighbourPairs = 20
}

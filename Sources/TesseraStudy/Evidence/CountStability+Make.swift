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
  /// How numbers of segments come back in bootstrap samples.
  ///
  /// Without a wish of the user, the number chosen gets all pairs and its neighbours fewer, so that the report
  /// can say whether they replicate as well. Where none of them does, smaller numbers are looked at, one
  /// by one, down to the first that does: the one to advise.
  ///
  /// - Parameters:
  ///   - counts: The numbers tried, rising.
  ///   - chosen: The position of the one chosen.
  ///   - isSlow: Whether other numbers are left out.
  ///   - isBarred: Whether a position is none to choose.
  ///   - measure: Resamples the solution of a position in so many pairs.
  /// - Returns: One for each number; `nil` where it was not looked into.
  func stabilities(
    _ counts: [Int], chosen: Int, isSlow: Bool = false, isBarred: (Int) -> Bool = { _ in false },
    _ measure: (_ position: Int, _ pairs: Int) throws -> BootstrapStability
  ) rethrows -> [BootstrapStability?] {
    var found = [BootstrapStability?](repeating: nil, count: counts.count)
    guard pairs > 0 else { return found }
    for place in counts.indices where counts[place] > 1 {
      if examinesAllCounts || place == chosen {
        found[place] = try measure(place, pairs)
      } else if !isSlow, abs(place - chosen) == 1 {
        found[place] = try measure(place, min(pairs, Self.neighbourPairs))
      }
    }
    func isSteady(_ place: Int) -> Bool {
      !isBarred(place) && (found[place]?.median ?? 0) >= SegmentVerdict.steadyBound
    }
    guard !isSlow, let own = found[chosen]?.median, own < ReplicationWords.bound else {
      return found
    }
    for place in counts.indices.prefix(chosen).reversed()
    where counts[place] > 1 && !isBarred(place) {
      if found.indices.contains(where: isSteady) { break }
      if found[place] == nil { found[place] = try measure(place, min(pairs, Self.neighbourPairs)) }
    }
    return found
  }

  /// Bootstrap pairs of the numbers of segments beside the one chosen.
  static let neighbourPairs = 20
}

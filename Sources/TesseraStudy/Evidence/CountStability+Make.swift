import TesseraSegmentation
import TesseraSurvey

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

/// How numbers of segments come back in bootstrap samples, and which of them is taken.
struct ReplicatedCounts {
  /// One for each number tried; `nil` where it was not looked into.
  var found: [BootstrapStability?]
  /// The position of the number to take.
  var position: Int
  /// The position of the number that was chosen before and does not come out again; `nil` where it is
  /// the one that is taken.
  var passed: Int?
}

extension SegmentationTask {
  /// How numbers of segments come back in bootstrap samples, and which is taken.
  ///
  /// Without a wish of the user, the number chosen gets all pairs and its neighbours fewer, so that the report
  /// can say whether they replicate as well. Where the one chosen does not come out again, smaller numbers are
  /// looked at, one by one, and the first that does is taken: segments that another sample would not give are
  /// no basis for anything, however well they describe this one. One whose segments are all large enough to
  /// be described comes before one of which a segment is not.
  ///
  /// - Parameters:
  ///   - counts: The numbers tried, rising.
  ///   - chosen: The position of the one chosen.
  ///   - isSlow: Whether other numbers are left out.
  ///   - isBarred: Whether a position is none to choose.
  ///   - labels: For each position the segment of each respondent.
  ///   - measure: Resamples the solution of a position in so many pairs.
  /// - Returns: What came back, and the number to take.
  func replicated(
    _ counts: [Int], chosen: Int, isSlow: Bool = false, isBarred: (Int) -> Bool = { _ in false },
    labels: [[Int]], _ measure: (_ position: Int, _ pairs: Int) throws -> BootstrapStability
  ) rethrows -> ReplicatedCounts {
    var result = ReplicatedCounts(
      found: [BootstrapStability?](repeating: nil, count: counts.count), position: chosen)
    guard pairs > 0 else { return result }
    let few = min(pairs, Self.neighbourPairs)
    for place in counts.indices where counts[place] > 1 {
      if examinesAllCounts || place == chosen {
        result.found[place] = try measure(place, pairs)
      } else if !isSlow, abs(place - chosen) == 1 {
        result.found[place] = try measure(place, few)
      }
    }
    guard !isSlow, let own = result.found[chosen]?.median, own < ReplicationWords.bound else {
      return result
    }
    for place in counts.indices.prefix(chosen).reversed()
    where counts[place] > 1 && !isBarred(place) {
      let first = try result.found[place] ?? measure(place, few)
      result.found[place] = first
      guard first.median >= SegmentVerdict.steadyBound else { continue }
      if !examinesAllCounts, few < pairs { result.found[place] = try measure(place, pairs) }
      guard (result.found[place]?.median ?? 0) >= ReplicationWords.bound else { continue }
      let isLarge = smallest(labels[place], counts[place]) >= ClassChoice.fewest
      guard isLarge || result.passed == nil else { continue }
      (result.position, result.passed) = (place, chosen)
      if isLarge { break }
    }
    return result
  }

  /// People in the smallest segment.
  private func smallest(_ labels: [Int], _ segments: Int) -> Double {
    var people = [Double](repeating: 0, count: segments)
    for (row, label) in labels.enumerated() where people.indices.contains(label) {
      people[label] += data.design.heads(row)
    }
    return people.min() ?? 0
  }

  /// Bootstrap pairs of the numbers of segments beside the one chosen.
  static let neighbourPairs = 20
}

public import TesseraMath

extension KMeansProblem {
  /// Labels of all respondents by the centroids that a resample of them has near known ones.
  ///
  /// Rounds from the known centroids alone stop short: where few respondents stand between two
  /// segments, a boundary that ought to move a little meets nobody and stays, and replicates vary
  /// less than the estimate does. So the climb, ended by single moves, is repeated from centroids a
  /// little beside the known ones, and the least sum of squares is kept. With more respondents the
  /// gaps close faster than errors shrink, and fewer repetitions do.
  ///
  /// - Parameters:
  ///   - counts: What each respondent counts for in the resample; 0 leaves out.
  ///   - centroids: Segments × variables, in the units of the data.
  /// - Returns: A segment for each respondent, numbered as the centroids are; 0 for those without an
  ///   answer.
  /// - Throws: ``SegmentationError/tooManySegments(asked:distinct:)``.
  public func labels(
    resampled counts: [Double], near centroids: Matrix
  ) throws(SegmentationError) -> [Int] {
    let segments = centroids.rows
    let summed = distinct.summed(counts)
    let chosen = summed.indices.filter { summed[$0] > 0 }
    guard chosen.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: chosen.count)
    }
    let part = rows.selecting(chosen, weights: chosen.map { summed[$0] })
    let known = rows.standardised(centroids)
    func climb(from start: [Double]) -> KMeansState {
      let state = part.lloyd(
        from: start, segments: segments, maximumRounds: settings.maximumRounds, tolerance: 0,
        workers: .single)
      return part.polished(state, maximumRounds: settings.maximumRounds, workers: .single)
    }
    var best = climb(from: known)
    var mass = 0.0
    for weight in part.weights { mass += weight }
    let spread = (best.within / (mass * Double(rows.columns))).squareRoot()
    var random = RandomStream(seed: 0x6B6D)
    let repetitions = Self.crowd / max(1, part.count)
    for _ in 0..<min(repetitions, Self.mostRepetitions) {
      var start = known
      for segment in 0..<segments {
        let step = 2 * spread / Double(max(1, best.sums.members[segment])).squareRoot()
        for column in 0..<rows.columns {
          start[segment * rows.columns + column] += step * random.normal()
        }
      }
      let state = climb(from: start)
      if state.within < best.within * (1 - 1e-12) { best = state }
    }
    let nearest = rows.nearest(to: best.centroids, segments: segments)
    return distinct.distinctOf.map { $0 >= 0 ? nearest[$0] : 0 }
  }

  /// Different respondents that are climbed over in all repetitions together.
  private static let crowd = 6_000
  private static let mostRepetitions = 16
}

extension KMeansRows {
  /// Centroids in standardised units, in the order of the columns as they are laid out.
  func standardised(_ centroids: Matrix) -> [Double] {
    (0..<centroids.rows).flatMap { segment in
      columnOrder.map { (centroids[segment, $0] - scale.centres[$0]) / scale.units[$0] }
    }
  }
}

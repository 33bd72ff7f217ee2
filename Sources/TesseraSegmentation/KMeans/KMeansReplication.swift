public import TesseraMath

/// Segments bootstrap samples of the same respondents, many times over.
///
/// Every sample is searched from starts of its own and knows nothing of the solution whose
/// stability is asked: a start at that solution, or at optima of all respondents, lets samples
/// agree more than they should where several divisions are nearly as good as each other. Speed
/// comes from what does not touch the answer. A climb is given up once it is plain that it will not
/// reach the best of its sample, and only the best is followed to its end.
extension KMeansProblem {
  /// Starts and swaps that suffice for a sample: more of them hardly change how far samples agree.
  private static let sampleStarts = 4
  private static let sampleSwaps = 8
  /// A climb among rivals ends once a round gains less than this share of the sum of squares.
  private static let roughly = 1e-4
  /// The same for the best of them.
  private static let finely = 1e-7

  /// Labels of all respondents by centroids found in a resample of them.
  ///
  /// The scale stays that of all respondents. Segments are numbered as the search left them: those
  /// who compare partitions do not look at numbers. Four starts and eight swaps are made, or as
  /// many as the settings have, if those are fewer.
  ///
  /// - Parameters:
  ///   - counts: What each respondent counts for in the resample; 0 leaves out.
  ///   - random: Where all chance comes from.
  /// - Returns: A segment for each respondent, 0 for those without an answer.
  /// - Throws: ``SegmentationError/tooManySegments(asked:distinct:)``.
  public func labels(
    resampled counts: [Double], random: RandomStream
  ) throws(SegmentationError) -> [Int] {
    let segments = settings.segments
    let summed = distinct.summed(counts)
    let chosen = summed.indices.filter { summed[$0] > 0 }
    guard chosen.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: chosen.count)
    }
    let drawn = rows.selecting(chosen, weights: chosen.map { summed[$0] })
    var stream = random.split(Self.sampleStarts)
    let part =
      drawn.count > 2 * settings.sampleSize
      ? drawn.sampled(settings.sampleSize, random: &stream) : drawn
    let rough = part.rivalry(
      segments, starts: min(settings.starts, Self.sampleStarts),
      swaps: min(settings.swaps, Self.sampleSwaps), rounds: settings.maximumRounds,
      tolerance: Self.roughly, random: random)
    let climbed = drawn.lloyd(
      from: rough, segments: segments, maximumRounds: settings.maximumRounds,
      tolerance: Self.finely, workers: .single)
    let centroids =
      part.count < drawn.count
      ? climbed.centroids
      : drawn.polished(climbed, maximumRounds: settings.maximumRounds, workers: .single).centroids
    let nearest = rows.nearest(to: centroids, segments: segments)
    return distinct.distinctOf.map { $0 >= 0 ? nearest[$0] : 0 }
  }
}

extension KMeansRows {
  /// Centroids of the best of some climbs, each of which has to keep up with the best before it.
  fileprivate func rivalry(
    _ segments: Int, starts: Int, swaps: Int, rounds: Int, tolerance: Double, random: RandomStream
  ) -> [Double] {
    var best: (centroids: [Double], within: Double) = ([], .infinity)
    func climb(from centroids: [Double]) {
      let state = lloyd(
        from: centroids, segments: segments, maximumRounds: rounds, tolerance: tolerance,
        rival: best.within, workers: .single)
      if state.within < best.within || best.centroids.isEmpty {
        best = (state.centroids, state.within)
      }
    }
    for start in 0..<starts {
      var stream = random.split(start)
      climb(from: seeds(segments, random: &stream))
    }
    guard segments > 1 else { return best.centroids }
    var stream = random.split(starts)
    for _ in 0..<swaps {
      climb(from: swapped(best.centroids, segments: segments, random: &stream))
    }
    return best.centroids
  }

  /// A random sample of the rows.
  ///
  /// - Parameters:
  ///   - size: Rows of the sample, fewer than there are.
  ///   - random: Where the draws come from.
  /// - Returns: The rows drawn, with their weights.
  func sampled(_ size: Int, random: inout RandomStream) -> KMeansRows {
    let chosen = KMeansSearch.sample(size, of: count, random: &random)
    return selecting(chosen, weights: chosen.map { weights[$0] })
  }
}

extension KMeans {
  /// How far the same method finds the same segments when respondents are drawn anew.
  ///
  /// - Parameters:
  ///   - fit: What was found on all respondents.
  ///   - input: The answers it was found in.
  ///   - pairs: Pairs of bootstrap samples.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each sample.
  /// - Returns: The stability of the whole and of each segment.
  /// - Throws: What a fit throws.
  public func stability(
    of fit: KMeansFit, in input: RespondentMatrix, pairs: Int = 100, random: RandomStream,
    workers: Workers = .single, progress: Progress = .silent
  ) throws(SegmentationError) -> BootstrapStability {
    let problem = try prepared(input, workers: workers)
    let rows = input.values.rows
    return try BootstrapStability(
      labels: fit.labels, segmentCount: fit.segmentCount, weights: input.weights, pairs: pairs,
      random: random, workers: workers, progress: progress
    ) { sample, random throws(SegmentationError) in
      try problem.labels(resampled: sample.effective(count: rows), random: random)
    }
  }
}

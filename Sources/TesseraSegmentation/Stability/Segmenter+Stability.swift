public import TesseraMath

extension Segmenter where Input: WeightedInput {
  /// How far the same settings find the same segments when respondents are drawn anew.
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
    of fit: some Segmentation, in input: Input, pairs: Int = 100, random: RandomStream,
    workers: Workers = .single, progress: Progress = .silent
  ) throws(SegmentationError) -> BootstrapStability {
    try BootstrapStability(
      labels: fit.labels, segmentCount: fit.segmentCount, weights: input.weights, pairs: pairs,
      random: random, workers: workers, progress: progress
    ) { sample, random throws(SegmentationError) in
      try self.fit(
        input.reweighted(sample), random: random, workers: .single, progress: .silent
      ).labels
    }
  }
}

import TesseraMath

/// Fits of one table with different numbers of segments, side by side.
public struct LatentClassSelection: Sendable, Equatable {
  /// One fit for each number of segments, fewest first.
  public let fits: [LatentClassFit]

  /// The fit that the rule for the number of segments takes, the fewer segments of equals.
  public var best: LatentClassFit? {
    guard let first = fits.first else { return nil }
    return fits[CountRule(first).choice(fits.map(CountRule.Candidate.init)).position]
  }
}

extension LatentClass {
  /// Fits models with several numbers of segments.
  ///
  /// Each number's search also starts from the one before with a class split in two, so that more
  /// segments never fit worse. Numbers beyond the distinct answer patterns are left out.
  ///
  /// - Parameters:
  ///   - table: What respondents answered.
  ///   - segments: Numbers of segments to fit; `classes` is not used.
  /// - Returns: The fits, fewest segments first.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  public func select(
    _ table: ItemTable, segments: ClosedRange<Int>
  ) throws(SegmentationError) -> LatentClassSelection {
    let data = try LatentClassData(
      table, blocks: blocks, directEffects: directEffects, missing: missing, workers: workers)
    return try select(data, segments: segments)
  }

  /// Fits models with several numbers of segments to a table made ready before.
  ///
  /// - Parameters:
  ///   - data: The table made ready.
  ///   - segments: Numbers of segments to fit; `classes` is not used.
  /// - Returns: The fits, fewest segments first.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  public func select(
    _ data: LatentClassData, segments: ClosedRange<Int>
  ) throws(SegmentationError) -> LatentClassSelection {
    var fits: [LatentClassFit] = []
    for count in segments where count <= max(segments.lowerBound, data.livePatterns) {
      var settings = self
      settings.segments = count
      settings.stream = stream.split(count)
      let previous = fits.last?.model
      fits.append(try settings.fit(data, splitting: previous))
      progress.report("segments", count, segments.upperBound)
    }
    return LatentClassSelection(fits: fits)
  }

  /// Fits with starts that split each class of a smaller model in turn, the largest first.
  func fit(
    _ data: LatentClassData, splitting smaller: LatentClassModel?
  ) throws(SegmentationError) -> LatentClassFit {
    try validate(for: data)
    let rows = data.table.respondentCount
    let weights = data.gather(data.table.weights.effective(count: rows))
    let search = LatentSearch(data: data, settings: self, weights: weights)
    var hints: [[Double]] = []
    if let smaller, smaller.classCount == segments - 1 {
      for latent in 0..<min(3, smaller.classCount) {
        hints.append(try search.splitStart(smaller, class: latent))
      }
    }
    return LatentClassFit(search.run(hints: hints), search: search)
  }
}

extension LatentSearch {
  /// Parameters of a model with one class split in two.
  func splitStart(
    _ smaller: LatentClassModel, class latent: Int
  ) throws(SegmentationError) -> [Double] {
    let em = makeEM(patterns: data.livePatterns, workers: .single)
    em.theta = try smaller.selecting(classes: Array(0..<smaller.classCount) + [latent])
      .parameters(for: data, layout: layout)
    var stream = settings.stream.split(1_000_003 + latent)
    LatentStart.split(em, class: latent, into: smaller.classCount, &stream)
    return em.theta
  }
}

public import TesseraMath

/// Respondents made ready for k-means: scaled, and each different one once.
public struct KMeansProblem: Sendable {
  /// How the search is run; the number of segments may be changed between fits.
  public var settings: KMeans
  let distinct: DistinctRows
  let rows: KMeansRows
  /// Effective weight of each respondent.
  let weights: [Double]

  /// Number of different respondents of positive weight.
  public var distinctCount: Int { distinct.count }

  /// Finds the best partition of the respondents.
  ///
  /// - Parameters:
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The partition with the least sum of squares.
  /// - Throws: ``SegmentationError/tooManySegments(asked:distinct:)``.
  public func fit(
    random: RandomStream, workers: Workers = .single, progress: Progress = .silent
  ) throws(SegmentationError) -> KMeansFit {
    let search = try KMeansSearch.run(
      rows, settings: settings, random: random, workers: workers, progress: progress)
    return KMeansFit(self, search: search, workers: workers)
  }

  /// Improves a partition that is already known, from its centroids.
  ///
  /// - Parameters:
  ///   - centroids: Segments × variables, in the units of the data; as many as the settings ask.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: The local optimum reached.
  /// - Throws: ``SegmentationError/tooManySegments(asked:distinct:)``.
  public func fit(
    from centroids: Matrix, workers: Workers = .single
  ) throws(SegmentationError) -> KMeansFit {
    precondition(
      centroids.rows == settings.segments && centroids.columns == rows.columns,
      "\(centroids.rows) x \(centroids.columns) centroids do not fit")
    guard rows.count >= settings.segments else {
      throw .tooManySegments(asked: settings.segments, distinct: rows.count)
    }
    let state = rows.lloyd(
      from: rows.standardised(centroids), segments: settings.segments,
      maximumRounds: settings.maximumRounds,
      tolerance: 0, workers: workers)
    let polished = rows.polished(
      state, maximumRounds: settings.maximumRounds, workers: workers)
    return KMeansFit(
      self, search: KMeansSearch(state: polished, tally: .one), workers: workers)
  }
}

extension KMeansRows {
  /// The nearest centroid of every row.
  ///
  /// - Parameters:
  ///   - centroids: Centroids × variables, in standardised units.
  ///   - segments: Number of centroids.
  /// - Returns: A segment for each row.
  func nearest(to centroids: [Double], segments: Int) -> [Int] {
    let table = centroidTable(centroids, count: segments)
    var found = NearestTwo(capacity: count)
    NearestCentroidKernel.nearestTwo(
      of: features, featureCount: featureCount, rows: (0..<count).map(Int32.init), count: count,
      table: table, found: &found)
    return found.labels.map(Int.init)
  }
}

public import TesseraMath

/// Segments respondents by where they stand on the leading components of a factor analysis.
public struct FactorSegmenter: Segmenter, Equatable {
  /// How the components are divided.
  public enum Division: Sendable, Equatable {
    /// By k-means from random starts.
    case kmeans(starts: Int)
    /// By Ward's tree, then moved by k-means from the groups of the tree (HCPC).
    case consolidatedWard
    /// By Ward's tree alone.
    case ward
  }

  /// Number of segments, 1 or more.
  public var segments: Int
  /// Components used.
  public var components: Int
  /// How the components are divided.
  public var division: Division

  /// Chooses settings.
  public init(segments: Int, components: Int = 5, division: Division = .kmeans(starts: 20)) {
    self.segments = segments
    self.components = components
    self.division = division
  }

  /// Finds the components and divides the respondents on them.
  ///
  /// - Parameters:
  ///   - input: Items with weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The components and the segments on them.
  /// - Throws: ``SegmentationError`` if the items have no components or too few differ.
  public func fit(
    _ input: ItemTable, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> FactorSegmentation {
    let factors = try FactorAnalysis(components: components).fit(input, workers: workers)
    let points = try RespondentMatrix(factors.coordinates, weights: input.weights)
    switch division {
    case .kmeans(let starts):
      let fit = try KMeans(segments: segments, starts: starts, standardisation: .none).fit(
        points, random: random, workers: workers, progress: progress)
      return FactorSegmentation(factors: factors, fit: fit)
    case .consolidatedWard, .ward:
      let tree = try Hierarchical(segments: segments, standardisation: .none).fit(
        points, random: random, workers: workers, progress: progress)
      guard division == .consolidatedWard else {
        return FactorSegmentation(factors: factors, tree: tree)
      }
      let fit = try KMeans(segments: segments, starts: 1, standardisation: .none)
        .prepared(points).fit(from: tree.centroids, workers: workers)
      return FactorSegmentation(factors: factors, fit: fit)
    }
  }
}

/// Components, and segments on them.
public struct FactorSegmentation: Segmentation {
  /// The components.
  public let factors: FactorFit
  /// Mean of each segment on the components; segments × components.
  public let centroids: Matrix
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// Sum of squared distances to the means on the components.
  public let objective: Objective
  /// How the search ended.
  public let ending: Ending
  /// How the starts agreed.
  public let starts: StartTally
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }

  init(factors: FactorFit, fit: KMeansFit) {
    self.factors = factors
    centroids = fit.centroids
    segmentCount = fit.segmentCount
    labels = fit.labels
    prevalence = fit.prevalence
    objective = fit.objective
    ending = fit.ending
    starts = fit.starts
  }

  init(factors: FactorFit, tree: HierarchicalFit) {
    self.factors = factors
    centroids = tree.centroids
    segmentCount = tree.segmentCount
    labels = tree.labels
    prevalence = tree.prevalence
    objective = tree.objective
    ending = tree.ending
    starts = tree.starts
  }
}

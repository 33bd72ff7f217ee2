public import TesseraMath

/// Divides respondents by joining the nearest groups until the wanted number is left.
///
/// Each different respondent is a leaf with the weight of its copies. Ward's linkage works on
/// centres and needs little memory; the others keep the distances of all pairs. Gaps are refused.
public struct Hierarchical: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// How far apart two groups are.
  public var linkage: Linkage
  /// How columns come to one scale.
  public var standardisation: Standardisation
  /// Different respondents at most: time grows with their square, memory too but for Ward.
  public var limit: Int

  /// Chooses settings.
  public init(
    segments: Int, linkage: Linkage = .ward,
    standardisation: Standardisation = .standardDeviation, limit: Int = 20_000
  ) {
    self.segments = segments
    self.linkage = linkage
    self.standardisation = standardisation
    self.limit = limit
  }

  /// Builds the tree and cuts it.
  ///
  /// - Parameters:
  ///   - input: Respondents × variables without gaps, with weights.
  ///   - random: Not used: the answer is exact.
  ///   - workers: Not used.
  ///   - progress: Not told.
  /// - Returns: The tree and its segments.
  /// - Throws: ``SegmentationError`` if there are too many respondents, gaps, or fewer different
  ///   respondents than segments.
  /// - Complexity: O(*n*² · *d*).
  public func fit(
    _ input: RespondentMatrix, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> HierarchicalFit {
    guard segments >= 1 else {
      throw .badSetting(
        name: "the number of segments", value: Double(segments), remedy: "Ask for 1 or more.")
    }
    let weights = input.weights.effective(count: input.values.rows)
    let distinct = DistinctRows(of: input.values, weights: weights)
    guard distinct.count > 0 else { throw .nobody }
    for row in distinct.first {
      if let column = (0..<input.values.columns).first(where: { input.values[row, $0].isNaN }) {
        throw .gap(row: row, column: column)
      }
    }
    guard distinct.count <= limit else {
      throw .tooManyRespondents(given: distinct.count, limit: limit)
    }
    guard distinct.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: distinct.count)
    }
    let scale = ColumnScale(of: input.values, weights: weights, standardisation: standardisation)
    var points = Matrix(rows: distinct.count, columns: input.values.columns)
    for (place, row) in distinct.first.enumerated() {
      for (feature, column) in distinct.columnOrder.enumerated() {
        points[place, feature] =
          (input.values[row, column] - scale.centres[column]) / scale.units[column]
      }
    }
    let tree = Self.tree(points, weights: distinct.weights, linkage: linkage)
    return HierarchicalFit(
      input: input, distinct: distinct, scale: scale, tree: tree, segments: segments)
  }

  /// Builds the tree of weighted points.
  static func tree(
    _ points: Matrix, weights: [Double], linkage: Linkage
  ) -> HierarchicalTree {
    linkage == .ward
      ? WardKernel.tree(points, weights: weights)
      : LinkageKernel.tree(distances(points), weights: weights, linkage: linkage)
  }

  private static func distances(_ points: Matrix) -> PairDistances {
    var values: [Float] = []
    values.reserveCapacity(points.rows * (points.rows - 1) / 2)
    for high in 0..<points.rows {
      for low in 0..<high {
        var sum = 0.0
        for column in 0..<points.columns {
          let gap = points[high, column] - points[low, column]
          sum += gap * gap
        }
        values.append(Float(sum.squareRoot()))
      }
    }
    return PairDistances(count: points.rows, values: values)
  }
}

/// A tree and the segments it was cut into.
public struct HierarchicalFit: Segmentation {
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// Mean of each segment in the units of the data; segments × variables.
  public let centroids: Matrix
  /// Weighted sum of squared distances to the mean of each segment, in standardised units.
  public let withinSquares: [Double]
  /// How the different respondents joined.
  public let tree: HierarchicalTree
  /// The leaf of each respondent; -1 for those of no weight or answer.
  public let leaves: [Int]

  /// The sum of ``withinSquares``.
  public var objective: Objective { .minimised(withinSquares.reduce(0, +)) }
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }
  /// Exact: nothing is searched.
  public var ending: Ending { .exact }
  /// One.
  public var starts: StartTally { .one }

  init(
    input: RespondentMatrix, distinct: DistinctRows, scale: ColumnScale, tree: HierarchicalTree,
    segments: Int
  ) {
    let cut = tree.cut(segments)
    let order = Labels.order(
      byFalling: Labels.masses(cut, weights: distinct.weights, count: segments))
    let ranks = Labels.ranks(order)
    let found = cut.map { ranks[$0] }
    let rows = KMeansRows(
      table: input.values, source: distinct.first, weights: distinct.weights,
      columnOrder: distinct.columnOrder, hasGaps: false, scale: scale)
    let measured = rows.measured(found, segments: segments)
    segmentCount = segments
    prevalence = Labels.shares(
      Labels.masses(found, weights: distinct.weights, count: segments))
    centroids = measured.centroids
    withinSquares = measured.within
    self.tree = tree
    leaves = distinct.distinctOf
    labels = distinct.distinctOf.enumerated().map { row, place in
      place >= 0
        ? found[place]
        : KMeansFit.nearest(
          to: input.values.row(row), centroids: measured.centroids, units: scale.units)
    }
  }
}

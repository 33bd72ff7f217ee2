public import TesseraMath

/// Divides respondents by joining the centres that k-means finds in many bootstrap samples.
///
/// Centres that come again and again attract each other in the tree, whatever the shape of the
/// segments; chance ones are absorbed. A respondent belongs where the nearest centre went.
///
/// - Reference: Leisch (1999), *Bagged Clustering*, Working Paper 51, SFB Adaptive Information
///   Systems, Vienna; Dolnicar & Leisch (2003), *Journal of Travel Research* 41, 281–292.
public struct Bagged: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Bootstrap samples.
  public var samples: Int
  /// Centres found in each sample; more than `segments`, so that shapes can be pieced together.
  public var centres: Int
  /// How the centres join.
  public var linkage: Linkage
  /// How columns come to one scale.
  public var standardisation: Standardisation

  /// Chooses settings.
  public init(
    segments: Int, samples: Int = 20, centres: Int = 20, linkage: Linkage = .ward,
    standardisation: Standardisation = .standardDeviation
  ) {
    self.segments = segments
    self.samples = samples
    self.centres = centres
    self.linkage = linkage
    self.standardisation = standardisation
  }

  /// Draws samples, finds centres, joins them, and places the respondents.
  ///
  /// Samples draw respondents in proportion to their weights.
  ///
  /// - Parameters:
  ///   - input: Respondents × variables, with weights; gaps are left out of distances.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each sample.
  /// - Returns: The segments and the tree of centres.
  /// - Throws: ``SegmentationError`` if there are fewer different respondents than segments.
  /// - Complexity: that of `samples` runs of k-means, and the square of all centres.
  public func fit(
    _ input: RespondentMatrix, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> BaggedFit {
    guard samples >= 1, centres >= 1 else {
      throw .badSetting(
        name: "the number of samples or centres", value: Double(min(samples, centres)),
        remedy: "Use 1 or more.")
    }
    let settings = KMeans(
      segments: segments, starts: 1, standardisation: standardisation, swaps: 0)
    let problem = try settings.prepared(input)
    let rows = problem.rows
    guard rows.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: rows.count)
    }
    let wanted = min(max(centres, segments), rows.count)
    let total = rows.weights.reduce(0, +)
    let draws = max(1, Int(total.rounded()))
    let alias = AliasTable(rows.weights)
    let counter = StepCounter("bagged clustering", total: samples, progress: progress)
    let found = workers.map(samples) { sample in
      var stream = random.split(sample)
      var counts = [Double](repeating: 0, count: rows.count)
      for _ in 0..<draws {
        counts[alias.draw(&stream)] += 1
      }
      let chosen = counts.indices.filter { counts[$0] > 0 }
      let part = rows.selecting(chosen, weights: chosen.map { counts[$0] })
      let size = min(wanted, part.count)
      let state = part.lloyd(
        from: part.seeds(size, random: &stream), segments: size, maximumRounds: 100,
        tolerance: 1e-6, workers: .single)
      counter.step()
      return (centroids: state.centroids, masses: state.sums.masses)
    }
    let points = Matrix(
      rows: found.reduce(0) { $0 + $1.masses.count }, columns: rows.columns,
      values: found.flatMap(\.centroids))
    let tree = Hierarchical.tree(
      points, weights: found.flatMap { $0.masses.map { max($0, 1e-9 * total) } },
      linkage: linkage)
    return BaggedFit(problem: problem, centres: points, tree: tree)
  }
}

/// Segments pieced together from the centres of many samples.
public struct BaggedFit: Segmentation {
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
  /// How the centres joined.
  public let tree: HierarchicalTree
  /// The sum of ``withinSquares``; the method does not seek to make it small.
  public var objective: Objective { .minimised(withinSquares.reduce(0, +)) }
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }
  /// Exact, given the samples.
  public var ending: Ending { .exact }
  /// One.
  public var starts: StartTally { .one }

  init(problem: KMeansProblem, centres: Matrix, tree: HierarchicalTree) {
    let rows = problem.rows
    let nearest = rows.nearest(to: centres.values, segments: centres.rows)
    // A group of centres nobody is near to is no segment: cut higher until all are inhabited.
    let wanted = problem.settings.segments
    var found: [Int] = []
    var masses: [Double] = []
    var inhabited = 0
    var cut = wanted
    while true {
      let groups = tree.cut(cut)
      found = nearest.map { groups[$0] }
      masses = Labels.masses(found, weights: rows.weights, count: cut)
      inhabited = masses.count { $0 > 0 }
      if inhabited >= wanted || cut == tree.leaves { break }
      cut += 1
    }
    let order = Labels.order(byFalling: masses)
    let ranks = Labels.ranks(order)
    let segmentOf = found.map { ranks[$0] }
    let count = inhabited
    let measured = rows.measured(segmentOf, segments: count)
    segmentCount = count
    prevalence = Labels.shares(order.prefix(count).map { masses[$0] })
    centroids = measured.centroids
    withinSquares = measured.within
    self.tree = tree
    labels = problem.distinct.distinctOf.enumerated().map { row, place in
      place >= 0
        ? segmentOf[place]
        : KMeansFit.nearest(
          to: rows.table.row(row), centroids: measured.centroids, units: rows.scale.units)
    }
  }
}

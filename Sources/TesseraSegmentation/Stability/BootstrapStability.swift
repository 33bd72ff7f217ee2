public import TesseraMath

/// How far a segmentation comes out the same when respondents are drawn anew.
///
/// Two bootstrap samples make a pair; each is segmented, all respondents are placed by both, and
/// the two divisions are compared with each other (the whole) and with the solution (its segments).
///
/// - Reference: Dolnicar & Leisch (2010), *Marketing Letters* 21, 83–101; (2017), 28, 423–436.
public struct BootstrapStability: Sendable, Equatable {
  /// Adjusted Rand index between the two divisions of each pair.
  public let globalRand: [Double]
  /// For each segment the mean over all samples of its best Jaccard overlap (SLSW), 0 to 1.
  public let segmentJaccard: [Double]
  /// For each segment its best Jaccard overlap in each sample; samples × segments.
  public let overlaps: Matrix
  /// For each segment the mean share of it that its best container in a sample holds, 0 to 1.
  public let segmentContainment: [Double]

  /// Number of pairs.
  public var pairs: Int { globalRand.count }
  /// Median of the adjusted Rand index.
  public var median: Double { Descriptive.quantile(0.5, of: globalRand) ?? .nan }
  /// Its 5% point.
  public var low: Double { Descriptive.quantile(0.05, of: globalRand) ?? .nan }
  /// Its 95% point.
  public var high: Double { Descriptive.quantile(0.95, of: globalRand) ?? .nan }
  /// The SLSW of the least stable segment.
  public var smallestJaccard: Double { segmentJaccard.min() ?? 0 }

  /// Draws pairs of samples, segments them and compares.
  ///
  /// - Parameters:
  ///   - labels: The solution: a segment for each respondent, from 0.
  ///   - segmentCount: Number of segments of the solution.
  ///   - weights: What each respondent counts for.
  ///   - pairs: Pairs of samples, 1 or more.
  ///   - mayStop: Whether fewer pairs do once twenty of them agree so nearly that more would not
  ///     change the second decimal, as among very many respondents.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each sample.
  ///   - refit: Segments a sample given by weights and labels *all* respondents; their numbers
  ///     need not agree between samples.
  /// - Throws: What `refit` throws.
  public init(
    labels: [Int], segmentCount: Int, weights: CaseWeights, pairs: Int = 100,
    mayStop: Bool = false, random: RandomStream, workers: Workers = .single,
    progress: Progress = .silent,
    refit:
      @Sendable (_ sample: CaseWeights, _ random: RandomStream) throws(SegmentationError) ->
      [Int]
  ) throws(SegmentationError) {
    guard pairs >= 1 else {
      throw .badSetting(
        name: "the number of bootstrap pairs", value: Double(pairs), remedy: "Draw 1 or more.")
    }
    try weights.validate(count: labels.count)
    let effective = weights.effective(count: labels.count)
    let resampling = Resampling(weights, count: labels.count)
    let counter = StepCounter("stability", total: 2 * pairs, progress: progress)
    @Sendable func compare(_ pair: Int) throws(SegmentationError) -> Comparison {
      var sides: [[Int]] = []
      var overlaps: [[Double]] = []
      var containments: [[Double]] = []
      for side in 0..<2 {
        let stream = random.split(2 * pair + side)
        var draws = stream.split(0)
        let placed = try refit(resampling.draw(&draws), stream.split(1))
        precondition(placed.count == labels.count, "a refit must label all respondents")
        let table = CrossTable(labels, placed, weights: effective)
        overlaps.append(Self.rowMaxima(table.jaccard, count: segmentCount))
        containments.append(Self.rowMaxima(table.containment, count: segmentCount))
        sides.append(placed)
        counter.step()
      }
      let rand = CrossTable(sides[0], sides[1], weights: effective).adjustedRand
      return Comparison(rand: rand, overlaps: overlaps, containments: containments)
    }
    let early = mayStop ? min(pairs, Self.fewestPairs) : pairs
    var compared = try workers.tryMap(early) { pair throws(SegmentationError) in
      try compare(pair)
    }
    if early < pairs, !Self.isSettled(compared) {
      compared += try workers.tryMap(pairs - early) { pair throws(SegmentationError) in
        try compare(early + pair)
      }
    }
    if compared.count < pairs { counter.finish() }
    let all = compared.flatMap(\.overlaps)
    globalRand = compared.map(\.rand)
    overlaps = Matrix(rows: all.count, columns: segmentCount, values: all.flatMap { $0 })
    segmentJaccard = Self.columnMeans(all, count: segmentCount)
    segmentContainment = Self.columnMeans(compared.flatMap(\.containments), count: segmentCount)
  }

  /// Pairs after which it is asked whether more are needed.
  private static let fewestPairs = 20
  /// Indices that lie within so much of each other are printed alike, or nearly.
  private static let settledRange = 0.01

  /// Whether all pairs say the same of the whole and of each segment.
  private static func isSettled(_ compared: [Comparison]) -> Bool {
    func isNarrow(_ values: [Double]) -> Bool {
      guard let low = values.min(), let high = values.max() else { return true }
      return high - low < settledRange
    }
    let overlaps = compared.flatMap(\.overlaps)
    return isNarrow(compared.map(\.rand))
      && (overlaps.first ?? []).indices.allSatisfy { segment in
        isNarrow(overlaps.map { $0[segment] })
      }
  }

  private struct Comparison: Sendable {
    let rand: Double
    let overlaps: [[Double]]
    let containments: [[Double]]
  }

  /// The greatest element of each row; 0 for segments without members.
  private static func rowMaxima(_ matrix: Matrix, count: Int) -> [Double] {
    (0..<count).map { $0 < matrix.rows ? matrix.row($0).max() ?? 0 : 0 }
  }

  private static func columnMeans(_ rows: [[Double]], count: Int) -> [Double] {
    (0..<count).map { column in
      rows.reduce(0) { $0 + $1[column] } / Double(max(1, rows.count))
    }
  }
}

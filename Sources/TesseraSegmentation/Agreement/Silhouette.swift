public import TesseraMath

/// How much nearer respondents are to their own segment than to the next.
///
/// With weights every respondent stands for that many copies. Above a limit the respondents that
/// others are compared with are drawn at random, and the result is an estimate.
///
/// - Reference: Rousseeuw (1987), *Journal of Computational and Applied Mathematics* 20, 53–65.
public struct Silhouette: Sendable, Equatable {
  /// Weighted mean over all respondents measured, -1 to 1.
  public let mean: Double
  /// Weighted mean over the respondents of each segment; 0 for empty ones.
  public let segmentMeans: [Double]
  /// The silhouette of each respondent measured.
  public let values: [Double]
  /// Which respondents were measured: all, unless there are more than the limit.
  public let respondents: [Int]

  /// Measures by Euclidean distance.
  ///
  /// - Parameters:
  ///   - table: Respondents × variables, without gaps.
  ///   - labels: A segment for each respondent, from 0.
  ///   - weights: What each respondent counts for.
  ///   - limit: Respondents at most; more are sampled.
  ///   - random: Draws the sample.
  ///   - workers: Threads to use.
  /// - Complexity: O(*m*² · *d*) for the *m* respondents measured.
  public init(
    _ table: Matrix, labels: [Int], weights: [Double]? = nil, limit: Int = 5_000,
    random: RandomStream = RandomStream(seed: 1), workers: Workers = .single
  ) {
    let values = table.values
    let columns = table.columns
    self.init(
      count: table.rows, labels: labels, weights: weights, limit: limit, random: random,
      workers: workers
    ) { first, second in
      var sum = 0.0
      for column in 0..<columns {
        let gap = values[first * columns + column] - values[second * columns + column]
        sum += gap * gap
      }
      return sum.squareRoot()
    }
  }

  /// Measures by any dissimilarity.
  ///
  /// - Parameters:
  ///   - count: Number of respondents.
  ///   - labels: A segment for each respondent, from 0.
  ///   - weights: What each respondent counts for.
  ///   - limit: Respondents at most; more are sampled.
  ///   - random: Draws the sample.
  ///   - workers: Threads to use.
  ///   - dissimilarity: Of two respondents; 0 or more.
  public init(
    count: Int, labels: [Int], weights: [Double]? = nil, limit: Int = 5_000,
    random: RandomStream = RandomStream(seed: 1), workers: Workers = .single,
    dissimilarity: @Sendable (Int, Int) -> Double
  ) {
    precondition(labels.count == count, "\(labels.count) labels for \(count) respondents")
    let weights = weights ?? [Double](repeating: 1, count: count)
    let weighty = (0..<count).filter { weights[$0] > 0 }
    var stream = random
    let chosen =
      weighty.count <= limit
      ? weighty : stream.sample(limit, below: weighty.count).sorted().map { weighty[$0] }
    let segments = (labels.max() ?? 0) + 1
    let masses = Labels.masses(
      chosen.map { labels[$0] }, weights: chosen.map { weights[$0] }, count: segments)
    let measured = workers.map(chosen.count) { place in
      var sums = [Double](repeating: 0, count: segments)
      let respondent = chosen[place]
      for other in chosen where other != respondent {
        sums[labels[other]] += weights[other] * dissimilarity(respondent, other)
      }
      return Self.value(
        sums, masses: masses, own: labels[respondent], weight: weights[respondent])
    }
    var totals = [Double](repeating: 0, count: segments)
    for (place, respondent) in chosen.enumerated() {
      totals[labels[respondent]] += weights[respondent] * measured[place]
    }
    let mass = masses.reduce(0, +)
    mean = mass > 0 ? totals.reduce(0, +) / mass : 0
    segmentMeans = zip(totals, masses).map { $1 > 0 ? $0 / $1 : 0 }
    self.values = measured
    respondents = chosen
  }

  /// (b − a) / max(a, b), and 0 for the only member of a segment.
  private static func value(
    _ sums: [Double], masses: [Double], own: Int, weight: Double
  ) -> Double {
    // A row of weight w is w copies, of which w − 1 are others; sampling weights below 1 have none.
    let others = masses[own] - min(1, weight)
    guard others > 1e-12 * masses[own] else { return 0 }
    let inside = sums[own] / others
    var outside = Double.infinity
    for segment in sums.indices where segment != own && masses[segment] > 0 {
      outside = min(outside, sums[segment] / masses[segment])
    }
    guard outside.isFinite else { return 0 }
    let larger = max(inside, outside)
    return larger > 0 ? (outside - inside) / larger : 0
  }
}

public import TesseraMath

/// What several methods come nearest to agreeing on.
public struct EnsembleFit: Segmentation {
  /// How one method agrees with the consensus.
  public struct Agreement: Sendable, Equatable {
    /// The method.
    public let name: String
    /// Adjusted Rand index of its division and the consensus.
    public let adjustedRand: Double
  }

  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent that most members put them in.
  public let labels: [Int]
  /// Share of the members that put a respondent in each segment; rows sum to 1.
  public let consensus: Matrix
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// How each member agrees with the consensus.
  public let agreements: [Agreement]
  /// Mean squared distance between the consensus and its members, 0 if all agree.
  public let objective: Objective
  /// How the search ended.
  public let ending: Ending
  /// How many members were started from, and how many led here.
  public let starts: StartTally
  /// The consensus.
  public var posterior: Matrix? { consensus }

  /// Weighted mean share of the members that agree with the label, 0 to 1.
  public let unanimity: Double

  init(names: [String], memberships: [Matrix], weights: [Double], consensus: Consensus) {
    let found = consensus.membership
    let count = found.columns
    var masses = [Double](repeating: 0, count: count)
    for row in 0..<found.rows {
      for segment in 0..<count {
        masses[segment] += weights[row] * found[row, segment]
      }
    }
    let order = Labels.order(byFalling: masses)
    var sorted = Matrix(rows: found.rows, columns: count)
    for row in 0..<found.rows {
      for (rank, segment) in order.enumerated() {
        sorted[row, rank] = found[row, segment]
      }
    }
    let labels = Self.highest(sorted)
    segmentCount = count
    self.labels = labels
    self.consensus = sorted
    prevalence = Labels.shares(order.map { masses[$0] })
    agreements = zip(names, memberships).map { name, membership in
      Agreement(
        name: name,
        adjustedRand: CrossTable(Self.highest(membership), labels, weights: weights).adjustedRand)
    }
    objective = .minimised(consensus.cost)
    ending = .converged(rounds: consensus.rounds)
    starts = consensus.tally
    let total = weights.reduce(0, +)
    unanimity =
      (0..<sorted.rows).reduce(0) { $0 + weights[$1] * sorted[$1, labels[$1]] } / total
  }

  /// The segment of the highest membership, the lower number where they tie.
  private static func highest(_ membership: Matrix) -> [Int] {
    (0..<membership.rows).map { row in
      var best = 0
      // Averages of the same votes in another order differ by rounding: that is a tie.
      for segment in 1..<max(1, membership.columns)
      where membership[row, segment] > membership[row, best] + 1e-9 {
        best = segment
      }
      return best
    }
  }
}

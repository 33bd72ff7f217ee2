public import TesseraMath

/// Segments around medoids.
public struct MedoidFit: Segmentation {
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// The respondent in the middle of each segment, as a row of the input.
  ///
  /// A real person: describe, but do not show.
  public let medoids: [Int]
  /// Weighted mean distance to the medoid.
  public let meanDistance: Double
  /// Weighted sum of distances to the medoids.
  public let objective: Objective
  /// How the search ended.
  public let ending: Ending
  /// How many samples were searched, and how many of them came to this result.
  public let starts: StartTally
  /// Number of different respondents.
  public let distinct: Int
  /// How many different respondents each search looked at; fewer where samples were drawn.
  public let searched: Int
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }

  init(
    space: MedoidSpace, medoids: [Int], rounds: Int, converged: Bool, starts: StartTally,
    searched: Int
  ) {
    distinct = space.count
    self.searched = searched
    let weights = space.distinct.weights
    let placed = space.placed(by: medoids)
    let masses = Labels.masses(placed.labels, weights: weights, count: medoids.count)
    let order = Labels.order(byFalling: masses)
    let ranks = Labels.ranks(order)
    segmentCount = medoids.count
    prevalence = Labels.shares(order.map { masses[$0] })
    self.medoids = order.map { space.distinct.first[medoids[$0]] }
    objective = .minimised(placed.cost)
    meanDistance = placed.cost / weights.reduce(0, +)
    ending = converged ? .converged(rounds: rounds) : .stopped(rounds: rounds)
    self.starts = starts
    labels = space.labels(
      ofDistinct: placed.labels.map { ranks[$0] }, medoids: order.map { medoids[$0] })
  }
}

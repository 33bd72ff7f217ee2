public import TesseraMath

/// Divides respondents around medians so that the sums of absolute differences are small.
///
/// Less moved by outliers than k-means. Gaps are left out of distances and medians, or refused.
///
/// - Reference: Späth (1976), *Operations Research Verfahren*; Leisch (2006), *Computational
///   Statistics & Data Analysis* 51(2), 526–544 (`kccaFamily("kmedians")`).
public struct KMedians: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Starts from random medians.
  public var starts: StartPolicy
  /// How columns come to one scale.
  public var standardisation: Standardisation
  /// What to do about missing answers.
  public var gaps: GapPolicy
  /// Rounds of a climb at most.
  public var maximumRounds: Int

  /// Chooses settings.
  public init(
    segments: Int, starts: StartPolicy = .adaptive,
    standardisation: Standardisation = .standardDeviation,
    gaps: GapPolicy = .observed, maximumRounds: Int = 200
  ) {
    self.segments = segments
    self.starts = starts
    self.standardisation = standardisation
    self.gaps = gaps
    self.maximumRounds = maximumRounds
  }

  /// Divides the respondents.
  ///
  /// - Parameters:
  ///   - input: Respondents × variables, with weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The division with the least sum of absolute differences.
  /// - Throws: ``SegmentationError`` if there are fewer different respondents than segments, or a
  ///   gap that is refused.
  /// - Complexity: O(*n* · *k* · *d*) a round after O(*n* log *n* · *d*).
  public func fit(
    _ input: RespondentMatrix, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> KMediansFit {
    let search = try SearchFromStarts(
      segments: segments, starts: starts, rounds: maximumRounds)
    if gaps == .refuse {
      try input.requireComplete()
    }
    let rows = MedianRows(input, standardisation: standardisation)
    guard rows.count > 0 else { throw .nobody }
    guard rows.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: rows.count)
    }
    let found = search.best(
      "k-medians", random: random, workers: workers, progress: progress, cost: \.cost,
      work: { rows.roundCost(segments) * Double($0.rounds + segments) },
      climb: { stream in
        rows.climb(
          from: rows.seeds(segments, random: &stream), segments: segments,
          maximumRounds: maximumRounds)
      },
      rearrange: { state, stream in
        rows.climb(
          from: rows.moved(state, random: &stream), segments: segments,
          maximumRounds: maximumRounds)
      })
    return KMediansFit(input: input, rows: rows, state: found.state, starts: found.tally)
  }
}

/// Segments around medians.
public struct KMediansFit: Segmentation {
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// Median of each segment in the units of the data; segments × variables.
  public let medians: Matrix
  /// What counts as a difference of 1 in each variable.
  public let units: [Double]
  /// Weighted sum of absolute differences from the medians, in units of ``units``.
  public let objective: Objective
  /// How the best search ended.
  public let ending: Ending
  /// How many starts there were, and how many of them came to this result.
  public let starts: StartTally
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }

  init(input: RespondentMatrix, rows: MedianRows, state: MedianState, starts: StartTally) {
    let segments = state.medians.rows
    let masses = Labels.masses(state.labels, weights: rows.weights, count: segments)
    let order = Labels.order(byFalling: masses)
    let ranks = Labels.ranks(order)
    var medians = Matrix(rows: segments, columns: input.values.columns)
    for (rank, segment) in order.enumerated() {
      for (feature, column) in rows.distinct.columnOrder.enumerated() {
        medians[rank, column] =
          rows.scale.centres[column]
          + rows.scale.units[column] * state.medians[segment, feature]
      }
    }
    let units = rows.scale.units
    segmentCount = segments
    prevalence = Labels.shares(order.map { masses[$0] })
    self.medians = medians
    self.units = units
    objective = .minimised(state.cost)
    ending =
      state.converged ? .converged(rounds: state.rounds) : .stopped(rounds: state.rounds)
    self.starts = starts
    labels = rows.distinct.distinctOf.enumerated().map { row, place in
      place >= 0
        ? ranks[state.labels[place]]
        : Self.nearest(input.values.row(row), medians: medians, units: units)
    }
  }

  private static func nearest(
    _ values: ArraySlice<Double>, medians: Matrix, units: [Double]
  ) -> Int {
    var best = (segment: 0, cost: Double.infinity)
    for segment in 0..<medians.rows {
      var cost = 0.0
      for (column, value) in values.enumerated() where !value.isNaN {
        cost += abs(value - medians[segment, column]) / units[column]
      }
      if cost < best.cost {
        best = (segment, cost)
      }
    }
    return best.segment
  }
}

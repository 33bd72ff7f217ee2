public import TesseraMath

/// Segments around prototypes.
public struct KPrototypesFit: Segmentation {
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// Mean of each item in each segment in the units of the data; `nil` for categories.
  public let means: [[Double?]]
  /// Commonest category of each item in each segment, from 1; 0 for numbers and where none.
  public let modes: [[Int]]
  /// What a differing category costs, in variances of a number.
  public let gamma: Double
  /// Weighted sum of distances to the prototypes.
  public let objective: Objective
  /// How the best search ended.
  public let ending: Ending
  /// How many starts there were, and how many of them came to this result.
  public let starts: StartTally
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }
  /// What counts as a difference of 1 in each item; 1 for categories.
  public let deviations: [Double]

  init(encoded: EncodedItems, rows: PrototypeRows, state: PrototypeState, starts: StartTally) {
    let segments = state.prototypes.count
    let found = state.labels.map(Int.init)
    let masses = Labels.masses(found, weights: rows.weights, count: segments)
    let order = Labels.order(byFalling: masses)
    let ranks = Labels.ranks(order)
    let columns = encoded.values.columns
    var means = [[Double?]](repeating: [Double?](repeating: nil, count: columns), count: segments)
    var modes = [[Int]](repeating: [Int](repeating: 0, count: columns), count: segments)
    var deviations = [Double](repeating: 1, count: columns)
    let scale = rows.numbers.scale
    for (rank, segment) in order.enumerated() {
      for (column, item) in rows.numericItems.enumerated() {
        means[rank][item] =
          scale.centres[column] + scale.units[column]
          * state.prototypes.means[segment * rows.numericItems.count + column]
        deviations[item] = scale.units[column]
      }
      for (column, item) in rows.categoricalItems.enumerated() {
        modes[rank][item] = state.prototypes.modes[segment * rows.items + column]
      }
    }
    let gamma = rows.gamma
    segmentCount = segments
    prevalence = Labels.shares(order.map { masses[$0] })
    self.means = means
    self.modes = modes
    self.gamma = gamma
    self.deviations = deviations
    objective = .minimised(state.cost)
    ending =
      state.converged ? .converged(rounds: state.rounds) : .stopped(rounds: state.rounds)
    self.starts = starts
    labels = encoded.spread(found.map { ranks[$0] }) { row in
      Self.nearest(
        encoded.values.row(row), means: means, modes: modes, deviations: deviations,
        gamma: gamma)
    }
  }

  /// Places new respondents with the nearest prototype.
  ///
  /// - Parameter table: The items of the fit in the same order, with the same categories.
  /// - Returns: A segment for each; 0 for those without an answer and for ties.
  /// - Throws: ``SegmentationError/nobody`` if nobody answered.
  public func assign(_ table: ItemTable) throws(SegmentationError) -> [Int] {
    let encoded = try EncodedItems(table)
    precondition(
      encoded.values.columns == deviations.count,
      "\(encoded.values.columns) items given to a fit with \(deviations.count)")
    return (0..<encoded.values.rows).map { row in
      Self.nearest(
        encoded.values.row(row), means: means, modes: modes, deviations: deviations,
        gamma: gamma)
    }
  }

  private static func nearest(
    _ answers: ArraySlice<Double>, means: [[Double?]], modes: [[Int]], deviations: [Double],
    gamma: Double
  ) -> Int {
    var best = (segment: 0, cost: Double.infinity)
    for segment in modes.indices {
      var cost = 0.0
      for (item, answer) in answers.enumerated() where !answer.isNaN {
        if let mean = means[segment][item] {
          let gap = (answer - mean) / deviations[item]
          cost += gap * gap
        } else {
          cost += Int(answer) == modes[segment][item] ? 0 : gamma
        }
      }
      if cost < best.cost {
        best = (segment, cost)
      }
    }
    return best.segment
  }
}

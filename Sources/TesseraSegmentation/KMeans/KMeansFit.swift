public import TesseraMath

/// Segments around means.
public struct KMeansFit: Segmentation {
  /// Number of segments.
  public let segmentCount: Int
  /// The segment of each respondent.
  public let labels: [Int]
  /// Weighted share of each segment, falling.
  public let prevalence: [Double]
  /// Mean of each segment in the units of the data; segments × variables.
  ///
  /// A variable nobody in a segment answered shows the overall mean.
  public let centroids: Matrix
  /// What counts as a distance of 1 in each variable.
  public let units: [Double]
  /// Weighted sum of squared distances to the mean of each segment, in units of ``units``.
  public let withinSquares: [Double]
  /// The same with a single segment.
  public let totalSquares: Double
  /// How the best search ended.
  public let ending: Ending
  /// How many starts there were, and how many of them came to this result.
  public let starts: StartTally

  /// The sum of ``withinSquares``.
  public var objective: Objective { .minimised(withinSquares.reduce(0, +)) }
  /// None: membership is crisp.
  public var posterior: Matrix? { nil }
  /// Share of the squared distances that lies between segments, 0 to 1.
  public var explained: Double {
    totalSquares > 0 ? 1 - objective.value / totalSquares : 0
  }
}

extension KMeansFit {
  /// Squared distances to the centroids, over what each respondent answered.
  ///
  /// - Parameter values: Respondents × variables, laid out as in the fit; gaps are not-a-number.
  /// - Returns: Respondents × segments, in units of ``units``; 0 for those without an answer.
  /// - Complexity: O(*n* · *k* · *d*).
  public func squaredDistances(of values: Matrix) -> Matrix {
    precondition(
      values.columns == units.count,
      "\(values.columns) variables given to a fit with \(units.count)")
    var result = Matrix(rows: values.rows, columns: segmentCount)
    let rates = units.map { 1 / $0 }
    for row in 0..<values.rows {
      for segment in 0..<segmentCount {
        var sum = 0.0
        for column in 0..<values.columns {
          let value = values[row, column]
          guard !value.isNaN else { continue }
          let gap = (value - centroids[segment, column]) * rates[column]
          sum += gap * gap
        }
        result[row, segment] = sum
      }
    }
    return result
  }

  /// Turns what a search found into segments numbered by prevalence.
  init(_ problem: KMeansProblem, search: KMeansSearch, workers: Workers = .single) {
    let rows = problem.rows
    let state = search.state
    let segments = problem.settings.segments
    let found = state.labels
    let order = Labels.order(
      byFalling: Labels.masses(found, weights: rows.weights, count: segments))
    let ranks = Labels.ranks(order)
    let segmentOf = found.map { ranks[$0] }
    let measured = rows.measured(segmentOf, segments: segments, workers: workers)
    segmentCount = segments
    prevalence = Labels.shares(
      Labels.masses(segmentOf, weights: rows.weights, count: segments))
    centroids = measured.centroids
    units = rows.scale.units
    withinSquares = measured.within
    totalSquares = measured.total
    ending =
      state.converged ? .converged(rounds: state.rounds) : .stopped(rounds: state.rounds)
    starts = search.tally
    labels = problem.distinct.distinctOf.enumerated().map { row, place in
      guard place < 0 else { return segmentOf[place] }
      return Self.nearest(
        to: rows.table.row(row), centroids: measured.centroids, units: rows.scale.units)
    }
  }

  /// The nearest centroid of a respondent who took no part in the fit.
  static func nearest(
    to values: ArraySlice<Double>, centroids: Matrix, units: [Double]
  ) -> Int {
    var best = (segment: 0, square: Double.infinity)
    for segment in 0..<centroids.rows {
      var square = 0.0
      for (column, value) in values.enumerated() where !value.isNaN {
        let gap = (value - centroids[segment, column]) / units[column]
        square += gap * gap
      }
      if square < best.square {
        best = (segment, square)
      }
    }
    return best.segment
  }
}

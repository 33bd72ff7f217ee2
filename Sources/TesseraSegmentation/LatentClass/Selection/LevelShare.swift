public import TesseraMath

/// How much of what sets segments apart is only how high their members rate everything.
///
/// The sum of squares between segments over the ratings of a battery falls in two: what segments differ by
/// in the mean over all of them, and what they differ by besides. Several batteries are added up.
public struct LevelShare: Sendable {
  /// For each battery and each of its ratings everybody's answers; NaN is missing.
  private let batteries: [[[Double]]]
  /// One for each respondent.
  private let weights: [Double]

  /// Takes ratings.
  ///
  /// - Parameters:
  ///   - batteries: For each battery, whose ratings share a scale, and each of its ratings everybody's answers;
  ///     NaN is missing.
  ///   - weights: One for each respondent.
  public init(batteries: [[[Double]]], weights: [Double]) {
    (self.batteries, self.weights) = (batteries, weights)
  }

  /// The share of the mean level, 0 to 1.
  ///
  /// - Parameters:
  ///   - posterior: Respondents × segments.
  ///   - parts: Each respondent's segment in a coarser division, from 0, negative for nobody's: only what
  ///     sets segments apart within it counts; `nil` for all there is.
  /// - Returns: `nil` where segments do not differ.
  /// - Complexity: O(respondents · segments · ratings).
  public func share(_ posterior: Matrix, within parts: [Int]? = nil) -> Double? {
    var (common, between) = (0.0, 0.0)
    for part in 0...(parts?.max() ?? 0) {
      let everybody = 0..<posterior.rows
      let rows = parts.map { parts in everybody.filter { parts[$0] == part } } ?? Array(everybody)
      let own = sums(posterior, rows)
      common += own.common
      between += own.between
    }
    return between > 1e-12 ? min(1, common / between) : nil
  }

  /// The parts of the sum of squares between segments among some respondents.
  private func sums(_ posterior: Matrix, _ rows: [Int]) -> (common: Double, between: Double) {
    var masses = [Double](repeating: 0, count: posterior.columns)
    for row in rows {
      for segment in masses.indices { masses[segment] += weights[row] * posterior[row, segment] }
    }
    var (common, between) = (0.0, 0.0)
    for battery in batteries {
      var level = [Double](repeating: 0, count: posterior.columns)
      for rating in battery {
        let away = distances(rating, posterior, rows)
        for segment in level.indices {
          level[segment] += away[segment] / Double(battery.count)
          between += masses[segment] * away[segment] * away[segment]
        }
      }
      common += Double(battery.count) * zip(masses, level).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }
    return (common, between)
  }

  /// How far the mean of each segment among some respondents lies from that of all of them.
  private func distances(_ rating: [Double], _ posterior: Matrix, _ rows: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: posterior.columns)
    var known = sums
    for row in rows where !rating[row].isNaN {
      for segment in sums.indices {
        let weight = weights[row] * posterior[row, segment]
        sums[segment] += weight * rating[row]
        known[segment] += weight
      }
    }
    let all = known.reduce(0, +)
    guard all > 0 else { return [Double](repeating: 0, count: posterior.columns) }
    let mean = sums.reduce(0, +) / all
    return sums.indices.map { known[$0] > 0 ? sums[$0] / known[$0] - mean : 0 }
  }
}

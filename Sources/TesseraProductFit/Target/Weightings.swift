import TesseraMath

/// Ways to weigh criteria against each other, drawn evenly over all of them.
struct Weightings: Sendable {
  /// Weightings × criteria; rows are 0 or more and sum to 1.
  let weights: Matrix

  /// Draws weightings evenly from the simplex.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - criteria: Criteria of each.
  ///   - seed: Seed of the draws.
  init(_ count: Int, criteria: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed).split(0x7A26)
    let even = [Double](repeating: 1, count: criteria)
    weights = Matrix((0..<count).map { _ in stream.dirichlet(even) })
  }

  /// Criteria as shares of the way from the least segment to the greatest; 0 where all are alike.
  ///
  /// - Parameter values: Criteria × segments.
  /// - Returns: Criteria × segments, 0 to 1.
  static func scaled(_ values: [[Double]]) -> [[Double]] {
    values.map { row in
      let (least, most) = (row.min() ?? 0, row.max() ?? 0)
      return row.map { most - least > 1e-12 * (1 + abs(most)) ? ($0 - least) / (most - least) : 0 }
    }
  }

  /// For each segment the part of weightings for which its weighted sum is the largest, ties shared.
  ///
  /// - Parameters:
  ///   - scaled: Criteria × segments.
  ///   - most: How many weightings are looked at; `nil` for all.
  /// - Returns: One part for each segment; they sum to 1.
  func firstShares(_ scaled: [[Double]], most: Int? = nil) -> [Double] {
    let segments = scaled.first?.count ?? 0
    var firsts = [Double](repeating: 0, count: segments)
    let count = min(most ?? weights.rows, weights.rows)
    var sums = firsts
    for draw in 0..<count {
      for segment in 0..<segments {
        var sum = 0.0
        for criterion in scaled.indices {
          sum += weights[draw, criterion] * scaled[criterion][segment]
        }
        sums[segment] = sum
      }
      let best = sums.max() ?? 0
      let winners = sums.indices.filter { sums[$0] >= best - 1e-12 }
      for winner in winners { firsts[winner] += 1 / Double(winners.count) }
    }
    return firsts.map { $0 / Double(max(1, count)) }
  }
}

/// Van Westendorp's curves as steps: for each price that anybody named, the share whose answer to a
/// question is at most that price.
///
/// A curve that falls is 1 less such a share, so a point is where two of these shares sum to 1: at a
/// price that somebody named, and never outside them.
struct PriceCurves: Sendable {
  /// The prices that were named, rising.
  let grid: [Double]
  private let atMost: [[Double]]

  /// Draws the curves; there are none where nobody's four answers are in order.
  ///
  /// - Parameters:
  ///   - answers: One for each person; those that are not in order are left out.
  ///   - weights: One for each person; `nil` weighs everybody 1.
  /// - Complexity: O(people × log people).
  init?(_ answers: [PriceSensitivity.Answer], weights: [Double]? = nil) {
    precondition(weights?.count ?? answers.count == answers.count, "a weight for each person")
    let used = answers.indices.filter {
      answers[$0].isOrdered && (weights?[$0] ?? 1) > 0
    }
    guard !used.isEmpty else { return nil }
    let heavy = used.map { weights?[$0] ?? 1 }
    let total = heavy.reduce(0, +)
    let grid = Array(Set(used.flatMap { answers[$0].prices })).sorted()
    var positions: [Double: Int] = [:]
    for (position, price) in grid.enumerated() { positions[price] = position }
    self.grid = grid
    atMost = (0..<4).map { question in
      var masses = [Double](repeating: 0, count: grid.count)
      for (place, person) in used.enumerated() {
        masses[positions[answers[person].prices[question]] ?? 0] += heavy[place] / total
      }
      var sum = 0.0
      return masses.map { mass in
        sum += mass
        return sum
      }
    }
  }

  /// The lowest price at which the falling curve is above the rising one by at most so much.
  ///
  /// - Parameters:
  ///   - point: Which curves.
  ///   - lead: By how much; 0 is where they cross.
  /// - Returns: A price that was named; `nil` if there is none.
  func price(_ point: PriceSensitivity.Point, lead: Double = 0) -> Double? {
    grid.indices.first { gap(point, $0) <= lead + Self.slack }.map { grid[$0] }
  }

  /// The price up to which the curves lie on each other, where they do so for a while.
  func lastCrossing(_ point: PriceSensitivity.Point) -> Double? {
    guard let first = grid.indices.first(where: { gap(point, $0) <= Self.slack }),
      abs(gap(point, first)) <= Self.slack
    else { return nil }
    return grid.indices.first { gap(point, $0) < -Self.slack }.map { grid[$0] }
  }

  /// The price that was named next below.
  func before(_ price: Double) -> Double? { grid.last { $0 < price } }

  /// How much the falling curve is above the rising one just above a price.
  private func gap(_ point: PriceSensitivity.Point, _ position: Int) -> Double {
    let (falling, rising) = point.curves
    return 1 - atMost[falling][position] - atMost[rising][position]
  }

  /// Differences that are rounding.
  private static let slack = 1e-12
}

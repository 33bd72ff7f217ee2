import TesseraMath

/// Van Westendorp's four curves: for each price that anybody named the shares who would find it too
/// cheap or a bargain, which fall, and expensive or too expensive, which rise.
struct PriceCurves: Sendable {
  private let grid: [Double]
  private let curves: [[Double]]

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
    curves = (0..<4).map { question in
      var masses = [Double](repeating: 0, count: grid.count)
      for (place, person) in used.enumerated() {
        masses[positions[answers[person].prices[question]] ?? 0] += heavy[place] / total
      }
      var sum = 0.0
      let atMost = masses.map { mass in
        sum += mass
        return sum
      }
      let atLeast = zip(masses, atMost).map { 1 - $1 + $0 }
      return question < 2 ? atLeast : atMost
    }
  }

  /// A price among those that were named.
  struct Place {
    /// The price named next below, or the price itself.
    let low: Double
    /// The price named next above, or the price itself.
    let high: Double
    /// How far it is on the way from the one to the other, from 0 to 1.
    let share: Double
  }

  /// Where a price lies among those that were named.
  ///
  /// Whoever names round prices makes curves of few steps: what is read off the lines between two of
  /// them depends on the people at both.
  func around(_ price: Double) -> Place {
    guard let above = grid.firstIndex(where: { $0 >= price }), above > 0, grid[above] > price else {
      return Place(low: price, high: price, share: 0)
    }
    let (low, high) = (grid[above - 1], grid[above])
    return Place(low: low, high: high, share: (price - low) / (high - low))
  }

  /// The price at which the falling curve is above the rising one by so much.
  ///
  /// - Parameters:
  ///   - point: Which curves.
  ///   - lead: By how much; 0 is where they cross.
  /// - Returns: The price, on straight lines between those named; `nil` if there is none.
  func price(_ point: PriceSensitivity.Point, lead: Double = 0) -> Double? {
    let (falling, rising) = point.curves
    var before: (price: Double, gap: Double)?
    for (position, price) in grid.enumerated() {
      let gap = curves[falling][position] - curves[rising][position] - lead
      if gap <= 0 {
        guard let before else { return lead == 0 ? price : nil }
        return before.price + (price - before.price) * before.gap / (before.gap - gap)
      }
      before = (price, gap)
    }
    return nil
  }
}

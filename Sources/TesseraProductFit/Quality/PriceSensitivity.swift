import TesseraMath

/// Van Westendorp's four price points.
///
/// For each price the shares who would find it too cheap or a bargain fall, the shares who would
/// find it expensive or too expensive rise; the points are where they cross, on straight lines
/// between the prices that people named.
///
/// - Reference: Van Westendorp (1976), *Proceedings of the 29th ESOMAR Congress*, 139–167.
public struct PriceSensitivity: Sendable, Equatable {
  /// Too cheap crosses expensive: below it quality is doubted.
  public let marginalCheapness: Double
  /// Too cheap crosses too expensive: fewest people refuse.
  public let optimal: Double
  /// Bargain crosses expensive.
  public let indifference: Double
  /// Bargain crosses too expensive: above it the price is refused.
  public let marginalExpensiveness: Double

  /// One person's four answers.
  public struct Answer: Sendable, Equatable {
    /// Too cheap, bargain, expensive, too expensive.
    public let prices: [Double]

    /// Takes the four prices.
    ///
    /// - Parameter prices: Too cheap, bargain, expensive, too expensive; NaN where not answered.
    public init(_ prices: [Double]) {
      precondition(prices.count == 4, "four prices")
      self.prices = prices
    }

    /// Whether all four were answered.
    public var isComplete: Bool { prices.allSatisfy { !$0.isNaN } }

    /// Whether the four prices rise, as they must if the questions were understood.
    public var isOrdered: Bool {
      isComplete && zip(prices, prices.dropFirst()).allSatisfy { $0 < $1 }
    }
  }

  /// Finds the points; there are none where nobody is left, or where curves do not cross.
  ///
  /// - Parameters:
  ///   - answers: One for each person; those that are not in order are left out.
  ///   - weights: One for each person; `nil` weighs everybody 1.
  /// - Complexity: O(people × log people).
  public init?(_ answers: [Answer], weights: [Double]? = nil) {
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
    // Shares who named a price of at least, and of at most, each price on the grid.
    let curves = (0..<4).map { question in
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
    func crossing(_ falling: Int, _ rising: Int) -> Double? {
      var before: (price: Double, gap: Double)?
      for (position, price) in grid.enumerated() {
        let gap = curves[falling][position] - curves[rising][position]
        if gap <= 0 {
          guard let before else { return price }
          return before.price + (price - before.price) * before.gap / (before.gap - gap)
        }
        before = (price, gap)
      }
      return nil
    }
    guard let cheapness = crossing(0, 2), let optimal = crossing(0, 3),
      let indifference = crossing(1, 2), let expensiveness = crossing(1, 3)
    else { return nil }
    marginalCheapness = cheapness
    self.optimal = optimal
    self.indifference = indifference
    marginalExpensiveness = expensiveness
  }
}

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

  /// One of the four points.
  public enum Point: String, Sendable, CaseIterable {
    /// Too cheap crosses expensive.
    case marginalCheapness = "marginal_cheapness"
    /// Too cheap crosses too expensive.
    case optimal
    /// Bargain crosses expensive.
    case indifference
    /// Bargain crosses too expensive.
    case marginalExpensiveness = "marginal_expensiveness"

    /// The question whose curve falls and the one whose curve rises, from 0.
    var curves: (falling: Int, rising: Int) {
      switch self {
      case .marginalCheapness: (0, 2)
      case .optimal: (0, 3)
      case .indifference: (1, 2)
      case .marginalExpensiveness: (1, 3)
      }
    }
  }

  /// Finds the points; there are none where nobody is left, or where curves do not cross.
  ///
  /// - Parameters:
  ///   - answers: One for each person; those that are not in order are left out.
  ///   - weights: One for each person; `nil` weighs everybody 1.
  /// - Complexity: O(people × log people).
  public init?(_ answers: [Answer], weights: [Double]? = nil) {
    guard let curves = PriceCurves(answers, weights: weights) else { return nil }
    self.init(curves)
  }

  /// Reads the points off curves.
  init?(_ curves: PriceCurves) {
    guard let cheapness = curves.price(.marginalCheapness),
      let optimal = curves.price(.optimal), let indifference = curves.price(.indifference),
      let expensiveness = curves.price(.marginalExpensiveness)
    else { return nil }
    marginalCheapness = cheapness
    self.optimal = optimal
    self.indifference = indifference
    marginalExpensiveness = expensiveness
  }

  /// The price at a point.
  public subscript(point: Point) -> Double {
    switch point {
    case .marginalCheapness: marginalCheapness
    case .optimal: optimal
    case .indifference: indifference
    case .marginalExpensiveness: marginalExpensiveness
    }
  }
}

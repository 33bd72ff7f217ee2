public import TesseraStudy

/// Van Westendorp's price points.
///
/// For each price the shares who would find it too cheap or a bargain fall, the shares who would
/// find it expensive or too expensive rise; the points are where these steps cross. The acceptable
/// range has two definitions: the author's own ends where too cheap meets *not cheap* and where *not
/// expensive* meets too expensive; the narrower one, common since, takes expensive and cheap in
/// their place.
///
/// - Reference: Van Westendorp (1976), *Proceedings of the 29th ESOMAR Congress*, 139–167.
public struct PriceSensitivity: Sendable, Equatable {
  /// Too cheap crosses not cheap: the low end of the original range.
  public let marginalCheapness: Double
  /// Too cheap crosses too expensive: fewest people refuse.
  public let optimal: Double
  /// Bargain crosses expensive.
  public let indifference: Double
  /// Not expensive crosses too expensive: the high end of the original range.
  public let marginalExpensiveness: Double
  /// Too cheap crosses expensive: the low end of the narrower range.
  public let narrowerCheapness: Double
  /// Bargain crosses too expensive: the high end of the narrower range.
  public let narrowerExpensiveness: Double

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

  /// One of the points.
  public enum Point: String, Sendable, CaseIterable {
    /// Too cheap crosses not cheap.
    case marginalCheapness = "marginal_cheapness"
    /// Too cheap crosses too expensive.
    case optimal
    /// Bargain crosses expensive.
    case indifference
    /// Not expensive crosses too expensive.
    case marginalExpensiveness = "marginal_expensiveness"
    /// Too cheap crosses expensive.
    case narrowerCheapness = "narrower_cheapness"
    /// Bargain crosses too expensive.
    case narrowerExpensiveness = "narrower_expensiveness"

    /// The question whose curve falls and the one whose curve rises, from 0.
    var curves: (falling: Int, rising: Int) {
      switch self {
      case .marginalCheapness: (0, 1)
      case .optimal: (0, 3)
      case .indifference: (1, 2)
      case .marginalExpensiveness: (2, 3)
      case .narrowerCheapness: (0, 2)
      case .narrowerExpensiveness: (1, 3)
      }
    }
  }

  /// Finds the points; there are none where nobody is left.
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
    let points = Point.allCases.compactMap { curves.price($0) }
    guard points.count == Point.allCases.count else { return nil }
    marginalCheapness = points[0]
    optimal = points[1]
    indifference = points[2]
    marginalExpensiveness = points[3]
    narrowerCheapness = points[4]
    narrowerExpensiveness = points[5]
  }

  /// The price at a point.
  public subscript(point: Point) -> Double {
    switch point {
    case .marginalCheapness: marginalCheapness
    case .optimal: optimal
    case .indifference: indifference
    case .marginalExpensiveness: marginalExpensiveness
    case .narrowerCheapness: narrowerCheapness
    case .narrowerExpensiveness: narrowerExpensiveness
    }
  }

  /// All its prices, in the order of ``Point``.
  public var all: [Double] { Point.allCases.map { self[$0] } }

  /// The acceptable range.
  ///
  /// - Parameter definition: Whose definition.
  /// - Returns: Its two ends.
  public func range(_ definition: PriceQuestions.Range) -> (low: Double, high: Double) {
    switch definition {
    case .original: (marginalCheapness, marginalExpensiveness)
    case .narrower: (narrowerCheapness, narrowerExpensiveness)
    }
  }
}

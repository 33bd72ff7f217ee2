import Foundation

/// The *F* distribution of a ratio of variances.
public struct FisherDistribution: Distribution, Equatable {
  /// Degrees of freedom above the line, above 0; need not be whole.
  public let numerator: Double
  /// Degrees of freedom below the line, above 0; need not be whole, and may be ∞.
  public let denominator: Double

  /// Names an *F* distribution.
  ///
  /// - Parameters:
  ///   - numerator: Degrees of freedom above the line, above 0 and finite.
  ///   - denominator: Degrees of freedom below the line, above 0; ∞ allowed.
  public init(numerator: Double, denominator: Double) {
    precondition(
      numerator > 0 && numerator.isFinite && denominator > 0,
      "an F with \(numerator) and \(denominator) degrees of freedom")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// From 0 up.
  public var support: ClosedRange<Double> { 0...Double.infinity }

  /// The density at a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: 0 below 0.
  public func density(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return 0 }
    if x == 0 { return numerator < 2 ? .infinity : numerator == 2 ? 1 : 0 }
    guard let (a, b, share, rest) = beta(x) else {
      return limit.density(x * numerator) * numerator
    }
    // The density of the share, times its slope: share · rest / x.
    return exp(logBinomialTerm(a, b, share, rest)) * (a / (a + b)) * b / x
  }

  /// The chance of a draw at or below a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < .infinity else { return 1 }
    guard let (a, b, share, rest) = beta(x) else { return limit.cumulative(x * numerator) }
    return IncompleteBeta(a, b, at: share, rest: rest).lower
  }

  /// The chance of a draw above a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func survival(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < .infinity else { return 0 }
    guard let (a, b, share, rest) = beta(x) else { return limit.survival(x * numerator) }
    return IncompleteBeta(a, b, at: share, rest: rest).upper
  }

  /// With endless degrees of freedom below the line, *F* times those above is a chi-square.
  private var limit: ChiSquareDistribution { ChiSquareDistribution(degreesOfFreedom: numerator) }

  /// The shapes and the point of the beta distribution that *F* turns into.
  private func beta(_ x: Double) -> (a: Double, b: Double, share: Double, rest: Double)? {
    guard denominator < 1e100 else { return nil }
    let ratio = numerator / denominator * x
    let rest = 1 / (1 + ratio)
    return (numerator / 2, denominator / 2, ratio.isFinite ? ratio * rest : 1, rest)
  }
}

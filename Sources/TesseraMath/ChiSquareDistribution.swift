import Foundation

/// The chi-square distribution.
public struct ChiSquareDistribution: Distribution, Equatable {
  /// Degrees of freedom, above 0; need not be whole.
  public let degreesOfFreedom: Double

  /// Names a chi-square distribution.
  ///
  /// - Parameter degreesOfFreedom: Above 0 and finite; need not be whole.
  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "a chi-square with \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// From 0 up.
  public var support: ClosedRange<Double> { 0...Double.infinity }

  /// The density at a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: 0 below 0.
  public func density(_ x: Double) -> Double {
    guard x >= 0 else { return 0 }
    let a = degreesOfFreedom / 2
    if x == 0 { return a < 1 ? .infinity : a == 1 ? 0.5 : 0 }
    return exp(logPoissonTerm(a, mean: x / 2)) * a / x
  }

  /// The chance of a draw at or below a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : IncompleteGamma(shape: degreesOfFreedom / 2, at: x / 2).lower
  }

  /// The chance of a draw above a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : IncompleteGamma(shape: degreesOfFreedom / 2, at: x / 2).upper
  }
}

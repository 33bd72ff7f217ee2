import Foundation

/// Student's *t* distribution.
public struct StudentDistribution: Distribution, Equatable {
  /// Degrees of freedom, above 0; need not be whole, and ∞ gives the normal distribution.
  public let degreesOfFreedom: Double

  /// Names a *t* distribution.
  ///
  /// - Parameter degreesOfFreedom: Above 0; need not be whole, ∞ allowed.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "a t with \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  /// The density at a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: The density, in units of 1 / *x*.
  public func density(_ x: Double) -> Double {
    guard degreesOfFreedom < 1e100 else { return NormalDistribution.standard.density(x) }
    let v = degreesOfFreedom
    let square = x * x
    // log Γ(z + ½) − log Γ(z) by Stirling's formula, so that a large v does not cancel.
    let z = v / 2
    let main: Double = z * log1p(0.5 / z) - 0.5 + 0.5 * log(z)
    let ratio: Double = main + stirlingError(z + 0.5) - stirlingError(z)
    return exp(ratio - (z + 0.5) * log1p(square / v)) / (v * Double.pi).squareRoot()
  }

  /// The chance of a draw at or below a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func cumulative(_ x: Double) -> Double {
    survival(-x)
  }

  /// The chance of a draw above a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  public func survival(_ x: Double) -> Double {
    x < 0 ? 1 - tail(-x) : tail(x)
  }

  /// The chance of a draw at least so far from 0, on either side.
  ///
  /// - Parameter x: Any number; its sign is ignored.
  /// - Returns: The two-sided *p* of a statistic `x`.
  public func twoSided(_ x: Double) -> Double {
    2 * tail(abs(x))
  }

  private func tail(_ x: Double) -> Double {
    guard degreesOfFreedom < 1e100 else { return NormalDistribution.standard.survival(x) }
    if x.isInfinite { return 0 }
    let v = degreesOfFreedom
    let ratio = x / v.squareRoot()
    guard ratio < 1e100 else {
      // So far out the first term of the series is all there is, and squares would overflow.
      let main = -v * log(ratio) - log(v)
      return exp(main + logGamma(v / 2 + 0.5) - logGamma(v / 2) - logGamma(0.5))
    }
    let share = 1 / (1 + ratio * ratio)
    return 0.5 * IncompleteBeta(v / 2, 0.5, at: share, rest: ratio * ratio * share).lower
  }
}

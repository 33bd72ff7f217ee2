/// A continuous distribution on a line.
///
/// Tails are computed by themselves, so that small chances keep their leading digits.
public protocol Distribution: Sendable {
  /// The range outside which nothing is drawn.
  var support: ClosedRange<Double> { get }

  /// The density at a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: 0 outside the support.
  func density(_ x: Double) -> Double

  /// The chance of a draw at or below a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  func cumulative(_ x: Double) -> Double

  /// The chance of a draw above a point.
  ///
  /// - Parameter x: Any number.
  /// - Returns: From 0 to 1.
  func survival(_ x: Double) -> Double
}

extension Distribution {
  /// The point at or below which a given share of draws falls.
  ///
  /// - Parameter share: From 0 to 1.
  /// - Returns: The end of the support for 0 and 1.
  public func quantile(_ share: Double) -> Double {
    precondition((0...1).contains(share), "a quantile of \(share)")
    if share == 0 { return support.lowerBound }
    if share == 1 { return support.upperBound }
    return share <= 0.5
      ? solve(tail: share, chance: cumulative, rising: true)
      : solve(tail: 1 - share, chance: survival, rising: false)
  }

  /// The point above which a given share of draws falls.
  ///
  /// Keeps its precision for small shares, where ``quantile(_:)`` of 1 − `share` would lose it.
  ///
  /// - Parameter share: From 0 to 1.
  /// - Returns: The end of the support for 0 and 1.
  public func upperQuantile(_ share: Double) -> Double {
    precondition((0...1).contains(share), "a quantile of \(share)")
    if share == 0 { return support.upperBound }
    if share == 1 { return support.lowerBound }
    return share <= 0.5
      ? solve(tail: share, chance: survival, rising: false)
      : solve(tail: 1 - share, chance: cumulative, rising: true)
  }

  /// The point where a tail has a given chance: Newton's steps, kept inside a shrinking bracket.
  private func solve(tail: Double, chance: (Double) -> Double, rising: Bool) -> Double {
    var (low, high) = bracket { rising ? chance($0) < tail : chance($0) > tail }
    var x = midpoint(low, high)
    for _ in 0..<400 {
      let difference = chance(x) - tail
      if difference == 0 { return x }
      if (difference < 0) == rising { low = x } else { high = x }
      let slope = rising ? density(x) : -density(x)
      var next = x - difference / slope
      if !(next > low && next < high) { next = midpoint(low, high) }
      if abs(next - x) <= 2 * x.ulp || next == low || next == high { return next }
      x = next
    }
    return x
  }

  /// Two points around the first at which `below` no longer holds, found by doubling.
  private func bracket(below: (Double) -> Bool) -> (Double, Double) {
    var low = support.lowerBound
    var high = support.upperBound
    if low == -.infinity {
      low = -1
      while below(low) == false, low > -1e300 { low *= 2 }
    }
    if high == .infinity {
      high = max(1, 2 * low)
      while below(high), high < 1e300 { high *= 2 }
    }
    return (low, high)
  }

  /// Halves a bracket by size rather than by length where its ends are far apart on one side of 0.
  private func midpoint(_ low: Double, _ high: Double) -> Double {
    if low >= 0, high > 4 * low {
      return (max(low, high * 1e-20) * high).squareRoot()
    }
    if high <= 0, low < 4 * high {
      return -(max(-high, -low * 1e-20) * -low).squareRoot()
    }
    return low + (high - low) / 2
  }
}

import Foundation

/// The two parts of the beta function cut at a point, as shares of the whole.
///
/// - Reference: DLMF 8.17.22, the continued fraction.
public struct IncompleteBeta: Sendable, Equatable {
  /// I(*x*; *a*, *b*): the share below the point.
  public let lower: Double
  /// 1 − I: the share above it, precise even where it is tiny.
  public let upper: Double

  /// Cuts the beta function.
  ///
  /// - Parameters:
  ///   - a: First shape, above 0 and finite.
  ///   - b: Second shape, above 0 and finite.
  ///   - x: The point, from 0 to 1.
  ///   - rest: 1 − *x*, for callers that know it better than the difference would give; `nil`
  ///     takes the difference.
  /// - Complexity: O(√max(*a*, *b*)).
  public init(_ a: Double, _ b: Double, at x: Double, rest: Double? = nil) {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "shapes \(a) and \(b)")
    precondition(x >= 0 && x <= 1, "an incomplete beta function at \(x)")
    let y = rest ?? 1 - x
    if x == 0 || y == 0 {
      lower = x == 0 ? 0 : 1
      upper = 1 - lower
      return
    }
    // xᵃ yᵇ / B(a, b)
    let term = exp(logBinomialTerm(a, b, x, y)) * (a / (a + b)) * b
    if x * (a + b + 2) < a + 1 {
      lower = min(1, term * betaFraction(a, b, x) / a)
      upper = 1 - lower
    } else {
      upper = min(1, term * betaFraction(b, a, y) / b)
      lower = 1 - upper
    }
  }
}

/// The continued fraction of the incomplete beta function by the modified Lentz method.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  if abs(d) < tiny { d = tiny }
  d = 1 / d
  var h = d
  for step in 1..<100_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    if abs(d) < tiny { d = tiny }
    c = 1 + even / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    h *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    if abs(d) < tiny { d = tiny }
    c = 1 + odd / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    let factor = d * c
    h *= factor
    if abs(factor - 1) < 1e-16 { break }
  }
  return h
}

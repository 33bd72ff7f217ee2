import Foundation

/// The two parts of the beta function cut at a point, as shares of the whole.
///
/// - Reference: DiDonato & Morris (1992), *ACM TOMS* 18(3), 360–373, doi:10.1145/131766.131776,
///   equation 9: a continued fraction that stays precise where *x* is next to 0 or 1.
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
    // How far the point lies below the mean, times a + b.
    let distance = a * y - b * x
    if distance >= 0 {
      lower = min(1, term * betaFraction(a, b, x, y, distance))
      upper = 1 - lower
    } else {
      upper = min(1, term * betaFraction(b, a, y, x, -distance))
      lower = 1 - upper
    }
  }
}

/// The continued fraction that xᵃ yᵇ / B(a, b) is to be multiplied by, by the modified Lentz method.
private func betaFraction(
  _ a: Double, _ b: Double, _ x: Double, _ y: Double, _ distance: Double
) -> Double {
  let tiny = 1e-300
  var denominator = 1 / (a / (a + 1) * (distance + 1))
  var numerator = 1 / tiny
  var value = denominator
  for step in 1..<100_000 {
    let n = Double(step)
    let middle = a + 2 * n - 1
    let product = n * (b - n) * x
    // Ratios first, so that large shapes do not overflow.
    let alpha: Double = ((a + n - 1) / middle) * ((a + b + n - 1) / middle) * product * x
    let rest: Double = (a + n) / (middle + 2) * (distance + 1 + n * (1 + y))
    let beta: Double = n + product / middle + rest
    denominator = beta + alpha * denominator
    if abs(denominator) < tiny { denominator = tiny }
    denominator = 1 / denominator
    numerator = beta + alpha / numerator
    if abs(numerator) < tiny { numerator = tiny }
    let factor = numerator * denominator
    value *= factor
    if abs(factor - 1) < 2e-16 { break }
  }
  return value
}

import Foundation

/// The two parts of the gamma function cut at a point, as shares of the whole.
///
/// - Reference: DLMF 8.2, 8.11.4 (series), 8.9.2 (continued fraction).
public struct IncompleteGamma: Sendable, Equatable {
  /// P(*a*, *x*): the share below the point.
  public let lower: Double
  /// Q(*a*, *x*) = 1 − P: the share above it, precise even where it is tiny.
  public let upper: Double

  /// Cuts the gamma function.
  ///
  /// - Parameters:
  ///   - shape: *a*, above 0 and finite.
  ///   - x: The point, 0 or more.
  /// - Complexity: O(√*a*) near the middle, less elsewhere.
  public init(shape: Double, at x: Double) {
    precondition(shape > 0 && shape.isFinite, "an incomplete gamma function of shape \(shape)")
    precondition(x >= 0, "an incomplete gamma function at \(x)")
    if x == 0 || x == .infinity {
      lower = x == 0 ? 0 : 1
      upper = 1 - lower
      return
    }
    // xᵃ e⁻ˣ / Γ(a + 1)
    let term = exp(logPoissonTerm(shape, mean: x))
    if x < shape + 1 {
      lower = min(1, term * gammaSeries(shape, x))
      upper = 1 - lower
    } else {
      upper = min(1, term * shape * gammaFraction(shape, x))
      lower = 1 - upper
    }
  }
}

/// Σ xⁿ Γ(a + 1) / Γ(a + 1 + n), which falls from its first term when x < a + 1.
private func gammaSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var n = 1.0
  while term > sum * 1e-17 {
    term *= x / (a + n)
    sum += term
    n += 1
  }
  return sum
}

/// The continued fraction of Γ(a, x) eˣ x⁻ᵃ by the modified Lentz method, for x ≥ a + 1.
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var h = d
  for n in 1..<100_000 {
    let an = -Double(n) * (Double(n) - a)
    b += 2
    d = an * d + b
    if abs(d) < tiny { d = tiny }
    c = b + an / c
    if abs(c) < tiny { c = tiny }
    d = 1 / d
    let factor = d * c
    h *= factor
    if abs(factor - 1) < 1e-16 { break }
  }
  return h
}

import Foundation

/// The logarithm of the gamma function.
///
/// - Parameter x: Above 0.
/// - Returns: log Γ(*x*), to the precision of doubles.
public func logGamma(_ x: Double) -> Double {
  precondition(x > 0, "log Γ is taken at \(x)")
  var sign: Int32 = 0
  return unsafe lgamma_r(x, &sign)
}

/// ½ log 2π.
let halfLogTwoPi = 0.918_938_533_204_672_74

/// What Stirling's formula leaves of log *n*!: log Γ(*n* + 1) − [(*n* + ½) log *n* − *n* + ½ log 2π].
///
/// - Reference: Loader (2000), *Fast and accurate computation of binomial probabilities*.
func stirlingError(_ n: Double) -> Double {
  if n < 15 {
    let main: Double = (n + 0.5) * log(n) - n + halfLogTwoPi
    return logGamma(n + 1) - main
  }
  let square = 1 / (n * n)
  // B₂ₖ / (2k (2k − 1)) for k = 1 ... 7.
  var sum = 1.0 / 156
  sum = sum * square - 691.0 / 360_360
  sum = sum * square + 1.0 / 1_188
  sum = sum * square - 1.0 / 1_680
  sum = sum * square + 1.0 / 1_260
  sum = sum * square - 1.0 / 360
  sum = sum * square + 1.0 / 12
  return sum / n
}

/// The deviance *x* log(*x* / *m*) + *m* − *x*, without cancellation where *x* is near *m*.
///
/// - Reference: Loader (2000), equation 5.
func devianceTerm(_ x: Double, mean m: Double) -> Double {
  let difference = x - m
  guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
  let v = difference / (x + m)
  var sum = difference * v
  var power = 2 * x * v
  let square = v * v
  var odd = 3.0
  while true {
    power *= square
    let next = sum + power / odd
    if next == sum { return next }
    sum = next
    odd += 2
  }
}

/// log of *x*ᵃ e⁻ˣ / Γ(*a* + 1): a Poisson probability with mean *x*, for any *a* from 0.
func logPoissonTerm(_ a: Double, mean x: Double) -> Double {
  if x == 0 { return a == 0 ? 0 : -.infinity }
  if a == 0 { return -x }
  return -stirlingError(a) - devianceTerm(a, mean: x) - 0.5 * log(a) - halfLogTwoPi
}

/// log of Γ(*n* + 1) / (Γ(*k* + 1) Γ(*n* − *k* + 1)) *p*ᵏ *q*ⁿ⁻ᵏ: a binomial probability, for any
/// 0 ≤ *k* ≤ *n* that need not be whole.
///
/// - Parameters:
///   - k: Successes.
///   - l: Failures, *n* − *k*, given apart so that it is exact.
///   - p: Chance of a success.
///   - q: Chance of a failure, 1 − *p*, given apart so that it is exact.
/// - Returns: 0 or less.
func logBinomialTerm(_ k: Double, _ l: Double, _ p: Double, _ q: Double) -> Double {
  let n = k + l
  if p == 0 { return k == 0 ? 0 : -.infinity }
  if q == 0 { return l == 0 ? 0 : -.infinity }
  if k == 0 { return l * (p < 0.1 ? log1p(-p) : log(q)) }
  if l == 0 { return k * (q < 0.1 ? log1p(-q) : log(p)) }
  let errors: Double = stirlingError(n) - stirlingError(k) - stirlingError(l)
  let deviance: Double = devianceTerm(k, mean: n * p) + devianceTerm(l, mean: n * q)
  return errors - deviance + 0.5 * (log(n) - log(k) - log(l)) - halfLogTwoPi
}

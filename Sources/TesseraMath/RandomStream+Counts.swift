import Foundation

extension RandomStream {
  /// Draws from the Poisson distribution.
  ///
  /// - Parameter mean: 0 or more, up to 10¹⁵.
  /// - Returns: A count with mean and variance `mean`.
  /// - Complexity: O(1) expected.
  /// - Reference: Hörmann (1993), *Insurance: Mathematics and Economics* 12(1), 39–45, algorithm
  ///   PTRS; products of uniforms below a mean of 10.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean <= 1e15, "a Poisson distribution of mean \(mean)")
    if mean < 10 {
      let limit = exp(-mean)
      var count = 0
      var product = 1 - uniform()
      while product > limit {
        count += 1
        product *= 1 - uniform()
      }
      return count
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = 1 - uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= squeeze { return Int(k) }
      guard k >= 0, us >= 0.013 || v <= us else { continue }
      let left = log(v) + log(inverseAlpha) - log(a / (us * us) + b)
      if left <= logPoissonTerm(k, mean: mean) { return Int(k) }
    }
  }
}

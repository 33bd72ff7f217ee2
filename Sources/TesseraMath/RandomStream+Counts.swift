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

  /// Draws how many of several independent trials succeed.
  ///
  /// - Parameters:
  ///   - trials: How many trials there are, 0 or more.
  ///   - chance: The chance of a success, 0 to 1.
  /// - Returns: From 0 to `trials`.
  /// - Complexity: O(1) expected.
  /// - Reference: Hörmann (1993), *J. Statistical Computation and Simulation* 46, 101–110,
  ///   algorithm BTRS; inversion where fewer than 10 are expected.
  public mutating func binomial(trials: Int, chance: Double) -> Int {
    precondition(trials >= 0 && (0...1).contains(chance), "\(trials) trials of chance \(chance)")
    if trials == 0 || chance == 0 { return 0 }
    if chance > 0.5 { return trials - binomial(trials: trials, rareChance: 1 - chance) }
    return binomial(trials: trials, rareChance: chance)
  }

  private mutating func binomial(trials: Int, rareChance p: Double) -> Int {
    if p == 0 { return 0 }
    let n = Double(trials)
    guard n * p >= 10 else { return invertedBinomial(trials: trials, chance: p) }
    let spread = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let centre = n * p + 0.5
    let alpha = (2.83 + 5.1 / b) * spread
    let squeeze = 0.92 - 4.2 / b
    while true {
      let u = uniform() - 0.5
      var v = 1 - uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + centre).rounded(.down)
      if us >= 0.07, v <= squeeze { return Int(k) }
      guard k >= 0, k <= n else { continue }
      v = v * alpha / (a / (us * us) + b)
      let mode = ((n + 1) * p).rounded(.down)
      let right =
        logBinomialTerm(k, n - k, p, 1 - p) - logBinomialTerm(mode, n - mode, p, 1 - p)
      if log(v) <= right { return Int(k) }
    }
  }

  /// Adds up chances from 0 until they pass a uniform draw.
  private mutating func invertedBinomial(trials: Int, chance p: Double) -> Int {
    let odds = p / (1 - p)
    let n = Double(trials)
    var mass = exp(n * log1p(-p))
    var rest = uniform()
    var count = 0
    while rest > mass, count < trials {
      rest -= mass
      count += 1
      mass *= odds * (n - Double(count) + 1) / Double(count)
      // Beyond any chance that matters: rounding has left a rest that no mass will cover.
      if mass < 1e-300 { break }
    }
    return count
  }

  /// Draws how many of several trials end in each of several ways.
  ///
  /// - Parameters:
  ///   - count: How many trials there are, 0 or more.
  ///   - probabilities: The chance of each way: finite, 0 or more, not all 0; they need not sum
  ///     to 1.
  /// - Returns: As many counts as ways, which sum to `count`.
  /// - Complexity: O(number of ways): a binomial draw for each, given those before.
  public mutating func multinomial(count: Int, probabilities: [Double]) -> [Int] {
    precondition(count >= 0, "\(count) trials")
    var counts = [Int](repeating: 0, count: probabilities.count)
    guard count > 0 else { return counts }
    // Sums of what is still to come, taken from the end so that the last is exact.
    var ahead = probabilities
    for index in stride(from: probabilities.count - 2, through: 0, by: -1) {
      ahead[index] += ahead[index + 1]
    }
    precondition(probabilities.allSatisfy { $0 >= 0 }, "a chance is below zero")
    let total = ahead.first ?? 0
    precondition(total > 0 && total.isFinite, "chances that sum to \(total)")
    var left = count
    for index in probabilities.indices where left > 0 && probabilities[index] > 0 {
      let drawn = binomial(trials: left, chance: min(1, probabilities[index] / ahead[index]))
      counts[index] = drawn
      left -= drawn
    }
    return counts
  }
}

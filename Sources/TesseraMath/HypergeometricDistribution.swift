import Foundation

/// How many marked things come up when some are drawn without putting back.
///
/// - Reference: Loader (2000), *Fast and accurate computation of binomial probabilities*.
public struct HypergeometricDistribution: Sendable, Equatable {
  /// How many things there are.
  public let population: Int
  /// How many of them are marked.
  public let marked: Int
  /// How many are drawn.
  public let drawn: Int

  /// Names a hypergeometric distribution.
  ///
  /// - Parameters:
  ///   - population: How many things there are, 0 or more.
  ///   - marked: How many of them are marked, up to `population`.
  ///   - drawn: How many are drawn, up to `population`.
  public init(population: Int, marked: Int, drawn: Int) {
    precondition(
      (0...population).contains(marked) && (0...population).contains(drawn),
      "\(marked) marked and \(drawn) drawn of \(population)")
    self.population = population
    self.marked = marked
    self.drawn = drawn
  }

  /// The counts that can come up.
  public var support: ClosedRange<Int> {
    max(0, drawn + marked - population)...min(drawn, marked)
  }

  /// The logarithm of the chance of a count.
  ///
  /// - Parameter count: Any number; outside the support gives −∞.
  /// - Returns: 0 or less.
  public func logMass(_ count: Int) -> Double {
    guard support.contains(count) else { return -.infinity }
    guard drawn > 0, drawn < population else { return 0 }
    let p = Double(drawn) / Double(population)
    let q = Double(population - drawn) / Double(population)
    let others = population - marked
    return logBinomialTerm(Double(count), Double(marked - count), p, q)
      + logBinomialTerm(Double(drawn - count), Double(others - drawn + count), p, q)
      - logBinomialTerm(Double(drawn), Double(population - drawn), p, q)
  }

  /// The chance of a count or fewer.
  ///
  /// - Parameter count: Any number.
  /// - Returns: From 0 to 1.
  /// - Complexity: O(number of counts whose chance matters).
  public func cumulative(_ count: Int) -> Double {
    if count < support.lowerBound { return 0 }
    if count >= support.upperBound { return 1 }
    return count <= mode ? sumDown(from: count) : 1 - sumUp(from: count + 1)
  }

  /// The chance of a count or more: note that `count` itself is included.
  ///
  /// - Parameter count: Any number.
  /// - Returns: From 0 to 1.
  /// - Complexity: O(number of counts whose chance matters).
  public func atLeast(_ count: Int) -> Double {
    if count <= support.lowerBound { return 1 }
    if count > support.upperBound { return 0 }
    return count > mode ? sumUp(from: count) : 1 - sumDown(from: count - 1)
  }

  private var mode: Int {
    let top = (Double(drawn) + 1) * (Double(marked) + 1)
    return Int(top / (Double(population) + 2))
  }

  /// Sums away from the mode, where each chance is smaller than the one before.
  private func sumDown(from start: Int) -> Double {
    var term = exp(logMass(start))
    var sum = term
    var count = start
    while count > support.lowerBound, term > sum * 1e-17 {
      let (k, n, m) = (Double(count), Double(drawn), Double(marked))
      term *= k * (Double(population) - m - n + k) / ((m - k + 1) * (n - k + 1))
      sum += term
      count -= 1
    }
    return min(1, sum)
  }

  private func sumUp(from start: Int) -> Double {
    var term = exp(logMass(start))
    var sum = term
    var count = start
    while count < support.upperBound, term > sum * 1e-17 {
      let (k, n, m) = (Double(count), Double(drawn), Double(marked))
      term *= (m - k) * (n - k) / ((k + 1) * (Double(population) - m - n + k + 1))
      sum += term
      count += 1
    }
    return min(1, sum)
  }
}

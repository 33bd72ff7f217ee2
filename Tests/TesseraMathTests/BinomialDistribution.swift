import Foundation

@testable import TesseraMath

/// How many of several independent trials succeed.
struct BinomialDistribution: Sendable, Equatable {
  /// How many trials there are, 0 or more.
  let trials: Int
  /// The chance of a success, 0 to 1.
  let chance: Double

  /// Names a binomial distribution.
  ///
  /// - Parameters:
  ///   - trials: How many trials there are, 0 or more.
  ///   - chance: The chance of a success, 0 to 1.
  init(trials: Int, chance: Double) {
    precondition(trials >= 0 && (0...1).contains(chance), "\(trials) trials of chance \(chance)")
    self.trials = trials
    self.chance = chance
  }

  /// The logarithm of the chance of a count.
  ///
  /// - Parameter count: Any number; outside 0 ... `trials` gives −∞.
  /// - Returns: 0 or less.
  func logMass(_ count: Int) -> Double {
    guard (0...trials).contains(count) else { return -.infinity }
    return logBinomialTerm(Double(count), Double(trials - count), chance, 1 - chance)
  }

  /// The chance of a count or fewer.
  ///
  /// - Parameter count: Any number.
  /// - Returns: From 0 to 1.
  func cumulative(_ count: Int) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return IncompleteBeta(Double(count) + 1, Double(trials - count), at: chance).upper
  }

  /// The chance of a count or more: note that `count` itself is included.
  ///
  /// - Parameter count: Any number.
  /// - Returns: From 0 to 1.
  func atLeast(_ count: Int) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return IncompleteBeta(Double(count), Double(trials - count) + 1, at: chance).lower
  }
}

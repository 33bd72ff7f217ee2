import Foundation
import TesseraMath

/// The ranks that products may have, all at once, from replicates of their fits.
///
/// With differences Δ_kj = F_k − F_j and their standard errors over the replicates, c is the 95%
/// point of max |Δ* − Δ| / se over all pairs; a product ranks behind every k whose interval
/// Δ_kj ∓ c se_kj lies above 0, and before every k whose interval lies below.
///
/// - Reference: Mogstad, Romano, Shaikh & Wilhelm (2024), *Review of Economic Studies* 91(1),
///   476–518.
package struct RankSets: Sendable, Equatable {
  /// For each product its best and its worst rank, from 1.
  package let ranks: [ClosedRange<Int>]

  /// Finds rank sets.
  ///
  /// - Parameters:
  ///   - estimates: The products' fits.
  ///   - replicates: For each replicate the products' fits, all finite.
  ///   - slack: For each product how far below and above its fit unknown levels may take it; empty
  ///     where all is known.
  ///   - confidence: That all sets hold their product's rank.
  /// - Complexity: O(replicates × products²).
  package init(
    estimates: [Double], replicates: [[Double]], slack: [(low: Double, high: Double)] = [],
    confidence: Double = 0.95
  ) {
    let count = estimates.count
    guard count > 1, replicates.count >= 20 else {
      ranks = [ClosedRange<Int>](repeating: 1...max(1, count), count: count)
      return
    }
    var errors = [Double](repeating: 0, count: count * count)
    for j in 0..<count {
      for k in j + 1..<max(count, j + 1) {
        var (mean, square) = (0.0, 0.0)
        for (number, replicate) in replicates.enumerated() {
          let difference = replicate[k] - replicate[j]
          let step = difference - mean
          mean += step / Double(number + 1)
          square += step * (difference - mean)
        }
        let error = (square / Double(replicates.count - 1)).squareRoot()
        errors[j * count + k] = error < 1e-10 ? 0 : error
      }
    }
    var largest: [Double] = []
    largest.reserveCapacity(replicates.count)
    for replicate in replicates {
      var most = 0.0
      for j in 0..<count {
        for k in j + 1..<max(count, j + 1) where errors[j * count + k] > 0 {
          let shift = (replicate[k] - replicate[j]) - (estimates[k] - estimates[j])
          most = max(most, abs(shift) / errors[j * count + k])
        }
      }
      largest.append(most)
    }
    let critical = Descriptive.quantile(confidence, of: largest) ?? 0
    ranks = (0..<count).map { j in
      var (better, worse) = (0, 0)
      for k in 0..<count where k != j {
        let difference = estimates[k] - estimates[j]
        let reach = critical * errors[min(j, k) * count + max(j, k)]
        guard abs(difference) > 1e-9 else { continue }
        let mine = slack.isEmpty ? (low: 0.0, high: 0.0) : slack[j]
        let its = slack.isEmpty ? (low: 0.0, high: 0.0) : slack[k]
        if difference - reach + its.low - mine.high > 0 { better += 1 }
        if difference + reach + its.high - mine.low < 0 { worse += 1 }
      }
      return 1 + better...count - worse
    }
  }
}

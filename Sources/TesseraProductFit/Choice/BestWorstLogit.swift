import Foundation
import TesseraMath

/// One best-worst task as it was answered: the items shown, by number, and what was taken.
struct BestWorstMenu: Hashable, Sendable {
  let shown: [Int]
  let best: Int?
  let worst: Int?
}

/// The maximum-difference logit: people take the pair of items whose utilities differ most, with the
/// chance exp(u of the best − u of the worst) over the sum for all ordered pairs that were shown.
///
/// What was shown in each task enters, so that unequal showings and strong or weak rivals do not count
/// as preference.
///
/// - Reference: Marley & Louviere (2005), *J. Mathematical Psychology* 49, 464–480.
enum BestWorstLogit {
  /// Most rows of pairs that are laid out.
  private static let mostRows = 4_000_000

  /// The utilities of items by maximum likelihood, the mean of all at 0.
  ///
  /// - Parameters:
  ///   - menus: For each respondent the tasks.
  ///   - weights: What each respondent counts for.
  ///   - items: Number of items.
  /// - Returns: `nil` where the answers have no single best utilities: an item that was never shown
  ///   beside others, or always or never taken.
  /// - Complexity: O(steps × different answered tasks × pairs × items²).
  static func utilities(
    _ menus: [[BestWorstMenu]], weights: [Double], items: Int
  ) -> [Double]? {
    var counts: [BestWorstMenu: Double] = [:]
    for (respondent, own) in menus.enumerated() where weights[respondent] > 0 {
      for menu in own { counts[menu, default: 0] += weights[respondent] }
    }
    // The order of a dictionary differs from run to run.
    let answered = counts.keys.sorted { one, other in
      one.shown != other.shown
        ? one.shown.lexicographicallyPrecedes(other.shown)
        : (one.best ?? -1, one.worst ?? -1) < (other.best ?? -1, other.worst ?? -1)
    }
    let pairs = answered.map(pairs)
    let rows = pairs.reduce(0) { $0 + $1.all.count }
    guard items > 1, !answered.isEmpty, rows <= mostRows else { return nil }
    var attributes = Matrix(rows: rows, columns: items - 1)
    var row = 0
    for pair in pairs.flatMap(\.all) {
      // The last item is where utilities are measured from.
      if let best = pair.best, best < items - 1 { attributes[row, best] += 1 }
      if let worst = pair.worst, worst < items - 1 { attributes[row, worst] -= 1 }
      row += 1
    }
    let total = counts.values.reduce(0, +)
    let table = ChoiceTable(
      attributes: attributes, sizes: pairs.map(\.all.count), chosen: pairs.map(\.chosen),
      weights: answered.map { (counts[$0] ?? 0) / total * Double(answered.count) })
    guard let fit = try? ConditionalLogit(table), fit.isConverged,
      fit.coefficients.allSatisfy({ $0.isFinite && abs($0) < 20 })
    else { return nil }
    let all = fit.coefficients + [0]
    let mean = all.reduce(0, +) / Double(items)
    return all.map { $0 - mean }
  }

  private typealias Pair = (best: Int?, worst: Int?)

  /// The pairs that a task offered, and the one that was taken; of a task with one answer the items.
  private static func pairs(_ menu: BestWorstMenu) -> (all: [Pair], chosen: Int) {
    var all: [Pair] = []
    for one in menu.shown {
      switch (menu.best, menu.worst) {
      case (_?, _?): all += menu.shown.filter { $0 != one }.map { (one, $0) }
      case (_?, nil): all.append((one, nil))
      case (nil, _): all.append((nil, one))
      }
    }
    let chosen = all.firstIndex { $0.best == menu.best && $0.worst == menu.worst } ?? 0
    return (all, chosen)
  }
}

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

  /// Utilities with what their errors rest on.
  struct Estimate: Sendable {
    /// One for each item, the mean of all at 0.
    let utilities: [Double]
    /// Their standard errors from the information, where all answered tasks are independent.
    let errors: [Double]
    /// Respondents × items: what each respondent adds to the error of a utility, as a part of a weighted
    /// mean over those with tasks; NaN without tasks.
    let influences: Matrix
  }

  /// The utilities of items by maximum likelihood.
  ///
  /// - Parameters:
  ///   - menus: For each respondent the tasks.
  ///   - weights: What each respondent counts for.
  ///   - items: Number of items.
  /// - Returns: `nil` where the answers have no single best utilities: an item that was never shown
  ///   beside others, or always or never taken.
  /// - Complexity: O(steps × different answered tasks × pairs × items²).
  static func estimate(
    _ menus: [[BestWorstMenu]], weights: [Double], items: Int
  ) -> Estimate? {
    var counts: [BestWorstMenu: (weight: Double, tasks: Int)] = [:]
    for (respondent, own) in menus.enumerated() where weights[respondent] > 0 {
      for menu in own {
        counts[menu, default: (0, 0)].weight += weights[respondent]
        counts[menu, default: (0, 0)].tasks += 1
      }
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
    for (row, pair) in pairs.lazy.flatMap(\.all).enumerated() {
      // The last item is where utilities are measured from.
      if let best = pair.best, best < items - 1 { attributes[row, best] += 1 }
      if let worst = pair.worst, worst < items - 1 { attributes[row, worst] -= 1 }
    }
    let total = counts.values.reduce(0) { $0 + $1.weight }
    let tasks = counts.values.reduce(0) { $0 + $1.tasks }
    let table = ChoiceTable(
      attributes: attributes, sizes: pairs.map(\.all.count), chosen: pairs.map(\.chosen),
      weights: answered.map { (counts[$0]?.weight ?? 0) / total * Double(tasks) })
    guard let fit = try? ConditionalLogit(table), fit.isConverged,
      fit.coefficients.allSatisfy({ $0.isFinite && abs($0) < 20 })
    else { return nil }
    // From the last item to the mean of all as where utilities are measured from.
    var centred = Matrix(rows: items, columns: items - 1, repeating: -1 / Double(items))
    for item in 0..<items - 1 { centred[item, item] += 1 }
    let spread = centred.multiplied(by: fit.covariance)
    let scores = scores(table, fit.coefficients)
    let places = Dictionary(uniqueKeysWithValues: answered.enumerated().map { ($1, $0) })
    let counted = menus.indices.filter { weights[$0] > 0 && !menus[$0].isEmpty }
    let people = counted.reduce(0) { $0 + weights[$1] }
    // The information is of all tasks with weights that add up to their number: in a mean over people.
    let factor = people * Double(tasks) / total
    var influences = Matrix(rows: menus.count, columns: items, repeating: .nan)
    for respondent in counted {
      var own = [Double](repeating: 0, count: items - 1)
      for menu in menus[respondent] {
        guard let place = places[menu] else { continue }
        for item in own.indices { own[item] += factor * scores[place, item] }
      }
      for (item, value) in spread.multiplied(by: own).enumerated() {
        influences[respondent, item] = value
      }
    }
    return Estimate(
      utilities: centred.multiplied(by: fit.coefficients),
      errors: (0..<items).map { item in
        max(0, dot(Array(spread.row(item)), Array(centred.row(item)))).squareRoot()
      }, influences: influences)
  }

  /// Menus × attributes: the attributes of what was chosen less their mean over the menu.
  private static func scores(_ table: ChoiceTable, _ coefficients: [Double]) -> Matrix {
    let worths = table.attributes.multiplied(by: coefficients)
    var result = Matrix(rows: table.count, columns: table.attributes.columns)
    for menu in 0..<table.count {
      let rows = table.starts[menu]..<table.starts[menu + 1]
      let most = rows.reduce(-Double.infinity) { max($0, worths[$1]) }
      let sum = rows.reduce(0) { $0 + exp(worths[$1] - most) }
      for item in 0..<result.columns {
        result[menu, item] =
          table.attributes[table.chosen[menu], item]
          - rows.reduce(0) { $0 + exp(worths[$1] - most) / sum * table.attributes[$1, item] }
      }
    }
    return result
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

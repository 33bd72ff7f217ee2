import Foundation
import TesseraDesign
import TesseraMath

extension ImprovementSearch {
  /// Changes that no other change of the same feature betters whatever it is combined with.
  ///
  /// On one side of every barrier a level that serves all needs at least as well is always at least
  /// as good; of levels that serve equally well the one nearest to today's stays. Where levels cost
  /// something, or serve one need and harm another, all stay.
  func undominated(_ singles: [Found], _ product: Int, _ table: ChangeGains) -> [Found] {
    let model = analysis.model
    var best: [[Int]: Int] = [:]
    var result: [Int] = []
    for (place, one) in singles.enumerated() {
      guard one.cost == nil, one.name.isEmpty, one.changes.count == 1,
        let change = one.changes.first,
        !model.features[change.feature].isBurden
      else {
        result.append(place)
        continue
      }
      let signs = Set(model.relations.column(change.feature).filter { $0 != 0 }.map { $0 > 0 })
      guard signs.count < 2 else {
        result.append(place)
        continue
      }
      let today = model.products[product].levels[change.feature]
      func value(_ level: Double) -> (worth: Double, nearness: Double) {
        let worth = signs.isEmpty ? 0 : model.features[change.feature].worth(level)
        return (signs.contains(false) ? -worth : worth, -abs(level - today))
      }
      let key = [change.feature] + table.sides(change.feature, change.level)
      if let other = best[key], let known = singles[other].changes.first,
        value(known.level) >= value(change.level)
      {
        continue
      }
      best[key] = place
    }
    return (result + best.values).sorted().map { singles[$0] }
  }

  /// The candidates worth combining: by gain alone, then by what barriers over their features take.
  ///
  /// All of them, unless there are so many that their bundles could not all be tried.
  func promising(_ singles: [Found], _ product: Int, bundle: Int) -> [Found] {
    let count = Double(singles.count)
    let sets = bundle > 2 ? count * count * count / 6 : count * count / 2
    guard sets > most else { return singles }
    let pool = Int(bundle > 2 ? pow(6 * most, 1 / 3) : (2 * most).squareRoot())
    let model = analysis.model
    let shares = analysis.population.totals[0] > 0 ? segmentShares : []
    var taken = [Double](repeating: 0, count: model.features.count)
    for loss in analysis.losses.losses[product] {
      guard case .barrier(let barrier) = loss.cause else { continue }
      var mean = 0.0
      for (segment, share) in shares.enumerated() where loss.means[segment].isFinite {
        mean += share * loss.means[segment]
      }
      for feature in model.barriers[barrier].violated.features { taken[feature] += mean }
    }
    func promise(_ found: Found) -> Double {
      var hidden = 0.0
      for change in found.changes { hidden = max(hidden, taken[change.feature]) }
      return max(found.gain, 0) + hidden
    }
    let order = singles.indices.sorted {
      let (one, two) = (promise(singles[$0]), promise(singles[$1]))
      return one != two ? one > two : $0 < $1
    }
    return order.prefix(max(2, pool)).sorted().map { singles[$0] }
  }

  /// Says of which features no other level could be tried; `nil` if of each some could.
  func untried(_ products: [Int]) -> String? {
    let model = analysis.model
    let tried = Set(products.flatMap { candidates($0).flatMap { $0.changes.map(\.feature) } })
    let left = model.features.indices.filter {
      !tried.contains($0) && !model.features[$0].isPrice
        && model.relations.column($0).contains { $0 != 0 }
    }
    guard !left.isEmpty else { return nil }
    let names = left.prefix(4).map { model.features[$0].name }.joined(separator: ", ")
    return
      "No other level is known of \(names)\(left.count > 4 ? " and \(left.count - 4) more" : "")"
      + ": say under features which to try, such as range: [4, 8, 1]."
  }

  var segmentShares: [Double] {
    let totals = analysis.estimator.totals
    var sum = 0.0
    for total in totals { sum += total }
    return totals.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Declared edits and other levels of a product.
  func candidates(
    _ product: Int
  ) -> [(name: String, changes: [FitEdit.Change], cost: Double?)] {
    let model = analysis.model
    var result = model.edits.filter { $0.product == product }.map {
      (name: $0.name, changes: $0.changes, cost: $0.cost)
    }
    for (feature, declared) in model.features.enumerated() {
      let level = model.products[product].levels[feature]
      guard !level.isNaN else { continue }
      for other in declared.candidates(
        from: level, catalogue: model.products.map { $0.levels[feature] },
        barriers: model.bounds(on: feature))
      {
        let changes = [FitEdit.Change(feature: feature, level: other)]
        if !result.contains(where: { $0.changes == changes }) {
          result.append(
            (name: "", changes: changes, cost: declared.cost(from: level, to: other)))
        }
      }
    }
    return result
  }
}

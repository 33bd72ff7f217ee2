import TesseraStudy

extension ImprovementSearch {
  /// Of changes of the same features that gain and cost the same, those that change least.
  ///
  /// Named levels have no order and all stay, as do declared edits.
  ///
  /// - Complexity: O(changes · log changes).
  func nearest(_ found: [Found]) -> [Found] {
    struct Kind: Hashable {
      let features: [Int]
      let cost: Double?
      let gain: Double
    }
    let model = analysis.model
    func distance(_ one: Found) -> Double {
      var sum = 0.0
      for change in one.changes {
        let feature = model.features[change.feature]
        let span = feature.range.map { $0.upperBound - $0.lowerBound } ?? 1
        let today = model.products[one.product].levels[change.feature]
        sum += abs(change.level - today) / (span > 0 ? span : 1)
      }
      return sum
    }
    var best: [Kind: (place: Int, distance: Double)] = [:]
    var stays = [Bool](repeating: true, count: found.count)
    for (place, one) in found.enumerated() {
      guard one.name.isEmpty,
        one.changes.allSatisfy({ model.features[$0.feature].levelNames.isEmpty })
      else { continue }
      let kind = Kind(
        features: one.changes.map(\.feature).sorted(), cost: one.cost,
        // Gains that differ by rounding alone are one gain.
        gain: (one.gain * 1e7).rounded())
      let far = distance(one)
      guard let known = best[kind] else {
        best[kind] = (place, far)
        continue
      }
      stays[far < known.distance ? known.place : place] = false
      if far < known.distance { best[kind] = (place, far) }
    }
    return zip(found, stays).filter(\.1).map(\.0)
  }

  /// What every single level brings that a product could have instead of its own.
  ///
  /// - Parameter limit: Most changes.
  /// - Returns: One feature at a time, by product and feature, also where fit is lost.
  /// - Complexity: O(changes · respondents · needs).
  func singleLevels(limit: Int) -> [Improvement] {
    guard !analysis.suppression.isTotalHidden else { return [] }
    let found = analysis.model.products.indices.flatMap { product in
      candidates(product).filter { $0.name.isEmpty && $0.changes.count == 1 }.map { one in
        Found(
          product: product, name: "", changes: one.changes, cost: one.cost, parts: [0], gain: 0)
      }
    }
    return proposals(Array(found.prefix(limit))).map(\.improvement)
  }
}

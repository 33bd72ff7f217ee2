import TesseraStudy

extension ImprovementSearch {
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

/// Ranks products by how near they are to the best and how far from the worst of the catalogue.
///
/// Every score depends on which products are compared, which is why it only checks the fit.
///
/// - Reference: Hwang & Yoon (1981), *Multiple Attribute Decision Making*, Springer.
public enum Topsis {
  /// Relative closeness to the ideal.
  ///
  /// - Parameters:
  ///   - levels: Products × features, finite.
  ///   - weights: One for each feature.
  ///   - isCost: Whether less is better, one for each feature.
  /// - Returns: One for each product, 0 (worst in everything) to 1.
  public static func closeness(
    levels: [[Double]], weights: [Double], isCost: [Bool]
  ) -> [Double] {
    precondition(weights.count == isCost.count, "a weight and a direction for each feature")
    precondition(levels.allSatisfy { $0.count == weights.count }, "a level for each feature")
    var best = [Double](repeating: 0, count: levels.count)
    var worst = best
    for feature in weights.indices {
      let column = levels.map { $0[feature] }
      let length = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let scaled = column.map { length > 0 ? weights[feature] * $0 / length : 0 }
      guard let most = scaled.max(), let least = scaled.min() else { continue }
      let (ideal, nadir) = isCost[feature] ? (least, most) : (most, least)
      for product in scaled.indices {
        best[product] += (scaled[product] - ideal) * (scaled[product] - ideal)
        worst[product] += (scaled[product] - nadir) * (scaled[product] - nadir)
      }
    }
    return best.indices.map { product in
      let (near, far) = (best[product].squareRoot(), worst[product].squareRoot())
      return near + far > 0 ? far / (near + far) : 0.5
    }
  }
}

/// How crisp labels become numbered segments.
enum Labels {
  /// Weighted sizes of the groups that labels form.
  ///
  /// - Parameters:
  ///   - labels: A group for each row, from 0; negative for none.
  ///   - weights: What each row counts for.
  ///   - count: Number of groups.
  /// - Returns: Sum of weights in each group.
  static func masses(_ labels: [Int], weights: [Double], count: Int) -> [Double] {
    var masses = [Double](repeating: 0, count: count)
    for (label, weight) in zip(labels, weights) where label >= 0 {
      masses[label] += weight
    }
    return masses
  }

  /// The order of groups by falling mass; equal masses keep the order of the groups.
  ///
  /// Masses that differ by rounding only count as equal, so that the order of summing is not seen.
  ///
  /// - Parameter masses: One for each group.
  /// - Returns: Groups in their new order.
  static func order(byFalling masses: [Double]) -> [Int] {
    let total = masses.reduce(0, +)
    let rounded = masses.map { total > 0 ? ($0 / total * 1e12).rounded() : 0 }
    return masses.indices.sorted { (-rounded[$0], $0) < (-rounded[$1], $1) }
  }

  /// Which new number each old group gets.
  ///
  /// - Parameter order: Old groups in their new order.
  /// - Returns: For each old group its place in `order`.
  static func ranks(_ order: [Int]) -> [Int] {
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, group) in order.enumerated() {
      ranks[group] = rank
    }
    return ranks
  }

  /// Shares that sum to 1.
  ///
  /// - Parameter masses: One for each group.
  /// - Returns: Each mass divided by their sum.
  static func shares(_ masses: [Double]) -> [Double] {
    let total = masses.reduce(0, +)
    return masses.map { total > 0 ? $0 / total : 0 }
  }
}

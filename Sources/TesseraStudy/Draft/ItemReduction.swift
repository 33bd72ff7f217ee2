/// Chooses the items that stand for a long battery.
///
/// Items that go together say much the same. Greedily the item is taken that makes the sum over all
/// items of their largest squared correlation with an item taken grow most; ties go to the earlier
/// item.
enum ItemReduction {
  /// How many items are kept of a longer battery.
  static let most = 24

  /// Chooses the items.
  ///
  /// - Parameters:
  ///   - items: Answers as numbers by item; NaN where there is none.
  ///   - count: How many to keep.
  /// - Returns: Positions of the items kept, in the order of the file.
  /// - Complexity: O(items² · respondents), on up to 4,000 respondents at even steps.
  static func keep(_ items: [[Double]], count: Int) -> [Int] {
    guard items.count > count else { return Array(items.indices) }
    let squared = squaredCorrelations(items)
    var best = [Double](repeating: 0, count: items.count)
    var kept: [Int] = []
    while kept.count < count {
      var winner: (place: Int, gain: Double)?
      for place in items.indices where !kept.contains(place) {
        var gain = 0.0
        for other in items.indices { gain += max(0, squared[place][other] - best[other]) }
        if winner.map({ gain > $0.gain + 1e-12 }) ?? true { winner = (place, gain) }
      }
      guard let winner else { break }
      kept.append(winner.place)
      for other in items.indices { best[other] = max(best[other], squared[winner.place][other]) }
    }
    return kept.sorted()
  }

  private static func squaredCorrelations(_ items: [[Double]]) -> [[Double]] {
    let rows = items.first?.count ?? 0
    let step = max(1, rows / 4000)
    let scored = items.map { item -> [Double] in
      let sample = stride(from: 0, to: rows, by: step).map { item[$0] }
      let known = sample.filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let spread = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
      // A gap stands at the mean.
      return sample.map { $0.isNaN || spread == 0 ? 0 : ($0 - mean) / spread }
    }
    return scored.indices.map { first in
      scored.indices.map { second in
        if first == second { return 1 }
        let r = zip(scored[first], scored[second]).reduce(0) { $0 + $1.0 * $1.1 }
        return r * r
      }
    }
  }
}

/// How well two rankings agree.
public enum RankCorrelation {
  /// Spearman's correlation: Pearson's, of midranks.
  ///
  /// - Parameters:
  ///   - one: Numbers.
  ///   - other: As many numbers.
  /// - Returns: From −1 to 1; `nil` with fewer than three, or where one side is constant.
  /// - Complexity: O(*n* log *n*).
  public static func spearman(_ one: [Double], _ other: [Double]) -> Double? {
    precondition(one.count == other.count, "\(one.count) numbers against \(other.count)")
    guard one.count >= 3 else { return nil }
    let (a, b) = (midranks(one), midranks(other))
    let mean = Double(one.count + 1) / 2
    var (product, first, second) = (0.0, 0.0, 0.0)
    for index in a.indices {
      product += (a[index] - mean) * (b[index] - mean)
      first += (a[index] - mean) * (a[index] - mean)
      second += (b[index] - mean) * (b[index] - mean)
    }
    guard first > 0, second > 0 else { return nil }
    return product / (first * second).squareRoot()
  }

  /// Ranks from 1, equal values sharing the mean of theirs.
  static func midranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }
}

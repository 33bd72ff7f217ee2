/// The classic House of Quality: how important features are, from needs and relations.
///
/// It ranks features, not products, and stands in the report for those who know it. Normalised rows
/// can rank differently, because a need with many relations otherwise counts several times.
public struct HouseOfQuality: Sendable, Equatable {
  /// Σ importance × |relation|, one for each feature.
  public let importance: [Double]
  /// The same as shares of their sum.
  public let shares: [Double]
  /// Σ importance × |relation| / Σ |relation| of the need, one for each feature.
  public let normalised: [Double]
  /// Pairs of features that the two ways rank differently.
  public let reversals: [Reversal]

  /// Two features, the first ahead by column sums and behind once rows are normalised.
  public struct Reversal: Sendable, Equatable {
    /// Ahead by column sums.
    public let first: Int
    /// Ahead once rows are normalised.
    public let second: Int
  }

  /// Works out the house.
  ///
  /// - Parameters:
  ///   - importance: One for each need, 0 or more.
  ///   - relations: Needs × features: 9, 3, 1 or 0; signs are dropped.
  /// - Reference: Hauser & Clausing (1988), *Harvard Business Review* 66(3), 63–73.
  public init(importance: [Double], relations: [[Double]]) {
    precondition(importance.count == relations.count, "a row of relations for each need")
    let features = relations.first?.count ?? 0
    var sums = [Double](repeating: 0, count: features)
    var normalised = sums
    for (need, row) in relations.enumerated() {
      precondition(row.count == features, "rows of relations differ in length")
      var total = 0.0
      for relation in row { total += abs(relation) }
      for (feature, relation) in row.enumerated() where relation != 0 {
        sums[feature] += importance[need] * abs(relation)
        normalised[feature] += importance[need] * abs(relation) / total
      }
    }
    var all = 0.0
    for sum in sums { all += sum }
    self.importance = sums
    self.normalised = normalised
    shares = sums.map { all > 0 ? $0 / all : 0 }
    var reversals: [Reversal] = []
    for first in 0..<features {
      for second in 0..<features
      where sums[first] > sums[second] && normalised[first] < normalised[second] {
        reversals.append(Reversal(first: first, second: second))
      }
    }
    self.reversals = reversals
  }
}

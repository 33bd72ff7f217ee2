/// The ranks that a product may have in a segment, with 95% confidence for all products at once.
public struct RankSet: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// The best rank it may have, from 1.
  public var best: Int
  /// The worst rank it may have.
  public var worst: Int

  /// Makes a rank set.
  public init(segment: String, product: String, best: Int, worst: Int) {
    self.segment = segment
    self.product = product
    self.best = best
    self.worst = worst
  }
}

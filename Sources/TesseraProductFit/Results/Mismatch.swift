/// A place where a product fails a segment.
public struct Mismatch: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// What is behind it.
  public var cause: Cause
  /// The feature in question; empty if the barrier names none.
  public var feature: String
  /// The product's level of it, as a reader sees it.
  public var level: String
  /// The level that would do, as a reader sees it.
  public var needed: String
  /// Weighted share of the segment that it affects, 0 to 1.
  public var shareAffected: Double?
  /// Mean points lost.
  public var points: Double
  /// Adjusted for all causes in all cells (Benjamini-Hochberg).
  public var pAdjusted: Double
  /// The whole thing in a sentence.
  public var sentence: String

  /// What is behind a mismatch.
  public enum Cause: Sendable, Equatable {
    /// A need, by name.
    case need(String)
    /// A barrier, by name.
    case barrier(String)

    /// As it stands in `fit.json`: `need:NAME` or `barrier:NAME`.
    public var text: String {
      switch self {
      case .need(let name): "need:\(name)"
      case .barrier(let name): "barrier:\(name)"
      }
    }
  }
}

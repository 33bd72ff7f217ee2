public import TesseraStudy

/// A need on the importance-performance map of a segment.
public struct ImportancePerformance: Sendable, Equatable {
  /// What the place on the map advises.
  public enum Advice: String, Sendable, CaseIterable {
    /// Important, and not done well.
    case concentrate = "concentrate here"
    /// Important, and done well.
    case keep = "keep up the good work"
    /// Not important, and not done well.
    case low = "low priority"
    /// Not important, and done well.
    case overkill = "possible overkill"
  }

  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The need's name.
  public var need: String
  /// Mean importance as a share of the scale; `nil` if suppressed.
  public var importance: Double?
  /// Standard error of ``importance``.
  public var importanceSE: Double?
  /// Mean satisfaction as a share of the scale.
  public var performance: Double?
  /// Standard error of ``performance``.
  public var performanceSE: Double?
  /// What the place on the map advises; the axes cross at the segment's means over needs.
  ///
  /// `nil` where the need is nearer to an axis than its error.
  public var advice: Advice?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "segment": segment, "need": need, "importance": importance, "importance_se": importanceSE,
      "performance": performance, "performance_se": performanceSE, "advice": advice?.rawValue,
    ]
  }
}

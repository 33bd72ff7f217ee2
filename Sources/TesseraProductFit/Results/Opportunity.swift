/// A need in a segment: how much it matters, how well it is met today, and by these products.
public struct Opportunity: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The need's name.
  public var need: String
  /// Weighted share of top-box importance, 0 to 1; `nil` if suppressed.
  public var importance: Double?
  /// Weighted share of top-box satisfaction; `nil` if not asked or suppressed.
  public var satisfaction: Double?
  /// Ulwick's score, 0 to 20: 10 × (importance + max(importance − satisfaction, 0)).
  public var odi: Double?
  /// Standard error of ``odi``: with the segmentation's own error where it was resampled.
  public var se: Double?
  /// Standard error of ``odi`` by linearisation, the segments held fixed.
  public var seLinearised: Double?
  /// Low end of its 95% interval.
  public var low: Double?
  /// High end of its 95% interval.
  public var high: Double?
  /// Standard error of importance less satisfaction; `nil` if satisfaction was not asked.
  public var unmetSE: Double?
  /// Whether it may be the largest opportunity of its segment, by the errors of all that are compared.
  public var mayBeFirst = true
  /// Mean points that even the best product here leaves unmet, 0 to 100.
  public var gap: Double?

  /// Whether it matters to more people than are satisfied, beyond the error of the difference.
  public var isClearlyUnmet: Bool {
    guard let importance, let satisfaction, let unmetSE else { return false }
    return importance - satisfaction - 1.96 * unmetSE > 1e-9
  }
}

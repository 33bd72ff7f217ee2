/// A barrier as a reader sees it.
public struct BarrierSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// Share of acceptance that it takes, 0 to 1.
  public var strength: Double

  /// Makes a summary.
  public init(name: String, label: String, strength: Double = 1) {
    self.name = name
    self.label = label
    self.strength = strength
  }

  /// What it does to people, in words that its strength bears out: only one of strength 1 stops.
  ///
  /// - Parameters:
  ///   - loss: What it takes from a product in a segment.
  ///   - hasStrength: Whether a strength below 1 is told.
  ///   - isSmall: Whether the segment is so small that none of its people and all of them are not told.
  /// - Returns: Such as "stops 40%", "slows 40% (by 10%)" or "may stop 0% to 40%".
  public func effect(
    _ loss: Ledger.BarrierLoss, hasStrength: Bool = true, isSmall: Bool = false
  ) -> String {
    let by = hasStrength && strength < 1 ? " (by \(percent(strength)))" : ""
    guard let affected = loss.shareAffected, let least = loss.shareLeast, let most = loss.shareMost
    else { return "\(verb(isPlural: false)) \(percentOrWords(nil))\(by)" }
    guard percent(least) == percent(most) else {
      return "may \(verb(isPlural: true)) \(percent(least)) to \(percent(most))\(by)"
    }
    return "\(verb(isPlural: false)) \(percentOrWords(affected, isSmall: isSmall))\(by)"
  }

  /// "stops" at strength 1, "slows" below.
  ///
  /// - Parameter isPlural: Whether several do it.
  /// - Returns: The verb.
  public func verb(isPlural: Bool) -> String {
    (strength < 1 ? "slow" : "stop") + (isPlural ? "" : "s")
  }
}

/// How answers of all kinds make one dissimilarity between 0 and 1.
public struct GowerSettings: Sendable, Equatable {
  /// How far apart two ordered categories are.
  public enum Ordinal: String, Sendable, Equatable, Codable {
    /// The difference of their numbers, over the range of the numbers observed (R's `daisy`).
    case codes
    /// The difference of their mid-ranks among respondents, over the range of these (Podani 1999).
    case ranks
  }

  /// How far apart two ordered categories are.
  public var ordinal: Ordinal
  /// Share of the items that two respondents must both have answered.
  ///
  /// Below it every comparison short of that share counts as a full difference of 1, so that
  /// those who answered almost nothing are near to nobody; and a respondent who answered less than
  /// this share can be no medoid.
  public var minimumOverlap: Double

  /// Chooses settings.
  ///
  /// - Parameters:
  ///   - ordinal: How far apart two ordered categories are.
  ///   - minimumOverlap: Share of the items that two respondents must both have answered, 0 to 1.
  public init(ordinal: Ordinal = .codes, minimumOverlap: Double = 0.5) {
    self.ordinal = ordinal
    self.minimumOverlap = minimumOverlap
  }
}

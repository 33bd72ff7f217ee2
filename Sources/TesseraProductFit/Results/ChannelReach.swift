public import TesseraStudy

/// How far one medium reaches into one segment.
public struct ChannelReach: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The column, or the member of the set.
  public var channel: String
  /// What a reader sees.
  public var label: String
  /// Weighted share of the segment it reaches; `nil` if suppressed.
  public var reach: Double?
  /// Standard error of ``reach``, by the design, the segments held fixed.
  public var reachSE: Double?
  /// Low end of the 95% interval of ``reach`` (Wilson, by the design's effective size).
  public var low: Double?
  /// High end.
  public var high: Double?
  /// 100 × reach in the segment / reach in the population.
  public var affinity: Double?
  /// Standard error of ``affinity``.
  public var affinitySE: Double?

  /// Makes a reach.
  public init(
    segment: String, channel: String, label: String, reach: Double?, reachSE: Double? = nil,
    affinity: Double?, affinitySE: Double? = nil
  ) {
    self.segment = segment
    self.channel = channel
    self.label = label
    self.reach = reach
    self.reachSE = reachSE
    self.affinity = affinity
    self.affinitySE = affinitySE
  }

  /// As `fit.json` and `reach --json` hold it.
  public var json: JSONValue {
    [
      "segment": segment, "channel": channel, "label": label, "reach": reach, "reach_se": reachSE,
      "reach_low": low, "reach_high": high, "affinity": affinity, "affinity_se": affinitySE,
    ]
  }

  /// Share of everybody it reaches, 0 to 1; `nil` where it is not known.
  public var ofAll: Double? {
    guard let reach, let affinity, affinity > 0 else { return nil }
    return min(1, 100 * reach / affinity)
  }

  /// Whether it reaches the segment better than everybody, beyond the error of its index; without an
  /// error it is not known.
  public var isClearlyAbove: Bool {
    guard let affinity, let affinitySE else { return false }
    return affinity - 1.96 * affinitySE > 100
  }
}

/// A barrier as a reader sees it.
public struct BarrierSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String

  /// Makes a summary.
  public init(name: String, label: String) {
    self.name = name
    self.label = label
  }
}

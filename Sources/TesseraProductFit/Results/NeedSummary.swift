/// A need as a reader sees it.
public struct NeedSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String
}

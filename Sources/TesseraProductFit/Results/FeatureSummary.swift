/// A feature as a reader sees it.
public struct FeatureSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The unit of its levels; empty if there is none.
  public var unit: String = ""
  /// Whether it is weighed against an income, and so is money.
  public var isMoney = false
  /// Whether it is what people pay.
  public var isPrice = false
}

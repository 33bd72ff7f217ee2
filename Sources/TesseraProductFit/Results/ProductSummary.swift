/// A product and its features as a reader sees them.
public struct ProductSummary: Sendable, Equatable {
  /// The name in the table of products.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The levels, in the order of the features; `nil` for unknown.
  public var levels: [String?]
}

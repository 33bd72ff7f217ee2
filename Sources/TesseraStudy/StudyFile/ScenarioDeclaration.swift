/// A market that could be: products changed, added and taken away.
public struct ScenarioDeclaration: Sendable, Equatable {
  /// The name.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// Products that change, with their new levels.
  public var products: [ProductChange] = []
  /// Products of the table that enter the market.
  public var add: [Entrant] = []
  /// Products that leave it.
  public var remove: [String] = []

  /// A product with other levels.
  public struct ProductChange: Sendable, Equatable {
    /// The product.
    public let product: String
    /// The new levels, as written.
    public let set: [FeatureSetting]
  }

  /// A product that enters the market.
  public struct Entrant: Sendable, Equatable {
    /// The product.
    public let product: String
    /// Whether it is a product of one's own; else a competitor's.
    public let isOwn: Bool
  }

  /// Names a scenario in which nothing has changed yet.
  public init(name: String, label: String? = nil) {
    self.name = name
    self.label = label ?? name
  }
}

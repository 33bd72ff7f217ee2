public import TesseraStudy

/// A need that no product serves well, or a feature that no need asks for.
public enum CatalogueGap: Sendable, Equatable {
  /// A need that even its best product fulfils by less than half on average.
  case need(UnservedNeed)
  /// A feature that bears less than 1% of what matters.
  case feature(IdleFeature)

  /// A need that no product serves well.
  public struct UnservedNeed: Sendable, Equatable {
    /// The segment's id; `nil` for everybody.
    public var segment: String?
    /// The need's name.
    public var need: String
    /// The product that serves it best.
    public var best: String
    /// Mean fulfilment by that product, 0 to 1.
    public var fulfilment: Double
    /// Mean weight of the need, 0 to 1.
    public var weight: Double
  }

  /// A feature that hardly any need asks for.
  public struct IdleFeature: Sendable, Equatable {
    /// The feature's name.
    public var feature: String
    /// Its share of what matters to everybody, 0 to 1.
    public var share: Double
    /// Whether a barrier looks at it all the same.
    public var isUsedByBarrier: Bool
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    switch self {
    case .need(let need):
      [
        "kind": "need", "segment": need.segment, "need": need.need, "best_product": need.best,
        "fulfilment": need.fulfilment, "weight": need.weight,
      ]
    case .feature(let feature):
      [
        "kind": "feature", "feature": feature.feature, "share": feature.share,
        "in_barrier": feature.isUsedByBarrier,
      ]
    }
  }
}

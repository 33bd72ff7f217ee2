public import TesseraStudy

/// What one judgement of the catalogue decides: a relation moved by one step, or an end of a value
/// moved by a tenth of its range.
public struct Sensitivity: Sendable, Equatable {
  /// What was moved, as a reader sees it.
  public var change: String
  /// The same as what follows "if".
  public var condition: String
  /// The need of a relation; `nil` for an end of a value.
  public var need: String?
  /// The feature.
  public var feature: String
  /// Where the fit moves most: the segment's id.
  public var segment: String
  /// Where the fit moves most: the product.
  public var product: String
  /// By how many points it moves there.
  public var shift: Double
  /// Segments in which another product comes first.
  public var newFirst: [NewFirst]

  /// A segment in which another product comes first.
  public struct NewFirst: Sendable, Equatable {
    /// The segment's id.
    public var segment: String
    /// The product that comes first then.
    public var product: String
  }

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "change": change, "condition": condition, "need": need, "feature": feature,
      "segment": segment, "product": product,
      "shift": shift,
      "new_first": JSONValue.list(newFirst) { ["segment": $0.segment, "product": $0.product] },
    ]
  }
}

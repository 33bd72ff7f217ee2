public import TesseraStudy

/// How much a need weighs among all needs, whatever kind of question told it.
public struct NeedWeight: Sendable, Equatable {
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The need's name.
  public var need: String
  /// The key of the study by which the need was weighed, such as `maxdiff`.
  public var source: String
  /// Mean over people of the need's part of their weights, 0 to 1; `nil` if suppressed.
  public var weight: Double?
  /// Standard error of ``weight``, by the design, the segments held fixed.
  public var weightSE: Double?

  /// As `fit.json` holds it.
  public var json: JSONValue {
    ["segment": segment, "need": need, "source": source, "weight": weight, "se": weightSE]
  }
}

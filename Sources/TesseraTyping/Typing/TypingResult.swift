public import TesseraStudy

/// The short lists that find segments, and how well each does on people it was not made from.
public struct TypingResult: Sendable {
  /// One size of list.
  public struct Size: Sendable {
    /// Columns asked, in the order of the model.
    public let questions: [String]
    /// Share placed as by all questions of the model, 0 to 1.
    public let agreement: Double
    /// 95% interval of it.
    public let interval: (low: Double, high: Double)
    /// Mean probability of the segment placed in: the share placed right if the model is right;
    /// `nil` for methods without probabilities.
    public let truth: Double?
    /// Share whose segment is probable enough to be told; `nil` without probabilities.
    public let told: Double?
    /// Agreement among these.
    public let toldAgreement: Double?
    /// Agreement among those who are in each segment by all questions; `nil` for few people.
    public let bySegment: [Double?]
  }

  /// Asking each person next what says most.
  public struct Adaptive: Sendable {
    /// Questions asked on average.
    public let questions: Double
    /// Agreement with all questions.
    public let agreement: Double
    /// Nothing more is asked when the likeliest segment has this probability.
    public let stopAt: Double
    /// Share of the questions of the fixed list that is saved, 0 to 1; 0 for none.
    public let saved: Double
    /// First questions, with the share of people who are asked them first.
    public let first: [(name: String, share: Double)]
  }

  /// How lists were judged.
  public enum Evidence: String, Sendable {
    /// Model and list were made anew without the people judged.
    case refitted = "cross-validated, segments and list made anew in each fold"
    /// The list was chosen anew without the people judged; the segments were held.
    case chosen = "cross-validated, list chosen anew in each fold, segments held"
    /// People were drawn from the model.
    case simulated = "people drawn from the model"
  }

  /// The sizes, smallest first.
  public let sizes: [Size]
  /// The size that is taken.
  public let chosen: Size
  /// The same by all questions: what can be reached if the model is right.
  public let fullTruth: Double?
  /// All questions of the model.
  public let questions: Int
  /// Labels of the questions, by column.
  public let labels: [String: String]
  /// Segments, in the order of ``Size/bySegment``.
  public let segments: [Segment]
  /// Asking in an order of each person's own; `nil` if not asked for.
  public let adaptive: Adaptive?
  /// How lists were judged.
  public let evidence: Evidence
  /// People judged, weights not counted.
  public let people: Int
  /// Folds.
  public let folds: Int
  /// Below which probability the answer is "cannot tell".
  public let threshold: Double?
  /// Columns that are always asked.
  public let must: [String]
  /// Columns that must always be known beside the questions.
  public let alwaysNeeded: [String]
  /// The model of the chosen questions: what `typing.json` holds.
  public let model: SegmentModel
}

public import TesseraStudy

/// What changed in the segments of a frozen model from wave to wave.
public struct TrackResult: Sendable, Equatable {
  /// The waves, in order.
  public var waves: [Wave]
  /// The segments of the model.
  public var segments: [Segment]
  /// Sizes of the segments.
  public var sizes: [TrackedSeries]
  /// Questions, needs, fit and funnels: by segment and of everybody.
  public var measures: [TrackedSeries]
  /// Whether the segments themselves have moved; `nil` for models without chances of answers.
  public var moved: SegmentsMoved?
  /// Names and labels of the model's questions, in its order.
  public var questions: [(name: String, label: String)]
  /// People seen in two waves or more; `nil` if hidden or without identifiers.
  public var panel: Int?
  /// Tests made, and how many of them are below 5% once adjusted.
  public var tests: (made: Int, found: Int)
  /// Whether people count by weight.
  public var isWeighted: Bool
  /// What a reader should know, in sentences.
  public var notes: [String]

  /// One wave.
  public struct Wave: Sendable, Equatable {
    /// What a reader sees.
    public var name: String
    /// Respondents with a segment.
    public var respondents: Double
    /// Kish's effective number of them.
    public var effective: Double
  }

  /// Compares all but labels of tuples, which are not equatable by themselves.
  public static func == (one: TrackResult, other: TrackResult) -> Bool {
    one.waves == other.waves && one.segments == other.segments && one.sizes == other.sizes
      && one.measures == other.measures && one.moved == other.moved && one.panel == other.panel
      && one.notes == other.notes
  }

  /// Adjusted p below which a change is told.
  public static let significance = 0.05
}

/// A number followed over waves, in one segment or of everybody.
public struct TrackedSeries: Sendable, Equatable {
  /// What it is.
  public var kind: Kind
  /// The column, product or step.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The answer whose share it is; empty for means.
  public var answer: String
  /// Position of the segment; `nil` for everybody.
  public var segment: Int?
  /// What the numbers are.
  public var unit: Unit
  /// One for each wave.
  public var points: [Point]
  /// From the first wave shown to the last one shown; `nil` without two.
  public var change: Change?
  /// p of the test over all waves; answers of one question share it; `nil` where bases are too small.
  public var pValue: Double?
  /// p adjusted over all tests of the report (Benjamini-Hochberg).
  public var pAdjusted: Double?
  /// Whether it is the number of its test that changed most.
  public var leads = true

  /// What is followed.
  public enum Kind: String, Sendable, CaseIterable {
    /// Share of the segment.
    case size
    /// A question by which segments are formed.
    case active
    /// A question that describes them.
    case passive
    /// What people value.
    case value
    /// A channel.
    case channel
    /// A need: importance or satisfaction.
    case need
    /// Fit of a product, 0 to 100.
    case fit
    /// Share at a step of the funnel.
    case funnel
    /// Share of those at the step before who went on.
    case conversion
  }

  /// What numbers are.
  public enum Unit: String, Sendable {
    /// 0 to 1.
    case share
    /// The mean of answers.
    case mean
    /// Points of fit, 0 to 100.
    case points
  }

  /// A number in a wave.
  public struct Point: Sendable, Equatable {
    /// The number; `nil` if hidden or not asked.
    public var value: Double?
    /// Low end of its 95% interval by design.
    public var low: Double?
    /// High end.
    public var high: Double?
    /// People it rests on, unweighted; `nil` if hidden.
    public var base: Double?
    /// Whether the base is small, so that a share is rounded to 5 points.
    public var isSmall = false
  }

  /// The difference of two waves.
  public struct Change: Sendable, Equatable {
    /// Position of the earlier wave.
    public var from: Int
    /// Position of the later wave.
    public var to: Int
    /// The later number less the earlier.
    public var difference: Double
    /// Low end of its 95% interval by design.
    public var low: Double
    /// High end.
    public var high: Double
  }

  /// Whether the change is told: adjusted p below 5%.
  public var isChanged: Bool { (pAdjusted ?? 1) < TrackResult.significance }
}

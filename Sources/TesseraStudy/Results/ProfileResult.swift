/// Who the segments are: the numbers of `profiles.json`.
public struct ProfileResult: Sendable, Equatable {
  /// One profile for each segment, in the segments' order.
  public var segments: [SegmentProfile]
  /// What the tests assume and leave out, in sentences.
  public var notes: [String] = []
}

/// One segment, told as people.
public struct SegmentProfile: Sendable, Equatable {
  /// The segment's id.
  public var id: String
  /// Its name.
  public var name: String
  /// Its share, 0 to 1.
  public var share: Double
  /// Ends of the 95% interval of the share; `nil` where there is none.
  public var shareInterval: SegmentErrors.Interval?
  /// How the interval was found.
  public var shareMethod: SegmentErrors.Method = .design
  /// Members by highest posterior (unweighted).
  public var respondents: Double
  /// Two or three sentences that tell who they are.
  public var description: [String]
  /// All variables, active ones first, in the order of the study.
  public var variables: [VariableProfile]
  /// The segment in one sentence.
  public var sentence: String = ""
  /// The answers that give a member away, best first.
  public var markers: [SegmentMarker] = []
  /// A typical member: answers that ten or more members gave in just this combination; none where
  /// there is no such combination.
  public var typical: [TypicalAnswer] = []
  /// What sets it apart, told as what people are, best first, one for each question; no sensitive
  /// question is among them.
  public var traits: [SegmentTrait] = []

  /// Its id and its name; one of them where they are the same.
  public var display: String { id == name || name.isEmpty ? id : "\(id) \(name)" }

  /// What readers see of it: its name, or its id where it has none.
  public var title: String { name.isEmpty ? id : name }
}

/// One variable in one segment, against the total.
public struct VariableProfile: Sendable, Equatable {
  /// What a variable is for in the study.
  public enum Role: String, Sendable {
    /// It made the segments; tests on it are circular.
    case active
    /// It only describes them.
    case passive
    /// An attitude.
    case value
    /// A medium that reaches people.
    case channel
    /// How much a need matters, or how well it is met.
    case need
  }

  /// The column, or the set of which it is a member.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The question as a sentence can hold it: without its code, and of an item of a grid the item.
  package var asked: String { Question.spoken(label) }
  /// The measurement level; `multiple` for a set.
  public var level: String
  /// What it is for.
  public var role: Role
  /// Weighted mean in the segment, for numbers; `nil` if suppressed or not a number.
  public var mean: Double?
  /// Weighted mean of everybody.
  public var totalMean: Double?
  /// How sure the mean is, of an active question; `nil` where that is not told.
  public var meanInterval: SegmentErrors.Interval?
  /// Shares by category, or by member of a set; empty for numbers.
  public var categories: [CategoryProfile] = []
  /// Respondents of the segment with an answer (unweighted).
  public var base: Double
  /// Whether the base is below the reliability bound (30) and the numbers are only indicative.
  public var smallBase: Bool = false
  /// Standardised: Cohen's d for numbers, h (the largest) for shares; signed.
  public var effectSize: Double?
  /// Of the test of this segment against the others.
  public var pValue: Double?
  /// Adjusted for all variables and segments (Benjamini-Hochberg).
  public var pAdjusted: Double?
  /// Whether it sets the segment apart: survives adjustment and is large enough.
  public var distinctive: Bool = false
}

/// One answer in one segment.
public struct CategoryProfile: Sendable, Equatable {
  /// The code in the file; the member's name for a set.
  public var code: String
  /// What a reader sees.
  public var label: String
  /// Weighted share of the segment, 0 to 1; `nil` if suppressed.
  public var share: Double?
  /// Weighted share of everybody; `nil` if suppressed.
  public var totalShare: Double?
  /// 100 × share / total share; `nil` if suppressed or the total is 0.
  public var index: Double?
  /// Where the share lies, where a small base shows no more than "under 10%" or "over 90%".
  public var shareBounds: Bounds?
  /// Why there is no share.
  public var hidden: HiddenReason?

  /// Two ends between which a share lies, 0 to 1.
  public struct Bounds: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
  }
  /// How sure the share is, of an active question; `nil` where that is not told.
  public var interval: SegmentErrors.Interval?
}

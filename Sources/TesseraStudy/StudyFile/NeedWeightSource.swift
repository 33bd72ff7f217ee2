/// Where the weight of a need comes from.
///
/// Each becomes one number from 0 to 1 for each respondent; from there on all go one way. Ipsative
/// sources divide what each respondent has to give, so nothing is added to them for
/// dissatisfaction.
public enum NeedWeightSource: Sendable, Equatable {
  /// A rating of importance: its place on the scale.
  case importance(String)
  /// A rating of importance: 1 in the top two boxes, 0 below.
  case topTwo(String)
  /// The answer that stands for the need in the study's best-worst tasks.
  case maxDiffAnswer(String)
  /// Columns that count how often it was chosen best and worst, and how often it was shown.
  case maxDiffCounts(best: String, worst: String, shown: Double)
  /// A column of individual logit scores: shares are exp(score) over their sum.
  case maxDiffScore(String)
  /// A column of ranks, 1 for what matters most; blank is unranked.
  case rank(String)
  /// A column of constant-sum points.
  case points(String)
  /// A 0/1 column, or a statement about columns such as `pains includes child_seat`.
  case ticked(String)
  /// The analyst's own weight, the same for everybody.
  case assumed(Double)

  /// The columns that must be there; a statement's are found when it is read.
  public var columns: [String] {
    switch self {
    case .importance(let column), .topTwo(let column), .maxDiffScore(let column),
      .rank(let column), .points(let column):
      [column]
    case .maxDiffCounts(let best, let worst, _): [best, worst]
    case .maxDiffAnswer, .ticked, .assumed: []
    }
  }

  /// The column that holds ratings on a scale, if this is one.
  public var rating: String? {
    switch self {
    case .importance(let column), .topTwo(let column): column
    default: nil
    }
  }

  /// Whether respondents divide what they have to give, so that more for one need is less for others.
  public var isIpsative: Bool {
    switch self {
    case .maxDiffAnswer, .maxDiffCounts, .maxDiffScore, .rank, .points: true
    case .importance, .topTwo, .ticked, .assumed: false
    }
  }

  /// The key in the study file.
  public var key: String {
    switch self {
    case .importance: "importance"
    case .topTwo: "top2"
    case .maxDiffAnswer, .maxDiffCounts, .maxDiffScore: "maxdiff"
    case .rank: "rank"
    case .points: "points"
    case .ticked: "ticked"
    case .assumed: "assumed"
    }
  }
}

/// Best-worst tasks in which needs were compared.
public struct MaxDiffDeclaration: Sendable, Equatable {
  /// A column a task: the answer chosen best.
  public let best: [String]
  /// A column a task: the answer chosen worst.
  public let worst: [String]
  /// How often each respondent saw each need; `nil` where a design says it.
  public let shown: Double?
  /// What was shown in each task; `nil` where every need was shown equally often.
  public var design: Design?

  /// A file with the items of each task.
  public struct Design: Sendable, Equatable {
    /// The file, relative to the study.
    public let file: String
    /// Column of the version in survey and design, or the design's column of identifiers; `nil` if
    /// everybody saw the same tasks.
    public let key: String?
    /// Whether ``key`` names respondents.
    public let isByRespondent: Bool
    /// Column of the task.
    public let task: String
    /// Columns of the items shown: one with a row an item, or several with a row a task.
    public let items: [String]
  }
}

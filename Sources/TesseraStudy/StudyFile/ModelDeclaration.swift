/// How the model of answers is built beyond its defaults.
public struct ModelDeclaration: Sendable, Equatable {
  /// What a latent class model makes of the order of answers.
  public var ordinal: OrdinalDeclaration = .adjacent
  /// Whether segments share the variances of numbers.
  public var variances: VarianceDeclaration = .classSpecific
  /// What an unanswered question says.
  public var gaps: GapDeclaration = .ignored
  /// Groups of numeric columns that vary together within a segment; method `mixture`.
  ///
  /// Without any, `mixture` takes all numeric indicators as one group.
  public var blocks: [[String]] = []
  /// Pairs of categorical columns tied to each other within every segment.
  public var directEffects: [[String]] = []
  /// Columns of counts where a share of each segment never counts anything.
  public var zeroInflated: [String] = []
  /// How each respondent's own way of using the scales is taken out of ratings.
  public var responseStyle: ResponseStyleDeclaration = .kept
  /// What columns of numbers are divided by before distances are taken.
  public var scale: ScaleDeclaration = .standardDeviation

  /// Declares the defaults.
  public init() {}
}

/// What a latent class model makes of ordered answers.
public enum OrdinalDeclaration: String, Sendable, CaseIterable {
  /// The log-odds of neighbouring answers shift with the segment.
  case adjacent = "adjacent-categories"
  /// Every answer has its own chance in each segment; the order says nothing.
  case nominal
}

/// Whether segments share the variances of numbers.
public enum VarianceDeclaration: String, Sendable, CaseIterable {
  /// Each segment has its own.
  case classSpecific = "class-specific"
  /// One for all segments.
  case equal
}

/// What an unanswered question says.
public enum GapDeclaration: String, Sendable, CaseIterable {
  /// Nothing: answers are missing at random.
  case ignored
  /// Whether a question was answered may itself differ between segments.
  case modelled
}

/// How each respondent's own way of using rating scales is taken out.
public enum ResponseStyleDeclaration: String, Sendable, CaseIterable {
  /// Ratings stay as they are.
  case kept = "none"
  /// A respondent's mean rating is taken from each of their ratings.
  case centred = "center"
  /// Their ratings are also divided by their own standard deviation.
  case ipsatised = "ipsatise"
  /// Each rating becomes its rank among the respondent's own ratings.
  case ranked = "rank"
  /// What the respondent's mean rating predicts is taken from each rating, by a slope per column.
  case intercept
}

/// What `segments.scale_use` makes of how high people rate.
public enum ScaleUseDeclaration: String, Sendable, CaseIterable {
  /// Ratings stay as they are.
  case raw
  /// A respondent's mean rating is taken from each of their ratings.
  case center
  /// Each rating becomes its rank among the respondent's own ratings.
  case rank
  /// What the respondent's mean rating predicts is taken from each rating.
  case intercept

  /// The correction of ratings it stands for.
  public var correction: ResponseStyleDeclaration {
    switch self {
    case .raw: .kept
    case .center: .centred
    case .rank: .ranked
    case .intercept: .intercept
    }
  }
}

/// What columns of numbers are divided by before distances are taken.
public enum ScaleDeclaration: String, Sendable, CaseIterable {
  /// Their standard deviation.
  case standardDeviation = "standard-deviation"
  /// Their range.
  case range
  /// Nothing: columns count in their own units.
  case none
}

/// What else is asked about a segmentation, beside the segments.
public struct EvidenceDeclaration: Sendable, Equatable {
  /// Simulated sets of the bootstrap likelihood-ratio test; 0 for none.
  public var likelihoodRatioSets = 0
  /// Simulated sets for the p-values of bivariate residuals; 0 for none.
  public var residualSets = 0
  /// Folds of the cross-validated likelihood; 0 for none.
  public var folds = 0
  /// Sets without structure of each kind, for the verdict; 0 for none.
  public var structureSets = 0
  /// Whether the indicators are judged: which carry the segments, and what each costs.
  public var choosesIndicators = false
  /// Columns related to the segments by a three-step correction (distal outcomes).
  public var outcomes: [String] = []
  /// The correction.
  public var correction: CorrectionDeclaration = .bch
  /// Whether assignments carry the flags of odd respondents.
  public var writesFlags = false

  /// Declares the defaults.
  public init() {}

  /// Bootstrap pairs for every number of segments that go with all of the evidence.
  public static let stabilityPairs = 50

  /// All of the evidence that takes time, in the amounts papers ask for.
  public static let full: EvidenceDeclaration = {
    var all = EvidenceDeclaration()
    all.likelihoodRatioSets = 99
    all.residualSets = 99
    all.folds = 10
    all.structureSets = 50
    all.choosesIndicators = true
    return all
  }()
}

/// How outcomes allow for respondents who are placed in the wrong segment.
public enum CorrectionDeclaration: String, Sendable, CaseIterable {
  /// Weights that undo misplacement (Bolck, Croon & Hagenaars).
  case bch
  /// A likelihood with the rates of misplacement held fixed (Vermunt).
  case ml
}

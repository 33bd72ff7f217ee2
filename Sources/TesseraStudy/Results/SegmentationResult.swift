public import TesseraSegmentation

/// What a segmentation found: the numbers of `segments.json`, one value for each of its keys.
public struct SegmentationResult: Sendable, Equatable {
  /// The method: `latent-class`, `kmeans` or another, or `given`.
  public var method: String
  /// The seed of all chance.
  public var seed: UInt64
  /// Respondents used (frequencies counted).
  public var respondents: Double
  /// Sum of the weights as given.
  public var weightedRespondents: Double
  /// Kish's effective number of respondents.
  public var effectiveSampleSize: Double
  /// Log-likelihood without the prior, in nats; `nil` where the method has none.
  public var logLikelihood: Double?
  /// Free parameters.
  public var parameters: Int?
  /// Akaike's criterion; smaller is better, as for the others.
  public var aic: Double?
  /// Schwarz's criterion.
  public var bic: Double?
  /// Sample-size adjusted BIC.
  public var sabic: Double?
  /// BIC plus twice the entropy of the memberships.
  public var icl: Double?
  /// Share of the entropy of the memberships that is explained, 0 to 1.
  public var entropyR2: Double?
  /// Whether the search ended at an optimum.
  public var converged: Bool = true
  /// Starts run, and how many of them reached the best optimum.
  public var starts: StartCounts = StartCounts()
  /// The segments, largest first.
  public var segments: [Segment]
  /// The indicators and what each segment answers.
  public var indicators: [IndicatorResult] = []
  /// The rule by which the number was chosen; `nil` where the method has no likelihood.
  public var countRule: CountRule?
  /// One row for each number of segments tried.
  public var selection: [SelectionRow] = []
  /// Bootstrap stability of the solution; `nil` if not asked.
  public var stability: StabilityResult?
  /// Whatever else the method tells, by name, in a fixed order.
  public var criteria: [NamedValue] = []
  /// Why this number of segments, in sentences: the choice, its reasons, its doubts.
  public var recommendation: [String] = []
  /// What a reader should know before trusting the numbers.
  public var warnings: [String] = []
  /// Those of ``warnings`` that are about the names of segments.
  public var nameWarnings: [String] = []
  /// How near respondents stand to each segment; `nil` where nearness is not known.
  public var gorge: MembershipBins?
  /// What the segments are: groups, a cut, not stable, or one; `nil` in models of earlier versions.
  public var verdict: SegmentVerdict?
  /// Whether segments differ mainly in how high people rate; `nil` without a battery of ratings.
  public var scaleUse: ScaleUse?
  /// What the segments rest on, where a reader should know it first; `nil` where there is nothing to say.
  public var basis: SegmentBasis?
  /// What becomes of segments as their number rises; empty if one number was tried.
  public var acrossSolutions: [SolutionStep] = []
  /// How sure shares and answers are; `nil` if that was not looked into.
  public var errors: SegmentErrors?
}

/// How often a search began, and how often it found its best.
public struct StartCounts: Sendable, Equatable {
  /// Starts run.
  public var run: Int = 0
  /// Starts that reached the best optimum.
  public var reachedBest: Int = 0
}

/// An indicator and what each segment answers.
public struct IndicatorResult: Sendable, Equatable {
  /// The column, or the member of a set.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// `nominal`, `ordinal`, `numeric`, `count` or `multiple`.
  public var level: String
  /// Labels of the categories; empty for numbers.
  public var categories: [String]
  /// Codes of the categories, as in the file; empty for numbers.
  public var codes: [String]
  /// A row a segment: category probabilities, or mean and variance, or rate.
  public var bySegment: [[Double]]
}

/// How one number of segments did.
public struct SelectionRow: Sendable, Equatable {
  /// The number of segments.
  public var segments: Int
  /// Log-likelihood, in nats.
  public var logLikelihood: Double?
  /// Free parameters.
  public var parameters: Int?
  /// Akaike's criterion; smaller is better, as for the others.
  public var aic: Double?
  /// Schwarz's criterion.
  public var bic: Double?
  /// Sample-size adjusted BIC.
  public var sabic: Double?
  /// BIC plus twice the entropy of the memberships.
  public var icl: Double?
  /// Share of entropy explained.
  public var entropyR2: Double?
  /// Median adjusted Rand index between bootstrap replicates; `nil` if not asked.
  public var stability: Double?
  /// Share of the smallest segment.
  public var smallestShare: Double
  /// Further criteria by name, in a fixed order.
  public var others: [NamedValue] = []
}

/// A number with a name.
public struct NamedValue: Sendable, Equatable {
  /// The name, in snake case.
  public let name: String
  /// The number; `nil` where it does not exist.
  public let value: Double?

  /// Names a number.
  public init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }
}

/// How well bootstrap replicates agree.
public struct StabilityResult: Sendable, Equatable {
  /// Pairs of replicates.
  public var replicates: Int
  /// Median adjusted Rand index between the members of a pair.
  public var median: Double
  /// Its 5% point.
  public var low: Double
  /// Its 95% point.
  public var high: Double
  /// For each segment the mean of the best Jaccard overlap.
  public var jaccard: [Double]
}

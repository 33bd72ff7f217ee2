public import TesseraSegmentation

/// What else was found about a segmentation, beside the segments: the evidence laid open.
public struct SegmentationEvidence: Sendable, Equatable {
  /// Whether there is structure in the data at all; `nil` if it was not asked.
  public var structure: StructureResult?
  /// What segments gain, held against sets without groups; `nil` for a single or given segments.
  public var continuum: ContinuumTest.Gains?
  /// Whether one segment describes the answers better than the number asked for.
  public var isOneBetter = false
  /// The number of segments that describes the answers best but would not come out again, so that a
  /// smaller one is taken; `nil` where it is taken.
  public var passedOver: Int?
  /// What the answers leave open about the segments; latent classes only.
  public var doubts = LatentClassDoubts()
  /// How often the number is found again in surveys drawn from the model; `nil` if not asked.
  public var recovery: CountRecovery?
  /// Each number of segments against one more; empty if not asked.
  public var likelihoodRatios: [LikelihoodRatioResult] = []
  /// What ties pairs of questions within segments, largest first; latent classes only.
  public var residuals: [ResidualResult] = []
  /// How each number of segments comes back in bootstrap samples, and where its members come from.
  public var counts: [CountStability] = []
  /// Why one group stands for all where a larger number has the better criterion; `nil` otherwise.
  var oneGroupWords: String?
  /// What membership depends on.
  public var covariates: [CovariateEffect] = []
  /// Columns related to the segments by a three-step correction.
  public var outcomes: [OutcomeResult] = []
  /// Which indicators carry the segments; `nil` if not asked.
  public var indicatorChoice: IndicatorChoice?
  /// How many respondents answered oddly; `nil` for given segments.
  public var quality: ResponseQuality?

  /// Begins with nothing.
  public init() {}
}

/// Whether there is structure: the verdict with what it rests on.
public struct StructureResult: Sendable, Equatable {
  /// One condition of a verdict, and whether it holds.
  public struct Condition: Sendable, Equatable {
    /// The verdict that asks for it.
    public let verdict: String
    /// What is asked, in words.
    public let name: String
    /// The number found.
    public let value: Double
    /// The number it must reach.
    public let bound: Double
    /// Whether it does.
    public let holds: Bool
  }

  /// All conditions, those of a reproducible segmentation first.
  public var conditions: [Condition] {
    func told(_ verdict: String, _ list: [StructureEvidence.Condition]) -> [Condition] {
      list.map {
        Condition(
          verdict: verdict, name: $0.name, value: $0.value, bound: $0.bound, holds: $0.holds)
      }
    }
    return told("reproducible", evidence.reproducibleConditions)
      + told("natural", evidence.naturalConditions)
  }

  /// Everything measured.
  public var evidence: StructureEvidence
  /// Sets without structure, of each kind.
  public var sets: Int
  /// Bootstrap pairs for each of them.
  public var pairs: Int
}

/// The bootstrap likelihood-ratio test of a number of segments against one more.
public struct LikelihoodRatioResult: Sendable, Equatable {
  /// Sets from which on a p-value of 0.05 can be reached at all.
  static let fewestSets = 19

  /// Segments of the smaller model.
  public var segments: Int
  /// Twice the gain in log-likelihood by one segment more.
  public var statistic: Double
  /// Simulated sets.
  public var sets: Int
  /// Chance of such a gain if the smaller number were right.
  public var pValue: Double
}

/// What ties two questions within segments.
public struct ResidualResult: Sendable, Equatable {
  /// The first column.
  public var first: String
  /// The second column.
  public var second: String
  /// X² over its degrees of freedom, or a score test's statistic over them; far above 1 is a tie.
  public var statistic: Double
  /// The form other programs print, from margins alone; `nil` where it does not exist.
  public var published: Double?
  /// Its p-value; `nil` if sets were not simulated.
  public var pValue: Double?
}

/// How a number of segments comes back in bootstrap samples.
public struct CountStability: Sendable, Equatable {
  /// The number of segments.
  public var segments: Int
  /// Pairs of bootstrap samples; 0 if none were drawn.
  public var pairs: Int = 0
  /// Median adjusted Rand index between the two of a pair, with its 5% and 95% points.
  public var median: Double?
  /// Its 5% point.
  public var low: Double?
  /// Its 95% point.
  public var high: Double?
  /// For each segment, largest first, the mean of its best Jaccard overlap in a sample (SLSW).
  public var within: [Double] = []
  /// For each segment how far its members come from one segment of the solution before (SLSA).
  public var across: [Double?] = []
  /// Whether this number is none to choose: a segment would hold too few people, or the questions do not
  /// determine so many.
  var isBarred = false
}

/// What a covariate does to the odds of a segment against the first.
public struct CovariateEffect: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The covariate, such as `age` or `region=2`; `(intercept)` for none.
  public var term: String
  /// Log-odds against the first segment by one unit more.
  public var estimate: Double
  /// Its standard error; `nil` where it is not determined.
  public var standardError: Double?
  /// Ends of its 95% interval.
  public var low: Double?
  /// Upper end.
  public var high: Double?
}

/// An outcome by segment, freed from the errors of placing respondents.
public struct OutcomeResult: Sendable, Equatable {
  /// A number with its error.
  public struct Estimate: Sendable, Equatable {
    /// A mean, or a share from 0 to 1; `nil` if hidden for too few respondents.
    public var value: Double?
    /// Its standard error.
    public var standardError: Double?
  }

  /// The column.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The correction.
  public var correction: CorrectionDeclaration
  /// Labels of the answers; empty for numbers.
  public var categories: [String]
  /// A row a segment: its mean, or its share of each answer.
  public var bySegment: [[Estimate]]
  /// Wald's test that segments do not differ; for each answer, or one for a mean.
  public var tests: [Double?]
}

/// How many respondents answered oddly.
public struct ResponseQuality: Sendable, Equatable {
  /// Respondents (frequencies counted) whose answers the model finds very unlikely.
  public var outliers: Double
  /// How many of them chance alone would bring.
  public var expectedOutliers: Double
  /// Respondents who gave one and the same answer to a whole row of questions.
  public var straightLiners: Double
  /// The rows of questions looked at.
  public var grids: [[String]]
  /// For each respondent whether their answers are very unlikely; never written into reports.
  public var isOutlier: [Bool]
  /// For each respondent whether they gave one answer to a whole row.
  public var isStraightLiner: [Bool]
  /// Segments that say yes to nearly everything, by position: response style rather than taste.
  public var yesSayers: [Int]
}

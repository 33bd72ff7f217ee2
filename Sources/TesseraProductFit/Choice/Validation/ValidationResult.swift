public import TesseraStudy

/// How well a fit predicts real choices, and what choice models say of them: `validate.json`.
public struct ValidationResult: Sendable, Equatable {
  /// Where the choices stand.
  public var file: String
  /// People who chose.
  public var respondents: Int
  /// Menus they chose from.
  public var menus: Int
  /// Alternatives on all menus.
  public var alternatives: Int
  /// Folds of the cross-validation, over respondents.
  public var folds: Int
  /// The segments.
  public var segments: [Segment]
  /// How well each way to predict does on people it has not seen, chance first.
  public var predictors: [Predictor] = []
  /// What one way to predict gains on another.
  public var gains: [Gain] = []
  /// How the fit ranks what was on the menus; `nil` if the study declares no fit for them.
  public var fit: FitRanking?
  /// Whether the fit passes its bar.
  public var verdict: Verdict
  /// What was taken by whom; empty if options have no names.
  public var taken: TakenTable?
  /// Choice models on the attributes; `nil` without attributes.
  public var logit: LogitResult?
  /// Tests that segments differ in taste.
  public var tests: [TasteTest] = []
  /// Latent classes of taste.
  public var classes: [ClassResult] = []
  /// The number of latent classes with the smallest BIC.
  public var classChosen: Int?
  /// Whether segments were shown the same.
  public var exposure: ExposureAudit?
  /// Options × segments: cells of ``exposure`` that stand for too few respondents to be told.
  public var exposureHidden: [[Bool]] = []
  /// Part-worths of the logit by attribute and level, reference levels included.
  public var partWorths: [PartWorth] = []
  /// Every person's expected part-worths by the latent classes with the smallest BIC.
  public var tastes: TasteTable?
  /// How the choices were read, in sentences.
  public var notes: [String] = []
  /// What a reader should know before trusting the numbers.
  public var warnings: [String] = []

  /// What a level of an attribute is worth in the logit.
  public struct PartWorth: Sendable, Equatable {
    /// The attribute.
    public let attribute: String
    /// The level.
    public let level: String
    /// The part-worth; 0 for the reference.
    public let value: Double
    /// Standard error from the information; `nil` for the reference.
    public let se: Double?
  }

  /// Posterior class chances and expected part-worths, a row a person: it holds people.
  public struct TasteTable: Sendable, Equatable {
    /// Identifiers, or row numbers of the survey from 1.
    public let ids: [String]
    /// The terms.
    public let terms: [String]
    /// People × classes.
    public let posterior: [[Double]]
    /// People × terms: Σ over classes of chance × coefficient.
    public let worths: [[Double]]
  }

  /// A way to predict, judged on people it has not seen.
  public struct Predictor: Sendable, Equatable {
    /// Its key: `chance`, `shares`, `segment_shares`, `fit`, `shares_fit`, `logit`,
    /// `logit_segments`.
    public let id: String
    /// What a reader sees.
    public let label: String
    /// Number of coefficients.
    public let parameters: Int
    /// Mean ln P(chosen), in nats a choice.
    public let logLikelihood: MenuMean
    /// Share of choices that were the most likely.
    public let hitRate: MenuMean
    /// Coefficient of 10 points of fit, learned from everybody and never below 0; `nil` for
    /// predictors without the fit.
    public var fitCoefficient: Double?
  }

  /// What one way to predict gains on another, in nats a choice, from paired differences.
  public struct Gain: Sendable, Equatable {
    /// What predicts.
    public let id: String
    /// What it is held against.
    public let versus: String
    /// Difference of the mean log-likelihoods.
    public let difference: MenuMean
  }

  /// How the fit ranks what was on the menus; nothing is learned from choices here.
  public struct FitRanking: Sendable, Equatable {
    /// Share of choices that had the best fit on their menu; ties are shared.
    public let hitRate: MenuMean
    /// What chance would hit.
    public let chanceHitRate: Double
    /// Share of refused alternatives that fitted worse than the one taken, ties half.
    public let concordance: MenuMean
    /// Spearman's correlation of fit and rate of choice over options, mean over segments; `nil` with
    /// fewer than three options.
    public let rankCorrelation: Interval?
    /// The same between segments: whether an option fits that segment better which takes it more.
    public let contrastCorrelation: Interval?
    /// Coefficient of 10 points of fit in a logit, learned from everybody.
    public let slope: Double?
    /// How far from chance to the logit on attributes the fit gets, held out; `nil` without one.
    public let shareOfLogit: Double?
  }

  /// A number with its bootstrap interval.
  public struct Interval: Sendable, Equatable {
    /// The number.
    public let value: Double
    /// The low end of the 95% interval.
    public let low: Double
    /// The high end.
    public let high: Double
  }

  /// Whether what fits best was taken clearly less often than by chance.
  public var isContradicted: Bool {
    fit.map { $0.hitRate.high < $0.chanceHitRate } ?? false
  }

  /// Whether the fit passes its bar.
  public struct Verdict: Sendable, Equatable {
    /// What the fit has to reach.
    public let bar: ChoicesDeclaration.Bar
    /// Whether it does; `nil` if no fit was judged.
    public let isPassed: Bool?
    /// Whether the fit adds to market shares; `nil` where there are none.
    public var adds: Bool?
    /// Whether what fits best is taken more often than by chance; `nil` if no fit was judged.
    public var predicts: Bool?
    /// In words.
    public let sentence: String
  }

  /// What was taken by whom.
  public struct TakenTable: Sendable, Equatable {
    /// The options.
    public let options: [String]
    /// Options × segments, and everybody in a last column; absent where too few people stand behind.
    public let cells: [[Cell?]]
    /// Test that what was taken does not depend on the segment.
    public let chiSquare: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Int
    /// Its *p* value.
    public let p: Double

    /// What was taken of one option by one segment.
    public struct Cell: Sendable, Equatable {
      /// Choices, unweighted; `nil` where counts are not told.
      public let choices: Int?
      /// Weighted share of the segment's choices.
      public let share: Double
      /// 100 × that share over everybody's.
      public let index: Double
      /// Weighted share of the menus that held it, of the times it was on one.
      public let whenOffered: Double?
    }
  }

  /// A logit, in rows.
  public struct LogitResult: Sendable, Equatable {
    /// The coefficients.
    public let rows: [Row]
    /// Σ w ln P(chosen), in nats.
    public let logLikelihood: Double
    /// With all alternatives alike.
    public let nullLogLikelihood: Double
    /// McFadden's ρ².
    public let rhoSquared: Double
    /// Akaike's information criterion.
    public let aic: Double
    /// Bayesian information criterion, over choices.
    public let bic: Double
    /// Newton steps.
    public let steps: Int
    /// Whether the climb ended at the maximum.
    public let isConverged: Bool
    /// The coefficients by segment, on top of those of the first; empty where they cannot be told.
    public var bySegment: [Row]
    /// Their log-likelihood.
    public var bySegmentLogLikelihood: Double?

    /// A coefficient.
    public struct Row: Sendable, Equatable {
      /// The term.
      public let term: String
      /// Whether it tells how the menu was built, and no taste.
      public let isControl: Bool
      /// The coefficient.
      public let value: Double
      /// Standard error from the information.
      public let se: Double
      /// From the sandwich over menus.
      public let robust: Double
      /// From the sandwich over respondents.
      public let clustered: Double
      /// Two-sided *p* from the clustered error.
      public let p: Double
      /// What one unit is worth in units of the price.
      public let willingness: Interval?
    }
  }

  /// A test that segments differ in taste.
  public struct TasteTest: Sendable, Equatable {
    /// Whether terms for how the menu was built are in the model.
    public let withControls: Bool
    /// Twice the difference of log-likelihoods.
    public let statistic: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Int
    /// Its *p* value.
    public let p: Double
    /// Wald's statistic with the errors clustered by respondent.
    public let wald: Double?
    /// Its *p* value.
    public let waldP: Double?
  }

  /// A latent-class logit, in short or in full.
  public struct ClassResult: Sendable, Equatable {
    /// Number of classes.
    public let classes: Int
    /// The log-likelihood.
    public let logLikelihood: Double
    /// Free parameters.
    public let parameters: Int
    /// BIC over respondents.
    public let bic: Double
    /// AIC.
    public let aic: Double
    /// How surely people belong to one class.
    public let entropyR2: Double
    /// Starts in all.
    public let starts: Int
    /// How many of all starts came to the best.
    public let startsAtBest: Int
    /// Starts run to the end.
    public let startsFinished: Int
    /// Whether the best start ended at a maximum.
    public let isConverged: Bool
    /// Share of people in each class.
    public let shares: [Double]
    /// The terms.
    public let terms: [String]
    /// Classes × terms.
    public let coefficients: [[Double]]
    /// Their standard errors.
    public let standardErrors: [[Double]]
    /// Share of each segment in each class: segments × classes; absent where too few people stand
    /// behind.
    public let bySegment: [[Double]?]
  }
}

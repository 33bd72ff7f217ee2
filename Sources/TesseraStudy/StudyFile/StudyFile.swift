/// What a study file declares, checked for form but not yet held against the data.
///
/// Names of columns are as written; binding them to a survey is a later step.
public struct StudyFile: Sendable, Equatable {
  /// What the report is called; the file's name if the study does not say.
  public var title: String
  /// Where the answers come from.
  public var survey: SurveyDeclaration
  /// How respondents become segments.
  public var segments: SegmentsDeclaration
  /// Ends of the rating scale of all needs that do not have their own.
  public var needScale: RatingScale?
  /// What people need, in the order of the file.
  public var needs: [NeedDeclaration] = []
  /// What products have, in the order of the file.
  public var features: [FeatureDeclaration] = []
  /// The products: a table with a row a product and a column a feature.
  public var products: TableDeclaration?
  /// The relations: a table with a row a need and a column a feature.
  public var relations: TableDeclaration?
  /// What stops people from accepting a product.
  public var barriers: [BarrierDeclaration] = []
  /// Exponent of the mean over needs; 1 is compensatory.
  public var rho: Double = 1
  /// Changes to products whose gain is to be computed.
  public var edits: [EditDeclaration] = []
  /// Rating columns told in the profile under "what they value".
  public var values: [String] = []
  /// 0/1 columns, or a set, that say which media reach a respondent.
  public var channels: [String] = []
  /// What channels cost, where that is said.
  public var channelCosts: [ChannelCost] = []
  /// People in the market; sizes are told in people if given.
  public var population: Double?
  /// 0/1 columns, from the first step to the last; for all products or by product.
  public var funnel: FunnelDeclaration?
  /// Real choices that the fit is held against; `nil` if the study has none.
  public var choices: ChoicesDeclaration?
  /// Best-worst tasks in which needs were compared.
  public var maxDiff: MaxDiffDeclaration?
  /// Van Westendorp's four questions about price.
  public var prices: PriceQuestions?
  /// Kano's pairs of questions, in the order of the file.
  public var kano: [KanoQuestions] = []
  /// Gabor-Granger questions about price.
  public var priceLadder: PriceLadder?
  /// Who competes with whom; `nil` if the study does not say.
  public var market: MarketDeclaration?
  /// Markets that could be, in the order of the file.
  public var scenarios: [ScenarioDeclaration] = []
  /// An overall rating and what may drive it.
  public var drivers: DriverDeclaration?
  /// How much of small groups of people is shown; `nil` if the study does not say.
  public var privacy: Privacy?
  /// Columns and sets about health, religion, politics and the like: shown by counts, never in names.
  public var sensitive: [String] = []
  /// Columns and sets that look like personal data and are used all the same.
  public var allowPersonal: [String] = []
  /// Items that every best set must hold, or may not hold.
  public var reach = ReachDeclaration()
  /// How answers are said in sentences.
  public var say = StudyWordings()
  /// Banner and stub of tables; `nil` if the study asks for none.
  public var tables: TablesDeclaration?
  /// For each key path the line it stands on, from 1.
  ///
  /// Keys are joined by points, positions in lists stand in brackets from 0:
  /// `needs.carry_toddler.importance`, `segments.active[2]`.
  public var lines: [String: Int] = [:]
  /// For each key path its sheet and cell, such as `Needs!C4`, where a workbook holds the study.
  public var cells: [String: String] = [:]

  /// Makes a study of a survey and a way to segment it, with nothing else declared.
  public init(title: String, survey: SurveyDeclaration, segments: SegmentsDeclaration) {
    self.title = title
    self.survey = survey
    self.segments = segments
  }
}

/// The two ends of a rating scale.
public struct RatingScale: Sendable, Equatable {
  /// The rating that says "not at all".
  public let low: Double
  /// The rating that says "entirely"; above `low`.
  public let high: Double

  /// Makes a scale.
  ///
  /// - Parameters:
  ///   - low: The lowest rating.
  ///   - high: The highest rating, above `low`.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Where a rating stands between the ends.
  ///
  /// - Parameter rating: A rating on the scale.
  /// - Returns: 0 at the low end, 1 at the high end.
  public func share(_ rating: Double) -> Double {
    (rating - low) / (high - low)
  }

  /// The lowest rating of the top boxes, for scales of whole steps: the two highest of five answers or more,
  /// the highest of fewer.
  public var topBox: Double { high - low >= 4 ? high - 1 : high }

  /// The lowest rating of the top two boxes.
  public var topTwo: Double { high - 1 }
}

public import TesseraSurvey

/// The respondents a study uses, with their design: what segmentation, profiles and fit work on.
///
/// Levels, missing codes, ordinal orders and multiple-response sets are as the study declares them;
/// rows of zero weight are gone. A set's members are 0/1 variables with categories 0 and 1.
public struct StudyData: Sendable {
  /// The respondents used.
  public let survey: Survey
  /// Their weights, strata and clusters.
  public let design: SurveyDesign
  /// Sum of the weights as given in the file (before sampling weights are rescaled).
  public let weightSum: Double
  /// For each respondent the row in the file, from 0 for the first respondent.
  public let sourceRows: [Int]
  /// The respondents' identifiers as text; `nil` if the study names no column for them.
  public let ids: [String]?
  /// What was left out or guessed, in sentences with counts.
  public let notes: [String]
  /// What the preparation of the survey did, step by step.
  public var preparation: [PreparationStep] = []
  /// The scales on which derived variables turned ratings round or counted boxes, by their name.
  var scales: [String: RatingScale] = [:]
  /// Columns that serve as identifier, weight, stratum or cluster: never guessed to be indicators.
  public let reserved: [String]

  /// Binds respondents and design.
  ///
  /// - Parameters:
  ///   - survey: The respondents used.
  ///   - design: Their design; as many rows.
  ///   - weightSum: Sum of the weights as given.
  ///   - sourceRows: Their rows in the file.
  ///   - ids: Their identifiers.
  ///   - notes: What was left out or guessed.
  ///   - reserved: Columns that are never guessed to be indicators.
  public init(
    survey: Survey, design: SurveyDesign, weightSum: Double, sourceRows: [Int],
    ids: [String]? = nil, notes: [String] = [], reserved: [String] = []
  ) {
    precondition(design.weights.count == survey.respondentCount)
    precondition(sourceRows.count == survey.respondentCount)
    self.survey = survey
    self.design = design
    self.weightSum = weightSum
    self.sourceRows = sourceRows
    self.ids = ids
    self.notes = notes
    self.reserved = reserved
  }
}

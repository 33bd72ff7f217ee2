public import TesseraSegmentation
public import TesseraSurvey

/// A finished segmentation as it stands in `segments.json`: the numbers a reader wants, and
/// everything needed to assign a new respondent.
///
/// Holds parameters only: by its type it has no place for the answers of a single respondent.
public struct SegmentModel: Sendable, Equatable {
  /// The form of the file; another form is refused.
  public static let schema = "tessera.segments.1"

  /// The numbers of the segmentation.
  public let result: SegmentationResult
  /// How answers enter the model.
  public let indicators: [IndicatorEncoding]
  /// How covariates enter the model.
  public let covariates: [CovariateEncoding]
  /// What answers say of membership.
  public let parameters: Parameters
  /// How the study reads columns, so that new files are read alike; `nil` if it was not kept.
  public let survey: SurveyDeclaration?
  /// How ratings are corrected for response style; `nil` if they are not.
  public let style: ResponseStyle?
  /// What else was found about the segmentation, member by member, as the file has it.
  public let evidence: JSONValue

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - result: The numbers of the segmentation.
  ///   - indicators: How answers enter the model.
  ///   - covariates: How covariates enter the model.
  ///   - parameters: What answers say of membership.
  ///   - survey: How the study reads columns.
  ///   - style: How ratings are corrected for response style.
  ///   - evidence: What else was found: an object of some of ``evidenceKeys``.
  public init(
    result: SegmentationResult, indicators: [IndicatorEncoding], covariates: [CovariateEncoding],
    parameters: Parameters, survey: SurveyDeclaration?, style: ResponseStyle? = nil,
    evidence: JSONValue = .object([])
  ) {
    self.result = result
    self.indicators = indicators
    self.covariates = covariates
    self.parameters = parameters
    self.survey = survey
    self.style = style
    self.evidence = evidence
  }

  /// Members of the file that tell of evidence and take no part in assigning.
  static let evidenceKeys = [
    "structure", "blrt", "residuals", "segment_stability", "covariate_effects", "outcomes",
    "indicator_choice", "quality", "doubts", "count_recovery", "typing", "bridge",
  ]

  /// What answers say of membership, by method.
  public enum Parameters: Sendable, Equatable {
    /// A latent class model over the indicators.
    case latentClass(LatentClassModel)
    /// The nearest of points over columns of numbers.
    case nearest(NearestPoints)
    /// The column itself says it; its values in the order of the segments.
    case given(column: String, values: [AnswerCode])
  }

  /// The segments, largest first.
  public var segments: [Segment] { result.segments }
}

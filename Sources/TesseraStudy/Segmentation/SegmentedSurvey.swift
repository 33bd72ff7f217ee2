public import TesseraMath
public import TesseraSurvey

/// A segment: a class that a study adopted and named.
public struct Segment: Sendable, Equatable {
  /// `S1` for the largest, and so on; the value of the column for given segments.
  public let id: String
  /// What a reader sees.
  public var name: String
  /// Weighted share of the population, 0 to 1.
  public let share: Double
  /// Respondents whose most probable segment it is (frequencies counted).
  public let respondents: Double

  /// Its id and its name; one of them where they are the same.
  public var display: String { id == name || name.isEmpty ? id : "\(id) \(name)" }

  /// What readers see of it: its name, or its id where it has none.
  public var title: String { name.isEmpty ? id : name }

  /// Makes a segment.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - name: What a reader sees.
  ///   - share: Weighted share, 0 to 1.
  ///   - respondents: Members by highest posterior.
  public init(id: String, name: String, share: Double, respondents: Double) {
    self.id = id
    self.name = name
    self.share = share
    self.respondents = respondents
  }
}

/// Respondents, how they were drawn, and how they belong to segments: what the fit is computed on.
public struct SegmentedSurvey: Sendable {
  /// The respondents used: those with a weight, and with a segment where segments are given.
  public let survey: Survey
  /// Their weights, strata and clusters.
  public let design: SurveyDesign
  /// For each respondent the row in the file, from 0 for the first below the header.
  public let sourceRows: [Int]
  /// The segments, largest first.
  public let segments: [Segment]
  /// Membership: respondents × segments, rows summing to 1.
  public let posterior: Matrix
  /// How to segment the same respondents under other weights; `nil` for given segments.
  public let resegmenter: (any Resegmenter)?
  /// Whether replicates keep the segments as they are: so where they were given, or stand in a model.
  public var holdsSegments: Bool
  /// The same respondents drawn and segmented again, where that was done.
  public var replicates: SegmentReplicates?

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - survey: The respondents used.
  ///   - design: Their design; as many rows.
  ///   - sourceRows: Their rows in the file.
  ///   - segments: The segments.
  ///   - posterior: Respondents × segments.
  ///   - resegmenter: How to segment under other weights.
  ///   - replicates: The same respondents drawn and segmented again.
  public init(
    survey: Survey, design: SurveyDesign, sourceRows: [Int], segments: [Segment],
    posterior: Matrix, resegmenter: (any Resegmenter)?, replicates: SegmentReplicates? = nil
  ) {
    precondition(posterior.rows == survey.respondentCount)
    precondition(posterior.columns == segments.count)
    precondition(design.weights.count == survey.respondentCount)
    self.survey = survey
    self.design = design
    self.sourceRows = sourceRows
    self.segments = segments
    self.posterior = posterior
    self.resegmenter = resegmenter
    holdsSegments = resegmenter == nil
    self.replicates = replicates
  }
}

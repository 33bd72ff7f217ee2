public import TesseraFiles
public import TesseraMath

/// Respondents with their segments, or with the reason why they have none.
public struct AssignmentBatch: Sendable, Equatable {
  /// The segments of the model, in the order of the columns of ``posterior``.
  public let segments: [Segment]
  /// Chance of each segment: respondents × segments.
  public let posterior: Matrix
  /// The likeliest segment of each respondent, from 0; `nil` where there is a reason for none.
  public let labels: [Int?]
  /// For each respondent why there is no segment; `nil` where there is one.
  public let reasons: [String?]
  /// What was unknown or missing.
  public internal(set) var notes: AssignmentNotes
  /// How often each answer was given.
  public let answers: AnswerTally

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - segments: The segments of the model.
  ///   - posterior: Respondents × segments.
  ///   - reasons: Why a respondent has no segment; empty if all have one.
  ///   - notes: What was unknown or missing.
  ///   - answers: How often each answer was given.
  public init(
    segments: [Segment], posterior: Matrix, reasons: [String?] = [],
    notes: AssignmentNotes = AssignmentNotes(), answers: AnswerTally = AnswerTally()
  ) {
    self.segments = segments
    self.posterior = posterior
    self.reasons = reasons.isEmpty ? [String?](repeating: nil, count: posterior.rows) : reasons
    labels = zip(posterior.likeliest, self.reasons).map { $1 == nil ? $0 : nil }
    self.notes = notes
    self.answers = answers
  }

  /// Whether a respondent has probabilities, but none that is high enough for a segment.
  ///
  /// - Parameter row: Which respondent, from 0.
  /// - Returns: True for "cannot tell".
  public func isDoubtful(_ row: Int) -> Bool { reasons[row] == UnplacedRespondent.doubt }

  /// What was unknown or missing, in sentences with counts.
  public var warnings: [String] { notes.sentences }

  /// The same, with the place of what was unknown or missing.
  ///
  /// - Parameters:
  ///   - file: The file that was assigned.
  ///   - data: What was made of it.
  ///   - start: The first of these respondents among them.
  /// - Returns: The batch with places in its notes.
  public func located(
    in file: SurveyFile, _ data: StudyData, from start: Int = 0
  ) -> AssignmentBatch {
    var result = self
    result.notes.locate { file.place(ofRespondent: data.sourceRows[start + $0]) }
    return result
  }

  /// Respondents in each segment.
  public var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: segments.count)
    for case let label? in labels { sizes[label] += 1 }
    return sizes
  }
}

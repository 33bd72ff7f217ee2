/// Somebody in a survey who belongs to no segment, and why.
public struct UnplacedRespondent: Sendable, Equatable {
  /// The row in the file, from 0 for the first respondent.
  public let sourceRow: Int
  /// The identifier; `nil` if the study names no column for it.
  public let id: String?
  /// Why there is no segment.
  public let reason: String

  /// The reason of those who say nothing that could place them.
  package static let silence = "none of the questions that form segments is answered"
  /// The reason of those whom a short list of questions leaves between segments.
  package static let doubt = "cannot tell: no segment is probable enough"
  /// The reason of those whose numbers no segment makes possible.
  static let beyond = "a number lies too far outside for any segment"
  /// The reason of those whose membership cannot be computed.
  package static let covariate = "a covariate of the model is not answered"

  /// Those of a study whose rows a model does not use.
  ///
  /// - Parameters:
  ///   - data: Everybody.
  ///   - encoded: The study as the model reads it.
  /// - Returns: The others, in the order of the file.
  static func all(in data: StudyData, without encoded: EncodedStudy) -> [UnplacedRespondent] {
    let used = Set(encoded.rows)
    return data.sourceRows.indices.filter { !used.contains($0) }.map { row in
      UnplacedRespondent(
        sourceRow: data.sourceRows[row], id: data.ids?[row],
        reason: encoded.silentRows.contains(row) ? silence : covariate)
    }
  }
}

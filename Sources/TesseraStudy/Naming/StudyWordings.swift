/// How the study wants answers to be said: `say: { tasty: { no: find it not tasty } }`.
///
/// A wording goes on after "88%", in the plural.
public struct StudyWordings: Sendable, Equatable {
  /// Wordings by answer, by column.
  public var phrases: [String: [String: String]] = [:]

  /// No wordings.
  public init() {}

  /// The wording of an answer.
  ///
  /// - Parameters:
  ///   - column: The column, or the member of a set.
  ///   - answer: The answer's label, in any case.
  /// - Returns: The wording; `nil` if the study gives none.
  func phrase(_ column: String, answer: String) -> String? {
    guard let own = phrases[column] else { return nil }
    return own[answer] ?? own.first { $0.key.lowercased() == answer.lowercased() }?.value
  }
}

extension StudyWordings {
  /// Reads wordings: answers by column, each with what is said of people who give it.
  init(node: StudyNode) throws(StudyError) {
    for column in try node.entries(
      "wordings by column", example: "tasty: { \"no\": find it not tasty }")
    {
      var own: [String: String] = [:]
      for answer in try column.value.entries(
        "wordings by answer", example: "\"no\": find it not tasty")
      {
        own[answer.key] = try answer.value.text(
          "what 88% do or think", example: "find it not tasty")
      }
      phrases[column.key] = own
    }
  }
}

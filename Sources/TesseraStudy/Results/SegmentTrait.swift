/// One answer that sets a segment apart, told as what people are.
public struct SegmentTrait: Sendable, Equatable {
  /// The column, or the member of a set.
  public var variable: String
  /// What a reader sees of the question.
  public var question: String
  /// What a reader sees of the answer; for a number what it counts.
  public var answer: String
  /// The code of the answer; empty for a number and for a member of a set.
  package var code = ""
  /// What the question is for.
  public var role: VariableProfile.Role
  /// Weighted share of the segment that gives it, 0 to 1; `nil` for a mean.
  public var share: Double?
  /// The same of everybody.
  public var totalShare: Double?
  /// The sentence without its full stop, such as "75% are married (all: 40%)".
  public var words: String

  /// The question as a sentence can hold it: without its code, and of an item of a grid the item.
  package var asked: String { Question.spoken(question) }

  /// The trait as an element of `traits` in `profiles.json`.
  var json: JSONValue {
    [
      "name": variable, "question": question, "answer": answer, "role": role.rawValue,
      "share": share, "total_share": totalShare, "words": words,
    ]
  }
}

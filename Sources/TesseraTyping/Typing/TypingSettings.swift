public import TesseraMath

/// What is asked of a short list of questions.
public struct TypingSettings: Sendable {
  /// Questions that must be asked.
  public var must: [String] = []
  /// Questions that cannot be asked.
  public var never: [String] = []
  /// How many questions; `nil` for the fewest that place nine of ten as all of them do.
  public var count: Int?
  /// Whether each person is asked next what says most of them.
  public var isAdaptive = false
  /// Below which probability the answer is "cannot tell".
  public var threshold = 0.5
  /// Parts of the survey, each of which is placed by what the others say.
  public var folds = 10
  /// Seed of all chance.
  public var seed: UInt64 = 1
  /// Groups of fewer people are not shown.
  public var minimumCell = 10
  /// How many threads may be used; no result depends on it.
  public var workers: Workers = .single
  /// Where long work tells how far it has come.
  public var progress: Progress = .silent

  /// Takes the defaults.
  public init() {}

  /// Agreement that decides how many questions are taken by default.
  public static let goal = 0.9
}

public import TesseraMath

/// What is asked of a bridge from a survey to a customer file.
public struct BridgeSettings: Sendable {
  /// Columns that both have.
  public var columns: [String] = []
  /// Columns that must not be used.
  public var sensitive: Set<String> = []
  /// Parts of the survey, each of which is predicted from the others.
  public var folds = 10
  /// Bootstrap replicates of the intervals.
  public var replicates = 100
  /// Seed of all chance.
  public var seed: UInt64 = 1
  /// Answers of fewer people are not used.
  public var minimumCell = 10
  /// Below which probability the answer is "cannot tell"; `nil` to place everybody.
  public var threshold: Double?
  /// How many threads may be used; no result depends on it.
  public var workers: Workers = .single
  /// Where long work tells how far it has come.
  public var progress: Progress = .silent

  /// Takes the defaults.
  public init() {}
}

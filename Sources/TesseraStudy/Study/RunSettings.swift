public import TesseraMath

/// What a user sets for a run beside the study itself.
public struct RunSettings: Sendable {
  /// Seed of all chance.
  public var seed: UInt64 = 1
  /// How many threads may be used; no result depends on it.
  public var workers: Workers = .single
  /// Cells of fewer respondents are suppressed; 1 suppresses none.
  public var minimumCell = 10
  /// Cells of fewer respondents are marked as indicative only.
  public var smallBase = 30
  /// Bootstrap replicates for the intervals of the fit.
  public var replicates = 1000
  /// Bootstrap replicates for the stability of segments; `nil` for the study's or the default.
  public var stability: Int?
  /// Where long work tells how far it has come.
  public var progress: Progress = .silent

  /// Takes the defaults.
  public init() {}
}

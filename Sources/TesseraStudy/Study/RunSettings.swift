public import TesseraMath

/// What a user sets for a run beside the study itself.
public struct RunSettings: Sendable {
  /// Seed of all chance.
  public var seed: UInt64 = 1
  /// How many threads may be used; no result depends on it.
  public var workers: Workers = .single
  /// Groups of fewer respondents are not shown; 1 shows all.
  public var minimumCell = 10
  /// Groups of fewer respondents are marked, and their shares rounded.
  public var smallBase = 30
  /// What is hidden of small groups, where that was asked for; `nil` for what the study says.
  public var askedPrivacy: Privacy?
  /// Columns and sets that follow `strict` whatever the level, and describe no segment by name.
  public var sensitive: Set<String> = []
  /// Bootstrap replicates for the intervals of segments and of the fit.
  public var replicates = 500
  /// Bootstrap replicates for the stability of segments; `nil` for the study's or the default.
  public var stability: Int?
  /// Where long work tells how far it has come.
  public var progress: Progress = .silent

  /// Takes the defaults.
  public init() {}

  /// What is hidden of small groups.
  public var privacy: Privacy { askedPrivacy ?? .standard }

  /// The settings under what a study asks of privacy; what was asked for before holds.
  ///
  /// - Parameter study: What the study declares.
  /// - Returns: The settings; `none` also shows groups of any size.
  public func protecting(_ study: StudyFile) -> RunSettings {
    var settings = self
    settings.askedPrivacy = askedPrivacy ?? study.privacy
    settings.sensitive = study.sensitiveColumns
    if settings.privacy == .none { settings.minimumCell = 1 }
    return settings
  }

  /// That nothing is hidden, if so.
  var unprotected: [String] { privacy == .none ? [Privacy.unprotected] : [] }

  /// Whether some shares of people are shown by counts, so that they may be hidden in a large segment.
  public var mayHideStops: Bool {
    privacy == .strict || (privacy == .standard && !sensitive.isEmpty)
  }

  /// Whether a column or set is shown by counts, as `strict` does, and not by bases.
  ///
  /// - Parameter name: The column or set.
  /// - Returns: Whether every cell and its complement must hold as many people as the smallest cell.
  public func isStrict(_ name: String) -> Bool {
    privacy == .strict || (privacy == .standard && sensitive.contains(name))
  }

  /// Whether an indicator is shown by counts, by its own name or that of its set.
  func isStrict(_ indicator: IndicatorEncoding) -> Bool {
    isStrict(indicator.name) || indicator.set.map(isStrict) ?? false
  }
}

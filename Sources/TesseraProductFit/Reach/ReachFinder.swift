public import TesseraStudy

/// Answers which media, products or features reach most of an audience, for a study at hand.
public struct ReachFinder: Sendable {
  private let analysis: FitAnalysis
  private let search: ReachSearch

  /// Reach and affinity of every channel by segment.
  public let channels: [ChannelReach]

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents and their segments.
  ///   - settings: Threads and the smallest cell; nothing is resampled.
  /// - Throws: `StudyError` E0601 to E0611.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    analysis = try FitAnalysis(bare: source, segmented, settings: settings)
    let bound = try ColumnBinder(source: source, segmented: segmented).channels()
    let analysis = analysis
    let shown = bound.filter { !ReachTable.isRare($0, segmented, analysis.settings) }
    search = try ReachSearch(analysis: analysis, channels: shown, known: bound, source: source)
    channels = ReachTable(
      segmented, active: source.file.segments.active, suppression: analysis.suppression,
      settings: analysis.settings
    ).channels(bound)
  }

  /// The best sets of 1 to a number of items, for everybody and each segment.
  ///
  /// - Parameters:
  ///   - kind: What the items are.
  ///   - most: Most items.
  /// - Returns: For each audience and size the best set; none where nothing says who is reached.
  public func sets(_ kind: ReachSet.Kind, upTo most: Int) -> [ReachSet] {
    search.sets(kind, upTo: most, for: analysis.audiences)
  }
}

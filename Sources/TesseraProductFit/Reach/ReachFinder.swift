public import TesseraStudy

/// Answers which media, products or features reach most of an audience, for a study at hand.
public struct ReachFinder: StudyQuestion {
  private let analysis: FitAnalysis
  private let search: ReachSearch

  /// Reach and affinity of every channel by segment.
  public let channels: [ChannelReach]

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) throws(StudyError) {
    let (source, analysis) = (study.source, study.analysis)
    let segmented = analysis.segmented
    let bound = try ColumnBinder(source: source, segmented: segmented).channels()
    let shown = bound.filter { !ReachTable.isRare($0, segmented, analysis.settings) }
    self.analysis = analysis
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

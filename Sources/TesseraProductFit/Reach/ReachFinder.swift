public import TesseraStudy

/// Answers which media, products or features reach most of an audience, for a study at hand.
public struct ReachFinder: StudyQuestion {
  private let analysis: FitAnalysis
  private let search: ReachSearch
  private let source: FitSource

  /// Reach and affinity of every channel by segment.
  public let channels: [ChannelReach]

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) throws(StudyError) {
    let (source, analysis) = (study.source, study.analysis)
    let segmented = analysis.segmented
    let bound = try ColumnBinder(source: source, segmented: segmented).channels()
    let shown = bound.filter { !ReachTable.isRare($0, segmented, analysis.settings) }
    self.analysis = analysis
    self.source = source
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

  /// What a budget buys of the channels that have a cost, for everybody and each segment.
  ///
  /// - Parameter budget: What the channels may cost together; `nil` for that of the study.
  /// - Returns: One for each audience; none where no channel has a cost.
  /// - Throws: `StudyError` E0673 for costs that cannot be planned with.
  public func plans(budget: Double? = nil) throws(StudyError) -> [ChannelPlan] {
    try search.plans(source, budget: budget, for: analysis.audiences)
  }
}

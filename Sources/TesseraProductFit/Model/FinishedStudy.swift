public import TesseraStudy

/// A study with its segments, bound and scored once, to which questions are put.
public struct FinishedStudy: Sendable {
  let source: FitSource
  let analysis: FitAnalysis
}

/// A question to a finished study: what if, which line, what price.
///
/// Errors come from the replicates that the respondents come with, drawn and segmented alike; without
/// replicates from linearisation, the segments held fixed.
public protocol StudyQuestion: Sendable {
  /// Puts the question to a study.
  init(_ study: FinishedStudy) throws(StudyError)
}

extension StudyQuestion {
  /// Puts the question to a study from files.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents, their segments and replicates.
  ///   - settings: Seed, threads and the smallest cell.
  /// - Throws: `StudyError` E0601 to E0611, E0652, E0653.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Puts the question to declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(
      FinishedStudy(
        source: source, analysis: FitAnalysis(bare: source, segmented, settings: settings)))
  }
}

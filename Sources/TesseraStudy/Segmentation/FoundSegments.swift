import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// What a method found, before segments have names.
struct FoundSegments {
  /// Respondents × segments.
  let posterior: Matrix
  /// Share of each segment, falling.
  let shares: [Double]
  /// The result, its segments not yet filled in.
  var result: SegmentationResult
  /// What is needed to assign others.
  var parameters: SegmentModel.Parameters
  /// How to segment under other weights.
  let resegmenter: (any Resegmenter)?
  /// What else was found.
  var evidence = SegmentationEvidence()
  /// Every number of segments that was tried; empty where only the chosen one is kept.
  var solutions: [Solution] = []

  /// One number of segments.
  struct Solution {
    let posterior: Matrix
    let shares: [Double]
    /// Its segments not yet filled in.
    let result: SegmentationResult
    let parameters: SegmentModel.Parameters
  }
}

/// What every method is given.
struct SegmentationTask: Sendable {
  let encoded: EncodedStudy
  let data: StudyData
  var declaration: SegmentsDeclaration
  let settings: RunSettings
  /// A solution of an earlier run that a person takes: it is kept, and nothing is searched.
  var taken: SegmentModel?

  /// Bootstrap pairs of the solution chosen.
  static let defaultPairs = 50

  /// Bootstrap pairs; 0 for none.
  var pairs: Int { max(0, settings.stability ?? declaration.stability ?? Self.defaultPairs) }
  /// Whether every number of segments is to be replicated, and not the chosen one alone.
  var examinesAllCounts: Bool { settings.stability != nil || declaration.stability != nil }
  /// The stream of one part of the work.
  func stream(_ part: Part) -> RandomStream {
    RandomStream(seed: settings.seed).split(part.rawValue)
  }

  /// Parts of the work that draw numbers of their own.
  enum Part: Int {
    case fit = 1
    case stability = 2
    case structure = 3
    case restart = 4
    case silhouette = 5
    case likelihoodRatio = 6
    case residuals = 7
    case folds = 8
    case choice = 9
    case quality = 10
    case continuum = 11
    case recovery = 12
  }

  /// The numbers of segments to try, cut to what the answers allow.
  ///
  /// - Parameter distinct: Different respondents.
  /// - Returns: At least one number.
  /// - Throws: ``StudyError`` E0505 if even the smallest number asked for is too large.
  func counts(distinct: Int) throws(StudyError) -> ClosedRange<Int> {
    let range = declaration.count.range
    guard range.lowerBound >= 1, range.upperBound <= SegmentCount.largest else {
      throw StudyError(
        code: "E0505",
        message: "the number of segments must be a whole number from 1 to \(SegmentCount.largest)",
        column: "segments.count", hint: "ask for a number such as 4, or a range such as 2-8")
    }
    guard range.lowerBound <= distinct else {
      throw StudyError(
        segmentation: .tooManySegments(asked: range.lowerBound, distinct: distinct))
    }
    return range.lowerBound...min(range.upperBound, distinct)
  }

  /// A result with what every method shares.
  func blankResult(method: String) -> SegmentationResult {
    SegmentationResult(
      method: method, seed: settings.seed, respondents: data.design.respondents,
      weightedRespondents: data.weightSum, effectiveSampleSize: data.design.effectiveSampleSize,
      segments: [])
  }

  /// Segments a resample, given by what each respondent counts for, and labels all of them.
  typealias Resampled =
    @Sendable (_ weights: [Double], _ random: RandomStream) throws(SegmentationError) -> [Int]

  /// Respondents from whom on resampling begins with a part of them, and how many are in it.
  private static let crowd = 20_000
  private static let part = 10_000

  /// Runs a bootstrap of pairs.
  ///
  /// Of very many respondents an even part is resampled first. Fewer respondents agree less, never more: a
  /// solution that comes back plainly there comes back among all. Anything else is resampled whole.
  ///
  /// - Parameters:
  ///   - labels: The segment of each respondent.
  ///   - count: Number of segments.
  ///   - pairs: Pairs of samples.
  ///   - resampling: Makes the way to segment resamples of some respondents, in rising order, or of
  ///     everybody (`nil`).
  /// - Returns: How the solution came back.
  /// - Throws: ``SegmentationError`` from the segmenter.
  func stability(
    labels: [Int], count: Int, pairs: Int,
    resampling: (_ people: [Int]?) throws(SegmentationError) -> Resampled
  ) throws(SegmentationError) -> BootstrapStability {
    let rows = labels.count
    guard !examinesAllCounts, rows >= Self.crowd else {
      return try stability(
        labels, data.design, count: count, pairs: pairs, mayStop: false, try resampling(nil))
    }
    let people = (0..<Self.part).map { $0 * rows / Self.part }
    let first = try stability(
      people.map { labels[$0] }, data.design.selecting(people), count: count, pairs: pairs,
      mayStop: true, try resampling(people))
    if first.low >= 0.9, first.smallestJaccard >= 0.85 { return first }
    // A rare second optimum shows only in many pairs; they are cheap but among very many people.
    return try stability(
      labels, data.design, count: count, pairs: pairs, mayStop: true, try resampling(nil))
  }

  private func stability(
    _ labels: [Int], _ design: SurveyDesign, count: Int, pairs: Int, mayStop: Bool,
    _ refit: Resampled
  ) throws(SegmentationError) -> BootstrapStability {
    let rows = labels.count
    return try BootstrapStability(
      labels: labels, segmentCount: count, weights: CaseWeights(design), pairs: pairs,
      mayStop: mayStop, random: stream(.stability).split(count), workers: settings.workers,
      progress: settings.progress
    ) { sample, random throws(SegmentationError) in
      try refit(sample.effective(count: rows), random)
    }
  }
}

extension StabilityResult {
  /// The summary of a bootstrap.
  init(_ stability: BootstrapStability) {
    self.init(
      replicates: stability.pairs, median: stability.median, low: stability.low,
      high: stability.high, jaccard: stability.segmentJaccard)
  }
}

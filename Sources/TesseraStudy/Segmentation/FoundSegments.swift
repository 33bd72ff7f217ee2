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
  let parameters: SegmentModel.Parameters
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

  /// Runs a bootstrap of pairs.
  func stability(
    labels: [Int], count: Int, pairs: Int,
    refit:
      @Sendable (_ weights: [Double], _ random: RandomStream) throws(SegmentationError) -> [Int]
  ) throws(SegmentationError) -> BootstrapStability {
    let rows = labels.count
    return try BootstrapStability(
      labels: labels, segmentCount: count, weights: CaseWeights(data.design), pairs: pairs,
      // A rare second optimum shows only in many pairs; they are cheap but among very many people.
      mayStop: !examinesAllCounts && rows >= 20_000, random: stream(.stability).split(count),
      workers: settings.workers,
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

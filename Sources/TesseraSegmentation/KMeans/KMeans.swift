public import TesseraMath

/// Divides respondents around means so that the squared distances to them are small.
///
/// Each start draws its centroids by k-means++, climbs by Lloyd's rounds under bounds, and ends with
/// the single moves of Hartigan and Wong, so that no respondent can gain by changing segment. With
/// many respondents the starts run on samples of them, whose best are carried on with all.
///
/// Weights enter centroids, draws and the sum of squares. Gaps are refused or left out of distances
/// as ``gaps`` says; respondents without any answer stand in the largest segment.
///
/// - Reference: Lloyd (1982), *IEEE Transactions on Information Theory* 28(2), 129–137.
public struct KMeans: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Starts from random centroids, 1 or more.
  public var starts: Int
  /// How columns come to one scale.
  public var standardisation: Standardisation
  /// What to do about missing answers.
  public var gaps: GapPolicy
  /// Size of the samples that starts run on where there are more than twice as many different
  /// respondents.
  public var sampleSize: Int
  /// Attempts to leave a local optimum by moving one centroid elsewhere.
  public var swaps: Int
  /// Rounds of each kind at most.
  public var maximumRounds: Int

  /// Chooses settings.
  public init(
    segments: Int, starts: Int = 20, standardisation: Standardisation = .standardDeviation,
    gaps: GapPolicy = .observed, sampleSize: Int = 4_096, swaps: Int = 20,
    maximumRounds: Int = 300
  ) {
    self.segments = segments
    self.starts = starts
    self.standardisation = standardisation
    self.gaps = gaps
    self.sampleSize = sampleSize
    self.swaps = max(0, swaps)
    self.maximumRounds = maximumRounds
  }

  /// Divides the respondents.
  ///
  /// - Parameters:
  ///   - input: Respondents × variables, with weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The partition with the least sum of squares.
  /// - Throws: ``SegmentationError`` if there are fewer different respondents than segments, or a
  ///   gap that is refused.
  /// - Complexity: O(*n* · *k* · *d*) a round, for *n* respondents and *d* variables.
  public func fit(
    _ input: RespondentMatrix, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> KMeansFit {
    try prepared(input, workers: workers)
      .fit(random: random, workers: workers, progress: progress)
  }

  /// Scales the respondents and finds the different ones, once for many fits.
  ///
  /// - Parameters:
  ///   - input: Respondents × variables, with weights.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: A problem that can be solved for several numbers of segments and resamples.
  /// - Throws: ``SegmentationError`` if a setting is out of range, nobody is left, or a gap is
  ///   refused.
  public func prepared(
    _ input: RespondentMatrix, workers: Workers = .single
  ) throws(SegmentationError) -> KMeansProblem {
    try validate()
    if gaps == .refuse {
      try input.requireComplete()
    }
    let effective = input.weights.effective(count: input.values.rows)
    let distinct = DistinctRows(of: input.values, weights: effective, workers: workers)
    guard distinct.count > 0 else { throw .nobody }
    let scale = ColumnScale(
      of: input.values, weights: effective, standardisation: standardisation)
    let rows = KMeansRows(
      table: input.values, source: distinct.first, weights: distinct.weights,
      columnOrder: distinct.columnOrder, hasGaps: distinct.hasGaps, scale: scale,
      workers: workers)
    return KMeansProblem(settings: self, distinct: distinct, rows: rows, weights: effective)
  }

  private func validate() throws(SegmentationError) {
    guard segments >= 1 else {
      throw .badSetting(
        name: "the number of segments", value: Double(segments), remedy: "Ask for 1 or more.")
    }
    guard starts >= 1 else {
      throw .badSetting(
        name: "the number of starts", value: Double(starts), remedy: "Run 1 or more.")
    }
    guard maximumRounds >= 1 else {
      throw .badSetting(
        name: "the limit on rounds", value: Double(maximumRounds), remedy: "Allow 1 or more.")
    }
    guard sampleSize >= 2 * segments else {
      throw .badSetting(
        name: "the sample size", value: Double(sampleSize),
        remedy: "Use at least twice the number of segments.")
    }
  }
}

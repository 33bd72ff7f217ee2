public import TesseraMath

/// Divides respondents around prototypes: means of their numbers, and commonest categories.
///
/// The distance is the sum of squared differences of standardised numbers plus ``gamma`` for each
/// category that differs. A gap adds nothing. Respondents without any answer stand in the largest
/// segment.
///
/// - Reference: Huang (1998), *Data Mining and Knowledge Discovery* 2, 283–304.
public struct KPrototypes: Segmenter, Equatable {
  /// What a differing category costs, in variances of a number.
  public enum Gamma: Sendable, Equatable {
    /// Mean variance over the mean chance that two answers differ, 1 − Σp² (`clustMixType`).
    case varianceRatio
    /// Half the mean standard deviation of the numbers (`kmodes`).
    case halfDeviation
    /// A value of one's own, 0 or more.
    case value(Double)
  }

  /// Number of segments, 1 or more.
  public var segments: Int
  /// Starts from random prototypes.
  public var starts: StartPolicy
  /// What a differing category costs.
  public var gamma: Gamma
  /// Whether ordered categories count as numbers rather than as categories.
  public var ordinalAsNumbers: Bool
  /// Rounds of a climb at most.
  public var maximumRounds: Int

  /// Chooses settings.
  public init(
    segments: Int, starts: StartPolicy = .adaptive, gamma: Gamma = .varianceRatio,
    ordinalAsNumbers: Bool = true, maximumRounds: Int = 200
  ) {
    self.segments = segments
    self.starts = starts
    self.gamma = gamma
    self.ordinalAsNumbers = ordinalAsNumbers
    self.maximumRounds = maximumRounds
  }

  /// Divides the respondents.
  ///
  /// - Parameters:
  ///   - input: Items of any kind, with weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The division of least cost.
  /// - Throws: ``SegmentationError`` if there are fewer different respondents than segments.
  /// - Complexity: O(*n* · *k* · *d*) a round.
  public func fit(
    _ input: ItemTable, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> KPrototypesFit {
    let search = try SearchFromStarts(
      segments: segments, starts: starts, rounds: maximumRounds)
    let encoded = try EncodedItems(input)
    let rows = try PrototypeRows(encoded, ordinalNumbers: ordinalAsNumbers, gamma: gamma)
    guard rows.count >= segments else {
      throw .tooManySegments(asked: segments, distinct: rows.count)
    }
    // Many rows: threads share a climb. Few: each takes its own.
    let together = rows.count > 20_000
    let found = search.best(
      "k-prototypes", random: random, workers: together ? .single : workers, progress: progress,
      cost: \.cost, work: { rows.roundCost(segments) * Double($0.rounds + segments) },
      climb: { stream in
        rows.climb(
          from: rows.seeds(segments, random: &stream), maximumRounds: maximumRounds,
          workers: together ? workers : .single)
      },
      rearrange: { state, stream in
        rows.climb(
          from: rows.moved(state, random: &stream), maximumRounds: maximumRounds,
          workers: together ? workers : .single)
      })
    return KPrototypesFit(
      encoded: encoded, rows: rows, state: found.state, starts: found.tally)
  }
}

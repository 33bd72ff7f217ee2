public import TesseraMath

/// Divides respondents around modes: in each segment the commonest category of every item.
///
/// The distance is the number of answered items on which a respondent differs from the mode.
/// Ordered categories count as categories; numbers are refused.
///
/// - Reference: Chaturvedi, Green & Carroll (2001), *Journal of Classification* 18, 35–55.
public struct KModes: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Starts from random modes.
  public var starts: StartPolicy
  /// Rounds of a climb at most.
  public var maximumRounds: Int

  /// Chooses settings.
  public init(segments: Int, starts: StartPolicy = .adaptive, maximumRounds: Int = 200) {
    self.segments = segments
    self.starts = starts
    self.maximumRounds = maximumRounds
  }

  /// Divides the respondents.
  ///
  /// - Parameters:
  ///   - input: Items of categories, with weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each start.
  /// - Returns: The division with the fewest differences; its ``KPrototypesFit/gamma`` is 1.
  /// - Throws: ``SegmentationError/answers(item:expected:)`` for an item of numbers, or if there
  ///   are fewer different respondents than segments.
  /// - Complexity: O(*n* · *k* · *d*) a round.
  public func fit(
    _ input: ItemTable, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> KPrototypesFit {
    for item in input.items where item.measurement.categories == 0 {
      throw .answers(item: item.name, expected: "category codes")
    }
    return try KPrototypes(
      segments: segments, starts: starts, gamma: .value(1), ordinalAsNumbers: false,
      maximumRounds: maximumRounds
    ).fit(input, random: random, workers: workers, progress: progress)
  }
}

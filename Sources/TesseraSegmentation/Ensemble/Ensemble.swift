public import TesseraMath

/// The division that several methods come nearest to agreeing on.
///
/// Each member divides the same respondents. Their memberships are matched, segment to segment, and
/// averaged, again and again until the average settles: it minimises the mean squared distance to
/// the matched members, and its rows tell how far the members agree on a respondent.
///
/// - Reference: Dimitriadou, Weingessel & Hornik (2002), *International Journal of Pattern
///   Recognition and Artificial Intelligence* 16(7), 901–912.
public struct Ensemble<Input: WeightedInput>: Segmenter {
  /// One method.
  public struct Member: Sendable {
    /// What it is called in reports.
    public let name: String
    /// Divides the respondents: chance of each segment, or a label for each.
    let divide: @Sendable (Input, Int, RandomStream, Workers) throws(SegmentationError) -> Matrix

    /// Takes in a method.
    ///
    /// - Parameters:
    ///   - name: What it is called in reports.
    ///   - make: Makes the method for a number of segments.
    ///   - encode: Turns the common input into what the method takes.
    public init<Method: Segmenter>(
      _ name: String, make: @escaping @Sendable (_ segments: Int) -> Method,
      encode: @escaping @Sendable (Input) throws(SegmentationError) -> Method.Input
    ) {
      self.name = name
      divide = { input, segments, random, workers throws(SegmentationError) in
        let fit = try make(segments).fit(
          try encode(input), random: random, workers: workers, progress: .silent)
        return fit.posterior ?? Consensus.indicators(fit.labels, segments: fit.segmentCount)
      }
    }
  }

  /// Number of segments, 1 or more.
  public var segments: Int
  /// The methods, 1 or more.
  public var members: [Member]

  /// Gathers methods.
  public init(segments: Int, members: [Member]) {
    self.segments = segments
    self.members = members
  }

  /// Divides the respondents by every member and finds the consensus.
  ///
  /// - Parameters:
  ///   - input: Answers with their weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each member.
  /// - Returns: The consensus, and how far each member agrees with it.
  /// - Throws: What a member throws.
  public func fit(
    _ input: Input, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> EnsembleFit {
    guard !members.isEmpty else {
      throw .badSetting(
        name: "the number of methods in the ensemble", value: 0, remedy: "Name 1 or more.")
    }
    let counter = StepCounter("ensemble", total: members.count, progress: progress)
    var memberships: [Matrix] = []
    for (index, member) in members.enumerated() {
      memberships.append(
        try member.divide(input, segments, random.split(index), workers))
      counter.step()
    }
    let weights = input.weights.effective(count: input.rowCount)
    let consensus = Consensus.find(memberships, weights: weights, segments: segments)
    return EnsembleFit(
      names: members.map(\.name), memberships: memberships, weights: weights,
      consensus: consensus)
  }
}

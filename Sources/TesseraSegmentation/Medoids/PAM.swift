public import TesseraMath

/// Divides respondents around medoids: respondents whose distances to their segments are least.
///
/// Distances are computed when needed, so memory grows with the respondents only; time grows with
/// their square. Above ``limit`` they are searched in samples, as ``beyond`` says.
public struct PAM: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Different respondents at most; time grows with their square.
  public var limit: Int
  /// What happens above the limit.
  public var beyond: Beyond
  /// Passes over all candidates at most.
  public var maximumRounds: Int

  /// What happens with more different respondents than the limit.
  public enum Beyond: Sendable, Equatable {
    /// ``CLARA`` searches five samples of 4,000; ``MedoidFit/searched`` tells so.
    case sample
    /// The fit fails.
    case refuse
  }

  /// Chooses settings.
  public init(
    segments: Int, limit: Int = 20_000, beyond: Beyond = .sample, maximumRounds: Int = 100
  ) {
    self.segments = segments
    self.limit = limit
    self.beyond = beyond
    self.maximumRounds = maximumRounds
  }

  /// Finds medoids.
  ///
  /// - Parameters:
  ///   - input: Respondents and what lies between them.
  ///   - random: Draws the samples that a search among thousands starts from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Not told.
  /// - Returns: Medoids and their segments.
  /// - Throws: ``SegmentationError`` for too few respondents, or for too many that are not sampled.
  /// - Complexity: O(*n*² · *d*) a pass over all candidates, of which few are needed.
  public func fit(
    _ input: MedoidInput, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> MedoidFit {
    let space = try MedoidSpace(input)
    try space.check(segments: segments)
    guard space.count <= limit else {
      guard beyond == .sample else {
        throw .tooManyRespondents(given: space.count, limit: limit)
      }
      return try CLARA(segments: segments, samples: 5, sampleSize: 4_000).fit(
        input, random: random, workers: workers, progress: progress)
    }
    let search = FasterPAM(
      space.field, weights: space.distinct.weights, eligible: space.eligible,
      segments: segments, maximumRounds: maximumRounds, random: random, workers: workers)
    return MedoidFit(
      space: space, medoids: search.medoids, rounds: search.rounds,
      converged: search.converged, starts: .one,
      searched: space.count)
  }
}

/// Divides many respondents around medoids that are found in samples of them.
///
/// Each sample is searched as ``PAM`` does, everyone is placed, and the sample that serves all
/// best is kept. The cost is that of all respondents.
///
/// - Reference: Kaufman & Rousseeuw (1990), *Finding Groups in Data*, chapter 3; samples as large
///   as Schubert & Rousseeuw (2021) advise.
public struct CLARA: Segmenter, Equatable {
  /// Number of segments, 1 or more.
  public var segments: Int
  /// Samples drawn.
  public var samples: Int
  /// Different respondents in a sample; at least 80 + 4 for each segment are taken.
  public var sampleSize: Int

  /// Chooses settings.
  public init(segments: Int, samples: Int = 10, sampleSize: Int = 1_000) {
    self.segments = segments
    self.samples = samples
    self.sampleSize = sampleSize
  }

  /// Finds medoids in samples and keeps the best.
  ///
  /// - Parameters:
  ///   - input: Respondents and what lies between them.
  ///   - random: Draws the samples.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each sample.
  /// - Returns: Medoids and their segments.
  /// - Throws: ``SegmentationError`` if there are too few respondents for the segments.
  /// - Complexity: O(samples · (size² + *n* · *k*) · *d*).
  public func fit(
    _ input: MedoidInput, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> MedoidFit {
    guard samples >= 1 else {
      throw .badSetting(
        name: "the number of samples", value: Double(samples), remedy: "Draw 1 or more.")
    }
    let space = try MedoidSpace(input)
    try space.check(segments: segments)
    let candidates = (0..<space.count).filter { space.eligible[$0] }
    let size = min(candidates.count, max(sampleSize, 80 + 4 * segments))
    let runs = size == candidates.count ? 1 : samples
    let counter = StepCounter("CLARA", total: runs, progress: progress)
    let found = workers.map(runs) { run in
      var stream = random.split(run)
      let chosen = stream.sample(size, below: candidates.count).sorted().map { candidates[$0] }
      let search = FasterPAM(
        space.field.selecting(chosen), weights: chosen.map { space.distinct.weights[$0] },
        eligible: [Bool](repeating: true, count: size), segments: segments, maximumRounds: 100,
        random: stream, workers: .single)
      let medoids = search.medoids.map { chosen[$0] }
      counter.step()
      return (medoids: medoids, cost: space.placed(by: medoids).cost, rounds: search.rounds)
    }
    var best = 0
    for run in found.indices where found[run].cost < found[best].cost {
      best = run
    }
    let limit = found[best].cost * (1 + 1e-9)
    return MedoidFit(
      space: space, medoids: found[best].medoids, rounds: found[best].rounds,
      converged: found[best].rounds < 100,
      starts: StartTally(run: runs, reachedBest: found.count { $0.cost <= limit }),
      searched: size)
  }
}

extension MedoidSpace {
  /// Refuses what cannot be divided.
  func check(segments: Int) throws(SegmentationError) {
    guard segments >= 1 else {
      throw .badSetting(
        name: "the number of segments", value: Double(segments), remedy: "Ask for 1 or more.")
    }
    let candidates = eligible.count { $0 }
    guard candidates >= segments else {
      throw .tooManySegments(asked: segments, distinct: candidates)
    }
  }

  /// Places every row with its nearest medoid.
  func placed(
    by medoids: [Int]
  ) -> (labels: [Int], distances: [Float], cost: Double) {
    var labels = [Int](repeating: 0, count: count)
    var least = [Float](repeating: .infinity, count: count)
    var row = [Float](repeating: 0, count: count)
    for (place, medoid) in medoids.enumerated() {
      distances(from: medoid, to: 0..<count, into: &row)
      // A medoid is its own whatever gaps it has.
      row[medoid] = 0
      for other in 0..<count where row[other] < least[other] {
        least[other] = row[other]
        labels[other] = place
      }
    }
    let cost = (0..<count).reduce(0) { $0 + distinct.weights[$1] * Double(least[$1]) }
    return (labels, least, cost)
  }
}

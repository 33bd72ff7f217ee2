import TesseraMath

/// The best of several climbs.
struct KMeansSearch: Sendable {
  /// Where the best climb ended.
  let state: KMeansState
  /// How many climbs there were, and how many ended where the best did.
  let tally: StartTally

  /// Climbs from random centroids and keeps the best.
  static func run(
    _ rows: KMeansRows, settings: KMeans, random: RandomStream, workers: Workers,
    progress: Progress
  ) throws(SegmentationError) -> KMeansSearch {
    guard rows.count >= settings.segments else {
      throw .tooManySegments(asked: settings.segments, distinct: rows.count)
    }
    return rows.count <= 2 * settings.sampleSize
      ? onAll(rows, settings: settings, random: random, workers: workers, progress: progress)
      : bySamples(rows, settings: settings, random: random, workers: workers, progress: progress)
  }

  /// Every start climbs among all rows; the best quarter is improved by swaps.
  private static func onAll(
    _ rows: KMeansRows, settings: KMeans, random: RandomStream, workers: Workers,
    progress: Progress
  ) -> KMeansSearch {
    let climb = Climb(rows: rows, settings: settings, tolerance: 0, polishes: true)
    let carried = min(settings.starts, max(3, (settings.starts + 3) / 4))
    let counter = StepCounter("k-means", total: settings.starts + carried, progress: progress)
    let trials = workers.map(settings.starts) { index in
      var stream = random.split(index)
      let state = climb.run(from: rows.seeds(settings.segments, random: &stream))
      counter.step()
      return state
    }
    let order = trials.indices.sorted { (trials[$0].within, $0) < (trials[$1].within, $1) }
    let improved = workers.map(carried) { place in
      var stream = random.split(settings.starts + 1).split(order[place])
      let state = climb.swapping(trials[order[place]], swaps: settings.swaps, random: &stream)
      counter.step()
      return state
    }
    var best = improved[0]
    for state in improved where state.within < best.within {
      best = state
    }
    let limit = best.within * (1 + 1e-7)
    let others = order.dropFirst(carried).map { trials[$0] }
    let reached = (improved + others).count { $0.within <= limit }
    return KMeansSearch(
      state: best, tally: StartTally(run: settings.starts, reachedBest: max(1, reached)))
  }

  /// Samples that are searched before all rows are looked at.
  private static let samples = 6

  /// Starts are shared out over several samples, in each of which swaps improve the best; what the
  /// samples find is carried on with all rows.
  ///
  /// Which of two optima is the better one can depend on the sample, if there is little between
  /// them. That is why there are several, and why their ends compete among all rows.
  private static func bySamples(
    _ rows: KMeansRows, settings: KMeans, random: RandomStream, workers: Workers,
    progress: Progress
  ) -> KMeansSearch {
    let samples = min(settings.starts, Self.samples)
    let counter = StepCounter("k-means", total: samples, progress: progress)
    let ends = workers.map(samples) { place in
      var stream = random.split(settings.starts + place)
      let part = rows.sampled(settings.sampleSize, random: &stream)
      let climb = Climb(rows: part, settings: settings, tolerance: 1e-6, polishes: false)
      var best: KMeansState?
      for start in stride(from: place, to: settings.starts, by: samples) {
        var stream = random.split(start)
        let state = climb.run(
          from: part.seeds(settings.segments, random: &stream), rival: best?.within ?? .infinity)
        if state.within < best?.within ?? .infinity { best = state }
      }
      let end = best.map { climb.swapping($0, swaps: settings.swaps, random: &stream) }
      counter.step()
      return end?.centroids ?? []
    }
    // A larger sample tells which ends are the same, and which come near the best.
    var stream = random.split(settings.starts + samples)
    let middle =
      rows.count > 16 * settings.sampleSize
      ? rows.sampled(8 * settings.sampleSize, random: &stream) : rows
    let rough = Climb(rows: middle, settings: settings, tolerance: 1e-6, polishes: false)
    let climbed = workers.map(samples) { rough.run(from: ends[$0]) }
    let order = climbed.indices.sorted { (climbed[$0].within, $0) < (climbed[$1].within, $1) }
    var found: [(centroids: [Double], within: Double, times: Int)] = []
    for state in order.map({ climbed[$0] }) {
      if let last = found.last, state.within <= last.within * (1 + 1e-5) {
        found[found.count - 1].times += 1
      } else {
        found.append((state.centroids, state.within, 1))
      }
    }
    let whole = Climb(rows: rows, settings: settings, tolerance: 1e-7, polishes: true)
    var best = (state: whole.run(from: found[0].centroids, workers: workers), times: found[0].times)
    for other in found.dropFirst().prefix(2) {
      let state = whole.run(from: other.centroids, rival: best.state.within, workers: workers)
      if state.within < best.state.within { best = (state, other.times) }
    }
    return KMeansSearch(
      state: best.state, tally: StartTally(run: samples, reachedBest: best.times))
  }

  /// Draws different indices, each as likely as any other, in rising order.
  ///
  /// - Reference: Knuth, *The Art of Computer Programming* 2, algorithm 3.4.2S.
  static func sample(_ size: Int, of count: Int, random: inout RandomStream) -> [Int] {
    var chosen: [Int] = []
    chosen.reserveCapacity(size)
    for index in 0..<count where chosen.count < size {
      if random.uniform() * Double(count - index) < Double(size - chosen.count) {
        chosen.append(index)
      }
    }
    return chosen
  }
}

/// How a search climbs from centroids to a local optimum.
private struct Climb: Sendable {
  let rows: KMeansRows
  let segments: Int
  let maximumRounds: Int
  let tolerance: Double
  /// Whether single moves end the climb; on a sample that would be wasted precision.
  let polishes: Bool

  init(rows: KMeansRows, settings: KMeans, tolerance: Double, polishes: Bool) {
    self.rows = rows
    segments = settings.segments
    maximumRounds = settings.maximumRounds
    self.tolerance = tolerance
    self.polishes = polishes
  }

  func run(
    from centroids: [Double], rival: Double = .infinity, workers: Workers = .single
  ) -> KMeansState {
    let state = rows.lloyd(
      from: centroids, segments: segments, maximumRounds: maximumRounds, tolerance: tolerance,
      rival: rival, workers: workers)
    // A climb that was given up, or that single moves cannot bring past its rival, ends here.
    guard polishes, state.within < rival * (1 + Self.polishGain) else { return state }
    return rows.polished(state, maximumRounds: maximumRounds, workers: workers)
  }

  /// The share of the sum of squares that single moves may still take off after Lloyd's rounds.
  private static let polishGain = 0.002

  /// Leaves a local optimum by moving one centroid to a row drawn far from all, if that helps.
  ///
  /// - Reference: Fränti (2018), *Journal of Big Data* 5:13 (random swap clustering).
  func swapping(_ start: KMeansState, swaps: Int, random: inout RandomStream) -> KMeansState {
    var best = start
    guard segments > 1 else { return best }
    for _ in 0..<swaps {
      let moved = rows.swapped(best.centroids, segments: segments, random: &random)
      let climbed = run(from: moved, rival: best.within)
      if climbed.within < best.within * (1 - 1e-12) {
        best = climbed
      }
    }
    return best
  }
}

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
    let small = rows.count <= settings.sampleSize
    var part = rows
    if !small {
      var stream = random.split(settings.starts)
      let chosen = sample(settings.sampleSize, of: rows.count, random: &stream)
      part = rows.selecting(chosen, weights: chosen.map { rows.weights[$0] })
    }
    // On all rows a climb ends with single moves; on a sample that would be wasted precision.
    let climb = Climb(
      rows: part, segments: settings.segments, maximumRounds: settings.maximumRounds,
      tolerance: small ? 0 : 1e-6, polishes: small)
    let carried = min(settings.starts, max(3, (settings.starts + 3) / 4))
    let counter = StepCounter("k-means", total: settings.starts + carried, progress: progress)

    let start = climb
    let trials = workers.map(settings.starts) { index in
      var stream = random.split(index)
      let state = start.run(from: start.rows.seeds(settings.segments, random: &stream))
      counter.step()
      return state
    }
    let order = trials.indices.sorted { (trials[$0].within, $0) < (trials[$1].within, $1) }
    let improved = workers.map(carried) { place in
      var stream = random.split(settings.starts + 1).split(order[place])
      let state = start.swapping(trials[order[place]], swaps: settings.swaps, random: &stream)
      counter.step()
      return state
    }
    let finals: [(state: KMeansState, reached: Int)]
    if small {
      let limit = (improved.map(\.within).min() ?? 0) * (1 + 1e-7)
      let others = order.dropFirst(carried).map { trials[$0] }
      let reached = (improved + others).count { $0.within <= limit }
      finals = improved.map { ($0, reached) }
    } else {
      // Climbs of the sample that ended together need not be carried on twice.
      let whole = Climb(
        rows: rows, segments: settings.segments, maximumRounds: settings.maximumRounds,
        tolerance: 1e-7, polishes: true)
      finals = differing(improved).prefix(2).map {
        (whole.run(from: improved[$0.index].centroids, workers: workers), $0.times)
      }
    }
    var best = finals[0]
    for final in finals where final.state.within < best.state.within {
      best = final
    }
    return KMeansSearch(
      state: best.state,
      tally: StartTally(run: settings.starts, reachedBest: max(1, best.reached)))
  }

  /// The climbs that ended at different optima, the best first, and how many ended at each.
  private static func differing(_ states: [KMeansState]) -> [(index: Int, times: Int)] {
    var result: [(index: Int, times: Int)] = []
    for index in states.indices.sorted(by: { (states[$0].within, $0) < (states[$1].within, $1) }) {
      if let last = result.last,
        states[index].within <= states[last.index].within * (1 + 1e-5)
      {
        result[result.count - 1].times += 1
      } else {
        result.append((index, 1))
      }
    }
    return result
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
  /// Whether single moves end the climb.
  let polishes: Bool

  func run(from centroids: [Double], workers: Workers = .single) -> KMeansState {
    let state = rows.lloyd(
      from: centroids, segments: segments, maximumRounds: maximumRounds, tolerance: tolerance,
      workers: workers)
    return polishes ? rows.polished(state, maximumRounds: maximumRounds, workers: workers) : state
  }

  /// Leaves a local optimum by moving one centroid to a row drawn far from all, if that helps.
  ///
  /// - Reference: Fränti (2018), *Journal of Big Data* 5:13 (random swap clustering).
  func swapping(_ start: KMeansState, swaps: Int, random: inout RandomStream) -> KMeansState {
    var best = start
    guard segments > 1 else { return best }
    for _ in 0..<swaps {
      var centroids = best.centroids
      let gone = random.below(segments)
      let drawn = rows.farRow(from: centroids, segments: segments, random: &random)
      for column in 0..<rows.columns {
        centroids[gone * rows.columns + column] =
          Double(rows.features[drawn * rows.featureCount + column])
      }
      let climbed = run(from: centroids)
      if climbed.within < best.within * (1 - 1e-12) {
        best = climbed
      }
    }
    return best
  }
}

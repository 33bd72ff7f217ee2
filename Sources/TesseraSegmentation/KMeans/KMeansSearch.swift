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
    let states =
      rows.count <= settings.sampleSize
      ? climbs(rows, settings: settings, random: random, workers: workers, progress: progress)
      : sampledClimbs(
        rows, settings: settings, random: random, workers: workers, progress: progress)
    var best = states[0]
    for state in states where state.within < best.within {
      best = state
    }
    let limit = best.within * (1 + 1e-7)
    return KMeansSearch(
      state: best,
      tally: StartTally(run: settings.starts, reachedBest: states.count { $0.within <= limit }))
  }

  /// Every start climbs on all rows.
  private static func climbs(
    _ rows: KMeansRows, settings: KMeans, random: RandomStream, workers: Workers,
    progress: Progress
  ) -> [KMeansState] {
    let counter = StepCounter("k-means", total: settings.starts, progress: progress)
    return workers.map(settings.starts) { start in
      var stream = random.split(start)
      let seeds = rows.seeds(settings.segments, random: &stream)
      let climbed = rows.lloyd(
        from: seeds, segments: settings.segments, maximumRounds: settings.maximumRounds,
        tolerance: 0, workers: .single)
      let polished = rows.polished(
        climbed, maximumRounds: settings.maximumRounds, workers: .single)
      counter.step()
      return polished
    }
  }

  /// Every start climbs on one sample of the rows; the best quarter climbs on with all of them.
  private static func sampledClimbs(
    _ rows: KMeansRows, settings: KMeans, random: RandomStream, workers: Workers,
    progress: Progress
  ) -> [KMeansState] {
    var stream = random.split(settings.starts)
    let chosen = sample(settings.sampleSize, of: rows.count, random: &stream)
    let part = rows.selecting(chosen, weights: chosen.map { rows.weights[$0] })
    let carried = min(settings.starts, max(3, (settings.starts + 3) / 4))
    let counter = StepCounter("k-means", total: settings.starts + carried, progress: progress)
    let trials = workers.map(settings.starts) { start in
      var stream = random.split(start)
      let seeds = part.seeds(settings.segments, random: &stream)
      let climbed = part.lloyd(
        from: seeds, segments: settings.segments, maximumRounds: settings.maximumRounds,
        tolerance: 1e-6, workers: .single)
      counter.step()
      return Trial(centroids: climbed.centroids, within: climbed.within)
    }
    let order = trials.indices.sorted { (trials[$0].within, $0) < (trials[$1].within, $1) }
    let improved = workers.map(carried) { place in
      let start = order[place]
      var stream = random.split(settings.starts + 1).split(start)
      return swapping(
        trials[start], on: part, swaps: settings.swaps, settings: settings, random: &stream)
    }
    let best = improved.indices.sorted { (improved[$0].within, $0) < (improved[$1].within, $1) }
    return best.prefix(2).map { place in
      let climbed = rows.lloyd(
        from: improved[place].centroids, segments: settings.segments,
        maximumRounds: settings.maximumRounds, tolerance: 1e-7, workers: workers)
      let polished = rows.polished(
        climbed, maximumRounds: settings.maximumRounds, workers: workers)
      counter.step()
      return polished
    }
  }

  /// Leaves a local optimum by moving one centroid to a row drawn far from all, if that helps.
  ///
  /// - Reference: Fränti (2018), *Journal of Big Data* 5:13 (random swap clustering).
  private static func swapping(
    _ start: Trial, on rows: KMeansRows, swaps: Int, settings: KMeans,
    random: inout RandomStream
  ) -> Trial {
    var best = start
    guard settings.segments > 1 else { return best }
    for _ in 0..<swaps {
      var centroids = best.centroids
      let gone = random.below(settings.segments)
      let drawn = rows.farRow(
        from: centroids, segments: settings.segments, random: &random)
      for column in 0..<rows.columns {
        centroids[gone * rows.columns + column] =
          Double(rows.features[drawn * rows.featureCount + column])
      }
      let climbed = rows.lloyd(
        from: centroids, segments: settings.segments, maximumRounds: settings.maximumRounds,
        tolerance: 1e-5, workers: .single)
      if climbed.within < best.within {
        best = Trial(centroids: climbed.centroids, within: climbed.within)
      }
    }
    return best
  }

  /// Where a climb on the sample ended.
  private struct Trial: Sendable {
    let centroids: [Double]
    let within: Double
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

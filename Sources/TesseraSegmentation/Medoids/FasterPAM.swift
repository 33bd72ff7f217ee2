import TesseraMath

/// The search for medoids: a start, then swaps as long as one helps.
///
/// Small tables start from the greedy choice (BUILD). Large ones start from the best medoids of a
/// few samples, since the greedy choice alone would look at all pairs once for each segment; the
/// swaps that follow look at everybody either way.
///
/// - Reference: Schubert & Rousseeuw (2021), *Information Systems* 101, 101804 (FasterPAM);
///   Kaufman & Rousseeuw (1990), *Finding Groups in Data*, chapter 2 (BUILD).
struct FasterPAM {
  /// Rows up to which the start is greedy.
  private static let small = 3_000
  /// Samples that a large table starts from, and their size.
  private static let samples = 4
  private static let sampleSize = 1_500

  /// The medoids, as rows.
  private(set) var medoids: [Int] = []
  /// Passes over all candidates.
  private(set) var rounds = 0
  /// Whether no swap was left that helps.
  private(set) var converged = true

  private let eligible: [Int]

  /// Searches.
  ///
  /// - Parameters:
  ///   - field: Distances of at least as many rows as there are weights.
  ///   - weights: What each row counts for.
  ///   - eligible: Which rows may be medoids.
  ///   - segments: How many medoids; no more than eligible rows.
  ///   - maximumRounds: Passes over all rows at most.
  ///   - random: Draws the samples that a large table starts from.
  ///   - workers: Threads to use; the result does not depend on it.
  init(
    _ field: DistanceField, weights: [Double], eligible: [Bool], segments: Int,
    maximumRounds: Int, random: RandomStream, workers: Workers
  ) {
    self.eligible = eligible.indices.filter { eligible[$0] }
    let kernel = MedoidGainKernel(
      field, weights: weights, segments: segments, workers: workers)
    if self.eligible.count <= FasterPAM.small {
      build(kernel, segments)
    } else {
      let start = sampled(field, weights, segments, maximumRounds, random, workers)
      for medoid in start {
        kernel.measure([medoid])
        kernel.join(medoid, atBatch: 0)
      }
    }
    swap(kernel, maximumRounds)
    medoids = kernel.medoids
  }

  /// Takes the row that saves most, again and again.
  private func build(_ kernel: MedoidGainKernel, _ segments: Int) {
    while kernel.medoids.count < segments {
      var best = (row: -1, gain: -Double.infinity)
      forEachBatch { batch in
        kernel.measure(batch)
        for (place, gain) in kernel.joiningGains(batch.count).enumerated()
        where gain > best.gain && !kernel.medoids.contains(batch[place]) {
          best = (batch[place], gain)
        }
        return true
      }
      kernel.measure([best.row])
      kernel.join(best.row, atBatch: 0)
    }
  }

  /// The medoids of the sample that serves a sample of everybody best.
  private func sampled(
    _ field: DistanceField, _ weights: [Double], _ segments: Int, _ maximumRounds: Int,
    _ random: RandomStream, _ workers: Workers
  ) -> [Int] {
    let eligible = eligible
    let size = min(eligible.count, max(FasterPAM.sampleSize, 80 + 4 * segments))
    let found = workers.map(FasterPAM.samples) { number in
      var stream = random.split(number)
      let chosen = stream.sample(size, below: eligible.count).sorted().map { eligible[$0] }
      let search = FasterPAM(
        field.selecting(chosen), weights: chosen.map { weights[$0] },
        eligible: [Bool](repeating: true, count: size), segments: segments,
        maximumRounds: maximumRounds, random: stream, workers: .single)
      let medoids = search.medoids.map { chosen[$0] }
      let judge = MedoidGainKernel(
        field, weights: weights, segments: segments, workers: .single)
      for medoid in medoids {
        judge.measure([medoid])
        judge.join(medoid, atBatch: 0)
      }
      return (medoids: medoids, cost: judge.cost)
    }
    var best = 0
    for number in found.indices where found[number].cost < found[best].cost {
      best = number
    }
    return found[best].medoids
  }

  /// Hands the candidates out in batches until told to stop.
  private func forEachBatch(_ body: (_ batch: [Int]) -> Bool) {
    for start in stride(from: 0, to: eligible.count, by: MedoidGainKernel.batch) {
      let end = min(start + MedoidGainKernel.batch, eligible.count)
      guard body(Array(eligible[start..<end])) else { return }
    }
  }

  /// Swaps a medoid for a row whenever that lowers the cost, until every row was tried in vain.
  private mutating func swap(_ kernel: MedoidGainKernel, _ maximumRounds: Int) {
    guard kernel.medoids.count < eligible.count else { return }
    var idle = 0
    while idle < eligible.count {
      guard rounds < maximumRounds else {
        converged = false
        return
      }
      rounds += 1
      forEachBatch { batch in
        kernel.measure(batch)
        var place = 0
        while place < batch.count {
          let swaps = kernel.swaps(place..<batch.count)
          let limit = -1e-7 * (1 + kernel.cost)
          let offset = swaps.indices.first {
            swaps[$0].change < limit && !kernel.medoids.contains(batch[place + $0])
          }
          guard let offset else {
            idle += batch.count - place
            break
          }
          kernel.replace(
            swaps[offset].place, by: batch[place + offset], atBatch: place + offset)
          place += offset + 1
          idle = 0
        }
        return idle < eligible.count
      }
    }
  }
}

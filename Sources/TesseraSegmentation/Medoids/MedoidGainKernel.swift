import TesseraMath

/// How every row stands to the medoids, and what candidates for medoids would gain.
///
/// Distances are computed anew for each candidate, some candidates at a time: what is kept grows
/// with the rows, not with their pairs.
@safe
final class MedoidGainKernel {
  private let field: DistanceField
  private let count: Int
  private let weights: [Double]
  private let workers: Workers
  /// Candidates worked on together; fixed, so that threads do not change the outcome.
  static let batch = 32
  /// Distances of the candidates of a batch, batch × rows.
  private let rows: UnsafeMutablePointer<Float>
  /// Distances of the medoids, medoids × rows.
  private let near: UnsafeMutablePointer<Float>
  private let nearest: UnsafeMutablePointer<Int32>
  private let first: UnsafeMutablePointer<Float>
  private let second: UnsafeMutablePointer<Float>
  private let segments: Int
  private(set) var medoids: [Int] = []
  /// What it would cost to lose each medoid.
  private var removal: [Double] = []
  /// The weighted sum of distances to the nearest medoid.
  private(set) var cost = Double.infinity

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - field: Distances of at least `count` rows.
  ///   - weights: What each row counts for.
  ///   - segments: Medoids at most.
  ///   - workers: Threads to use.
  init(_ field: DistanceField, weights: [Double], segments: Int, workers: Workers) {
    self.field = field
    self.weights = weights
    self.workers = workers
    self.segments = segments
    count = weights.count
    unsafe rows = .allocate(capacity: Self.batch * count)
    unsafe near = .allocate(capacity: max(1, segments) * count)
    unsafe nearest = .allocate(capacity: count)
    unsafe first = .allocate(capacity: count)
    unsafe second = .allocate(capacity: count)
    unsafe first.initialize(repeating: .infinity, count: count)
    unsafe second.initialize(repeating: .infinity, count: count)
    unsafe nearest.initialize(repeating: 0, count: count)
  }

  deinit {
    unsafe rows.deallocate()
    unsafe near.deallocate()
    unsafe nearest.deallocate()
    unsafe first.deallocate()
    unsafe second.deallocate()
  }

  /// Sums of a worker over rows.
  @safe
  private struct Shared: @unchecked Sendable {
    let rows: UnsafeMutablePointer<Float>
    let nearest: UnsafeMutablePointer<Int32>
    let first: UnsafeMutablePointer<Float>
    let second: UnsafeMutablePointer<Float>
  }

  private var shared: Shared {
    unsafe Shared(rows: rows, nearest: nearest, first: first, second: second)
  }

  /// Computes the distances of a batch of candidates.
  func measure(_ candidates: [Int]) {
    precondition(candidates.count <= Self.batch)
    let shared = shared
    let (field, count) = (field, count)
    // Candidates a task takes through each tile of rows, so that the tile is fetched once.
    let group = 8
    let tasks = (candidates.count + group - 1) / group
    _ = workers.map(tasks) { task in
      for start in stride(from: 0, to: count, by: 512) {
        let tile = start..<min(start + 512, count)
        for place in task * group..<min((task + 1) * group, candidates.count) {
          unsafe field.write(
            from: candidates[place], to: tile, into: shared.rows + place * count + start)
        }
      }
      for place in task * group..<min((task + 1) * group, candidates.count) {
        // A row is its own medoid whatever gaps it has.
        unsafe shared.rows[place * count + candidates[place]] = 0
      }
      return 0
    }
  }

  /// What the candidates of the batch would save if they joined the medoids.
  func joiningGains(_ candidates: Int) -> [Double] {
    let shared = shared
    let (weights, count, isFirst) = (weights, count, medoids.isEmpty)
    return workers.map(candidates) { place in
      let row = unsafe shared.rows + place * count
      var gain = 0.0
      for other in 0..<count {
        let distance = unsafe row[other]
        if isFirst {
          gain -= weights[other] * Double(distance)
        } else {
          let saved = unsafe max(0, shared.first[other] - distance)
          gain += weights[other] * Double(saved)
        }
      }
      return gain
    }
  }

  /// For candidates of the batch: the medoid they would best replace, and what that changes.
  ///
  /// - Reference: Schubert & Rousseeuw (2021), algorithm 3.
  func swaps(_ candidates: Range<Int>) -> [(place: Int, change: Double)] {
    let shared = shared
    let (weights, count, removal, segments) = (weights, count, removal, medoids.count)
    return workers.map(candidates.count) { offset in
      let row = unsafe shared.rows + (candidates.lowerBound + offset) * count
      var joined = 0.0
      var changes = removal
      unsafe changes.withUnsafeMutableBufferPointer { changes in
        unsafe weights.withUnsafeBufferPointer { weights in
          for index in 0..<count {
            let distance = unsafe row[index]
            let next = unsafe shared.second[index]
            guard distance < next else { continue }
            let weight = unsafe weights[index]
            let own = unsafe shared.first[index]
            let place = unsafe Int(shared.nearest[index])
            // Nearer than the own medoid: its loss costs this row nothing any more. A single medoid
            // has no second that would take its rows.
            let other = segments > 1 ? next : own
            unsafe changes[place] += weight * Double(max(distance, own) - other)
            joined += weight * Double(min(distance, own) - own)
          }
        }
      }
      var best = 0
      for place in 1..<max(1, segments) where changes[place] < changes[best] {
        best = place
      }
      return (place: best, change: changes[best] + joined)
    }
  }

  /// Makes a candidate of the batch one more medoid.
  func join(_ candidate: Int, atBatch place: Int) {
    let target = unsafe near + medoids.count * count
    unsafe target.update(from: rows + place * count, count: count)
    medoids.append(candidate)
    refresh()
  }

  /// Puts a candidate of the batch in the place of a medoid.
  func replace(_ medoid: Int, by candidate: Int, atBatch place: Int) {
    unsafe (near + medoid * count).update(from: rows + place * count, count: count)
    medoids[medoid] = candidate
    refresh()
  }

  /// Finds the two nearest medoids of every row anew.
  private func refresh() {
    removal = [Double](repeating: 0, count: medoids.count)
    cost = 0
    for row in 0..<count {
      var label: Int32 = 0
      var least = Float.infinity
      var next = Float.infinity
      for place in medoids.indices {
        let distance = unsafe near[place * count + row]
        if distance < least {
          next = least
          least = distance
          label = Int32(place)
        } else if distance < next {
          next = distance
        }
      }
      unsafe nearest[row] = label
      unsafe first[row] = least
      unsafe second[row] = next
      cost += weights[row] * Double(least)
      removal[Int(label)] += next.isFinite ? weights[row] * Double(next - least) : 0
    }
  }
}

import TesseraMath

/// The search for medoids: a greedy start, then swaps as long as one helps.
///
/// - Reference: Schubert & Rousseeuw (2021), *Information Systems* 101, 101804 (FasterPAM);
///   Kaufman & Rousseeuw (1990), *Finding Groups in Data*, chapter 2 (BUILD).
struct FasterPAM {
  private let distances: PairDistances
  private let weights: [Double]
  private let eligible: [Bool]
  private let count: Int
  private(set) var medoids: [Int] = []
  private var nearest: [Int]
  private var first: [Float]
  private var second: [Float]
  private(set) var rounds = 0

  /// The weighted sum of distances to the nearest medoid.
  var cost: Double {
    (0..<count).reduce(0) { $0 + weights[$1] * Double(first[$1]) }
  }

  /// The place of the nearest medoid in ``medoids`` for each row.
  var labels: [Int] { nearest }

  /// Searches.
  ///
  /// - Parameters:
  ///   - distances: Of all pairs.
  ///   - weights: What each row counts for.
  ///   - eligible: Which rows may be medoids.
  ///   - segments: How many medoids; no more than eligible rows.
  ///   - maximumRounds: Passes over all rows at most.
  init(
    _ distances: PairDistances, weights: [Double], eligible: [Bool], segments: Int,
    maximumRounds: Int
  ) {
    self.distances = distances
    self.weights = weights
    self.eligible = eligible
    count = distances.count
    nearest = [Int](repeating: 0, count: count)
    first = [Float](repeating: .infinity, count: count)
    second = [Float](repeating: .infinity, count: count)
    build(segments)
    swap(maximumRounds)
  }

  /// Runs over the rows of candidates, tile by tile, until told to stop.
  ///
  /// Below the diagonal a row is contiguous and a column is not: a tile of columns is read row by
  /// row, so that every line of memory fetched serves all candidates of the tile.
  private func forEachCandidate(_ body: (_ row: Int, _ distances: ArraySlice<Float>) -> Bool) {
    let tile = 16
    var buffer = [Float](repeating: 0, count: tile * count)
    for start in stride(from: 0, to: count, by: tile) {
      let end = min(start + tile, count)
      for row in start..<end {
        let from = row * (row - 1) / 2
        let to = (row - start) * count
        for other in 0..<row {
          buffer[to + other] = distances.values[from + other]
        }
        buffer[to + row] = 0
      }
      for other in start..<count {
        let from = other * (other - 1) / 2
        for row in start..<min(end, other) {
          buffer[(row - start) * count + other] = distances.values[from + row]
        }
      }
      for row in start..<end where eligible[row] {
        let to = (row - start) * count
        if !body(row, buffer[to..<to + count]) {
          return
        }
      }
    }
  }

  /// Takes the row that saves most, again and again.
  private mutating func build(_ segments: Int) {
    while medoids.count < segments {
      var best = -1
      var bestGain = -Double.infinity
      let taken = medoids
      let current = first
      forEachCandidate { row, row0 in
        guard !taken.contains(row) else { return true }
        var gain = 0.0
        let offset = row0.startIndex
        if taken.isEmpty {
          for other in 0..<count {
            gain -= weights[other] * Double(row0[offset + other])
          }
        } else {
          for other in 0..<count {
            gain += weights[other] * Double(max(0, current[other] - row0[offset + other]))
          }
        }
        if gain > bestGain {
          bestGain = gain
          best = row
        }
        return true
      }
      medoids.append(best)
      refresh()
    }
  }

  /// Finds the two nearest medoids of every row.
  private mutating func refresh() {
    for row in 0..<count {
      var label = 0
      var least = Float.infinity
      var next = Float.infinity
      for (place, medoid) in medoids.enumerated() {
        let distance = distances[row, medoid]
        if distance < least {
          next = least
          least = distance
          label = place
        } else if distance < next {
          next = distance
        }
      }
      nearest[row] = label
      first[row] = least
      second[row] = next
    }
  }

  /// Swaps a medoid for a row whenever that lowers the cost, until a whole pass finds nothing.
  private mutating func swap(_ maximumRounds: Int) {
    guard medoids.count < count else { return }
    let segments = medoids.count
    while rounds < maximumRounds {
      rounds += 1
      var swapped = 0
      var state = self
      forEachCandidate { row, row0 in
        guard !state.medoids.contains(row) else { return true }
        let offset = row0.startIndex
        var shared = 0.0
        var change = state.removalLosses(segments)
        for other in 0..<count {
          let distance = row0[offset + other]
          guard distance < state.second[other] else { continue }
          let weight = weights[other]
          if distance < state.first[other] {
            shared += weight * Double(distance - state.first[other])
            change[state.nearest[other]] +=
              weight * Double(state.first[other] - state.capped(other))
          } else {
            change[state.nearest[other]] += weight * Double(distance - state.capped(other))
          }
        }
        var best = 0
        for place in 1..<max(1, segments) where change[place] < change[best] {
          best = place
        }
        if change[best] + shared < -1e-7 * (1 + state.costEstimate) {
          state.medoids[best] = row
          state.refresh()
          state.losses = nil
          swapped += 1
        }
        return true
      }
      self = state
      if swapped == 0 { break }
    }
    losses = nil
  }

  private var losses: (removal: [Double], cost: Double)?

  private var costEstimate: Double { losses?.cost ?? 0 }

  /// With a single medoid there is no second: what its removal costs is made up at once.
  private func capped(_ row: Int) -> Float {
    second[row].isFinite ? second[row] : first[row]
  }

  /// What it would cost to lose each medoid; computed once between swaps.
  private mutating func removalLosses(_ segments: Int) -> [Double] {
    if let losses { return losses.removal }
    var removal = [Double](repeating: 0, count: segments)
    for row in 0..<count {
      removal[nearest[row]] += weights[row] * Double(capped(row) - first[row])
    }
    losses = (removal, cost)
    return removal
  }
}

import TesseraMath

/// Sums over the rows of each segment, from which centroids follow.
struct SegmentSums: Sendable {
  /// Segments × features: weighted sums of what the rows hold.
  var sums: [Double]
  /// Weighted number of rows in each segment.
  var masses: [Double]
  /// Plain number of rows in each segment.
  var members: [Int]

  init(segments: Int, features: Int) {
    sums = [Double](repeating: 0, count: segments * features)
    masses = [Double](repeating: 0, count: segments)
    members = [Int](repeating: 0, count: segments)
  }

  mutating func add(_ other: SegmentSums) {
    for index in sums.indices {
      sums[index] += other.sums[index]
    }
    for segment in masses.indices {
      masses[segment] += other.masses[segment]
      members[segment] += other.members[segment]
    }
  }

  mutating func add(_ rows: KMeansRows, row: Int, weight: Double, to segment: Int) {
    NearestCentroidKernel.add(
      rows.features, featureCount: rows.featureCount, row: row, weight: weight, to: &sums,
      segment: segment)
    masses[segment] += weight
    members[segment] += weight > 0 ? 1 : -1
  }
}

/// The labels of a run of rows, and how far each surely is from the centroids.
struct KMeansPiece: Sendable {
  let rows: Range<Int>
  /// The segment of each row; -1 before the first round.
  var labels: [Int32]
  /// At least the distance to the row's own centroid.
  var upper: [Float]
  /// At most the distance to any other centroid.
  var lower: [Float]

  init(_ rows: Range<Int>) {
    self.rows = rows
    labels = [Int32](repeating: -1, count: rows.count)
    upper = [Float](repeating: .infinity, count: rows.count)
    lower = [Float](repeating: 0, count: rows.count)
  }
}

/// How far each centroid has moved since the bounds were last right.
struct CentroidDrift: Sendable {
  /// Distance moved by each centroid.
  var moved: [Float]
  /// The centroid that moved most.
  var farthest = 0
  /// How far the runner-up moved.
  var second: Float = 0

  init(from old: [Double], to new: [Double], segments: Int) {
    let columns = old.count / max(1, segments)
    moved = (0..<segments).map { segment in
      var square = 0.0
      for index in segment * columns..<(segment + 1) * columns {
        square += (new[index] - old[index]) * (new[index] - old[index])
      }
      return Float(square.squareRoot()).nextUp
    }
    for segment in 0..<segments where moved[segment] > moved[farthest] {
      farthest = segment
    }
    for segment in 0..<segments where segment != farthest {
      second = max(second, moved[segment])
    }
  }

  /// The most that any centroid but one has moved.
  func others(than segment: Int) -> Float {
    segment == farthest ? second : moved[farthest]
  }
}

/// A partition on its way to a local optimum.
struct KMeansState: Sendable {
  /// Centroids × variables, in standardised units.
  var centroids: [Double]
  /// Labels and bounds of all rows.
  var pieces: [KMeansPiece]
  /// Sums over the rows of each segment, as the labels have it.
  var sums: SegmentSums
  /// Weighted sum of squared distances to the own centroid.
  var within: Double
  /// Rounds run so far.
  var rounds: Int
  /// Whether the last round changed nothing.
  var converged: Bool

  /// The segment of each row.
  var labels: [Int] {
    pieces.flatMap { $0.labels.map(Int.init) }
  }
}

extension KMeansRows {
  /// How many times the last gain a climb may still be hoped to gain.
  private static let outlook = 8.0

  /// Moves centroids to the means of the rows nearest to them until nothing changes.
  ///
  /// A row is measured anew only when the triangle inequality cannot rule out that its nearest
  /// centroid has changed. With gaps the inequality holds within what the row observed, and the
  /// movement of a whole centroid bounds its movement there.
  ///
  /// - Parameters:
  ///   - centroids: Where to start; centroids × variables.
  ///   - segments: Number of centroids.
  ///   - maximumRounds: When to stop in any case.
  ///   - tolerance: Stops once a round gains less than this share of the sum of squares.
  ///   - rival: Sum of squares at which a climb that plainly will not come as far is given up.
  ///   - workers: Threads to use.
  /// - Returns: The partition reached.
  /// - Reference: Hamerly (2010), *SIAM Data Mining*, 130–140.
  func lloyd(
    from centroids: [Double], segments: Int, maximumRounds: Int, tolerance: Double,
    rival: Double = .infinity, workers: Workers
  ) -> KMeansState {
    let runs = pieces
    var state = KMeansState(
      centroids: centroids, pieces: runs.map(KMeansPiece.init),
      sums: SegmentSums(segments: segments, features: featureCount), within: .infinity, rounds: 0,
      converged: false)
    let squares = squaresAboutCentre
    var drift = CentroidDrift(from: centroids, to: centroids, segments: segments)
    while state.rounds < maximumRounds {
      let table = centroidTable(state.centroids, count: segments)
      let before = state.pieces
      let moves = drift
      let stepped = workers.map(runs.count) { index in
        assign(before[index], table: table, drift: moves)
      }
      state.pieces = stepped.map(\.piece)
      state.rounds += 1
      var changed = 0
      for step in stepped {
        guard let change = step.change else { continue }
        state.sums.add(change)
        changed += step.changed
      }
      while let empty = state.sums.members.firstIndex(of: 0) {
        refill(empty, state: &state)
        changed += 1
      }
      let next = self.centroids(of: state.sums, segments: segments)
      let within = squares - explained(state.sums, segments: segments)
      drift = CentroidDrift(from: state.centroids, to: next, segments: segments)
      let gain = state.within - within
      state.centroids = next
      state.within = within
      if changed == 0 || gain <= tolerance * within {
        state.converged = changed == 0 || tolerance > 0
        break
      }
      // Gains shrink from round to round: what is left is seldom more than several of the last.
      if within - Self.outlook * gain > rival { break }
    }
    return state
  }

  /// Weighted sum of squared lengths of all rows.
  var squaresAboutCentre: Double {
    var sum = 0.0
    for row in 0..<count {
      sum += weights[row] * Double(norms[row])
    }
    return sum
  }

  /// What the centroids take off the sum of squared lengths.
  func explained(_ total: SegmentSums, segments: Int) -> Double {
    var sum = 0.0
    for segment in 0..<segments {
      for column in 0..<columns {
        let at = segment * featureCount + column
        let mass = hasGaps ? total.sums[at + columns] : total.masses[segment]
        if mass > 0 {
          sum += total.sums[at] * total.sums[at] / mass
        }
      }
    }
    return sum
  }

  /// The means that sums stand for; a column nobody in a segment answered gets the overall mean.
  func centroids(of total: SegmentSums, segments: Int) -> [Double] {
    var centroids = [Double](repeating: 0, count: segments * columns)
    for segment in 0..<segments {
      for column in 0..<columns {
        let at = segment * featureCount + column
        let mass = hasGaps ? total.sums[at + columns] : total.masses[segment]
        // What rounding leaves of an emptied column is no mass.
        centroids[segment * columns + column] =
          mass > 1e-9 * total.masses[segment] ? total.sums[at] / mass : 0
      }
    }
    return centroids
  }

  /// One round over a run of rows.
  private func assign(
    _ before: KMeansPiece, table: CentroidTable, drift: CentroidDrift
  ) -> (piece: KMeansPiece, change: SegmentSums?, changed: Int) {
    var piece = before
    let first = piece.rows.lowerBound
    let unsure = unsureRows(&piece, drift: drift)
    guard !unsure.isEmpty else { return (piece, nil, 0) }
    var found = NearestTwo(capacity: unsure.count)
    NearestCentroidKernel.nearestTwo(
      of: features, featureCount: featureCount, rows: unsure, count: unsure.count, table: table,
      found: &found)
    tighten(&piece, unsure: unsure, found: found)
    var change = SegmentSums(segments: table.count, features: featureCount)
    var changed = 0
    for (place, row) in unsure.enumerated() {
      let row = Int(row)
      let old = piece.labels[row - first]
      let new = found.labels[place]
      guard new != old else { continue }
      piece.labels[row - first] = new
      changed += 1
      change.add(self, row: row, weight: weights[row], to: Int(new))
      if old >= 0 {
        change.add(self, row: row, weight: -weights[row], to: Int(old))
      }
    }
    return (piece, change, changed)
  }

  /// Gives an empty segment the row that is worst served by its own, of a segment with company.
  private func refill(_ empty: Int, state: inout KMeansState) {
    let centroids = self.centroids(of: state.sums, segments: state.sums.members.count)
    var worst = (piece: -1, index: 0, cost: -1.0)
    var values = [Double](repeating: 0, count: columns)
    for (number, piece) in state.pieces.enumerated() {
      for (index, label) in piece.labels.enumerated() where state.sums.members[Int(label)] > 1 {
        let row = piece.rows.lowerBound + index
        read(row, into: &values)
        var square = 0.0
        for column in 0..<columns where !values[column].isNaN {
          let gap = values[column] - centroids[Int(label) * columns + column]
          square += gap * gap
        }
        if weights[row] * square > worst.cost {
          worst = (number, index, weights[row] * square)
        }
      }
    }
    guard worst.piece >= 0 else { return }
    let piece = state.pieces[worst.piece]
    let row = piece.rows.lowerBound + worst.index
    let old = Int(piece.labels[worst.index])
    state.sums.add(self, row: row, weight: -weights[row], to: old)
    state.sums.add(self, row: row, weight: weights[row], to: empty)
    state.pieces[worst.piece].labels[worst.index] = Int32(empty)
    for number in state.pieces.indices {
      // The new centroid stands where none was: no bound survives that.
      for index in state.pieces[number].lower.indices {
        state.pieces[number].upper[index] = .infinity
        state.pieces[number].lower[index] = 0
      }
    }
  }
}

import TesseraMath

/// Segments changed by one row at a time, with their means kept up.
private struct MovingSegments {
  /// Segments × columns: weighted sums.
  var sums: [Double]
  /// Segments × columns: weights of the rows that observed the column.
  var masses: [Double]
  /// Segments × columns: sums / masses.
  var means: [Double]
  var members: [Int]
  let columns: Int

  init(_ total: SegmentSums, rows: KMeansRows) {
    let segments = total.members.count
    columns = rows.columns
    members = total.members
    sums = [Double](repeating: 0, count: segments * columns)
    masses = sums
    means = sums
    for segment in 0..<segments {
      for column in 0..<columns {
        let at = segment * rows.featureCount + column
        sums[segment * columns + column] = total.sums[at]
        masses[segment * columns + column] =
          rows.hasGaps ? total.sums[at + columns] : total.masses[segment]
      }
      refresh(segment)
    }
  }

  mutating func add(_ values: [Double], weight: Double, to segment: Int) {
    members[segment] += weight > 0 ? 1 : -1
    for column in 0..<columns where !values[column].isNaN {
      sums[segment * columns + column] += weight * values[column]
      masses[segment * columns + column] += weight
    }
  }

  mutating func refresh(_ segment: Int) {
    for index in segment * columns..<(segment + 1) * columns {
      // What rounding leaves when the last observed value has gone is no mass.
      means[index] = masses[index] > 1e-12 ? sums[index] / masses[index] : 0
    }
  }

  /// What taking a row out of its segment saves: Σ_j W w / (W − w) · (x − c)².
  func saving(_ values: [Double], weight: Double, from segment: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns where !values[column].isNaN {
      let index = segment * columns + column
      let rest = masses[index] - weight
      guard rest > 1e-12 * masses[index] else { continue }
      let gap = values[column] - means[index]
      sum += masses[index] * weight / rest * gap * gap
    }
    return sum
  }

  /// What putting a row into another segment costs: Σ_j W w / (W + w) · (x − c)².
  func cost(_ values: [Double], weight: Double, to segment: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns where !values[column].isNaN {
      let index = segment * columns + column
      let gap = values[column] - means[index]
      sum += masses[index] * weight / (masses[index] + weight) * gap * gap
    }
    return sum
  }
}

extension KMeansRows {
  /// Moves single rows as long as that lowers the sum of squares.
  ///
  /// A row goes from segment *a* to *b* if W_b w d²_b / (W_b + w) < W_a w d²_a / (W_a − w), both
  /// centroids being moved at once; the last member of a segment stays. Rows whose bounds rule a
  /// move out are not measured.
  ///
  /// - Parameters:
  ///   - state: Where to start, with a label for each row.
  ///   - maximumRounds: Passes over the rows at most.
  ///   - workers: Threads to use.
  /// - Returns: A partition no single move improves, unless the passes ran out.
  /// - Reference: Hartigan & Wong (1979), *Applied Statistics* 28(1), 100–108.
  func polished(_ state: KMeansState, maximumRounds: Int, workers: Workers) -> KMeansState {
    let segments = state.centroids.count / max(1, columns)
    var result = state
    var moving = MovingSegments(state.sums, rows: self)
    var values = [Double](repeating: 0, count: columns)
    var scored = state.centroids
    result.converged = false
    for _ in 0..<maximumRounds {
      let means = moving.means
      let drift = CentroidDrift(from: scored, to: means, segments: segments)
      scored = means
      let factors = moveFactors(moving, segments: segments)
      let table = centroidTable(means, count: segments)
      let before = result.pieces
      let screened = workers.map(before.count) { index in
        candidates(before[index], table: table, drift: drift, factors: factors)
      }
      result.pieces = screened.map(\.piece)
      var moves = 0
      for (number, screen) in screened.enumerated() {
        let first = result.pieces[number].rows.lowerBound
        for row in screen.rows {
          let row = Int(row)
          let old = Int(result.pieces[number].labels[row - first])
          guard moving.members[old] > 1 else { continue }
          read(row, into: &values)
          let weight = weights[row]
          let saving = moving.saving(values, weight: weight, from: old)
          var new = old
          var least = saving * (1 - 1e-9)
          for segment in 0..<segments where segment != old {
            let cost = moving.cost(values, weight: weight, to: segment)
            if cost < least {
              least = cost
              new = segment
            }
          }
          guard new != old else { continue }
          moving.add(values, weight: -weight, to: old)
          moving.add(values, weight: weight, to: new)
          moving.refresh(old)
          moving.refresh(new)
          result.sums.add(self, row: row, weight: -weight, to: old)
          result.sums.add(self, row: row, weight: weight, to: new)
          result.pieces[number].labels[row - first] = Int32(new)
          result.pieces[number].upper[row - first] = .infinity
          result.pieces[number].lower[row - first] = 0
          moves += 1
        }
      }
      result.rounds += 1
      if moves == 0 {
        result.converged = true
        break
      }
    }
    result.centroids = moving.means
    result.within = max(0, squaresAboutCentre - explained(result.sums, segments: segments))
    return result
  }

  /// By how much own and other distances are stretched when a row moves, for the mean weight.
  private func moveFactors(
    _ segments: MovingSegments, segments count: Int
  ) -> [(own: Double, other: Double)] {
    (0..<count).map { segment in
      let masses = segments.masses[segment * columns..<(segment + 1) * columns]
      return (own: masses.filter { $0 > 0 }.min() ?? 0, other: masses.min() ?? 0)
    }
  }

  /// The rows of a run that might gain by moving.
  private func candidates(
    _ before: KMeansPiece, table: CentroidTable, drift: CentroidDrift,
    factors: [(own: Double, other: Double)]
  ) -> (piece: KMeansPiece, rows: [Int32]) {
    var piece = before
    let first = piece.rows.lowerBound
    let smallestOther = factors.map(\.other).min() ?? 0

    func mayMove(_ index: Int) -> Bool {
      let weight = weights[first + index]
      let own = factors[Int(piece.labels[index])].own
      guard own > weight, smallestOther > 0 else { return true }
      // Room for single precision: the last word is spoken in double.
      let saving = Double(piece.upper[index]) * (own / (own - weight)).squareRoot()
      let cost =
        Double(piece.lower[index]) * (smallestOther / (smallestOther + weight)).squareRoot()
      return saving * 1.00001 + 1e-5 >= cost
    }

    var unsure: [Int32] = []
    for index in 0..<piece.rows.count {
      let label = Int(piece.labels[index])
      piece.upper[index] += drift.moved[label]
      piece.lower[index] -= drift.others(than: label)
      if mayMove(index) {
        unsure.append(Int32(first + index))
      }
    }
    var found = NearestTwo(capacity: unsure.count)
    NearestCentroidKernel.nearestTwo(
      of: features, featureCount: featureCount, rows: unsure, count: unsure.count, table: table,
      found: &found)
    var rows: [Int32] = []
    for (place, row) in unsure.enumerated() {
      let index = Int(row) - first
      let norm = norms[Int(row)]
      if found.labels[place] == piece.labels[index] {
        piece.upper[index] = max(0, norm + found.best[place]).squareRoot()
        piece.lower[index] = max(0, norm + found.second[place]).squareRoot()
        if mayMove(index) {
          rows.append(row)
        }
      } else {
        piece.upper[index] = .infinity
        piece.lower[index] = 0
        rows.append(row)
      }
    }
    return (piece, rows)
  }
}

import TesseraMath

/// A division around medians on its way to a local optimum.
struct MedianState: Sendable {
  /// Segments × features, in standardised units.
  var medians: Matrix
  var labels: [Int]
  var cost: Double
  var rounds: Int
  var converged: Bool
}

/// Different respondents as the search for medians sees them.
struct MedianRows: Sendable {
  let distinct: DistinctRows
  let scale: ColumnScale
  /// Rows × features, standardised; gaps are not-a-number.
  let values: Matrix
  /// For each feature its observed rows in rising order: medians then take one pass.
  let orders: [[Int32]]

  var count: Int { values.rows }
  var weights: [Double] { distinct.weights }

  init(_ input: RespondentMatrix, standardisation: Standardisation) {
    let table = input.values
    let weights = input.weights.effective(count: table.rows)
    let distinct = DistinctRows(of: table, weights: weights)
    let scale = ColumnScale(of: table, weights: weights, standardisation: standardisation)
    var values = Matrix(rows: distinct.count, columns: table.columns)
    for (place, row) in distinct.first.enumerated() {
      for (feature, column) in distinct.columnOrder.enumerated() {
        values[place, feature] =
          (table[row, column] - scale.centres[column]) / scale.units[column]
      }
    }
    self.distinct = distinct
    self.scale = scale
    self.values = values
    orders = (0..<values.columns).map { [values] feature in
      (0..<values.rows).filter { !values[$0, feature].isNaN }
        .sorted { (values[$0, feature], $0) < (values[$1, feature], $1) }
        .map(Int32.init)
    }
  }

  private func distance(_ row: Int, _ point: ArraySlice<Double>) -> Double {
    var sum = 0.0
    let from = row * values.columns
    for feature in 0..<values.columns {
      let gap = abs(values.values[from + feature] - point[point.startIndex + feature])
      sum += gap.isNaN ? 0 : gap
    }
    return sum
  }

  /// Draws rows far from each other, with chance in proportion to weight × distance.
  func seeds(_ segments: Int, random: inout RandomStream) -> Matrix {
    var chosen: [Int] = []
    var nearest = [Double](repeating: .infinity, count: count)
    var chances = weights
    while chosen.count < segments {
      let row =
        chances.contains { $0 > 0 }
        ? random.categorical(chances) : (0..<count).first { !chosen.contains($0) } ?? 0
      chosen.append(row)
      for other in 0..<count {
        nearest[other] = min(nearest[other], distance(other, values.row(row)))
        chances[other] = weights[other] * nearest[other]
      }
    }
    var medians = Matrix(rows: segments, columns: values.columns)
    for (segment, row) in chosen.enumerated() {
      for feature in 0..<values.columns {
        // The mean, 0, stands in for what the row drawn did not answer.
        medians[segment, feature] = values[row, feature].isNaN ? 0 : values[row, feature]
      }
    }
    return medians
  }

  /// Elementary operations of a round, roughly.
  func roundCost(_ segments: Int) -> Double {
    Double(count * (segments + 2) * (values.columns + 2))
  }

  /// The medians with one of them put on a row drawn from those that lie far from theirs.
  ///
  /// - Reference: Fränti (2018), *Journal of Big Data* 5:13 (random swap clustering).
  func moved(_ state: MedianState, random: inout RandomStream) -> Matrix {
    var medians = state.medians
    let chances = (0..<count).map { row in
      weights[row] * distance(row, state.medians.row(state.labels[row]))
    }
    guard chances.contains(where: { $0 > 0 }) else { return medians }
    let row = random.categorical(chances)
    let place = random.below(medians.rows)
    for feature in 0..<values.columns where !values[row, feature].isNaN {
      medians[place, feature] = values[row, feature]
    }
    return medians
  }

  /// Alternates between nearest medians and medians of the nearest until nothing changes.
  func climb(from seeds: Matrix, segments: Int, maximumRounds: Int) -> MedianState {
    var state = MedianState(
      medians: seeds, labels: [Int](repeating: -1, count: count), cost: .infinity, rounds: 0,
      converged: false)
    while state.rounds < maximumRounds {
      state.rounds += 1
      var changed = false
      var members = [Int](repeating: 0, count: segments)
      var own = [Double](repeating: 0, count: count)
      for row in 0..<count {
        var best = 0
        own[row] = .infinity
        for segment in 0..<segments {
          let distance = distance(row, state.medians.row(segment))
          if distance < own[row] {
            own[row] = distance
            best = segment
          }
        }
        changed = changed || best != state.labels[row]
        state.labels[row] = best
        members[best] += 1
      }
      while let empty = members.firstIndex(of: 0) {
        var worst = -1
        for row in 0..<count where members[state.labels[row]] > 1 {
          if worst < 0 || weights[row] * own[row] > weights[worst] * own[worst] {
            worst = row
          }
        }
        guard worst >= 0 else { break }
        members[state.labels[worst]] -= 1
        members[empty] += 1
        state.labels[worst] = empty
        own[worst] = 0
        changed = true
      }
      state.medians = medians(state.labels, segments: segments)
      if !changed {
        state.converged = true
        break
      }
    }
    state.cost = (0..<count).reduce(0) { sum, row in
      sum + weights[row] * distance(row, state.medians.row(state.labels[row]))
    }
    return state
  }

  /// Weighted medians of every feature in every segment; the middle of two where they tie.
  private func medians(_ labels: [Int], segments: Int) -> Matrix {
    var result = Matrix(rows: segments, columns: values.columns)
    for feature in 0..<values.columns {
      var totals = [Double](repeating: 0, count: segments)
      for row in orders[feature] {
        totals[labels[Int(row)]] += weights[Int(row)]
      }
      var below = [Double](repeating: 0, count: segments)
      // 0: still below the half; 1: exactly at it, waiting for the next value; 2: done.
      var phase = [Int](repeating: 0, count: segments)
      for place in orders[feature] {
        let row = Int(place)
        let segment = labels[row]
        guard phase[segment] < 2 else { continue }
        let value = values[row, feature]
        if phase[segment] == 1 {
          result[segment, feature] = (result[segment, feature] + value) / 2
          phase[segment] = 2
          continue
        }
        below[segment] += weights[row]
        let excess = below[segment] - totals[segment] / 2
        if abs(excess) <= 1e-12 * totals[segment] {
          result[segment, feature] = value
          phase[segment] = 1
        } else if excess > 0 {
          result[segment, feature] = value
          phase[segment] = 2
        }
      }
    }
    return result
  }
}

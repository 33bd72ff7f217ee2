import Foundation
import TesseraMath

/// Sums over the rows of each segment, from which prototypes follow.
private struct PrototypeSums: Sendable {
  var numbers: SegmentSums
  /// Segments × entries of the penalty table: weights of the rows that chose each category.
  var choices: [Double]

  init(_ rows: PrototypeRows, segments: Int) {
    numbers = SegmentSums(segments: segments, features: rows.numbers.featureCount)
    choices = [Double](repeating: 0, count: segments * rows.entries)
  }

  mutating func add(_ rows: PrototypeRows, row: Int, weight: Double, to segment: Int) {
    numbers.add(rows.numbers, row: row, weight: weight, to: segment)
    for item in 0..<rows.items {
      choices[segment * rows.entries + Int(rows.codes[row * rows.items + item])] += weight
    }
  }

  mutating func add(_ other: PrototypeSums) {
    numbers.add(other.numbers)
    for index in choices.indices {
      choices[index] += other.choices[index]
    }
  }

  func prototypes(_ rows: PrototypeRows, segments: Int) -> Prototypes {
    var modes = [Int](repeating: 0, count: segments * rows.items)
    for segment in 0..<segments {
      for (item, start) in rows.starts.enumerated() {
        let end = item + 1 < rows.items ? rows.starts[item + 1] : rows.entries
        // What rounding leaves of a category nobody chose must not make it the mode.
        var most = 1e-9 * numbers.masses[segment]
        for entry in (start + 1)..<max(start + 1, end)
        where choices[segment * rows.entries + entry] > most * (1 + 1e-12) {
          most = choices[segment * rows.entries + entry]
          modes[segment * rows.items + item] = entry - start
        }
      }
    }
    return Prototypes(
      means: rows.numbers.centroids(of: numbers, segments: segments), modes: modes,
      count: segments)
  }
}

/// Where a climb of k-prototypes ended.
struct PrototypeState: Sendable {
  var prototypes: Prototypes
  var labels: [Int32]
  var cost: Double
  var rounds: Int
  var converged: Bool
}

extension PrototypeRows {
  /// Labels and costs of a run of rows.
  private func nearest(
    _ rows: Range<Int>, table: CentroidTable, penalties: PenaltyTable
  ) -> (labels: [Int32], costs: [Float]) {
    let padded = penalties.padded
    var labels: [Int32] = []
    var costs: [Float] = []
    labels.reserveCapacity(rows.count)
    costs.reserveCapacity(rows.count)
    var scores = [Float](repeating: 0, count: 256 * padded)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 256) {
      let block = start..<min(start + 256, rows.upperBound)
      fill(&scores, block, table: table, penalties: penalties)
      for place in 0..<block.count {
        var best = scores[place * padded]
        var label: Int32 = 0
        for prototype in 1..<max(1, table.count) {
          let score = scores[place * padded + prototype]
          label = score < best ? Int32(truncatingIfNeeded: prototype) : label
          best = min(best, score)
        }
        labels.append(label)
        costs.append(max(0, numbers.norms[start + place] + best))
      }
    }
    return (labels, costs)
  }

  private func fill(
    _ scores: inout [Float], _ rows: Range<Int>, table: CentroidTable, penalties: PenaltyTable
  ) {
    if numbers.columns > 0 {
      NearestCentroidKernel.scores(
        of: numbers.features, featureCount: numbers.featureCount, rows: rows, table: table,
        into: &scores)
    } else {
      for index in 0..<rows.count * table.padded {
        scores[index] = 0
      }
    }
    KPrototypesKernel.add(codes, items: items, rows: rows, penalties: penalties, to: &scores)
  }

  /// The prototype that a row alone would make.
  private func prototype(atRows chosen: [Int]) -> Prototypes {
    var means: [Double] = []
    var modes: [Int] = []
    for row in chosen {
      means += (0..<numbers.columns).map {
        Double(numbers.features[row * numbers.featureCount + $0])
      }
      modes += (0..<items).map { Int(codes[row * items + $0]) - starts[$0] }
    }
    return Prototypes(means: means, modes: modes, count: chosen.count)
  }

  /// Draws rows far from each other as first prototypes, the best of a few at each step.
  func seeds(_ segments: Int, random: inout RandomStream) -> Prototypes {
    var chosen: [Int] = []
    var nearestCost = [Float](repeating: .infinity, count: count)
    var chances = weights
    let draws = min(4, 2 + Int(log(Double(segments))))
    while chosen.count < segments {
      var candidates: [Int] = []
      if chances.contains(where: { $0 > 0 }) {
        let alias = AliasTable(chances)
        candidates = (0..<(chosen.isEmpty ? 1 : draws)).map { _ in alias.draw(&random) }
      } else {
        candidates = [(0..<count).first { !chosen.contains($0) } ?? 0]
      }
      let prototypes = prototype(atRows: candidates)
      let table = numbers.centroidTable(prototypes.means, count: candidates.count)
      let penalties = penalties(prototypes.modes, count: candidates.count)
      let padded = penalties.padded
      var costs = [Float](repeating: 0, count: count * padded)
      var scores = [Float](repeating: 0, count: 256 * padded)
      var potentials = [Double](repeating: 0, count: candidates.count)
      for start in stride(from: 0, to: count, by: 256) {
        let block = start..<min(start + 256, count)
        fill(&scores, block, table: table, penalties: penalties)
        for row in block {
          for candidate in candidates.indices {
            let cost = min(
              nearestCost[row],
              max(0, numbers.norms[row] + scores[(row - start) * padded + candidate]))
            costs[row * padded + candidate] = cost
            potentials[candidate] += weights[row] * Double(cost)
          }
        }
      }
      var best = 0
      for candidate in candidates.indices where potentials[candidate] < potentials[best] {
        best = candidate
      }
      chosen.append(candidates[best])
      for row in 0..<count {
        nearestCost[row] = costs[row * padded + best]
        chances[row] = weights[row] * Double(nearestCost[row])
      }
    }
    return prototype(atRows: chosen)
  }

  /// Elementary operations of a round, roughly.
  func roundCost(_ segments: Int) -> Double {
    Double(count) * Double((segments + 3) / 4 * 4) * Double(numbers.columns + items + 4)
  }

  /// The prototypes with one of them put on a row drawn from those that lie far from theirs, or
  /// moved half the way there: every other item as in that row.
  ///
  /// - Reference: Fränti (2018), *Journal of Big Data* 5:13 (random swap clustering).
  func moved(_ state: PrototypeState, random: inout RandomStream) -> Prototypes {
    var prototypes = state.prototypes
    let chances = (0..<count).map { row in
      weights[row] * exactCost(row, prototype: Int(state.labels[row]), of: state.prototypes)
    }
    guard chances.contains(where: { $0 > 0 }) else { return prototypes }
    let other = prototype(atRows: [random.categorical(chances)])
    let place = random.below(prototypes.count)
    let chance = random.uniform() < 0.5 ? 1 : 0.5
    for (column, mean) in other.means.enumerated() where random.uniform() < chance {
      prototypes.means[place * numbers.columns + column] = mean
    }
    for (item, mode) in other.modes.enumerated() where random.uniform() < chance {
      prototypes.modes[place * items + item] = mode
    }
    return prototypes
  }

  /// Moves prototypes to the means and modes of the rows nearest to them until nothing changes.
  ///
  /// - Reference: Huang (1998), *Data Mining and Knowledge Discovery* 2, 283–304.
  func climb(
    from seeds: Prototypes, maximumRounds: Int, workers: Workers
  ) -> PrototypeState {
    let segments = seeds.count
    let runs = numbers.pieces
    var labels = [Int32](repeating: -1, count: count)
    var sums = PrototypeSums(self, segments: segments)
    var state = PrototypeState(
      prototypes: seeds, labels: labels, cost: .infinity, rounds: 0, converged: false)
    while state.rounds < maximumRounds {
      let table = numbers.centroidTable(state.prototypes.means, count: segments)
      let penalties = penalties(state.prototypes.modes, count: segments)
      let old = labels
      let parts = workers.map(runs.count) { index in
        let found = nearest(runs[index], table: table, penalties: penalties)
        var change = PrototypeSums(self, segments: segments)
        var changed = 0
        var cost = 0.0
        for (place, row) in runs[index].enumerated() {
          cost += weights[row] * Double(found.costs[place])
          let new = found.labels[place]
          guard new != old[row] else { continue }
          changed += 1
          change.add(self, row: row, weight: weights[row], to: Int(new))
          if old[row] >= 0 {
            change.add(self, row: row, weight: -weights[row], to: Int(old[row]))
          }
        }
        return (labels: found.labels, change: changed > 0 ? change : nil, cost: cost)
      }
      state.rounds += 1
      labels = parts.flatMap(\.labels)
      for part in parts {
        if let change = part.change {
          sums.add(change)
        }
      }
      var refilled = false
      while let empty = sums.numbers.members.firstIndex(of: 0) {
        refilled = true
        refill(empty, labels: &labels, sums: &sums, prototypes: state.prototypes)
      }
      let cost = parts.reduce(0) { $0 + $1.cost }
      let settled = !refilled && parts.allSatisfy { $0.change == nil }
      state.prototypes = sums.prototypes(self, segments: segments)
      state.labels = labels
      // Single precision wavers at the end: no gain is no reason to go on.
      let stalled = !refilled && cost >= state.cost * (1 - 1e-9)
      state.cost = cost
      if settled || stalled {
        state.converged = true
        break
      }
    }
    state.cost = exactCost(state)
    return state
  }

  /// Gives an empty segment the row that costs its own most, of a segment with company.
  private func refill(
    _ empty: Int, labels: inout [Int32], sums: inout PrototypeSums, prototypes: Prototypes
  ) {
    var worst = -1
    var most = -1.0
    for row in 0..<count where sums.numbers.members[Int(labels[row])] > 1 {
      let cost = weights[row] * exactCost(row, prototype: Int(labels[row]), of: prototypes)
      if cost > most {
        most = cost
        worst = row
      }
    }
    guard worst >= 0 else { return }
    sums.add(self, row: worst, weight: -weights[worst], to: Int(labels[worst]))
    sums.add(self, row: worst, weight: weights[worst], to: empty)
    labels[worst] = Int32(empty)
  }

  /// The cost of a row with a prototype, in double precision.
  func exactCost(_ row: Int, prototype: Int, of prototypes: Prototypes) -> Double {
    var sum = 0.0
    let features = numbers.featureCount
    for column in 0..<numbers.columns {
      let observed =
        !numbers.hasGaps || numbers.features[row * features + numbers.columns + column] > 0
      guard observed else { continue }
      let gap =
        Double(numbers.features[row * features + column])
        - prototypes.means[prototype * numbers.columns + column]
      sum += gap * gap
    }
    for item in 0..<items {
      let code = Int(codes[row * items + item]) - starts[item]
      if code > 0, code != prototypes.modes[prototype * items + item] {
        sum += gamma
      }
    }
    return sum
  }

  private func exactCost(_ state: PrototypeState) -> Double {
    (0..<count).reduce(0) { sum, row in
      sum + weights[row]
        * exactCost(row, prototype: Int(state.labels[row]), of: state.prototypes)
    }
  }
}

import TesseraMath

/// The average of memberships whose segments have been matched.
struct Consensus: Sendable {
  /// Respondents × segments, rows summing to 1.
  let membership: Matrix
  /// Weighted mean squared distance to the matched members, over members.
  let cost: Double
  let rounds: Int
  /// From how many of the starts the best was reached.
  let tally: StartTally

  /// Labels as memberships of 0 and 1.
  static func indicators(_ labels: [Int], segments: Int) -> Matrix {
    var result = Matrix(rows: labels.count, columns: segments)
    for (row, label) in labels.enumerated() {
      result[row, label] = 1
    }
    return result
  }

  /// Finds the consensus, starting from each member in turn.
  static func find(_ members: [Matrix], weights: [Double], segments: Int) -> Consensus {
    let found = members.map { start in
      settle(from: start, members: members, weights: weights, segments: segments)
    }
    var best = 0
    for index in found.indices where found[index].cost < found[best].cost - 1e-12 {
      best = index
    }
    let reached = found.count { $0.cost <= found[best].cost + 1e-9 }
    return Consensus(
      membership: found[best].membership, cost: found[best].cost, rounds: found[best].rounds,
      tally: StartTally(run: members.count, reachedBest: reached))
  }

  private static func settle(
    from start: Matrix, members: [Matrix], weights: [Double], segments: Int
  ) -> (membership: Matrix, cost: Double, rounds: Int) {
    var average = matched(
      start, to: indicators((0..<start.rows).map { _ in 0 }, segments: segments),
      weights: weights)
    var cost = Double.infinity
    var rounds = 0
    while true {
      rounds += 1
      let aligned = members.map { matched($0, to: average, weights: weights) }
      var next = Matrix(rows: average.rows, columns: segments)
      for member in aligned {
        for index in next.values.indices {
          next.values[index] += member.values[index] / Double(members.count)
        }
      }
      var sum = 0.0
      for member in aligned {
        for row in 0..<next.rows where weights[row] > 0 {
          for segment in 0..<segments {
            let gap = next[row, segment] - member[row, segment]
            sum += weights[row] * gap * gap
          }
        }
      }
      let total = weights.reduce(0, +) * Double(members.count)
      average = next
      // Neither matching nor averaging can raise the cost, so this ends.
      if sum / total >= cost - 1e-12 {
        return (average, min(cost, sum / total), rounds)
      }
      cost = sum / total
    }
  }

  /// A membership with its segments renumbered to agree best with another.
  ///
  /// Segments too many join the one they share most respondents with.
  private static func matched(_ member: Matrix, to target: Matrix, weights: [Double]) -> Matrix {
    var shared = Matrix(rows: member.columns, columns: target.columns)
    for row in 0..<member.rows where weights[row] > 0 {
      for one in 0..<member.columns where member[row, one] > 0 {
        for other in 0..<target.columns {
          shared[one, other] += weights[row] * member[row, one] * target[row, other]
        }
      }
    }
    let partners = Assignment(shared, goal: .maximise).columnOfRow
    var result = Matrix(rows: member.rows, columns: target.columns)
    for one in 0..<member.columns {
      var partner = partners[one] ?? 0
      if partners[one] == nil {
        for other in 0..<target.columns where shared[one, other] > shared[one, partner] {
          partner = other
        }
      }
      for row in 0..<member.rows {
        result[row, partner] += member[row, one]
      }
    }
    return result
  }
}

import TesseraMath

/// What no line can exceed, from single candidates and pairs.
///
/// Two bounds hold together. *Ceilings*: in each row a line is worth at most the largest ceiling among
/// its products; that is submodular, so a product adds at most what it adds to any single product of the
/// line. *Demand*: a product is taken at most as often as in any pair with another product of the line,
/// because more choice never makes a product taken more often. Both hold for products that not everybody
/// knows, as means over who knows what.
struct LineBounds: Sendable {
  /// Most that each candidate is worth alone.
  let single: [Double]
  /// Candidates × candidates: most that two of them are worth together.
  let pair: Matrix
  /// Candidates × candidates: what the first earns beside the second, if that is above 0.
  let beside: Matrix

  /// Works out the tables.
  ///
  /// - Parameters:
  ///   - value: What lines are worth.
  ///   - weights: One for each row.
  ///   - workers: Threads.
  /// - Complexity: O(candidates² × rows).
  init(_ value: LineValue, weights: [Double], workers: Workers) {
    let (count, rows) = (value.count, weights.count)
    let isKnown = value.isAllKnown
    let ceilings = (0..<count).map { candidate in
      (0..<rows).map { value.ceiling(candidate, $0) }
    }
    let chances = (0..<count).map { candidate in
      isKnown
        ? [] : (0..<rows).map { value.known[candidate][value.group[$0]] }
    }
    single = (0..<count).map { candidate in
      var sum = 0.0
      for row in 0..<rows {
        sum += weights[row] * ceilings[candidate][row] * (isKnown ? 1 : chances[candidate][row])
      }
      return sum
    }
    let lines = workers.map(count) { one -> (pair: [Double], own: [Double], other: [Double]) in
      var result = (
        pair: [Double](repeating: 0, count: count), own: [Double](repeating: 0, count: count),
        other: [Double](repeating: 0, count: count)
      )
      for other in 0..<one {
        let found = Self.pair(
          value, one, other, ceilings[one], ceilings[other], weights,
          isKnown ? nil : (chances[one], chances[other]))
        (result.pair[other], result.own[other], result.other[other]) = found
      }
      return result
    }
    var pair = Matrix(rows: count, columns: count)
    var beside = pair
    for one in 0..<count {
      pair[one, one] = single[one]
      beside[one, one] = single[one]
      for other in 0..<one {
        pair[one, other] = lines[one].pair[other]
        pair[other, one] = lines[one].pair[other]
        beside[one, other] = lines[one].own[other]
        beside[other, one] = lines[one].other[other]
      }
    }
    (self.pair, self.beside) = (pair, beside)
  }

  /// Ceiling of a pair, and what each of the two earns beside the other.
  private static func pair(
    _ value: LineValue, _ one: Int, _ other: Int, _ first: [Double], _ second: [Double],
    _ weights: [Double], _ chances: ([Double], [Double])?
  ) -> (Double, Double, Double) {
    let (own, its) = (value.fit[one], value.fit[other])
    let (worth, itsWorth) = (max(0, value.worth[one]), max(0, value.worth[other]))
    let areVersions = value.version[one] == value.version[other]
    var (ceiling, left, right) = (0.0, 0.0, 0.0)
    for row in weights.indices {
      let (a, b, weight) = (first[row], second[row], weights[row])
      // Where both are known: most that the pair is worth, and what either earns.
      let (both, mine, theirs): (Double, Double, Double)
      if value.isShared {
        let sum = own[row] + its[row] + value.ties[row]
        (mine, theirs) = sum > 0 ? (worth * own[row] / sum, itsWorth * its[row] / sum) : (0, 0)
        // Shares are submodular where all are worth the same; else two are worth at most what each is.
        both = value.isEven ? mine + theirs : a + b
      } else {
        both = max(a, b)
        // Who ties with competitors or with each other earns at most what it earns alone.
        mine = own[row] > its[row] - LineValue.tie ? a : 0
        theirs = its[row] > own[row] - LineValue.tie ? b : 0
      }
      let (p, q) = chances.map { ($0.0[row], $0.1[row]) } ?? (1, 1)
      if areVersions {
        ceiling += weight * p * both
        left += weight * p * mine
        right += weight * p * theirs
      } else {
        ceiling += weight * (p * q * both + p * (1 - q) * a + q * (1 - p) * b)
        left += weight * p * (q * mine + (1 - q) * a)
        right += weight * q * (p * theirs + (1 - p) * b)
      }
    }
    return (ceiling, left, right)
  }
}

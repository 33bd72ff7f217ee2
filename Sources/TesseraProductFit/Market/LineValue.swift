/// What is looked for in a line.
public enum LineGoal: String, Sendable, CaseIterable {
  /// The share of people who would accept at least one of its products.
  case reach
  /// The share of people who take one of its products, by first choice.
  case share
  /// What they pay.
  case revenue
  /// What they pay less what the products cost.
  case profit
}

/// What lines of products are worth, person by person, with competitors held as they are.
///
/// A row is a person in one group of segments, with one possible outcome of which competitors they know:
/// the best fit among these, how many products share it, and how likely that is. A person takes the
/// product of the highest fit; ties are shared. For reach a row is a person, fit is acceptance, and the
/// line is worth the acceptance of the product accepted most. Counted by share of preference, a product is
/// taken in proportion to exp(fit/scale).
struct LineValue: Sendable {
  /// Whether the line is worth its best product, not the product taken.
  let isReach: Bool
  /// Whether people are counted by share of preference: ``fit`` and ``ties`` are sums of exp(fit/scale).
  let isShared: Bool
  /// For each row the person.
  let person: [Int]
  /// For each row its group of segments.
  let group: [Int]
  /// For each row the best fit among competitors; 0 without any.
  let best: [Double]
  /// For each row how many competitors share the best fit.
  let ties: [Double]
  /// For each row how likely it is.
  let chance: [Double]
  /// Candidates × rows: fit, or acceptance for reach.
  let fit: [[Double]]
  /// Candidates × groups: the chance that a candidate is known and to be had.
  let known: [[Double]]
  /// For each candidate the product that it is a version of: who knows one version knows all.
  let version: [Int]
  /// For each candidate what one piece is worth; 1 for shares.
  let worth: [Double]

  /// Number of candidates.
  var count: Int { fit.count }

  /// Whether everybody knows all candidates.
  let isAllKnown: Bool
  /// Whether all candidates are worth the same.
  let isEven: Bool

  init(
    isReach: Bool, isShared: Bool = false, person: [Int], group: [Int], best: [Double],
    ties: [Double], chance: [Double], fit: [[Double]], known: [[Double]], version: [Int],
    worth: [Double]
  ) {
    (self.isReach, self.isShared, self.person, self.group) = (isReach, isShared, person, group)
    (self.best, self.ties, self.chance) = (best, ties, chance)
    (self.fit, self.known, self.version, self.worth) = (fit, known, version, worth)
    isAllKnown = known.allSatisfy { $0.allSatisfy { $0 >= 1 } }
    isEven = worth.allSatisfy { $0 == worth[0] }
  }

  /// Fits that differ by less are tied.
  static let tie = 1e-9

  /// What a line is worth in a row.
  func value(_ line: [Int], _ row: Int) -> Double {
    if isAllKnown { return value(known: line, row) }
    return expected(line[...], [], row)
  }

  /// The mean over which products of the line are known.
  private func expected(_ rest: ArraySlice<Int>, _ line: [Int], _ row: Int) -> Double {
    guard let first = rest.first else { return value(known: line, row) }
    let chance = known[first][group[row]]
    let versions = rest.filter { version[$0] == version[first] }
    let others = rest.filter { version[$0] != version[first] }[...]
    var sum = 0.0
    if chance > 0 { sum += chance * expected(others, line + versions, row) }
    if chance < 1 { sum += (1 - chance) * expected(others, line, row) }
    return sum
  }

  private func value(known line: [Int], _ row: Int) -> Double {
    var state = State(best: best[row], count: ties[row])
    for candidate in line { take(candidate, row, &state) }
    return state.value
  }

  /// The product that a person takes of those looked at so far.
  struct State: Sendable {
    var best: Double
    var count: Double
    var sum = 0.0
    var value: Double { count > 0 ? sum / count : 0 }
  }

  /// Looks at one product more.
  func take(_ candidate: Int, _ row: Int, _ state: inout State) {
    let own = fit[candidate][row]
    guard own > 0 else { return }
    if isShared {
      state.sum += own * worth[candidate]
      state.count += own
      return
    }
    if isReach {
      if own > state.best { state = State(best: own, count: 1, sum: own) }
      return
    }
    if own > state.best + Self.tie {
      state = State(best: own, count: 1, sum: worth[candidate])
    } else if own >= state.best - Self.tie {
      state.sum += worth[candidate]
      state.count += 1
    }
  }

  /// The most that a candidate could be worth in a row: its worth where no competitor beats it.
  func ceiling(_ candidate: Int, _ row: Int) -> Double {
    let own = fit[candidate][row]
    if isReach { return own }
    if isShared { return own > 0 ? max(0, worth[candidate]) * own / (own + ties[row]) : 0 }
    return own > 0 && own >= best[row] - Self.tie ? max(0, worth[candidate]) : 0
  }
}

extension LineValue {
  /// Which competitors may be the best that a person knows.
  ///
  /// - Parameters:
  ///   - fits: The competitors' fits for one person.
  ///   - chances: The chance that each is known and to be had.
  /// - Returns: The best fit, how many share it, and how likely that is; likelihoods sum to 1.
  static func rivals(
    _ fits: [Double], _ chances: [Double]
  ) -> [(best: Double, ties: Double, chance: Double)] {
    let order = fits.indices.filter { fits[$0] > 0 && chances[$0] > 0 }
      .sorted { fits[$0] > fits[$1] }
    var result: [(best: Double, ties: Double, chance: Double)] = []
    var rest = 1.0
    var place = 0
    while place < order.count, rest > 0 {
      let best = fits[order[place]]
      let end = order[place...].firstIndex { fits[$0] < best - tie } ?? order.count
      var counts = [1.0]
      for rival in order[place..<end] {
        var next = [Double](repeating: 0, count: counts.count + 1)
        for (count, weight) in counts.enumerated() {
          next[count] += weight * (1 - chances[rival])
          next[count + 1] += weight * chances[rival]
        }
        counts = next
      }
      for (count, weight) in counts.enumerated().dropFirst() where weight > 0 {
        result.append((best, Double(count), rest * weight))
      }
      rest *= counts[0]
      place = end
    }
    if rest > 0 { result.append((0, 0, rest)) }
    return result
  }
}

import TesseraMath
import Testing

@testable import TesseraProductFit

/// The best line by branch and bound against trying all lines.
@Suite struct LineSearchTests {
  /// A small market made by chance: fits on a coarse grid, so that ties are common.
  struct Market {
    let value: LineValue
    let weights: [Double]
    let rivals: [[Double]]
    let rivalChances: [Double]
    let people: Int
  }

  static func market(_ seed: UInt64, _ goal: LineGoal, isAllKnown: Bool) -> Market {
    var stream = RandomStream(seed: seed)
    let (people, candidates, rivalCount) = (
      12 + stream.below(20), 6 + stream.below(4), stream.below(3)
    )
    func grid() -> Double { Double(stream.below(8)) * 10 }
    let fit = (0..<candidates).map { _ in
      (0..<people).map { _ in goal == .reach ? Double(stream.below(6)) / 5 : grid() }
    }
    let rivals = (0..<rivalCount).map { _ in (0..<people).map { _ in grid() } }
    let chances = (0..<rivalCount).map { _ in isAllKnown ? 1 : stream.uniform() }
    let worth = (0..<candidates).map { _ in
      goal == .profit ? Double(stream.below(20)) - 4 : goal == .revenue ? 5 + stream.uniform() : 1
    }
    // Two versions of a product each, which are known together.
    let version = (0..<candidates).map { $0 / 2 }
    let chancesOfVersions = version.map { _ in isAllKnown ? 1 : stream.uniform() }
    let known = version.map { [chancesOfVersions[$0]] }
    var (person, best, ties, chance, weights): ([Int], [Double], [Double], [Double], [Double]) = (
      [], [], [], [], []
    )
    for row in 0..<people {
      let weight = 0.5 + stream.uniform()
      let outcomes =
        goal == .reach
        ? [(best: 0.0, ties: 0.0, chance: 1.0)]
        : LineValue.rivals(rivals.map { $0[row] }, chances)
      for one in outcomes {
        person.append(row)
        best.append(one.best)
        ties.append(one.ties)
        chance.append(one.chance)
        weights.append(weight * one.chance)
      }
    }
    let rows = person
    return Market(
      value: LineValue(
        isReach: goal == .reach, person: person, group: person.map { _ in 0 }, best: best,
        ties: ties, chance: chance, fit: fit.map { row in rows.map { row[$0] } }, known: known,
        version: version, worth: worth), weights: weights, rivals: rivals, rivalChances: chances,
      people: people)
  }

  /// What a line is worth, by going through all sets of products that a person may know.
  static func plain(_ market: Market, _ line: [Int], _ goal: LineGoal) -> Double {
    var sum = 0.0
    for person in 0..<market.people {
      let rows = market.value.person.indices.filter { market.value.person[$0] == person }
      let weight = rows.reduce(0) { $0 + market.weights[$1] }
      let own = line.map {
        (
          fit: market.value.fit[$0][rows[0]], known: market.value.known[$0][0],
          worth: market.value.worth[$0], version: market.value.version[$0]
        )
      }
      let rivals =
        goal == .reach
        ? [] : market.rivals.indices.map { (market.rivals[$0][person], market.rivalChances[$0]) }
      let all = own.map { ($0.fit, $0.known, $0.worth) } + rivals.map { ($0.0, $0.1, 0.0) }
      // Versions share the bit of the first of them.
      let bits = all.indices.map { place in
        place < own.count
          ? own.firstIndex { $0.version == own[place].version } ?? place : place
      }
      for mask in 0..<(1 << all.count) {
        var chance = 1.0
        for place in all.indices {
          if bits[place] == place {
            chance *= mask >> place & 1 == 1 ? all[place].1 : 1 - all[place].1
          } else if mask >> place & 1 == 1 {
            chance = 0
          }
        }
        let there = all.indices.filter { mask >> bits[$0] & 1 == 1 && all[$0].0 > 0 }
        guard chance > 0, let top = there.map({ all[$0].0 }).max() else { continue }
        if goal == .reach {
          sum += weight * chance * top
        } else {
          let winners = there.filter { all[$0].0 > top - 1e-9 }
          sum += weight * chance * winners.reduce(0) { $0 + all[$1].2 } / Double(winners.count)
        }
      }
    }
    return sum
  }

  static func lines(_ count: Int, _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return (0..<count).flatMap { last in
      lines(last, size - 1).map { $0 + [last] }
    }
  }

  @Test(arguments: LineGoal.allCases, [true, false])
  func `the best lines are those of trying all`(goal: LineGoal, isAllKnown: Bool) {
    var pruned = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let market = Self.market(seed, goal, isAllKnown: isAllKnown)
      for size in [1, 2, 3] {
        let all = Self.lines(market.value.count, size)
          .map { (line: $0, value: Self.plain(market, $0, goal)) }
          .sorted { $0.value > $1.value }
        for most in [1, 5] {
          let answer = LineSearch(
            market.value, weights: market.weights, size: size, most: most, workers: .single
          ).best(steps: 100_000)
          #expect(answer.isExact && answer.lines.count == min(most, all.count))
          for (found, best) in zip(answer.lines, all) {
            #expect(abs(found.value - best.value) < 1e-9, "seed \(seed), size \(size)")
            #expect(
              abs(Self.plain(market, found.items, goal) - found.value) < 1e-9,
              "seed \(seed), size \(size)")
          }
          #expect(abs(answer.bound - (answer.lines.first?.value ?? 0)) < 1e-9)
          if size == 3, most == 1, answer.evaluated < all.count { pruned += 1 }
        }
      }
    }
    // The bounds do spare work.
    #expect(pruned > 20, "\(pruned)")
  }

  @Test(arguments: [LineGoal.share, .revenue, .profit], [true, false])
  func `by share of preference the best lines are those of trying all`(
    goal: LineGoal, isAllKnown: Bool
  ) {
    for seed in 1...25 as ClosedRange<UInt64> {
      let market = Self.market(seed, goal, isAllKnown: isAllKnown)
      let plain = market.value
      // Who knows which competitor stands in the rows: here one row a person, all competitors known.
      let rows = plain.person.indices.filter { row in
        row == 0 || plain.person[row] != plain.person[row - 1]
      }
      let people = rows.map { plain.person[$0] }
      func pull(_ fit: Double) -> Double { fit > 0 ? (fit / 10).exponential : 0 }
      let value = LineValue(
        isReach: false, isShared: true, person: people, group: people.map { _ in 0 },
        best: people.map { _ in 0 },
        ties: people.map { person in market.rivals.reduce(0) { $0 + pull($1[person]) } },
        chance: people.map { _ in 1 },
        fit: plain.fit.map { fit in rows.map { pull(fit[$0]) } }, known: plain.known,
        version: plain.version, worth: plain.worth)
      let weights = people.map { person in
        plain.person.indices.reduce(0) {
          plain.person[$1] == person ? $0 + market.weights[$1] : $0
        }
      }
      /// The mean over all sets of versions that are known.
      func worth(_ line: [Int]) -> Double {
        let versions = Array(Set(line.map { value.version[$0] })).sorted()
        var sum = 0.0
        for mask in 0..<(1 << versions.count) {
          var chance = 1.0
          for (place, version) in versions.enumerated() {
            let one = value.known[line.first { value.version[$0] == version } ?? 0][0]
            chance *= mask >> place & 1 == 1 ? one : 1 - one
          }
          let there = line.filter { item in
            mask >> (versions.firstIndex(of: value.version[item]) ?? 0) & 1 == 1
          }
          for row in people.indices {
            let all = there.reduce(value.ties[row]) { $0 + value.fit[$1][row] }
            guard all > 0 else { continue }
            sum +=
              chance * weights[row]
              * there.reduce(0) { $0 + value.worth[$1] * value.fit[$1][row] / all }
          }
        }
        return sum
      }
      for size in [1, 2, 3] {
        let best = Self.lines(value.count, size).map(worth).sorted(by: >)
        let answer = LineSearch(
          value, weights: weights, size: size, most: 4, workers: .single
        ).best(steps: 100_000)
        #expect(answer.isExact)
        for (found, expected) in zip(answer.lines, best) {
          #expect(abs(found.value - expected) < 1e-9, "seed \(seed), size \(size)")
          #expect(abs(worth(found.items) - found.value) < 1e-9)
        }
      }
    }
  }

  @Test func `a search cut short tells what no line can exceed`() {
    var cut = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      for goal in LineGoal.allCases {
        let market = Self.market(seed, goal, isAllKnown: true)
        let search = LineSearch(
          market.value, weights: market.weights, size: 3, most: 1, workers: .single)
        let (whole, part) = (search.best(steps: 100_000), search.best(steps: 1))
        #expect(part.bound >= whole.lines[0].value - 1e-9)
        #expect(part.lines[0].value <= whole.lines[0].value + 1e-9)
        if !part.isExact { cut += 1 }
      }
    }
    #expect(cut > 0)
  }

  @Test func `the likelihoods of competitors add up to 1`() {
    let found = LineValue.rivals([50, 50, 80, 0], [0.5, 0.25, 0.1, 1])
    #expect(found.map(\.best) == [80, 50, 50, 0])
    #expect(found.map(\.ties) == [1, 1, 2, 0])
    for (one, expected) in zip(found, [0.1, 0.45, 0.1125, 0.3375]) {
      #expect(abs(one.chance - expected) < 1e-12)
    }
  }
}

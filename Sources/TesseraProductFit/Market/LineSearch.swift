import TesseraMath

/// Looks for the lines that are worth most, by branch and bound.
struct LineSearch: Sendable {
  /// A line and what it is worth.
  struct Found: Sendable, Equatable {
    /// Candidates, ascending.
    let items: [Int]
    let value: Double
  }

  /// What a search found.
  struct Answer: Sendable {
    /// The best lines, best first.
    var lines: [Found]
    /// What no line can exceed: the best line's own worth where the search ended.
    var bound: Double
    /// Whether no other line can be worth more.
    var isExact: Bool { left > 0 }
    /// Lines whose worth was worked out.
    var evaluated = 0
    /// Branches that might still have been looked at.
    var left: Int
  }

  private let value: LineValue
  private let weights: [Double]
  private let bounds: LineBounds
  private let size: Int
  private let most: Int
  /// Candidates, the most worthy alone first.
  private let order: [Int]
  /// For each candidate the rows whose people may take it, rather than the best competitor.
  private let wanted: [[Int]]

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - value: What lines are worth.
  ///   - weights: One for each row.
  ///   - size: Products of a line.
  ///   - most: How many of the best lines are kept.
  ///   - workers: Threads for the bounds.
  init(_ value: LineValue, weights: [Double], size: Int, most: Int, workers: Workers) {
    (self.value, self.weights, self.size, self.most) = (value, weights, size, most)
    let bounds = LineBounds(value, weights: weights, workers: workers)
    self.bounds = bounds
    wanted = workers.map(value.count) { candidate in
      weights.indices.filter { row in
        value.fit[candidate][row] > 0
          && (value.isShared || value.fit[candidate][row] >= value.best[row] - LineValue.tie)
      }
    }
    order = (0..<value.count).sorted {
      bounds.single[$0] != bounds.single[$1] ? bounds.single[$0] > bounds.single[$1] : $0 < $1
    }
  }

  /// The best lines.
  ///
  /// Of lines that are level with the last of them, those met first stay.
  ///
  /// - Parameters:
  ///   - steps: Most lines whose worth is worked out.
  ///   - progress: Told of the lines that were compared.
  /// - Returns: The best lines found, and whether they are the best there are.
  func best(steps: Int, progress: Progress = .silent) -> Answer {
    var answer = Answer(lines: [], bound: 0, left: steps)
    var open = -Double.infinity
    seed(&answer)
    let possible = (0..<size).reduce(1.0) { $0 * Double(value.count - $1) / Double($1 + 1) }
    let total = Int(min(Double(steps), possible))
    branch([], taken: Taken(self), from: 0, ceiling: 0, &answer, &open) { done in
      if done % 1024 == 0 { progress.report("lines compared, at most", done, total) }
    }
    progress.report("lines compared, at most", total, total)
    answer.bound = max(answer.lines.first?.value ?? 0, answer.isExact ? -.infinity : open)
    return answer
  }

  /// What a line is worth.
  func worth(_ line: [Int]) -> Double {
    // In the order of the candidates, so that a line is worth the same however it was found.
    let line = line.sorted()
    guard value.isAllKnown, !value.isReach else {
      var sum = 0.0
      for row in weights.indices { sum += weights[row] * value.value(line, row) }
      return sum
    }
    var taken = Taken(self)
    for candidate in line { taken.add(candidate, self) }
    return taken.worth
  }

  /// What people take of the products of a line, to which one product is added after the other.
  private struct Taken {
    private(set) var best: [Double]
    private(set) var count: [Double]
    private(set) var sum: [Double]
    private(set) var worth = 0.0

    init(_ search: LineSearch) {
      (best, count) = (search.value.best, search.value.ties)
      sum = [Double](repeating: 0, count: search.weights.count)
    }

    /// What the line is worth with one product more: only people who want it count.
    func adding(_ candidate: Int, _ search: LineSearch) -> Double {
      let (value, weights) = (search.value, search.weights)
      let (fit, own) = (value.fit[candidate], value.worth[candidate])
      var change = 0.0
      for row in search.wanted[candidate] {
        let its = fit[row]
        var then = LineValue.State(best: best[row], count: count[row], sum: sum[row])
        let before = then.value
        if value.isShared {
          then.sum += its * own
          then.count += its
        } else if its > then.best + LineValue.tie {
          then = LineValue.State(best: its, count: 1, sum: own)
        } else if its >= then.best - LineValue.tie {
          then.sum += own
          then.count += 1
        } else {
          continue
        }
        change += weights[row] * (then.value - before)
      }
      return worth + change
    }

    mutating func add(_ candidate: Int, _ search: LineSearch) {
      worth = adding(candidate, search)
      for row in search.wanted[candidate] {
        var state = LineValue.State(best: best[row], count: count[row], sum: sum[row])
        search.value.take(candidate, row, &state)
        (best[row], count[row], sum[row]) = (state.best, state.count, state.sum)
      }
    }
  }

  /// Lines by taking, one after the other, the product that adds most: a first bar for all others.
  private func seed(_ answer: inout Answer) {
    var line: [Int] = []
    while line.count < size {
      let rest = order.filter { !line.contains($0) }
      guard
        let next = rest.map({ (item: $0, value: worth(line + [$0])) })
          .max(by: { $0.value < $1.value })
      else { return }
      line.append(next.item)
    }
    keep(line, worth(line), &answer)
  }

  private func keep(_ line: [Int], _ value: Double, _ answer: inout Answer) {
    let found = Found(items: line.sorted(), value: value)
    // Level lines in the order of the candidates, so that the answer is the same for any order.
    func isBefore(_ one: Found, _ other: Found) -> Bool {
      one.value != other.value
        ? one.value > other.value : one.items.lexicographicallyPrecedes(other.items)
    }
    if answer.lines.count == most, let last = answer.lines.last, !isBefore(found, last) { return }
    var (low, high) = (0, answer.lines.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(answer.lines[middle], found) { low = middle + 1 } else { high = middle }
    }
    if low < answer.lines.count, answer.lines[low] == found { return }
    answer.lines.insert(found, at: low)
    if answer.lines.count > most { answer.lines.removeLast() }
  }

  private func bar(_ answer: Answer) -> Double {
    answer.lines.count == most ? (answer.lines.last?.value ?? -.infinity) : -.infinity
  }

  /// What a product adds to the ceiling of a line at most.
  private func addition(_ candidate: Int, to line: [Int]) -> Double {
    var least = bounds.single[candidate]
    for one in line {
      least = min(least, bounds.pair[one, candidate] - bounds.single[one])
    }
    return least
  }

  /// What a product earns in a line at most.
  private func demand(_ candidate: Int, in line: [Int]) -> Double {
    var least = bounds.single[candidate]
    for one in line where one != candidate { least = min(least, bounds.beside[candidate, one]) }
    return least
  }

  private func branch(
    _ line: [Int], taken: Taken, from first: Int, ceiling: Double, _ answer: inout Answer,
    _ open: inout Double, report: (Int) -> Void
  ) {
    let remaining = size - line.count
    guard order.count - first >= remaining else { return }
    let slack = 1e-10 * (1 + abs(answer.lines.first?.value ?? 0))
    let places = Array(first..<order.count)
    let additions = places.map { addition(order[$0], to: line) }
    let demands = value.isReach ? [] : places.map { demand(order[$0], in: line) }
    let held = line.reduce(0) { $0 + demand($1, in: line) }
    /// The most that the largest numbers from a place on add up to.
    func most(_ numbers: [Double]) -> Double {
      if remaining == 1 { return numbers.max() ?? 0 }
      return numbers.sorted(by: >).prefix(remaining).reduce(0, +)
    }
    let whole = min(
      ceiling + most(additions), value.isReach ? .infinity : held + most(demands))
    guard whole > bar(answer) + slack else { return }
    guard answer.left > 0 else {
      open = max(open, whole)
      return
    }
    for (offset, place) in places.enumerated() where places.count - offset >= remaining {
      let candidate = order[place]
      let next = line + [candidate]
      let top = ceiling + additions[offset]
      if remaining == 1 {
        let bound = min(
          top, value.isReach ? .infinity : next.reduce(0) { $0 + demand($1, in: next) })
        guard bound > bar(answer) + slack else { continue }
        guard answer.left > 0 else {
          open = max(open, bound)
          continue
        }
        answer.left -= 1
        answer.evaluated += 1
        report(answer.evaluated)
        let isFast = value.isAllKnown && !value.isReach
        // Sums in another order differ in their last digits: what may be kept is summed up anew.
        guard !isFast || taken.adding(candidate, self) > bar(answer) - slack else { continue }
        keep(next, worth(next), &answer)
      } else {
        var more = taken
        more.add(candidate, self)
        branch(next, taken: more, from: place + 1, ceiling: top, &answer, &open, report: report)
      }
    }
  }
}

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
    order = (0..<value.count).sorted {
      bounds.single[$0] != bounds.single[$1] ? bounds.single[$0] > bounds.single[$1] : $0 < $1
    }
  }

  /// The best lines.
  ///
  /// Of lines that are level with the last of them, those met first stay.
  ///
  /// - Parameter steps: Most lines whose worth is worked out.
  /// - Returns: The best lines found, and whether they are the best there are.
  func best(steps: Int) -> Answer {
    var answer = Answer(lines: [], bound: 0, left: steps)
    var open = -Double.infinity
    seed(&answer)
    branch([], from: 0, ceiling: 0, &answer, &open)
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
    // The same, product by product: three passes over short lists are faster than many short loops.
    var (best, count) = (value.best, value.ties)
    var earned = [Double](repeating: 0, count: weights.count)
    for candidate in line {
      let (fit, worth) = (value.fit[candidate], value.worth[candidate])
      for row in fit.indices where fit[row] > 0 {
        if fit[row] > best[row] + LineValue.tie {
          (best[row], count[row], earned[row]) = (fit[row], 1, worth)
        } else if fit[row] >= best[row] - LineValue.tie {
          earned[row] += worth
          count[row] += 1
        }
      }
    }
    var sum = 0.0
    for row in weights.indices where earned[row] != 0 {
      sum += weights[row] * earned[row] / count[row]
    }
    return sum
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
    _ line: [Int], from first: Int, ceiling: Double, _ answer: inout Answer, _ open: inout Double
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
        keep(next, worth(next), &answer)
      } else {
        branch(next, from: place + 1, ceiling: top, &answer, &open)
      }
    }
  }
}

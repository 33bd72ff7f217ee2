/// Finds, for each size, the questions by which most respondents are placed as by all of them.
///
/// All sets are looked at where they are few; else questions are added one at a time, and after each
/// one swaps are made as long as they help.
struct QuestionSearch {
  /// Log-likelihoods of the answers.
  let logs: AnswerLogs
  /// What each respondent counts for.
  let weights: [Double]
  /// The segment of each respondent by all questions of the tool.
  let target: [Int]
  /// Questions in every set.
  let must: [Int]
  /// Questions that may be in a set, rising; those of `must` left out.
  let free: [Int]

  /// Numbers added up to look at all sets of one size.
  private static let exhaustible = 3e8

  /// The best set of each size.
  ///
  /// - Parameter largest: The largest size.
  /// - Returns: Sets from the size of `must` (at least 1) to the largest, their questions rising.
  /// - Complexity: O(respondents · segments · questions · size) for each swap.
  func best(upTo largest: Int) -> [[Int]] {
    let total = weights.reduce(0, +)
    var sets: [[Int]] = []
    var current = must
    if !must.isEmpty { sets.append(must.sorted()) }
    while current.count < min(largest, must.count + free.count) {
      let size = current.count + 1
      if let all = exhaustive(size - must.count) {
        current = must + all
      } else {
        current = swapped(grown(current), total)
      }
      sets.append(current.sorted())
    }
    return sets
  }

  /// Weight of those placed as by all questions.
  private func score(_ sums: [Double], _ gain: [Double]) -> Double {
    let width = logs.segments
    var score = 0.0
    for row in target.indices {
      let start = row * width
      let own = start + target[row]
      let reached = sums[own] + gain[own]
      var isFirst = true
      for place in start..<start + width where place != own {
        let other = sums[place] + gain[place]
        // The first of equals counts.
        if other > reached || (other == reached && place < own) {
          isFirst = false
          break
        }
      }
      if isFirst { score += weights[row] }
    }
    return score
  }

  private func adding(_ sums: [Double], _ gain: [Double]) -> [Double] {
    var result = sums
    for place in result.indices { result[place] += gain[place] }
    return result
  }

  private func grown(_ set: [Int]) -> [Int] {
    let sums = logs.sums(set)
    var best = (question: -1, score: -1.0)
    for question in free where !set.contains(question) {
      let score = score(sums, logs.gain(question, beside: set))
      if score > best.score { best = (question, score) }
    }
    return set + [best.question]
  }

  /// Exchanges questions one by one as long as more people are placed right.
  private func swapped(_ set: [Int], _ total: Double) -> [Int] {
    var current = set
    var reached = score(
      logs.sums(current), [Double](repeating: 0, count: logs.rows * logs.segments))
    for _ in 0..<20 {
      var best = (out: -1, into: -1, score: reached + 1e-9 * total)
      for out in current where !must.contains(out) {
        let rest = current.filter { $0 != out }
        let sums = logs.sums(rest)
        for question in free where !current.contains(question) {
          let score = score(sums, logs.gain(question, beside: rest))
          if score > best.score { best = (out, question, score) }
        }
      }
      guard best.out >= 0 else { break }
      current = current.filter { $0 != best.out } + [best.into]
      reached = best.score
    }
    return current
  }

  /// The best of all sets of a size; `nil` where they are too many.
  private func exhaustive(_ size: Int) -> [Int]? {
    var count = 1.0
    for place in 0..<size { count *= Double(free.count - place) / Double(place + 1) }
    guard count * Double(logs.rows * logs.segments) <= Self.exhaustible else { return nil }
    var best: (set: [Int], score: Double) = ([], -1)
    func descend(_ chosen: [Int], _ sums: [Double], from: Int) {
      let left = size - chosen.count
      for place in from...(free.count - left) {
        let gain = logs.gain(free[place], beside: must + chosen)
        if left == 1 {
          let score = score(sums, gain)
          if score > best.score { best = (chosen + [free[place]], score) }
        } else {
          descend(chosen + [free[place]], adding(sums, gain), from: place + 1)
        }
      }
    }
    descend([], logs.sums(must), from: 0)
    return best.set
  }
}

import TesseraSurvey

extension SegmentBasis {
  /// How much better an answer tells the segment than a guess of the largest, where it makes the segments,
  /// and where it says nothing of them.
  private static let (telling, silent) = (0.5, 0.1)
  /// Numbers are looked at in so many groups of equal size.
  private static let groups = 12
  /// Part of the rows whose answers add up to the same.
  private static let sharing = 0.95
  /// Fewest questions and people of whom that may be said.
  private static let (fewestItems, fewestPeople) = (3, 30)

  /// The one or two questions that make the segments where all others say nothing of them.
  ///
  /// - Complexity: O(rows × indicators), and sorting numbers.
  static func few(
    _ survey: Survey, _ indicators: [IndicatorEncoding], _ labels: [Int], _ segments: Int,
    _ weights: [Double]
  ) -> [String] {
    guard indicators.count >= 4 else { return [] }
    let told = indicators.map { indicator -> (name: String, gain: Double)? in
      guard let variable = survey[indicator.name] else { return nil }
      return (
        indicator.label, gain(positions(variable), labels, segments, weights)
      )
    }
    let makers = told.compactMap(\.self).filter { $0.gain >= telling }
    let others = told.compactMap(\.self).filter { $0.gain <= silent }
    guard (1...2).contains(makers.count), makers.count + others.count == indicators.count
    else { return [] }
    return makers.map(\.name)
  }

  /// Goodman and Kruskal's lambda: how much fewer segments are guessed wrong where the answer is known.
  private static func gain(
    _ positions: [Int], _ labels: [Int], _ segments: Int, _ weights: [Double]
  ) -> Double {
    var mass = [[Double]](
      repeating: [Double](repeating: 0, count: segments), count: (positions.max() ?? 0) + 1)
    for row in labels.indices { mass[positions[row]][labels[row]] += weights[row] }
    let all = mass.joined().reduce(0, +)
    let largest = (0..<segments).map { segment in mass.reduce(0) { $0 + $1[segment] } }.max() ?? 0
    guard all > largest else { return 0 }
    return (mass.reduce(0) { $0 + ($1.max() ?? 0) } - largest) / (all - largest)
  }

  /// Answers by number from 1, 0 without one; of many different numbers groups of equal size.
  private static func positions(_ variable: Variable) -> [Int] {
    let answers = CategoricalAnswers(variable)
    guard answers.categories.count > groups, variable.isNumeric || !variable.answers.isCoded else {
      return answers.positions
    }
    let numbers = variable.numbers
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return numbers.map { _ in 0 } }
    let cuts = (1..<groups).map { sorted[sorted.count * $0 / groups] }
    return numbers.map { number in
      number.isNaN ? 0 : 1 + cuts.count { $0 <= number }
    }
  }

  /// Whether ordered answers and numbers add up to the same for nearly everybody.
  static func isShared(_ survey: Survey, _ indicators: [IndicatorEncoding]) -> Bool {
    let columns = indicators.filter { $0.level == "ordinal" || $0.level == "numeric" }
      .compactMap { survey[$0.name]?.numbers }
    guard columns.count >= fewestItems, columns.count == indicators.count, let first = columns.first
    else { return false }
    var sums: [Double: Int] = [:]
    var (people, differing) = (0, 0)
    for row in first.indices {
      let own = columns.map { $0[row] }
      guard own.allSatisfy({ !$0.isNaN }) else { continue }
      people += 1
      if own.contains(where: { $0 != own[0] }) { differing += 1 }
      sums[(own.reduce(0, +) * 1e6).rounded(), default: 0] += 1
    }
    guard people >= fewestPeople, Double(differing) > 0.5 * Double(people) else { return false }
    return Double(sums.values.max() ?? 0) >= sharing * Double(people)
  }
}

import TesseraMath
public import TesseraSegmentation

/// The laws that every segmenter keeps, checked in one place.
///
/// Each check returns what was broken, in words, so that a test can show it.
public struct SegmenterConformance<Method: Segmenter>: Sendable
where Method.Input: ConformanceInput {
  /// Makes the segmenter for a number of segments.
  public let make: @Sendable (_ segments: Int) -> Method
  /// Data in which the number of segments is plain.
  public let input: Method.Input
  /// Number of segments in the data.
  public let segments: Int
  /// Largest difference between objectives that should be equal, relative.
  public let tolerance: Double
  /// Whether an unobserved respondent is data for this method.
  public let takesGaps: Bool
  /// Whether one more variable without information leaves the division as it is.
  public let ignoresConstants: Bool

  /// Prepares the checks.
  ///
  /// - Parameters:
  ///   - input: Data in which the number of segments is plain.
  ///   - segments: That number.
  ///   - tolerance: Largest relative difference between objectives that should be equal.
  ///   - takesGaps: Whether an unobserved respondent is data for this method.
  ///   - ignoresConstants: Whether a variable without information changes nothing.
  ///   - make: Makes the segmenter for a number of segments.
  public init(
    input: Method.Input, segments: Int, tolerance: Double = 1e-8, takesGaps: Bool = true,
    ignoresConstants: Bool = true, make: @escaping @Sendable (_ segments: Int) -> Method
  ) {
    self.make = make
    self.input = input
    self.segments = segments
    self.tolerance = tolerance
    self.takesGaps = takesGaps
    self.ignoresConstants = ignoresConstants
  }

  /// Checks every law.
  ///
  /// - Returns: What was broken; empty if all holds.
  /// - Throws: What a fit throws.
  public func violations() throws -> [String] {
    let whole = try input.taking(Array(0..<input.rowCount), weights: .none)
    let base = try fit(whole)
    var broken = promises(base, rows: input.rowCount)
    broken += try repetition() + absence() + orders(base) + scaling() + threads(base)
    broken += try single()
    if ignoresConstants {
      broken += compare(base, try fit(whole.addingConstant()), "a constant variable changes")
    }
    if takesGaps {
      let longer = try fit(whole.addingEmptyRow())
      if longer.labels.last != 0 {
        broken.append("a respondent without answers is not in the largest segment")
      }
      broken += compare(base, longer, "a respondent without answers changes")
    }
    return broken
  }

  private func fit(
    _ input: Method.Input, segments: Int? = nil, workers: Workers = .single
  ) throws -> Method.Fit {
    try make(segments ?? self.segments).fit(
      input, random: RandomStream(seed: 7), workers: workers, progress: .silent)
  }

  /// Labels in range, shares that sum to 1 and fall, posteriors that sum to 1.
  private func promises(_ fit: Method.Fit, rows: Int) -> [String] {
    var broken: [String] = []
    if fit.labels.count != rows || !fit.labels.allSatisfy((0..<fit.segmentCount).contains) {
      broken.append("labels are missing or out of range")
    }
    if abs(fit.prevalence.reduce(0, +) - 1) > 1e-9 || fit.prevalence.count != fit.segmentCount {
      broken.append("shares do not sum to 1")
    }
    if zip(fit.prevalence, fit.prevalence.dropFirst()).contains(where: { $0 < $1 - 1e-9 }) {
      broken.append("shares do not fall")
    }
    if let posterior = fit.posterior {
      for row in 0..<posterior.rows where abs(posterior.row(row).reduce(0, +) - 1) > 1e-9 {
        broken.append("the posterior of row \(row) does not sum to 1")
      }
    }
    if !fit.objective.value.isFinite {
      broken.append("the objective is not finite")
    }
    return broken
  }

  /// A frequency is the row so many times.
  private func repetition() throws -> [String] {
    let counts = (0..<input.rowCount).map { 1 + $0 % 3 }
    let rows = Array(0..<input.rowCount)
    let counted = try fit(
      try input.taking(rows, weights: .frequency(counts.map(Double.init))))
    let repeated = try fit(
      try input.taking(
        rows.flatMap { repeatElement($0, count: counts[$0]) }, weights: .none))
    let expanded = rows.flatMap { repeatElement(counted.labels[$0], count: counts[$0]) }
    return compare(counted.objective, repeated.objective, "a frequency is not its copies:")
      + sameLabels(expanded, repeated.labels, "a frequency is not its copies:")
  }

  /// A weight of 0 is the row gone.
  private func absence() throws -> [String] {
    let rows = Array(0..<input.rowCount)
    let kept = rows.filter { $0 % 5 != 1 }
    let zeroed = try fit(
      try input.taking(rows, weights: .frequency(rows.map { $0 % 5 == 1 ? 0 : 1 })))
    let without = try fit(try input.taking(kept, weights: .frequency(kept.map { _ in 1 })))
    // The mean of sampling weights is taken over those who are there.
    let weights = rows.map { $0 % 5 == 1 ? 0 : 0.5 + Double($0 % 4) / 2 }
    let silenced = try fit(try input.taking(rows, weights: .sampling(weights)))
    let left = try fit(try input.taking(kept, weights: .sampling(kept.map { weights[$0] })))
    let absent = "a weight of 0 is not absence:"
    return compare(zeroed.objective, without.objective, absent)
      + sameLabels(kept.map { zeroed.labels[$0] }, without.labels, absent)
      + compare(silenced.objective, left.objective, absent)
      + sameLabels(kept.map { silenced.labels[$0] }, left.labels, absent)
  }

  /// The order of respondents and of variables changes nothing.
  private func orders(_ base: Method.Fit) throws -> [String] {
    var stream = RandomStream(seed: 3)
    var rows = Array(0..<input.rowCount)
    rows.shuffle(using: &stream)
    let shuffled = try fit(try input.taking(rows, weights: .none))
    let reversed = try fit(
      try input.taking(Array(0..<input.rowCount), weights: .none).reversingVariables())
    return compare(base.objective, shuffled.objective, "the order of respondents changes")
      + sameLabels(
        rows.map { base.labels[$0] }, shuffled.labels, "the order of respondents changes")
      + compare(base, reversed, "the order of variables changes")
  }

  /// Sampling weights count by their ratios.
  private func scaling() throws -> [String] {
    let rows = Array(0..<input.rowCount)
    let weights = rows.map { 0.5 + Double($0 % 4) / 2 }
    let one = try fit(try input.taking(rows, weights: .sampling(weights)))
    let other = try fit(try input.taking(rows, weights: .sampling(weights.map { 3.7 * $0 })))
    return compare(one, other, "a factor of all sampling weights changes")
  }

  /// Same stream, same answer, on any number of threads.
  private func threads(_ base: Method.Fit) throws -> [String] {
    let whole = try input.taking(Array(0..<input.rowCount), weights: .none)
    var broken: [String] = []
    if try fit(whole) != base {
      broken.append("the same seed gives another answer")
    }
    if try fit(whole, workers: Workers(2)) != base {
      broken.append("two threads give another answer than one")
    }
    return broken
  }

  /// One segment holds everybody.
  private func single() throws -> [String] {
    let whole = try input.taking(Array(0..<input.rowCount), weights: .none)
    let one = try fit(whole, segments: 1)
    guard one.labels.allSatisfy({ $0 == 0 }), one.prevalence == [1] else {
      return ["a single segment does not hold everybody"]
    }
    return promises(one, rows: input.rowCount)
  }

  private func compare(_ one: Method.Fit, _ other: Method.Fit, _ what: String) -> [String] {
    compare(one.objective, other.objective, what)
      + sameLabels(one.labels, Array(other.labels.prefix(one.labels.count)), what)
  }

  private func compare(_ one: Objective, _ other: Objective, _ what: String) -> [String] {
    let scale = max(1, abs(one.value))
    return abs(one.value - other.value) <= tolerance * scale
      ? [] : ["\(what) the objective: \(one.value) and \(other.value)"]
  }

  private func sameLabels(_ one: [Int], _ other: [Int], _ what: String) -> [String] {
    let rand = CrossTable(one, other).adjustedRand
    return rand > 1 - 1e-9 ? [] : ["\(what) the labels: adjusted Rand \(rand)"]
  }
}

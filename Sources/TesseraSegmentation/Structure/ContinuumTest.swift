public import TesseraMath

/// Whether segments are more distinct than they would be on one continuum with the same answers.
///
/// Sets are drawn with the margins and correlations of the data but without groups; the data and
/// the sets are segmented alike. What segments gain over one is measured; of 20 gains that differ by
/// chance alone the data's is the largest in one survey of twenty, so that with 19 sets "above all" is
/// a test at 5%; as soon as one set gains as much, the others are left undone. Correlations differ from set to set by chance, and gains with them, which hides clear
/// groups of few yes/no questions. So more sets are drawn than segmented, and those are taken that
/// correlate as much as the data: the test is conditional on the sum of squared correlations.
public struct ContinuumTest: Sendable, Equatable {
  /// Sets to draw.
  public var sets: Int
  /// Respondents used at most; of more, an even part in the order of the file.
  public var people: Int

  /// Chooses the effort.
  public init(sets: Int = 19, people: Int = 4_000) {
    self.sets = sets
    self.people = people
  }

  /// What was measured on the data and on sets without groups.
  public struct Gains: Sendable, Equatable {
    /// On the data: the gain, and the certainty of memberships where they have chances.
    public let observed: [Double]
    /// The same on each set; none after the first few where one of them gains as much as the data.
    public let null: [[Double]]

    /// Whether the data are more distinct than every set.
    public var isAboveAll: Bool {
      guard let gain = observed.first, !null.isEmpty else { return false }
      return null.allSatisfy { gain > $0[0] }
    }
  }

  /// Sets drawn for each that is segmented, at most.
  private static let mostCandidates = 12
  /// Sets segmented before it is asked whether the others can still change the verdict.
  private static let firstSets = 3
  /// Products of two answers that may be summed for choosing among all sets.
  private static let work = 2e8

  /// Measures the data and the sets.
  ///
  /// - Parameters:
  ///   - input: The respondents; gaps and weights stay with their rows.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - gain: What segments add over a single one, and other measures of distinctness.
  /// - Returns: The gains.
  /// - Throws: What `gain` throws, or an error if there are no correlations to imitate.
  public func gains(
    of input: RespondentMatrix, random: RandomStream, workers: Workers = .single,
    gain:
      @Sendable (_ set: RespondentMatrix, _ random: RandomStream)
      throws(SegmentationError) -> [Double]
  ) throws(SegmentationError) -> Gains {
    let data = try input.evenPart(of: people)
    let copula = try GaussianCopula(data)
    let sources = try alike(data, copula, random: random, workers: workers)
    func measured(_ range: Range<Int>) throws(SegmentationError) -> [[Double]] {
      try workers.tryMap(range.count) { place throws(SegmentationError) in
        let index = range.lowerBound + place
        let stream = random.split(index)
        guard index > 0 else { return try gain(data, stream.split(1)) }
        var draws = sources[index - 1]
        return try gain(try copula.draw(random: &draws), stream.split(1))
      }
    }
    let early = min(Self.firstSets, sets)
    let first = try measured(0..<early + 1)
    let gains = Gains(observed: first[0], null: Array(first.dropFirst()))
    // One set that gains as much settles it.
    guard gains.isAboveAll else { return gains }
    return Gains(
      observed: gains.observed, null: gains.null + (try measured(early + 1..<sets + 1)))
  }

  /// Where the sets come from that correlate most nearly as the data do, in the order drawn.
  private func alike(
    _ data: RespondentMatrix, _ copula: GaussianCopula, random: RandomStream, workers: Workers
  ) throws(SegmentationError) -> [RandomStream] {
    let cost = Double(data.values.rows * data.values.columns * data.values.columns)
    let each = Int(min(Double(Self.mostCandidates), max(1, Self.work / (Double(sets) * cost))))
    let own = GaussianCopula.association(data)
    let candidates = (0..<sets * each).map {
      random.split(1 + $0 % sets).split(2 * ($0 / sets))
    }
    guard each > 1 else { return candidates }
    let distances = try workers.tryMap(candidates.count) { index throws(SegmentationError) in
      var draws = candidates[index]
      return abs(GaussianCopula.association(try copula.draw(random: &draws)) - own)
    }
    let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return nearest.prefix(sets).sorted().map { candidates[$0] }
  }
}

extension RespondentMatrix {
  /// Every respondent in a row of their own, of many an even part.
  fileprivate func evenPart(of limit: Int) throws(SegmentationError) -> RespondentMatrix {
    let effective = weights.effective(count: values.rows)
    let isRepeated = weights.kind == .frequency
    let copies = effective.map { weight -> Int in
      guard weight > 0 else { return 0 }
      return isRepeated ? max(1, Int(min(weight.rounded(), 1e12))) : 1
    }
    let all = copies.reduce(0, +)
    let kept = min(all, max(2, limit))
    var rows: [Int] = []
    rows.reserveCapacity(kept)
    var passed = 0
    for (row, count) in copies.enumerated() {
      passed += count
      // The row holds every place k · all / kept that lies within its copies.
      while rows.count < kept,
        Double(rows.count) * Double(all) < Double(passed) * Double(kept)
      {
        rows.append(row)
      }
    }
    let cells = Matrix(
      rows: rows.count, columns: values.columns, values: rows.flatMap { values.row($0) })
    return try RespondentMatrix(
      cells,
      weights: weights.kind == .sampling ? .sampling(rows.map { weights.values[$0] }) : .none)
  }
}

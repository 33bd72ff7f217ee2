public import TesseraMath

/// Whether segments gain more than they would on one continuum with the same answers.
///
/// Sets are drawn with the margins and correlations of the data but without groups; the data and
/// the sets are segmented alike. Of 20 statistics that differ by chance alone, the data's is the
/// largest in one survey of twenty: with 19 sets "above all" is a test at 5%.
public struct ContinuumTest: Sendable, Equatable {
  /// Sets to draw.
  public var sets: Int
  /// Respondents used at most; of more, an even part in the order of the file.
  public var people: Int

  /// Chooses the effort.
  ///
  /// - Parameters:
  ///   - sets: Sets to draw.
  ///   - people: Respondents used at most.
  public init(sets: Int = 19, people: Int = 4_000) {
    self.sets = sets
    self.people = people
  }

  /// What segments gain, on the data and on sets without groups.
  public struct Gains: Sendable, Equatable {
    /// On the data.
    public let observed: Double
    /// On each set.
    public let null: [Double]

    /// Whether the data gain more than every set.
    public var isAboveAll: Bool { null.allSatisfy { observed > $0 } && !null.isEmpty }
  }

  /// Measures the data and the sets.
  ///
  /// - Parameters:
  ///   - input: The respondents; gaps and weights stay with their rows.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - gain: What segments add over a single one.
  /// - Returns: The gains.
  /// - Throws: What `gain` throws, or an error if there are no correlations to imitate.
  public func gains(
    of input: RespondentMatrix, random: RandomStream, workers: Workers = .single,
    gain:
      @Sendable (_ set: RespondentMatrix, _ random: RandomStream)
      throws(SegmentationError) -> Double
  ) throws(SegmentationError) -> Gains {
    let data = try input.evenPart(of: people)
    let copula = try GaussianCopula(data)
    let measured = try workers.tryMap(sets + 1) { index throws(SegmentationError) in
      let stream = random.split(index)
      guard index > 0 else { return try gain(data, stream.split(1)) }
      var draws = stream.split(0)
      return try gain(try copula.draw(random: &draws), stream.split(1))
    }
    return Gains(observed: measured[0], null: Array(measured.dropFirst()))
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

public import TesseraMath

/// Whether segments are more distinct than they would be on one continuum with the same answers.
///
/// Sets are drawn with the margins and correlations of the data but without groups; the data and
/// the sets are segmented alike. What segments gain over one is measured; of 20 gains that differ by
/// chance alone the data's is the largest in one survey of twenty, so that with 19 sets "above all" is
/// a test at 5%. It misses clear groups of few yes/no questions, because correlations differ from set to
/// set and gains with them. So gain and certainty of memberships are also compared less what a straight
/// line over the sets says of their correlations; both must then be above all.
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

  /// What was measured on the data and on sets without groups.
  public struct Gains: Sendable, Equatable {
    /// On the data: the gain, and the certainty of memberships where they have chances.
    public let observed: [Double]
    /// The same on each set.
    public let null: [[Double]]
    /// Sum of squared correlations of the data, then of each set.
    let association: [Double]

    /// Whether the data are more distinct than every set.
    public var isAboveAll: Bool {
      guard let gain = observed.first, !null.isEmpty else { return false }
      if null.allSatisfy({ gain > $0[0] }) { return true }
      return observed.count > 1
        && observed.indices.allSatisfy { measure in
          let left = adjusted(measure)
          return left.dropFirst().allSatisfy { left[0] > $0 + 1e-9 }
        }
    }

    /// A measure of the data and of each set, less what the sets' correlations say of it.
    private func adjusted(_ measure: Int) -> [Double] {
      let values = ([observed] + null).map { $0[measure] }
      let (x, y) = (Array(association.dropFirst()), Array(values.dropFirst()))
      let (meanX, meanY) = (
        x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count)
      )
      var (products, squares) = (0.0, 0.0)
      for place in x.indices {
        products += (x[place] - meanX) * (y[place] - meanY)
        squares += (x[place] - meanX) * (x[place] - meanX)
      }
      let slope = squares > 0 ? products / squares : 0
      return zip(values, association).map { $0 - slope * ($1 - meanX) }
    }
  }

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
    let measured = try workers.tryMap(sets + 1) { index throws(SegmentationError) in
      let stream = random.split(index)
      var draws = stream.split(0)
      let set = index > 0 ? try copula.draw(random: &draws) : data
      return (try gain(set, stream.split(1)), GaussianCopula.association(set))
    }
    return Gains(
      observed: measured[0].0, null: measured.dropFirst().map(\.0),
      association: measured.map(\.1))
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

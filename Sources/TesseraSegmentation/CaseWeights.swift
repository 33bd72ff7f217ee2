/// What each row of a table counts for.
///
/// The two kinds are never mixed. A *frequency* says how many respondents a row stands for, and the
/// sample size is their sum. A *sampling* weight says how many people of the population a
/// respondent speaks for; only the ratios matter, so these are rescaled to a mean of 1, and the
/// sample size is the number of rows. Rows with weight 0 take no part in a fit but are still
/// classified.
public struct CaseWeights: Sendable, Equatable {
  /// What the numbers mean.
  public enum Kind: String, Sendable, Equatable, Codable {
    /// Every row is one respondent.
    case none
    /// A row stands for so many respondents.
    case frequency
    /// A respondent speaks for so many people; only ratios matter.
    case sampling
  }

  /// What the numbers mean.
  public let kind: Kind
  /// One number a row, 0 or more, as given; empty when the kind is `none`.
  public let values: [Double]

  /// Makes weights of a kind.
  ///
  /// - Parameters:
  ///   - kind: What the numbers mean.
  ///   - values: One number a row; ignored when the kind is `none`.
  public init(kind: Kind, values: [Double] = []) {
    self.kind = kind
    self.values = kind == .none ? [] : values
  }

  /// Every row counts once.
  public static let none = CaseWeights(kind: .none)

  /// Rows that stand for so many respondents.
  ///
  /// - Parameter values: One count a row.
  /// - Returns: Frequency weights.
  public static func frequency(_ values: [Double]) -> CaseWeights {
    CaseWeights(kind: .frequency, values: values)
  }

  /// Respondents who speak for so many people.
  ///
  /// - Parameter values: One weight a row, on any scale.
  /// - Returns: Sampling weights.
  public static func sampling(_ values: [Double]) -> CaseWeights {
    CaseWeights(kind: .sampling, values: values)
  }
}

extension CaseWeights {
  /// The weights an estimator uses: 1 for all, the frequencies, or sampling weights with mean 1.
  ///
  /// The mean is taken over the rows with a positive weight, so that a row of weight 0 changes
  /// nothing.
  ///
  /// - Parameter count: Number of rows.
  /// - Returns: `count` weights.
  public func effective(count: Int) -> [Double] {
    switch kind {
    case .none:
      return [Double](repeating: 1, count: count)
    case .frequency:
      return values
    case .sampling:
      let size = sampleSize(count: count)
      let total = values.reduce(0, +)
      guard total > 0 else { return values }
      let scale = size / total
      return values.map { $0 * scale }
    }
  }

  /// Number of respondents: the sum of frequencies, or the number of rows with positive weight.
  ///
  /// - Parameter count: Number of rows.
  /// - Returns: The sample size *n* of information criteria.
  public func sampleSize(count: Int) -> Double {
    switch kind {
    case .none: Double(count)
    case .frequency: values.reduce(0, +)
    case .sampling: Double(values.count { $0 > 0 })
    }
  }

  /// Kish's effective sample size, (Σw)² / Σw²; the sample size unless weights are for sampling.
  ///
  /// - Parameter count: Number of rows.
  /// - Returns: Number of respondents a simple random sample would need for the same precision.
  /// - Reference: Kish (1965), *Survey Sampling*, section 11.7.
  public func effectiveSampleSize(count: Int) -> Double {
    guard kind == .sampling else { return sampleSize(count: count) }
    let total = values.reduce(0, +)
    let squares = values.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? total * total / squares : 0
  }

  /// Checks that there is one finite weight of 0 or more for each row, and one above 0.
  ///
  /// - Parameter count: Number of rows.
  /// - Throws: ``SegmentationError`` that names the first bad row.
  public func validate(count: Int) throws(SegmentationError) {
    guard kind != .none else { return }
    guard values.count == count else {
      throw .weightCount(expected: count, given: values.count)
    }
    if let row = values.firstIndex(where: { !$0.isFinite || $0 < 0 }) {
      throw .badWeight(row: row, value: values[row])
    }
    guard values.contains(where: { $0 > 0 }) else { throw .nobody }
  }
}

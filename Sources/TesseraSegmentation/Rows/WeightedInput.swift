import TesseraMath

/// Input whose weights can be exchanged, as bootstraps do.
public protocol WeightedInput: Sendable {
  /// Number of rows.
  var rowCount: Int { get }
  /// What each row counts for.
  var weights: CaseWeights { get }

  /// The same answers with other weights.
  ///
  /// - Parameter weights: One for each row.
  /// - Returns: The same respondents, counting as told.
  /// - Throws: ``SegmentationError`` for bad weights.
  func reweighted(_ weights: CaseWeights) throws(SegmentationError) -> Self
}

extension RespondentMatrix: WeightedInput {
  /// Number of respondents.
  public var rowCount: Int { values.rows }

  /// The same numbers with other weights.
  public func reweighted(_ weights: CaseWeights) throws(SegmentationError) -> RespondentMatrix {
    try RespondentMatrix(values, weights: weights)
  }
}

extension ItemTable: WeightedInput {
  /// Number of respondents.
  public var rowCount: Int { respondentCount }

  /// The same items with other weights.
  public func reweighted(_ weights: CaseWeights) throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: respondentCount, items: items, weights: weights, covariates: covariates)
  }
}

extension MedoidInput: WeightedInput {
  /// Number of respondents.
  public var rowCount: Int {
    switch self {
    case .euclidean(let table), .manhattan(let table): table.rowCount
    case .gower(let table, _): table.rowCount
    }
  }

  /// What each respondent counts for.
  public var weights: CaseWeights {
    switch self {
    case .euclidean(let table), .manhattan(let table): table.weights
    case .gower(let table, _): table.weights
    }
  }

  /// The same respondents with other weights.
  public func reweighted(_ weights: CaseWeights) throws(SegmentationError) -> MedoidInput {
    switch self {
    case .euclidean(let table): .euclidean(try table.reweighted(weights))
    case .manhattan(let table): .manhattan(try table.reweighted(weights))
    case .gower(let table, let settings): .gower(try table.reweighted(weights), settings)
    }
  }
}

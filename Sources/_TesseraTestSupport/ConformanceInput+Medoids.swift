public import TesseraSegmentation

extension MedoidInput: ConformanceInput {
  /// Chooses rows with new weights.
  public func taking(
    _ rows: [Int], weights: CaseWeights
  ) throws(SegmentationError) -> MedoidInput {
    switch self {
    case .euclidean(let table): .euclidean(try table.taking(rows, weights: weights))
    case .manhattan(let table): .manhattan(try table.taking(rows, weights: weights))
    case .gower(let table, let settings):
      .gower(try table.taking(rows, weights: weights), settings)
    }
  }

  /// The same with its variables in reverse order.
  public func reversingVariables() throws(SegmentationError) -> MedoidInput {
    switch self {
    case .euclidean(let table): .euclidean(try table.reversingVariables())
    case .manhattan(let table): .manhattan(try table.reversingVariables())
    case .gower(let table, let settings): .gower(try table.reversingVariables(), settings)
    }
  }

  /// The same with a constant variable.
  public func addingConstant() throws(SegmentationError) -> MedoidInput {
    switch self {
    case .euclidean(let table): .euclidean(try table.addingConstant())
    case .manhattan(let table): .manhattan(try table.addingConstant())
    case .gower(let table, let settings): .gower(try table.addingConstant(), settings)
    }
  }

  /// The same with a respondent who answered nothing.
  public func addingEmptyRow() throws(SegmentationError) -> MedoidInput {
    switch self {
    case .euclidean(let table): .euclidean(try table.addingEmptyRow())
    case .manhattan(let table): .manhattan(try table.addingEmptyRow())
    case .gower(let table, let settings): .gower(try table.addingEmptyRow(), settings)
    }
  }
}

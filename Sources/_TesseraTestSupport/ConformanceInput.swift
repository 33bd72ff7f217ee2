import TesseraMath
public import TesseraSegmentation

/// Input that the suite for segmenters can take apart and put together again.
public protocol ConformanceInput: WeightedInput {
  /// Chooses rows, which may repeat, with new weights.
  ///
  /// - Parameters:
  ///   - rows: Which rows, in their new order.
  ///   - weights: One for each.
  /// - Returns: The same variables of those rows.
  /// - Throws: ``SegmentationError`` for bad weights.
  func taking(_ rows: [Int], weights: CaseWeights) throws(SegmentationError) -> Self

  /// The same with its variables in reverse order.
  ///
  /// - Throws: Nothing in practice.
  func reversingVariables() throws(SegmentationError) -> Self

  /// The same with one more variable, to which everybody gives one answer.
  ///
  /// - Throws: Nothing in practice.
  func addingConstant() throws(SegmentationError) -> Self

  /// The same with one more respondent at the end, of weight 1, who answered nothing.
  ///
  /// - Throws: Nothing in practice.
  func addingEmptyRow() throws(SegmentationError) -> Self
}

extension RespondentMatrix: ConformanceInput {
  /// Chooses rows with new weights.
  public func taking(
    _ rows: [Int], weights: CaseWeights
  ) throws(SegmentationError) -> RespondentMatrix {
    try RespondentMatrix(
      Matrix(
        rows: rows.count, columns: values.columns, values: rows.flatMap { values.row($0) }),
      weights: weights)
  }

  /// The same with its columns in reverse order.
  public func reversingVariables() throws(SegmentationError) -> RespondentMatrix {
    try RespondentMatrix(
      Matrix(
        rows: values.rows, columns: values.columns,
        values: (0..<values.rows).flatMap { values.row($0).reversed() }), weights: weights)
  }

  /// The same with a column of sevens.
  public func addingConstant() throws(SegmentationError) -> RespondentMatrix {
    try RespondentMatrix(
      Matrix(
        rows: values.rows, columns: values.columns + 1,
        values: (0..<values.rows).flatMap { Array(values.row($0)) + [7] }), weights: weights)
  }

  /// The same with a row of gaps.
  public func addingEmptyRow() throws(SegmentationError) -> RespondentMatrix {
    try RespondentMatrix(
      Matrix(
        rows: values.rows + 1, columns: values.columns,
        values: values.values + [Double](repeating: .nan, count: values.columns)),
      weights: weights.kind == .none
        ? .none : CaseWeights(kind: weights.kind, values: weights.values + [1]))
  }
}

extension ItemTable: ConformanceInput {
  /// Chooses rows with new weights.
  public func taking(
    _ rows: [Int], weights: CaseWeights
  ) throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: rows.count,
      items: items.map { item in
        let answers: Item.Answers =
          switch item.answers {
          case .codes(let codes): .codes(rows.map { codes[$0] })
          case .wideCodes(let codes): .wideCodes(rows.map { codes[$0] })
          case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
          }
        return Item(name: item.name, measurement: item.measurement, answers: answers)
      }, weights: weights)
  }

  /// The same with its items in reverse order.
  public func reversingVariables() throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: respondentCount, items: items.reversed(), weights: weights)
  }

  /// The same with an item to which everybody answers the first of two categories.
  public func addingConstant() throws(SegmentationError) -> ItemTable {
    let constant = Item(
      name: "constant", measurement: .nominal(categories: 2),
      answers: .codes([UInt8](repeating: 1, count: respondentCount)))
    return try ItemTable(
      respondentCount: respondentCount, items: items + [constant], weights: weights)
  }

  /// The same with a respondent who answered nothing.
  public func addingEmptyRow() throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: respondentCount + 1,
      items: items.map { item in
        let answers: Item.Answers =
          switch item.answers {
          case .codes(let codes): .codes(codes + [0])
          case .wideCodes(let codes): .wideCodes(codes + [0])
          case .numbers(let numbers): .numbers(numbers + [.nan])
          }
        return Item(name: item.name, measurement: item.measurement, answers: answers)
      },
      weights: weights.kind == .none
        ? .none : CaseWeights(kind: weights.kind, values: weights.values + [1]))
  }
}

public import TesseraMath

/// Respondents measured by numbers, with what each of them counts for.
public struct RespondentMatrix: Sendable, Equatable {
  /// Respondents × variables; a missing answer is not-a-number.
  public let values: Matrix
  /// What each respondent counts for.
  public let weights: CaseWeights

  /// Joins numbers and weights, and checks both.
  ///
  /// - Throws: ``SegmentationError`` that names the first bad weight or infinite value.
  public init(_ values: Matrix, weights: CaseWeights = .none) throws(SegmentationError) {
    guard values.rows > 0, values.columns > 0 else { throw .nobody }
    try weights.validate(count: values.rows)
    if let bad = values.values.firstIndex(where: \.isInfinite) {
      throw .notFinite(row: bad / values.columns, column: bad % values.columns)
    }
    self.values = values
    self.weights = weights
  }

  /// Refuses gaps where a method cannot use them.
  ///
  /// - Throws: ``SegmentationError/gap(row:column:)`` for the first gap of positive weight.
  func requireComplete() throws(SegmentationError) {
    let effective = weights.effective(count: values.rows)
    for row in 0..<values.rows where effective[row] > 0 {
      if let column = (0..<values.columns).first(where: { values[row, $0].isNaN }) {
        throw .gap(row: row, column: column)
      }
    }
  }
}

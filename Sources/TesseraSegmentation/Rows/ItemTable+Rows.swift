import TesseraMath

extension ItemTable {
  /// The same items of some of the respondents.
  ///
  /// - Parameter rows: Which respondents, in which order.
  /// - Returns: Their answers, weights and covariates.
  /// - Throws: ``SegmentationError`` if the rows make no table, such as none at all.
  public func selecting(rows: [Int]) throws(SegmentationError) -> ItemTable {
    var covariates: Matrix?
    if let all = self.covariates {
      var part = Matrix(rows: rows.count, columns: all.columns)
      for (place, row) in rows.enumerated() {
        for column in 0..<all.columns { part[place, column] = all[row, column] }
      }
      covariates = part
    }
    let given = weights.values
    return try ItemTable(
      respondentCount: rows.count, items: items.map { $0.selecting(rows: rows) },
      weights: CaseWeights(
        kind: weights.kind, values: given.isEmpty ? [] : rows.map { given[$0] }),
      covariates: covariates)
  }
}

extension Item {
  fileprivate func selecting(rows: [Int]) -> Item {
    let part: Answers =
      switch answers {
      case .codes(let codes): .codes(rows.map { codes[$0] })
      case .wideCodes(let codes): .wideCodes(rows.map { codes[$0] })
      case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
      }
    return Item(name: name, measurement: measurement, answers: part)
  }
}

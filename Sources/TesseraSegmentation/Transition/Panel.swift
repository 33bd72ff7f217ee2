public import TesseraMath

/// Who was seen when: for each person the row of each time.
public struct Panel: Sendable, Equatable {
  /// For each person and time a row of the table; below 0 where the person was not seen.
  public let rows: [[Int]]
  /// One weight for each person.
  public let weights: [Double]
  /// What shares and chances may depend on: people x covariates, without an intercept; or none.
  public let covariates: Matrix?

  /// Times, the first and the last included.
  public var times: Int { rows.first?.count ?? 0 }

  /// Lays out rows by person and time.
  ///
  /// - Parameters:
  ///   - persons: For each row the person, from 0.
  ///   - times: For each row the time, from 0.
  ///   - weights: For each row the weight of its person; the first row of a person counts.
  /// - Throws: ``SegmentationError/count(of:expected:found:)`` if the three differ in length.
  /// - Complexity: O(rows + persons x times).
  public init(
    persons: [Int], times: [Int], weights: [Double]
  ) throws(SegmentationError) {
    guard times.count == persons.count else {
      throw .count(of: "times", expected: persons.count, found: times.count)
    }
    guard weights.count == persons.count else {
      throw .count(of: "weights", expected: persons.count, found: weights.count)
    }
    guard let last = persons.max(), let end = times.max() else { throw .nobody }
    var rows = [[Int]](repeating: [Int](repeating: -1, count: end + 1), count: last + 1)
    var own = [Double](repeating: -1, count: last + 1)
    for (row, person) in persons.enumerated() {
      rows[person][times[row]] = row
      if own[person] < 0 { own[person] = weights[row] }
    }
    self.rows = rows
    self.weights = own.map { max(0, $0) }
    covariates = nil
  }

  /// The same people under other weights.
  public func weighted(_ weights: [Double]) -> Panel {
    Panel(rows: rows, weights: weights, covariates: covariates)
  }

  /// The same people with what shares and chances may depend on.
  ///
  /// - Parameter covariates: People x covariates, finite, without an intercept.
  /// - Returns: The panel.
  /// - Throws: ``SegmentationError`` if people or numbers do not go with it.
  public func depending(on covariates: Matrix) throws(SegmentationError) -> Panel {
    guard covariates.rows == rows.count else {
      throw .count(of: "covariate rows", expected: rows.count, found: covariates.rows)
    }
    if let bad = covariates.values.firstIndex(where: { !$0.isFinite }) {
      throw .covariate(column: bad % covariates.columns, row: bad / covariates.columns)
    }
    return Panel(rows: rows, weights: weights, covariates: covariates)
  }

  private init(rows: [[Int]], weights: [Double], covariates: Matrix?) {
    self.rows = rows
    self.weights = weights
    self.covariates = covariates
  }

  /// The covariates behind a column of ones; `nil` without.
  var design: Matrix? {
    covariates.map { given in
      Matrix((0..<given.rows).map { [1] + Array(given.row($0)) })
    }
  }

  /// Effective number of people: (Σw)² / Σw².
  public var effectiveSize: Double {
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / squares : 0
  }
}

import TesseraMath

/// A table of items as numbers: codes and measurements side by side, and the rows that differ.
struct EncodedItems: Sendable {
  /// Respondents × items: category codes from 1, or numbers; gaps are not-a-number.
  let values: Matrix
  /// How each item was measured, in the order of the columns.
  let measurements: [Item.Measurement]
  /// Effective weight of each respondent.
  let weights: [Double]
  /// The rows that differ.
  let distinct: DistinctRows

  /// Lays out a table.
  ///
  /// - Parameters:
  ///   - table: The items.
  ///   - workers: Threads to use.
  /// - Throws: ``SegmentationError/nobody`` if no row of positive weight holds an answer.
  init(_ table: ItemTable, workers: Workers = .single) throws(SegmentationError) {
    let count = table.respondentCount
    let columns = table.items.count
    values = Matrix(rows: count, columns: columns, values: EncodingKernel.rows(of: table))
    measurements = table.items.map(\.measurement)
    weights = table.weights.effective(count: count)
    distinct = DistinctRows(of: values, weights: weights, workers: workers)
    guard distinct.count > 0 else { throw .nobody }
  }

  /// Items in an order that depends on their contents only.
  var items: [Int] { distinct.columnOrder }

  /// Rows to place after a fit: those with answers that took no part for want of weight.
  var outsiders: [Int] {
    (0..<values.rows).filter { row in
      distinct.distinctOf[row] < 0 && values.row(row).contains { !$0.isNaN }
    }
  }

  /// Labels of all respondents from those of the different rows.
  ///
  /// - Parameters:
  ///   - labels: A segment for each different row, 0 the largest.
  ///   - placing: Finds the segment of a row that took no part.
  /// - Returns: A segment for each respondent.
  func spread(_ labels: [Int], placing: (Int) -> Int) -> [Int] {
    var result = distinct.distinctOf.map { $0 >= 0 ? labels[$0] : 0 }
    for row in outsiders {
      result[row] = placing(row)
    }
    return result
  }
}

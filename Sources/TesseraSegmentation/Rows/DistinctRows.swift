import TesseraMath

/// The different rows of a table in an order of their own, each with the weight of its copies.
///
/// Methods that work on these give the same answer, to the last bit, however the respondents and
/// the columns were ordered and whether a respondent stands twice or once with double weight. Rows
/// of zero weight and rows without any answer are left out: they teach nothing.
///
/// The order follows a hash of the contents in which neither position of row nor of column counts.
struct DistinctRows: Sendable {
  /// Where in the table each different row stands first.
  let first: [Int]
  /// Sum of the weights of the copies of each.
  let weights: [Double]
  /// The different row each respondent shows; -1 for those left out.
  let distinctOf: [Int]
  /// The columns in their canonical order.
  let columnOrder: [Int]

  /// Whether some of the rows kept have a gap.
  let hasGaps: Bool

  /// Number of different rows.
  var count: Int { first.count }

  /// Finds the different rows of a table.
  ///
  /// - Parameters:
  ///   - table: Respondents × columns; gaps are not-a-number.
  ///   - weights: One for each respondent, 0 or more.
  ///   - workers: Threads to use.
  /// - Complexity: O(*n* · *d* + *n* log *n*).
  init(of table: Matrix, weights: [Double], workers: Workers = .single) {
    let columns = table.columns
    let observed = RowHashKernel.observedCounts(table, workers: workers)
    let kept = (0..<table.rows).filter { weights[$0] > 0 && observed[$0] > 0 }
    hasGaps = kept.contains { observed[$0] < columns }

    // Which rows are copies of which: the order of columns does not matter for that.
    let identity = (0..<columns).map { RowHashKernel.mix(UInt64($0) &+ 1) }
    let plain = RowHashKernel.rowHashes(table, rows: kept, keys: identity, workers: workers)
    var groupOf = [Int](repeating: -1, count: table.rows)
    var firsts: [Int] = []
    var last: UInt64?
    for place in RowHashKernel.order(plain) {
      let row = kept[place]
      let isCopy =
        plain[place] == last && RowHashKernel.agree(table, firsts[firsts.count - 1], row)
      if !isCopy {
        firsts.append(row)
      }
      groupOf[row] = firsts.count - 1
      last = plain[place]
    }

    // Rows as they stand in memory are read fastest; the order of the groups follows later.
    var isFirst = [Bool](repeating: false, count: table.rows)
    for row in firsts {
      isFirst[row] = true
    }
    var rankOf = groupOf
    var rising: [Int] = []
    rising.reserveCapacity(firsts.count)
    for row in kept where isFirst[row] {
      rankOf[row] = rising.count
      rising.append(row)
    }
    for row in kept where !isFirst[row] {
      rankOf[row] = rankOf[firsts[groupOf[row]]]
    }

    // Columns by their contents, and rows by their contents under columns so known.
    let ones = [UInt64](repeating: 1, count: rising.count)
    var keys = RowHashKernel.columnHashes(table, rows: rising, keys: ones, workers: workers)
    var hashes = RowHashKernel.rowHashes(table, rows: rising, keys: keys, workers: workers)
    if Set(keys).count < columns {
      keys = RowHashKernel.columnHashes(table, rows: rising, keys: hashes, workers: workers)
      hashes = RowHashKernel.rowHashes(table, rows: rising, keys: keys, workers: workers)
    }
    columnOrder = RowHashKernel.order(keys)
    let order = RowHashKernel.order(hashes)
    let places = Labels.ranks(order)
    first = order.map { rising[$0] }
    distinctOf = rankOf.map { $0 >= 0 ? places[$0] : -1 }
    var summed = [Double](repeating: 0, count: order.count)
    for row in kept {
      summed[distinctOf[row]] += weights[row]
    }
    self.weights = summed
  }

  /// Sums new weights of the respondents over the different rows.
  ///
  /// - Parameter rowWeights: One for each respondent of the table.
  /// - Returns: One for each different row; may be 0.
  func summed(_ rowWeights: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (row, distinct) in distinctOf.enumerated() where distinct >= 0 {
      result[distinct] += rowWeights[row]
    }
    return result
  }
}

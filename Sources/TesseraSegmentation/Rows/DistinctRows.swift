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

  /// Number of different rows.
  var count: Int { first.count }

  /// Finds the different rows of a table.
  ///
  /// - Parameters:
  ///   - table: Respondents × columns; gaps are not-a-number.
  ///   - weights: One for each respondent, 0 or more.
  /// - Complexity: O(*n* · *d* + *n* log *n*).
  init(of table: Matrix, weights: [Double]) {
    let columns = table.columns
    let kept = (0..<table.rows).filter { row in
      weights[row] > 0 && table.row(row).contains { !$0.isNaN }
    }
    let identity = (0..<columns).map { Self.mix(UInt64($0) &+ 0x9E37_79B9_7F4A_7C15) }
    let groups = Self.groups(
      kept, hashes: Self.rowHashes(table, rows: kept, keys: identity), table: table)
    let firsts = groups.map { $0[0] }

    // Two rounds: columns by their contents, then by their contents among rows so known.
    var keys = Self.columnHashes(
      table, rows: firsts, keys: [UInt64](repeating: 1, count: firsts.count))
    var hashes = Self.rowHashes(table, rows: firsts, keys: keys)
    if Set(keys).count < columns {
      keys = Self.columnHashes(table, rows: firsts, keys: hashes)
      hashes = Self.rowHashes(table, rows: firsts, keys: keys)
    }
    columnOrder = (0..<columns).sorted { (keys[$0], $0) < (keys[$1], $1) }
    let order = firsts.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }

    var distinctOf = [Int](repeating: -1, count: table.rows)
    var summed = [Double](repeating: 0, count: order.count)
    for (position, group) in order.enumerated() {
      for row in groups[group] {
        distinctOf[row] = position
        summed[position] += weights[row]
      }
    }
    self.distinctOf = distinctOf
    first = order.map { firsts[$0] }
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

  // MARK: - Hashing

  private static func mix(_ bits: UInt64) -> UInt64 {
    var mixed = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 32)
  }

  /// The bits of a number such that equal answers have equal bits.
  private static func bits(_ value: Double) -> UInt64 {
    value.isNaN ? 0x7FF8_0000_0000_0000 : (value + 0).bitPattern
  }

  private static func rowHashes(_ table: Matrix, rows: [Int], keys: [UInt64]) -> [UInt64] {
    let columns = table.columns
    let values = table.values
    return rows.map { row in
      var sum: UInt64 = 0
      for column in 0..<columns {
        sum &+= mix(bits(values[row * columns + column]) ^ keys[column])
      }
      return sum
    }
  }

  private static func columnHashes(_ table: Matrix, rows: [Int], keys: [UInt64]) -> [UInt64] {
    let columns = table.columns
    let values = table.values
    var sums = [UInt64](repeating: 0, count: columns)
    for (row, key) in zip(rows, keys) {
      for column in 0..<columns {
        sums[column] &+= mix(bits(values[row * columns + column]) ^ key)
      }
    }
    return sums
  }

  /// Rows with the same contents, together.
  private static func groups(_ rows: [Int], hashes: [UInt64], table: Matrix) -> [[Int]] {
    let order = rows.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
    var groups: [[Int]] = []
    var last: UInt64?
    for index in order {
      let row = rows[index]
      if hashes[index] == last, let group = groups.indices.last,
        zip(table.row(groups[group][0]), table.row(row)).allSatisfy({ bits($0) == bits($1) })
      {
        groups[group].append(row)
      } else {
        groups.append([row])
      }
      last = hashes[index]
    }
    return groups
  }
}

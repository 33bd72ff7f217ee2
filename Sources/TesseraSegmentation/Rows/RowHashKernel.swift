import TesseraMath

/// Hashes of rows and columns by their contents, for tables of millions of cells.
enum RowHashKernel {
  /// Scatters the bits of a word over all of it.
  @inline(__always)
  static func mix(_ bits: UInt64) -> UInt64 {
    var mixed = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 32)
  }

  /// The bits of a number such that equal answers have equal bits.
  @inline(__always)
  static func bits(_ value: Double) -> UInt64 {
    // Adding 0 turns −0 into 0; all gaps are the same.
    value == value ? (value + 0).bitPattern : 0x7FF8_0000_0000_0000
  }

  /// A quick hash of one cell under a key; sums of these are mixed once more.
  @inline(__always)
  private static func cell(_ value: Double, _ key: UInt64) -> UInt64 {
    let product = (bits(value) ^ key) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }

  /// A hash of each row that does not depend on the order of the columns, given their keys.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - rows: Which rows.
  ///   - keys: One for each column.
  /// - Returns: One for each of `rows`.
  static func rowHashes(_ table: Matrix, rows: [Int], keys: [UInt64]) -> [UInt64] {
    let columns = table.columns
    precondition(keys.count == columns && rows.allSatisfy { (0..<table.rows).contains($0) })
    return unsafe table.values.withUnsafeBufferPointer { values in
      unsafe keys.withUnsafeBufferPointer { keys in
        rows.map { row in
          var sum: UInt64 = 0
          let from = row * columns
          for column in 0..<columns {
            unsafe sum &+= cell(values[from + column], keys[column])
          }
          return mix(sum)
        }
      }
    }
  }

  /// A hash of each column that does not depend on the order of the rows, given their keys.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - rows: Which rows.
  ///   - keys: One for each of `rows`.
  /// - Returns: One for each column.
  static func columnHashes(_ table: Matrix, rows: [Int], keys: [UInt64]) -> [UInt64] {
    let columns = table.columns
    precondition(
      keys.count == rows.count && rows.allSatisfy { (0..<table.rows).contains($0) })
    var sums = [UInt64](repeating: 0, count: columns)
    unsafe table.values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for index in rows.indices {
          let from = rows[index] * columns
          let key = keys[index]
          for column in 0..<columns {
            unsafe sums[column] &+= cell(values[from + column], key)
          }
        }
      }
    }
    return sums.map(mix)
  }

  /// For each row how many of its cells hold a number.
  ///
  /// - Parameter table: Rows × columns.
  /// - Returns: One for each row.
  static func observedCounts(_ table: Matrix) -> [Int32] {
    let columns = table.columns
    return unsafe table.values.withUnsafeBufferPointer { values in
      (0..<table.rows).map { row in
        var count: Int32 = 0
        let from = row * columns
        for column in 0..<columns {
          unsafe count &+= values[from + column] == values[from + column] ? 1 : 0
        }
        return count
      }
    }
  }

  /// Whether two rows hold the same.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - first: A row.
  ///   - second: Another.
  /// - Returns: True if every cell agrees, gaps included.
  static func agree(_ table: Matrix, _ first: Int, _ second: Int) -> Bool {
    let columns = table.columns
    return (0..<columns).allSatisfy { column in
      bits(table.values[first * columns + column]) == bits(table.values[second * columns + column])
    }
  }

  /// Places in rising order of their hashes, the earlier place first where hashes are equal.
  ///
  /// - Parameter hashes: One for each place.
  /// - Returns: The places.
  static func order(_ hashes: [UInt64]) -> [Int] {
    // The place rides in the low bits, so that plain integers are sorted.
    let bits = UInt64(max(1, UInt64.bitWidth - UInt64(hashes.count).leadingZeroBitCount))
    let mask = (1 << bits) - 1 as UInt64
    var packed = hashes.enumerated().map { ($1 & ~mask) | UInt64($0) }
    packed.sort()
    var places = packed.map { Int($0 & mask) }
    // Where only the bits under the mask differ, sort by them too.
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count, packed[end] & ~mask == packed[start] & ~mask { end += 1 }
      if end > start + 1 {
        places[start..<end].sort { (hashes[$0], $0) < (hashes[$1], $1) }
      }
      start = end
    }
    return places
  }
}

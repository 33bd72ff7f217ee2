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

  /// Rows that are hashed together; a multiple of what a thread does at once.
  private static let piece = 8_192

  /// A hash of each row that does not depend on the order of the columns, given their keys.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - rows: Which rows.
  ///   - keys: One for each column.
  ///   - workers: Threads to use.
  /// - Returns: One for each of `rows`.
  static func rowHashes(
    _ table: Matrix, rows: [Int], keys: [UInt64], workers: Workers = .single
  ) -> [UInt64] {
    let columns = table.columns
    precondition(keys.count == columns && rows.allSatisfy { (0..<table.rows).contains($0) })
    let starts = Array(stride(from: 0, to: rows.count, by: piece))
    let parts = workers.map(starts.count) { place in
      let chosen = rows[starts[place]..<min(starts[place] + piece, rows.count)]
      return unsafe table.values.withUnsafeBufferPointer { values in
        unsafe keys.withUnsafeBufferPointer { keys in
          chosen.map { row in
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
    return parts.count == 1 ? parts[0] : Array(parts.joined())
  }

  /// A hash of each column that does not depend on the order of the rows, given their keys.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - rows: Which rows.
  ///   - keys: One for each of `rows`.
  ///   - workers: Threads to use.
  /// - Returns: One for each column.
  static func columnHashes(
    _ table: Matrix, rows: [Int], keys: [UInt64], workers: Workers = .single
  ) -> [UInt64] {
    let columns = table.columns
    precondition(
      keys.count == rows.count && rows.allSatisfy { (0..<table.rows).contains($0) })
    let starts = Array(stride(from: 0, to: rows.count, by: piece))
    let parts = workers.map(starts.count) { place in
      var sums = [UInt64](repeating: 0, count: columns)
      unsafe table.values.withUnsafeBufferPointer { values in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          for index in starts[place]..<min(starts[place] + piece, rows.count) {
            let from = rows[index] * columns
            let key = keys[index]
            for column in 0..<columns {
              unsafe sums[column] &+= cell(values[from + column], key)
            }
          }
        }
      }
      return sums
    }
    var sums = [UInt64](repeating: 0, count: columns)
    for part in parts {
      for column in 0..<columns {
        sums[column] &+= part[column]
      }
    }
    return sums.map(mix)
  }

  /// For each row how many of its cells hold a number.
  ///
  /// - Parameters:
  ///   - table: Rows × columns.
  ///   - workers: Threads to use.
  /// - Returns: One for each row.
  static func observedCounts(_ table: Matrix, workers: Workers = .single) -> [Int32] {
    let columns = table.columns
    let starts = Array(stride(from: 0, to: table.rows, by: piece))
    let parts = workers.map(starts.count) { place in
      unsafe table.values.withUnsafeBufferPointer { values in
        (starts[place]..<min(starts[place] + piece, table.rows)).map { row in
          var count: Int32 = 0
          let from = row * columns
          for column in 0..<columns {
            unsafe count &+= values[from + column] == values[from + column] ? 1 : 0
          }
          return count
        }
      }
    }
    return parts.count == 1 ? parts[0] : Array(parts.joined())
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
  /// Hashes are spread evenly, so their first bits tell nearly where each belongs.
  ///
  /// - Parameter hashes: One for each place.
  /// - Returns: The places.
  static func order(_ hashes: [UInt64]) -> [Int] {
    let bits = max(1, min(20, Int.bitWidth - hashes.count.leadingZeroBitCount - 1))
    let shift = UInt64(UInt64.bitWidth - bits)
    var starts = [Int](repeating: 0, count: (1 << bits) + 1)
    for hash in hashes {
      starts[Int(hash >> shift) + 1] += 1
    }
    for bucket in 1..<starts.count {
      starts[bucket] += starts[bucket - 1]
    }
    var next = starts
    var places = [Int](repeating: 0, count: hashes.count)
    for (place, hash) in hashes.enumerated() {
      let bucket = Int(hash >> shift)
      places[next[bucket]] = place
      next[bucket] += 1
    }
    for bucket in 0..<starts.count - 1 where starts[bucket + 1] - starts[bucket] > 1 {
      sortRun(starts[bucket]..<starts[bucket + 1], of: &places, by: hashes)
    }
    return places
  }

  private static func sortRun(_ run: Range<Int>, of places: inout [Int], by hashes: [UInt64]) {
    guard run.count <= 32 else {
      places[run].sort { (hashes[$0], $0) < (hashes[$1], $1) }
      return
    }
    for end in run.dropFirst() {
      let place = places[end]
      let hash = hashes[place]
      var hole = end
      while hole > run.lowerBound, hashes[places[hole - 1]] > hash {
        places[hole] = places[hole - 1]
        hole -= 1
      }
      places[hole] = place
    }
  }
}

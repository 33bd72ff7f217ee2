import TesseraMath

/// Passes over the respondents as given: into single precision before a search, and in double
/// precision after it.
enum StandardisedRowsKernel {
  /// Rows passed over together.
  private static let piece = 4_096

  /// Some rows of a table, each in a segment.
  struct Partition: Sendable {
    let table: Matrix
    let rows: [Int]
    let labels: [Int]
    let weights: [Double]
    let segments: Int
  }

  /// Centred and divided rows, and their squared lengths.
  ///
  /// - Parameters:
  ///   - table: Respondents × variables; gaps are not-a-number.
  ///   - rows: Which rows.
  ///   - columnOrder: The order in which columns are laid out.
  ///   - hasGaps: Whether marks of what was observed follow the numbers of each row.
  ///   - scale: Centres and units of the columns.
  ///   - workers: Threads to use.
  /// - Returns: Rows × features, a gap being 0, and one length a row.
  static func features(
    _ table: Matrix, rows: [Int], columnOrder: [Int], hasGaps: Bool, scale: ColumnScale,
    workers: Workers
  ) -> (features: [Float], norms: [Float]) {
    let columns = table.columns
    let width = hasGaps ? 2 * columns : columns
    let centres = columnOrder.map { scale.centres[$0] }
    let rates = columnOrder.map { 1 / scale.units[$0] }
    var norms = [Float](repeating: 0, count: rows.count)
    let features = unsafe [Float](unsafeUninitializedCapacity: rows.count * width) { cells, made in
      made = rows.count * width
      unsafe norms.withUnsafeMutableBufferPointer { norms in
        let target = unsafe Target(features: cells.baseAddress, norms: norms.baseAddress)
        let starts = Array(stride(from: 0, to: rows.count, by: piece))
        _ = workers.map(starts.count) { place in
          guard let features = unsafe target.features, let norms = unsafe target.norms else {
            return 0
          }
          let chosen = starts[place]..<min(starts[place] + piece, rows.count)
          unsafe gather(table, rows: rows, chosen) { index, row in
            let to = unsafe features + index * width
            var norm: Float = 0
            for feature in 0..<columns {
              let value = unsafe row[columnOrder[feature]]
              let isKnown = value == value
              let standardised = isKnown ? Float((value - centres[feature]) * rates[feature]) : 0
              unsafe to[feature] = standardised
              norm += standardised * standardised
              if hasGaps {
                unsafe to[columns + feature] = isKnown ? 1 : 0
              }
            }
            unsafe norms[index] = norm
          }
          return 0
        }
      }
    }
    return (features, norms)
  }

  @safe
  private struct Target: @unchecked Sendable {
    let features: UnsafeMutablePointer<Float>?
    let norms: UnsafeMutablePointer<Float>?
  }

  /// Weighted moments of the segments, each segments × variables.
  struct Moments: Sendable {
    /// Sums about the centres.
    var sums: [Double]
    /// Sums of squares about the centres.
    var squares: [Double]
    /// Weights of those who answered.
    var masses: [Double]

    init(count: Int) {
      sums = [Double](repeating: 0, count: count)
      squares = sums
      masses = sums
    }
  }

  /// Weighted moments about the centres.
  static func moments(
    _ partition: Partition, centres: [Double], workers: Workers
  ) -> Moments {
    let columns = centres.count
    let rows = partition.rows
    let starts = Array(stride(from: 0, to: rows.count, by: 4 * piece))
    let blank = Moments(count: partition.segments * columns)
    let parts = workers.map(starts.count) { place in
      var part = blank
      unsafe part.sums.withUnsafeMutableBufferPointer { sums in
        unsafe part.squares.withUnsafeMutableBufferPointer { squares in
          unsafe part.masses.withUnsafeMutableBufferPointer { masses in
            unsafe centres.withUnsafeBufferPointer { centres in
              guard let sums = sums.baseAddress, let squares = squares.baseAddress,
                let masses = masses.baseAddress, let centres = centres.baseAddress
              else { return }
              let chosen = starts[place]..<min(starts[place] + 4 * piece, rows.count)
              unsafe gather(partition.table, rows: rows, chosen) { index, row in
                let to = partition.labels[index] * columns
                unsafe add(
                  row, centres, weight: partition.weights[index], columns, sums + to, squares + to,
                  masses + to)
              }
            }
          }
        }
      }
      return part
    }
    return parts.reduce(into: blank) { total, part in
      for index in total.sums.indices {
        total.sums[index] += part.sums[index]
        total.squares[index] += part.squares[index]
        total.masses[index] += part.masses[index]
      }
    }
  }

  @inline(__always)
  private static func add(
    _ row: UnsafePointer<Double>, _ centres: UnsafePointer<Double>, weight: Double, _ columns: Int,
    _ sums: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>,
    _ masses: UnsafeMutablePointer<Double>
  ) {
    for column in 0..<columns {
      let value = unsafe row[column]
      let isKnown = value == value
      let gap = unsafe isKnown ? value - centres[column] : 0
      let moment = weight * gap
      unsafe sums[column] += moment
      unsafe squares[column] += moment * gap
      unsafe masses[column] += isKnown ? weight : 0
    }
  }

  /// Hands out rows in their order.
  ///
  /// They lie scattered in the table, so some are fetched together: that way the processor need not
  /// wait for each of them by itself.
  @inline(__always)
  private static func gather(
    _ table: Matrix, rows: [Int], _ chosen: Range<Int>,
    _ body: (_ index: Int, _ row: UnsafePointer<Double>) -> Void
  ) {
    let columns = table.columns
    let block = 32
    unsafe table.values.withUnsafeBufferPointer { values in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: block * columns) { near in
        guard let values = values.baseAddress, let near = near.baseAddress else { return }
        var first = chosen.lowerBound
        while first < chosen.upperBound {
          let last = min(first + block, chosen.upperBound)
          for index in first..<last {
            unsafe (near + (index - first) * columns).update(
              from: values + rows[index] * columns, count: columns)
          }
          for index in first..<last {
            unsafe body(index, near + (index - first) * columns)
          }
          first = last
        }
      }
    }
  }
}

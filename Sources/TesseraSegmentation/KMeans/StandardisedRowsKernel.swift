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
          unsafe table.values.withUnsafeBufferPointer { values in
            for index in starts[place]..<min(starts[place] + piece, rows.count) {
              let from = rows[index] * columns
              let to = unsafe features + index * width
              var norm: Float = 0
              for feature in 0..<columns {
                let value = unsafe values[from + columnOrder[feature]]
                let isKnown = value == value
                let standardised =
                  isKnown ? Float((value - centres[feature]) * rates[feature]) : 0
                unsafe to[feature] = standardised
                norm += standardised * standardised
                if hasGaps {
                  unsafe to[columns + feature] = isKnown ? 1 : 0
                }
              }
              unsafe norms[index] = norm
            }
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

  /// Weighted sums about the centres, and the weights observed, segments × variables.
  static func sums(
    _ partition: Partition, centres: [Double], workers: Workers
  ) -> (sums: [Double], masses: [Double]) {
    let columns = centres.count
    let rows = partition.rows
    let starts = Array(stride(from: 0, to: rows.count, by: 4 * piece))
    let blank = [Double](repeating: 0, count: partition.segments * columns)
    let parts = workers.map(starts.count) { place in
      var sums = blank
      var masses = blank
      unsafe partition.table.values.withUnsafeBufferPointer { values in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe masses.withUnsafeMutableBufferPointer { masses in
            for index in starts[place]..<min(starts[place] + 4 * piece, rows.count) {
              let from = rows[index] * columns
              let to = partition.labels[index] * columns
              let weight = partition.weights[index]
              for column in 0..<columns {
                let value = unsafe values[from + column]
                let isKnown = value == value
                let gap = isKnown ? value - centres[column] : 0
                unsafe sums[to + column] += weight * gap
                unsafe masses[to + column] += isKnown ? weight : 0
              }
            }
          }
        }
      }
      return (sums: sums, masses: masses)
    }
    return parts.reduce(into: (sums: blank, masses: blank)) { total, part in
      for index in blank.indices {
        total.sums[index] += part.sums[index]
        total.masses[index] += part.masses[index]
      }
    }
  }

  /// Sums of squares in standardised units: about the means of the segments, and about the centres.
  static func squares(
    _ partition: Partition, centres: [Double], rates: [Double], means: [Double],
    workers: Workers
  ) -> (within: [Double], total: Double) {
    let columns = centres.count
    let rows = partition.rows
    let starts = Array(stride(from: 0, to: rows.count, by: 4 * piece))
    let parts = workers.map(starts.count) { place in
      var within = [Double](repeating: 0, count: partition.segments)
      var total = 0.0
      unsafe partition.table.values.withUnsafeBufferPointer { values in
        unsafe means.withUnsafeBufferPointer { means in
          for index in starts[place]..<min(starts[place] + 4 * piece, rows.count) {
            let from = rows[index] * columns
            let segment = partition.labels[index]
            var square = SIMD2<Double>(repeating: 0)
            for column in 0..<columns {
              let value = unsafe values[from + column]
              let offset = value == value ? (value - centres[column]) * rates[column] : 0
              let mean = unsafe value == value ? means[segment * columns + column] : 0
              let gap = offset - mean * rates[column]
              square += SIMD2(gap * gap, offset * offset)
            }
            within[segment] += partition.weights[index] * square.x
            total += partition.weights[index] * square.y
          }
        }
      }
      return (within: within, total: total)
    }
    var within = [Double](repeating: 0, count: partition.segments)
    var total = 0.0
    for part in parts {
      total += part.total
      for segment in within.indices {
        within[segment] += part.within[segment]
      }
    }
    return (within, total)
  }
}

/// What it costs each prototype that a row chose a category, ready to be looked up.
struct PenaltyTable: Sendable {
  /// Number of prototypes rounded up to whole vectors of four.
  let padded: Int
  /// One row of `padded` penalties for each code of each item.
  var values: [Float]
}

/// The inner loop of k-prototypes and k-modes: integer codes, looked up lane by lane.
enum KPrototypesKernel {
  /// Adds the penalties of some rows to their scores.
  ///
  /// - Parameters:
  ///   - codes: Rows × items, row after row: which row of the table each answer looks up.
  ///   - items: Items of a row.
  ///   - rows: Which rows, in a run.
  ///   - penalties: The table.
  ///   - scores: Rows × padded prototypes, for the run.
  static func add(
    _ codes: [UInt16], items: Int, rows: Range<Int>, penalties: PenaltyTable,
    to scores: inout [Float]
  ) {
    guard items > 0, !rows.isEmpty else { return }
    let padded = penalties.padded
    precondition(
      codes.count >= rows.upperBound * items && scores.count >= rows.count * padded,
      "no such rows")
    unsafe codes.withUnsafeBufferPointer { codes in
      unsafe penalties.values.withUnsafeBufferPointer { values in
        unsafe scores.withUnsafeMutableBufferPointer { scores in
          guard let codes = codes.baseAddress, let values = values.baseAddress,
            let scores = scores.baseAddress
          else { return }
          for row in rows {
            let answers = unsafe codes + row * items
            let target = unsafe scores + (row - rows.lowerBound) * padded
            var group = 0
            while group < padded {
              let wide = group + 8 <= padded
              var a = unsafe load(target + group)
              var b = unsafe wide ? load(target + group + 4) : .zero
              for item in 0..<items {
                let entry = unsafe values + Int(answers[item]) * padded + group
                unsafe a += load(entry)
                if wide {
                  unsafe b += load(entry + 4)
                }
              }
              unsafe store(a, target + group)
              if wide {
                unsafe store(b, target + group + 4)
              }
              group += wide ? 8 : 4
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD4<Float>.self)
  }
}

import TesseraMath

/// Reads rows of a table into what a factor analysis sums.
enum FactorReadKernel {
  /// Reads rows of a table into codes and numbers.
  ///
  /// - Parameters:
  ///   - rows: Which rows.
  ///   - values: Respondents × items.
  ///   - choices: The categorical items.
  ///   - packing: What each adds to a code.
  ///   - measures: The numeric items.
  ///   - workers: Threads to use.
  /// - Returns: Rows × groups, and rows × numeric items.
  static func parts(
    _ rows: [Int], of values: Matrix, choices: [Int], packing: FactorPacking, measures: [Int],
    workers: Workers
  ) -> (codes: [Int32], numbers: [Double]) {
    let pieces = Array(stride(from: 0, to: rows.count, by: 8_192))
    var codes = [Int32](repeating: 0, count: rows.count * packing.sizes.count)
    var numbers = [Double](repeating: 0, count: rows.count * measures.count)
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      unsafe numbers.withUnsafeMutableBufferPointer { numbers in
        let target = unsafe Target(codes: codes.baseAddress, numbers: numbers.baseAddress)
        _ = workers.map(pieces.count) { piece in
          let end = min(pieces[piece] + 8_192, rows.count)
          for start in stride(from: pieces[piece], to: end, by: block) {
            read(
              start..<min(start + block, end), rows, values, choices, packing, measures,
              into: target)
          }
          return 0
        }
      }
    }
    return (codes, numbers)
  }

  /// Rows copied before they are read: they lie anywhere, and many can be fetched at once.
  private static let block = 64

  private static func read(
    _ range: Range<Int>, _ rows: [Int], _ values: Matrix, _ choices: [Int],
    _ packing: FactorPacking, _ measures: [Int], into target: Target
  ) {
    let (width, groups) = (values.columns, packing.sizes.count)
    unsafe values.values.withUnsafeBufferPointer { values in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: block * width + 1) { near in
        guard let from = values.baseAddress, let near = near.baseAddress else { return }
        for place in range {
          unsafe (near + (place - range.lowerBound) * width)
            .update(from: from + rows[place] * width, count: width)
        }
        if let codes = unsafe target.codes {
          for (choice, item) in zip(choices, packing.items) {
            let (step, gap) = (Int32(item.step), Int32(item.categories))
            for place in range {
              let value = unsafe near[(place - range.lowerBound) * width + choice]
              let level = value == value ? Int32(value) &- 1 : gap
              unsafe codes[place * groups + item.group] &+= level &* step
            }
          }
        }
        if let numbers = unsafe target.numbers {
          for index in measures.indices {
            let item = measures[index]
            for place in range {
              unsafe numbers[place * measures.count + index] =
                near[(place - range.lowerBound) * width + item]
            }
          }
        }
      }
    }
  }

  @safe
  private struct Target: @unchecked Sendable {
    let codes: UnsafeMutablePointer<Int32>?
    let numbers: UnsafeMutablePointer<Double>?
  }
}

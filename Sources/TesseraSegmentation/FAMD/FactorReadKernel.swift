import TesseraMath

/// Reads rows of a table into codes of answers and numbers.
struct FactorReadKernel: Sendable {
  /// Respondents × items.
  let values: Matrix
  /// What the codes stand for.
  let packing: FactorPacking
  private let choices: [Int]
  private let measures: [Int]

  /// Rows read at once: where they lie anywhere, many can be fetched together.
  static let block = 64

  /// Number of groups of the packing.
  var groups: Int { packing.sizes.count }
  /// Number of numeric items.
  var numeric: Int { measures.count }

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - values: Respondents × items.
  ///   - layout: Where each item's columns lie.
  ///   - hasGaps: Whether answers may be missing.
  init(_ values: Matrix, layout: FactorLayout, hasGaps: Bool) {
    self.values = values
    packing = FactorPacking(layout, hasGaps: hasGaps)
    choices = layout.places.filter { $0.categories > 0 }.map(\.item)
    measures = layout.places.filter { $0.categories == 0 }.map(\.item)
  }

  /// Reads rows.
  ///
  /// - Parameters:
  ///   - rows: Which rows.
  ///   - workers: Threads to use.
  /// - Returns: Rows × groups, and rows × numeric items.
  func parts(_ rows: [Int], workers: Workers) -> (codes: [Int32], numbers: [Double]) {
    let pieces = Array(stride(from: 0, to: rows.count, by: 8_192))
    var codes: [Int32] = LargeArray.zeros(rows.count * groups)
    var numbers: [Double] = LargeArray.zeros(rows.count * numeric)
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      unsafe numbers.withUnsafeMutableBufferPointer { numbers in
        let target = unsafe Target(codes: codes.baseAddress, numbers: numbers.baseAddress)
        _ = workers.map(pieces.count) { piece in
          let end = min(pieces[piece] + 8_192, rows.count)
          for start in stride(from: pieces[piece], to: end, by: Self.block) {
            unsafe read(
              rows[start..<min(start + Self.block, end)],
              codes: target.codes.map { unsafe $0 + start * groups },
              numbers: target.numbers.map { unsafe $0 + start * numeric })
          }
          return 0
        }
      }
    }
    return (codes, numbers)
  }

  /// Reads a block of rows.
  ///
  /// - Parameters:
  ///   - rows: Which rows, at most ``block``.
  ///   - codes: Rows × groups, 0 before.
  ///   - numbers: Rows × numeric items.
  func read(
    _ rows: some RandomAccessCollection<Int>, codes: UnsafeMutablePointer<Int32>?,
    numbers: UnsafeMutablePointer<Double>?
  ) {
    let (width, groups, numeric, count) = (values.columns, groups, numeric, rows.count)
    unsafe values.values.withUnsafeBufferPointer { values in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.block * width + 1) {
        near in
        guard let from = values.baseAddress, let near = near.baseAddress else { return }
        for (place, row) in rows.enumerated() {
          unsafe (near + place * width).update(from: from + row * width, count: width)
        }
        if let codes = unsafe codes {
          for (choice, item) in zip(choices, packing.items) {
            let (step, gap) = (Int32(item.step), Int32(item.categories))
            for place in 0..<count {
              let value = unsafe near[place * width + choice]
              let level = value == value ? Int32(value) &- 1 : gap
              unsafe codes[place * groups + item.group] &+= level &* step
            }
          }
        }
        if let numbers = unsafe numbers {
          for (index, item) in measures.enumerated() {
            for place in 0..<count {
              unsafe numbers[place * numeric + index] = near[place * width + item]
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

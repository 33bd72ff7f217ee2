import TesseraMath

/// Coordinates of rows from what each answer adds.
struct FactorPlaceKernel: Sendable {
  /// Number of components, and the same rounded up to whole vectors.
  let width: Int
  private let padded: Int
  /// What each answer adds, (columns + 1) × padded; the last, for a gap, is 0.
  private let categories: [Double]
  /// What one unit of each number adds, numbers × padded.
  private let numbers: [Double]
  private let scales: [(centre: Double, rate: Double)]

  /// Prepares to place rows.
  ///
  /// - Parameters:
  ///   - columns: The columns of the analysis.
  ///   - axes: Columns × components.
  ///   - factor: What coordinates are multiplied by.
  init(_ columns: FactorColumns, axes: Matrix, factor: Double) {
    let width = axes.columns
    let padded = (width + 3) / 4 * 4
    func widened(_ values: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: values.count / max(1, width) * padded)
      for (index, value) in values.enumerated() {
        result[index / width * padded + index % width] = factor * value
      }
      return result
    }
    let steps = columns.steps(along: axes)
    self.width = width
    self.padded = padded
    categories = widened(steps.categories)
    numbers = widened(steps.numbers)
    scales = columns.scales
  }

  /// Coordinates of rows.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - workers: Threads to use.
  /// - Returns: Rows × components.
  func coordinates(_ rows: FactorRows, workers: Workers) -> [Double] {
    guard width > 0 else { return [] }
    let size = 8_192
    let starts = Array(stride(from: 0, to: rows.count, by: size))
    return unsafe [Double](unsafeUninitializedCapacity: rows.count * width) { result, made in
      made = rows.count * width
      let target = unsafe Target(base: result.baseAddress)
      _ = workers.map(starts.count) { piece in
        guard let base = unsafe target.base else { return 0 }
        unsafe place(
          starts[piece]..<min(starts[piece] + size, rows.count), rows, into: base)
        return 0
      }
    }
  }

  @safe
  private struct Target: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>?
  }

  private func place(
    _ range: Range<Int>, _ rows: FactorRows, into result: UnsafeMutablePointer<Double>
  ) {
    let (choices, measures) = (rows.categorical, rows.numeric)
    unsafe rows.codes.withUnsafeBufferPointer { codes in
      unsafe rows.numbers.withUnsafeBufferPointer { values in
        unsafe categories.withUnsafeBufferPointer { categories in
          unsafe numbers.withUnsafeBufferPointer { numbers in
            for row in range {
              for group in stride(from: 0, to: padded, by: 4) {
                var sum = SIMD4<Double>(repeating: 0)
                for place in row * choices..<(row + 1) * choices {
                  unsafe sum += load(categories, Int(codes[place]) * padded + group)
                }
                for item in 0..<measures {
                  let value = unsafe values[row * measures + item]
                  let scale = scales[item]
                  let score = value == value ? (value - scale.centre) * scale.rate : 0
                  unsafe sum += load(numbers, item * padded + group) * SIMD4(repeating: score)
                }
                for lane in 0..<min(4, width - group) {
                  unsafe result[row * width + group + lane] = sum[lane]
                }
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func load(_ values: UnsafeBufferPointer<Double>, _ index: Int) -> SIMD4<Double> {
    guard let base = values.baseAddress else { return SIMD4(repeating: 0) }
    return unsafe UnsafeRawPointer(base + index).loadUnaligned(as: SIMD4<Double>.self)
  }
}

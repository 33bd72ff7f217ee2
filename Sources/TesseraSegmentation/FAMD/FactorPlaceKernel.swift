import TesseraMath

/// Coordinates of rows from what each answer adds.
struct FactorPlaceKernel: Sendable {
  /// Number of components, and the same rounded up to whole vectors.
  let width: Int
  private let padded: Int
  /// What each code of the packing adds, codes × padded.
  private let categories: [Double]
  /// The first code of each group.
  private let first: [Int]
  /// What one unit of each number adds, numbers × padded.
  private let numbers: [Double]
  private let scales: [(centre: Double, rate: Double)]

  /// Prepares to place rows.
  ///
  /// - Parameters:
  ///   - columns: The columns of the analysis.
  ///   - axes: Columns × components.
  ///   - factor: What coordinates are multiplied by.
  ///   - packing: What the codes of the rows stand for.
  init(_ columns: FactorColumns, axes: Matrix, factor: Double, packing: FactorPacking) {
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
    let answers = widened(steps.categories)
    var codes: [Double] = []
    codes.reserveCapacity(packing.codes * padded)
    for group in packing.columns {
      for columns in group {
        codes.append(
          contentsOf: (0..<padded).map { component in
            columns.reduce(0) { $0 + answers[$1 * padded + component] }
          })
      }
    }
    categories = codes
    first = packing.first
    numbers = widened(steps.numbers)
    scales = columns.scales
  }

  /// Coordinates of all rows of a table.
  ///
  /// - Parameters:
  ///   - reader: What reads the rows.
  ///   - workers: Threads to use.
  /// - Returns: Rows × components.
  func coordinates(_ reader: FactorReadKernel, workers: Workers) -> [Double] {
    guard width > 0 else { return [] }
    let size = 8_192
    let count = reader.values.rows
    let starts = Array(stride(from: 0, to: count, by: size))
    return unsafe LargeArray.make(count * width) { result in
      let target = unsafe Target(base: result.baseAddress)
      _ = workers.map(starts.count) { piece in
        guard let base = unsafe target.base else { return 0 }
        unsafe place(starts[piece]..<min(starts[piece] + size, count), reader, into: base)
        return 0
      }
    }
  }

  @safe
  private struct Target: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>?
  }

  private func place(
    _ range: Range<Int>, _ reader: FactorReadKernel,
    into result: UnsafeMutablePointer<Double>
  ) {
    let (groups, measures, block) = (reader.groups, reader.numeric, FactorReadKernel.block)
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: block * groups + 1) { codes in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: block * measures + 1) {
        scores in
        for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
          let rows = start..<min(start + block, range.upperBound)
          unsafe codes.initialize(repeating: 0)
          unsafe reader.read(rows, codes: codes.baseAddress, numbers: scores.baseAddress)
          for item in 0..<measures {
            let scale = scales[item]
            for place in rows.indices {
              let index = (place - start) * measures + item
              let value = unsafe scores[index]
              unsafe scores[index] = value == value ? (value - scale.centre) * scale.rate : 0
            }
          }
          for group in 0..<groups {
            for place in rows.indices {
              unsafe codes[(place - start) * groups + group] &+= Int32(first[group])
            }
          }
          unsafe add(codes, scores, rows, groups, measures, into: result + start * width)
        }
      }
    }
  }

  private func add(
    _ codes: UnsafeMutableBufferPointer<Int32>, _ scores: UnsafeMutableBufferPointer<Double>,
    _ rows: Range<Int>, _ groups: Int, _ measures: Int, into result: UnsafeMutablePointer<Double>
  ) {
    unsafe categories.withUnsafeBufferPointer { categories in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        for place in 0..<rows.count {
          for part in stride(from: 0, to: padded, by: 4) {
            var sum = SIMD4<Double>(repeating: 0)
            for group in 0..<groups {
              unsafe sum += load(categories, Int(codes[place * groups + group]) &* padded &+ part)
            }
            for item in 0..<measures {
              unsafe sum +=
                load(numbers, item * padded + part)
                * SIMD4(repeating: scores[place * measures + item])
            }
            if width - part >= 4 {
              unsafe UnsafeMutableRawPointer(result + place * width + part)
                .storeBytes(of: sum, as: SIMD4<Double>.self)
            } else {
              for lane in 0..<width - part {
                unsafe result[place * width + part + lane] = sum[lane]
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

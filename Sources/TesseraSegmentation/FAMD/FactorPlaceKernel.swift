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

  /// Coordinates of rows.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - places: For each respondent the row; below 0 for none.
  ///   - workers: Threads to use.
  /// - Returns: Respondents × components; not-a-number where there is no row.
  func coordinates(_ rows: FactorRows, at places: [Int], workers: Workers) -> [Double] {
    guard width > 0 else { return [] }
    let size = 8_192
    let starts = Array(stride(from: 0, to: places.count, by: size))
    return unsafe [Double](unsafeUninitializedCapacity: places.count * width) { result, made in
      made = places.count * width
      let target = unsafe Target(base: result.baseAddress)
      _ = workers.map(starts.count) { piece in
        guard let base = unsafe target.base else { return 0 }
        unsafe place(
          starts[piece]..<min(starts[piece] + size, places.count), places, rows, into: base)
        return 0
      }
    }
  }

  @safe
  private struct Target: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>?
  }

  /// Rows copied before they are placed: they lie anywhere, and many can be fetched at once.
  private static let block = 64

  private func place(
    _ range: Range<Int>, _ places: [Int], _ rows: FactorRows,
    into result: UnsafeMutablePointer<Double>
  ) {
    let (groups, measures, block) = (rows.groups, rows.numeric, Self.block)
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: block * groups + 1) { near in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: block * measures + 1) {
        scores in
        for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
          let end = min(start + block, range.upperBound)
          for respondent in start..<end where places[respondent] >= 0 {
            let (row, place) = (places[respondent], respondent - start)
            for group in 0..<groups {
              unsafe near[place * groups + group] = Int(rows.codes[row * groups + group])
            }
            for item in 0..<measures {
              unsafe scores[place * measures + item] = rows.numbers[row * measures + item]
            }
          }
          for place in 0..<end - start {
            for item in 0..<measures {
              let value = unsafe scores[place * measures + item]
              let scale = scales[item]
              unsafe scores[place * measures + item] =
                value == value ? (value - scale.centre) * scale.rate : 0
            }
            for group in 0..<groups {
              unsafe near[place * groups + group] =
                (first[group] &+ near[place * groups + group]) &* padded
            }
          }
          unsafe add(near, scores, start..<end, places, groups, measures, into: result)
        }
      }
    }
  }

  private func add(
    _ codes: UnsafeMutableBufferPointer<Int>, _ scores: UnsafeMutableBufferPointer<Double>,
    _ range: Range<Int>, _ places: [Int], _ groups: Int, _ measures: Int,
    into result: UnsafeMutablePointer<Double>
  ) {
    unsafe categories.withUnsafeBufferPointer { categories in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        for respondent in range {
          guard places[respondent] >= 0 else {
            for component in 0..<width {
              unsafe result[respondent * width + component] = .nan
            }
            continue
          }
          let place = respondent - range.lowerBound
          for part in stride(from: 0, to: padded, by: 4) {
            var sum = SIMD4<Double>(repeating: 0)
            for group in 0..<groups {
              unsafe sum += load(categories, codes[place * groups + group] &+ part)
            }
            for item in 0..<measures {
              unsafe sum +=
                load(numbers, item * padded + part)
                * SIMD4(repeating: scores[place * measures + item])
            }
            if width - part >= 4 {
              unsafe UnsafeMutableRawPointer(result + respondent * width + part)
                .storeBytes(of: sum, as: SIMD4<Double>.self)
            } else {
              for lane in 0..<width - part {
                unsafe result[respondent * width + part + lane] = sum[lane]
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

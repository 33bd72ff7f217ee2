import TesseraMath

/// Sums over rows from which all products of a factor analysis follow, and coordinates of rows.
enum FactorCrossKernel {
  /// Weighted sums over rows.
  struct Sums: Sendable {
    /// Columns + 1, the last standing for gaps.
    let stride: Int
    /// Stride × stride: how often two answers were given together, above the diagonal.
    var pairs: [Double]
    /// Stride × numbers: sums of z-scores by answer.
    var mixed: [Double]
    /// Numbers × numbers: sums of products of z-scores, up to the diagonal.
    var numbers: [Double]

    mutating func add(_ other: Sums) {
      for index in pairs.indices { pairs[index] += other.pairs[index] }
      for index in mixed.indices { mixed[index] += other.mixed[index] }
      for index in numbers.indices { numbers[index] += other.numbers[index] }
    }
  }

  /// Reads rows of a table into codes and numbers.
  ///
  /// - Parameters:
  ///   - rows: Which rows.
  ///   - values: Respondents × items.
  ///   - choices: The categorical items.
  ///   - starts: The first column of each.
  ///   - measures: The numeric items.
  ///   - gap: The code of an answer not given.
  ///   - workers: Threads to use.
  /// - Returns: Rows × categorical items, and rows × numeric items.
  static func parts(
    _ rows: [Int], of values: Matrix, choices: [Int], starts: [Int], measures: [Int], gap: Int,
    workers: Workers
  ) -> (codes: [Int32], numbers: [Double]) {
    let pieces = Array(stride(from: 0, to: rows.count, by: 8_192))
    let (width, many) = (values.columns, choices.count)
    var codes = [Int32](repeating: Int32(gap), count: rows.count * many)
    var numbers = [Double](repeating: 0, count: rows.count * measures.count)
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      unsafe numbers.withUnsafeMutableBufferPointer { numbers in
        let target = unsafe Target(codes: codes.baseAddress, numbers: numbers.baseAddress)
        _ = workers.map(pieces.count) { piece in
          unsafe values.values.withUnsafeBufferPointer { values in
            for place in pieces[piece]..<min(pieces[piece] + 8_192, rows.count) {
              let from = rows[place] * width
              if let codes = unsafe target.codes {
                for index in 0..<many {
                  let value = unsafe values[from + choices[index]]
                  guard value == value else { continue }
                  unsafe codes[place * many + index] = Int32(starts[index] + Int(value) - 1)
                }
              }
              if let numbers = unsafe target.numbers {
                for index in measures.indices {
                  unsafe numbers[place * measures.count + index] = values[from + measures[index]]
                }
              }
            }
          }
          return 0
        }
      }
    }
    return (codes, numbers)
  }

  @safe
  private struct Target: @unchecked Sendable {
    let codes: UnsafeMutablePointer<Int32>?
    let numbers: UnsafeMutablePointer<Double>?
  }

  /// How often each answer was given; the last is for gaps.
  static func masses(_ rows: FactorRows, weights: [Double]) -> [Double] {
    var masses = [Double](repeating: 0, count: rows.gap + 1)
    let width = rows.categorical
    unsafe rows.codes.withUnsafeBufferPointer { codes in
      unsafe masses.withUnsafeMutableBufferPointer { masses in
        for row in 0..<rows.count {
          for place in row * width..<(row + 1) * width {
            unsafe masses[Int(codes[place])] += weights[row]
          }
        }
      }
    }
    return masses
  }

  /// Mean and inverse deviation of each number; the latter is 0 for a constant.
  static func moments(
    _ rows: FactorRows, weights: [Double]
  ) -> [(centre: Double, rate: Double)] {
    let width = rows.numeric
    var masses = [Double](repeating: 0, count: width)
    var sums = masses
    var squares = masses
    unsafe rows.numbers.withUnsafeBufferPointer { numbers in
      for row in 0..<rows.count {
        for item in 0..<width {
          let value = unsafe numbers[row * width + item]
          guard value == value else { continue }
          masses[item] += weights[row]
          sums[item] += weights[row] * value
        }
      }
      for item in 0..<width where masses[item] > 0 {
        sums[item] /= masses[item]
      }
      for row in 0..<rows.count {
        for item in 0..<width {
          let gap = unsafe numbers[row * width + item] - sums[item]
          guard gap == gap else { continue }
          squares[item] += weights[row] * gap * gap
        }
      }
    }
    return (0..<width).map { item in
      // What rounding leaves of a constant is no deviation.
      let deviation = masses[item] > 0 ? (squares[item] / masses[item]).squareRoot() : 0
      return (sums[item], deviation > 1e-12 * abs(sums[item]) ? 1 / deviation : 0)
    }
  }

  /// Sums over all rows, taken in pieces that depend on the data only.
  ///
  /// - Parameters:
  ///   - rows: The rows that differ.
  ///   - weights: What each counts for.
  ///   - scales: Means and inverse deviations of the numbers.
  ///   - workers: Threads to use.
  /// - Returns: The sums.
  /// - Complexity: O(*n* · items²) time; a table of columns² for each of up to 16 pieces.
  static func sums(
    _ rows: FactorRows, weights: [Double], scales: [(centre: Double, rate: Double)],
    workers: Workers
  ) -> Sums {
    let stride = rows.gap + 1
    // Tables of all pieces together stay below 64 MiB.
    let most = max(1, min(16, (8 << 20) / (stride * stride)))
    let size = max(1, (rows.count + most - 1) / most)
    let starts = Array(Swift.stride(from: 0, to: rows.count, by: size))
    let parts = workers.map(starts.count) { piece in
      sums(
        of: starts[piece]..<min(starts[piece] + size, rows.count), rows, weights, scales)
    }
    var result = parts[0]
    for part in parts.dropFirst() {
      result.add(part)
    }
    return result
  }

  private static func sums(
    of range: Range<Int>, _ rows: FactorRows, _ weights: [Double],
    _ scales: [(centre: Double, rate: Double)]
  ) -> Sums {
    let stride = rows.gap + 1
    let measures = rows.numeric
    let choices = rows.categorical
    var sums = Sums(
      stride: stride, pairs: [Double](repeating: 0, count: stride * stride),
      mixed: [Double](repeating: 0, count: stride * measures),
      numbers: [Double](repeating: 0, count: measures * measures))
    unsafe rows.codes.withUnsafeBufferPointer { codes in
      unsafe rows.numbers.withUnsafeBufferPointer { numbers in
        unsafe sums.pairs.withUnsafeMutableBufferPointer { pairs in
          unsafe sums.mixed.withUnsafeMutableBufferPointer { mixed in
            unsafe sums.numbers.withUnsafeMutableBufferPointer { squares in
              unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * measures + 1) {
                spare in
                for row in range {
                  let weight = weights[row]
                  for item in 0..<measures {
                    let value = unsafe numbers[row * measures + item]
                    let scale = scales[item]
                    let score = value == value ? (value - scale.centre) * scale.rate : 0
                    unsafe spare[item] = score
                    unsafe spare[measures + item] = weight * score
                  }
                  for item in 0..<measures {
                    let score = unsafe spare[measures + item]
                    for other in 0...item {
                      unsafe squares[item * measures + other] += score * spare[other]
                    }
                  }
                  let from = row * choices
                  for place in 0..<choices {
                    let code = unsafe Int(codes[from + place])
                    let line = code * stride
                    unsafe pairs[line + code] += weight
                    for other in place + 1..<max(choices, place + 1) {
                      unsafe pairs[line + Int(codes[from + other])] += weight
                    }
                    let target = code * measures
                    for item in 0..<measures {
                      unsafe mixed[target + item] += spare[measures + item]
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return sums
  }
}

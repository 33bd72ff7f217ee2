import TesseraMath

/// Sums over rows from which all products of a factor analysis follow, and coordinates of rows.
enum FactorCrossKernel {
  /// Weighted sums over rows, by column or by code of a packing.
  struct Sums: Sendable {
    /// How often two answers were given together.
    var pairs: [Double]
    /// Sums of z-scores by answer, answers × numbers.
    var mixed: [Double]
    /// Numbers × numbers: sums of products of z-scores.
    var numbers: [Double]

    mutating func add(_ other: Sums) {
      for index in pairs.indices { pairs[index] += other.pairs[index] }
      for index in mixed.indices { mixed[index] += other.mixed[index] }
      for index in numbers.indices { numbers[index] += other.numbers[index] }
    }
  }

  /// How often each answer was given; the last is for gaps.
  static func masses(_ rows: FactorRows, weights: [Double]) -> [Double] {
    let (groups, first) = (rows.groups, rows.packing.first)
    var counts = [Double](repeating: 0, count: rows.packing.codes)
    unsafe rows.codes.withUnsafeBufferPointer { codes in
      for row in 0..<rows.count {
        for group in 0..<groups {
          unsafe counts[first[group] + Int(codes[row * groups + group])] += weights[row]
        }
      }
    }
    var masses = [Double](repeating: 0, count: rows.packing.gap + 1)
    for (group, codes) in rows.packing.columns.enumerated() {
      for (code, columns) in codes.enumerated() {
        for column in columns { masses[column] += counts[first[group] + code] }
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
  /// - Complexity: O(*n* · groups²) time; a table of the packing for each of up to 16 pieces.
  static func sums(
    _ rows: FactorRows, weights: [Double], scales: [(centre: Double, rate: Double)],
    workers: Workers
  ) -> Sums {
    let packing = rows.packing
    // Tables of all pieces together stay below 64 MiB.
    let most = max(1, min(16, (8 << 20) / packing.cells))
    let size = max(1, (rows.count + most - 1) / most)
    let starts = Array(Swift.stride(from: 0, to: rows.count, by: size))
    let parts = workers.map(starts.count) { piece in
      tables(
        of: starts[piece]..<min(starts[piece] + size, rows.count), rows, weights, scales)
    }
    var result = parts[0]
    for part in parts.dropFirst() { result.add(part) }
    return packing.unpacked(result, measures: rows.numeric)
  }

  private static func tables(
    of range: Range<Int>, _ rows: FactorRows, _ weights: [Double],
    _ scales: [(centre: Double, rate: Double)]
  ) -> Sums {
    let packing = rows.packing
    let (measures, groups) = (rows.numeric, rows.groups)
    var sums = Sums(
      pairs: [Double](repeating: 0, count: packing.cells),
      mixed: [Double](repeating: 0, count: packing.codes * measures),
      numbers: [Double](repeating: 0, count: max(1, measures * measures)))
    let (bases, first, sizes) = (packing.bases, packing.first, packing.sizes)
    unsafe rows.codes.withUnsafeBufferPointer { codes in
      unsafe rows.numbers.withUnsafeBufferPointer { numbers in
        unsafe sums.pairs.withUnsafeMutableBufferPointer { pairs in
          unsafe sums.mixed.withUnsafeMutableBufferPointer { mixed in
            unsafe sums.numbers.withUnsafeMutableBufferPointer { squares in
              unsafe withUnsafeTemporaryAllocation(
                of: Double.self, capacity: 2 * block * measures + 1
              ) { spare in
                guard let scores = spare.baseAddress, let products = squares.baseAddress else {
                  return
                }
                let weighted = unsafe scores + block * measures
                for start in Swift.stride(from: range.lowerBound, to: range.upperBound, by: block) {
                  let end = min(start + block, range.upperBound)
                  for row in start..<end {
                    let from = (row - start) * measures
                    for item in 0..<measures {
                      let value = unsafe numbers[row * measures + item]
                      let scale = scales[item]
                      let score = value == value ? (value - scale.centre) * scale.rate : 0
                      unsafe scores[from + item] = score
                      unsafe weighted[from + item] = weights[row] * score
                    }
                  }
                  if measures > 0 {
                    unsafe blockProduct(
                      rows: measures, columns: measures, inner: end - start, left: weighted,
                      leftStride: measures, leftForm: .transposed, right: scores,
                      rightStride: measures, keeping: 1, into: products, stride: measures)
                  }
                  for row in start..<end {
                    let (from, own) = (row * groups, (row - start) * measures)
                    let weight = weights[row]
                    var table = 0
                    for group in 0..<groups {
                      let code = unsafe Int(codes[from + group])
                      let target = (first[group] &+ code) &* measures
                      for item in 0..<measures {
                        unsafe mixed[target &+ item] += weighted[own &+ item]
                      }
                      unsafe pairs[bases[table] &+ code] += weight
                      table &+= 1
                      for other in group + 1..<max(groups, group + 1) {
                        unsafe pairs[
                          bases[table] &+ code &* sizes[other] &+ Int(codes[from + other])] +=
                          weight
                        table &+= 1
                      }
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

  /// Rows whose numbers are multiplied at once.
  private static let block = 128
}

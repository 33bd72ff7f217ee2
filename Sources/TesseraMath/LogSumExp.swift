public import Foundation

/// The logarithm of the sum of the exponentials of some numbers, without overflow.
///
/// - Parameter logs: Any numbers, -∞ allowed.
/// - Returns: log Σ exp(x); -∞ if there are none or all are -∞.
/// - Complexity: O(*n*).
@inlinable
public func logSumExp(_ logs: some Collection<Double>) -> Double {
  var largest = -Double.infinity
  for value in logs where value > largest {
    largest = value
  }
  // With an infinite maximum the differences below would not be numbers.
  guard largest.isFinite else { return largest }
  var sum = 0.0
  for value in logs {
    sum += exp(value - largest)
  }
  return largest + log(sum)
}

extension Matrix {
  /// Turns rows of log weights into rows of shares that sum to 1, in place.
  ///
  /// A row that is -∞ throughout becomes equal shares, and its log-sum is -∞.
  ///
  /// - Returns: log Σ exp of each row as it was: `rows` numbers.
  /// - Complexity: O(`rows` · `columns`).
  @inlinable
  public mutating func normaliseLogRows() -> [Double] {
    var sums = [Double](repeating: 0, count: rows)
    normaliseLogRows(sums: &sums)
    return sums
  }

  /// Turns rows of log weights into rows of shares that sum to 1, without allocating.
  ///
  /// A row that is -∞ throughout becomes equal shares, and its log-sum is -∞.
  ///
  /// - Parameter sums: `rows` numbers, overwritten by log Σ exp of each row as it was.
  /// - Complexity: O(`rows` · `columns`).
  @inlinable
  public mutating func normaliseLogRows(sums: inout [Double]) {
    precondition(sums.count == rows, "\(sums.count) places for the sums of \(rows) rows")
    let (height, width) = (rows, columns)
    guard width > 0 else {
      for row in sums.indices {
        sums[row] = -.infinity
      }
      return
    }
    var elements = values.mutableSpan
    for row in 0..<height {
      sums[row] = normaliseLogs(&elements, row * width, width)
    }
  }
}

/// Turns `count` log weights from `start` on into shares that sum to 1, and returns their log-sum.
///
/// Equal shares and -∞ if all are -∞.
///
/// - Parameters:
///   - logs: The numbers, overwritten from `start` to `start + count`.
///   - start: Where the first stands.
///   - count: How many there are, 1 or more.
/// - Returns: log Σ exp of the numbers as they were.
@inlinable
public func normaliseLogs(_ logs: inout MutableSpan<Double>, _ start: Int, _ count: Int) -> Double {
  var largest = -Double.infinity
  for index in start..<start + count where logs[index] > largest {
    largest = logs[index]
  }
  guard largest > -.infinity else {
    for index in start..<start + count {
      logs[index] = 1 / Double(count)
    }
    return -.infinity
  }
  var sum = 0.0
  for index in start..<start + count {
    let term = exp(logs[index] - largest)
    logs[index] = term
    sum += term
  }
  let scale = 1 / sum
  for index in start..<start + count {
    logs[index] *= scale
  }
  return largest + log(sum)
}

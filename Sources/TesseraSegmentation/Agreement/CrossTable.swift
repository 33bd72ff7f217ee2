import Foundation
public import TesseraMath

/// How two divisions of the same respondents overlap.
public struct CrossTable: Sendable, Equatable {
  /// Weighted number of respondents in each pair of segments; first × second division.
  public let counts: Matrix
  /// Sums of the rows of `counts`: sizes of the segments of the first division.
  public let rowSums: [Double]
  /// Sums of the columns of `counts`: sizes of the segments of the second division.
  public let columnSums: [Double]
  /// Sum of all weights.
  public let total: Double

  /// Counts who is where in both divisions.
  ///
  /// - Parameters:
  ///   - first: A segment for each respondent, from 0.
  ///   - second: A segment for each respondent, from 0.
  ///   - weights: What each respondent counts for; all 1 if absent. Frequencies keep their scale,
  ///     sampling weights should have mean 1, since pairs of respondents are counted.
  /// - Complexity: O(*n* + *k*²).
  public init(_ first: [Int], _ second: [Int], weights: [Double]? = nil) {
    precondition(
      first.count == second.count,
      "\(first.count) and \(second.count) labels are not of the same respondents")
    precondition(
      weights.map { $0.count == first.count } ?? true, "one weight for each respondent is needed")
    var counts = Matrix(rows: (first.max() ?? -1) + 1, columns: (second.max() ?? -1) + 1)
    for index in first.indices {
      counts[first[index], second[index]] += weights.map { $0[index] } ?? 1
    }
    self.init(counts: counts)
  }

  /// Takes counts that were made elsewhere.
  ///
  /// - Parameter counts: First × second division, each 0 or more.
  public init(counts: Matrix) {
    self.counts = counts
    rowSums = (0..<counts.rows).map { counts.row($0).reduce(0, +) }
    columnSums = (0..<counts.columns).map { counts.column($0).reduce(0, +) }
    total = rowSums.reduce(0, +)
  }
}

extension CrossTable {
  /// The adjusted Rand index: 1 for the same division, 0 as expected by chance.
  ///
  /// Two divisions that both put everyone together, or everyone apart, are the same: 1.
  ///
  /// - Reference: Hubert & Arabie (1985), *Journal of Classification* 2, 193–218, equation 5.
  public var adjustedRand: Double {
    func pairs(_ count: Double) -> Double { count * (count - 1) / 2 }
    let both = counts.values.reduce(0) { $0 + pairs($1) }
    let rows = rowSums.reduce(0) { $0 + pairs($1) }
    let columns = columnSums.reduce(0) { $0 + pairs($1) }
    let all = pairs(total)
    guard all > 0 else { return 1 }
    let expected = rows * columns / all
    let most = (rows + columns) / 2
    return abs(most - expected) > 1e-12 * abs(all) ? (both - expected) / (most - expected) : 1
  }

  /// The variation of information in nats, H(A) + H(B) − 2 I(A, B): 0 for the same division.
  ///
  /// - Reference: Meilă (2007), *Journal of Multivariate Analysis* 98(5), 873–895.
  public var variationOfInformation: Double {
    guard total > 0 else { return 0 }
    let joint = Self.entropy(counts.values, total: total)
    let first = Self.entropy(rowSums, total: total)
    let second = Self.entropy(columnSums, total: total)
    return max(0, 2 * joint - first - second)
  }

  /// The Jaccard overlap |A ∩ B| / |A ∪ B| of every pair of segments, 0 to 1.
  ///
  /// First × second division; 0 for pairs of empty segments.
  public var jaccard: Matrix {
    var result = Matrix(rows: counts.rows, columns: counts.columns)
    for row in 0..<counts.rows {
      for column in 0..<counts.columns {
        let union = rowSums[row] + columnSums[column] - counts[row, column]
        result[row, column] = union > 0 ? counts[row, column] / union : 0
      }
    }
    return result
  }

  /// For each segment of the first division the share of it that each of the second holds.
  ///
  /// Rows sum to 1, but for empty segments, whose rows are 0.
  public var containment: Matrix {
    var result = counts
    for row in 0..<counts.rows {
      for column in 0..<counts.columns {
        result[row, column] = rowSums[row] > 0 ? counts[row, column] / rowSums[row] : 0
      }
    }
    return result
  }

  /// Entropy of shares in nats.
  static func entropy(_ masses: [Double], total: Double) -> Double {
    masses.reduce(0) { sum, mass in
      guard mass > 0, total > 0 else { return sum }
      let share = mass / total
      return sum - share * log(share)
    }
  }
}

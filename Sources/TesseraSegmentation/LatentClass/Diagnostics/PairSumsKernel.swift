/// What people answered to two items, and the shares of the classes without these answers.
struct PairSums: Sendable {
  /// People by both answers, rows x columns.
  let observed: [Double]
  /// By class: people's chances of it from their other answers, summed; filled up to a vector's width.
  let shares: [Double]
  /// People who answered both.
  let total: Double
  /// Whether all did.
  let isComplete: Bool

  /// Sums over patterns.
  ///
  /// - Parameters:
  ///   - first: The answer of each pattern to the first item, from 1; 0 is missing.
  ///   - second: The same of the second item.
  ///   - weights: What each pattern counts for.
  ///   - posterior: Chances of the classes, four to a vector.
  ///   - inverse: One over the chance of both answers in each class, (rows + 1) x (columns + 1) x `width`.
  ///   - width: Vectors a pattern.
  ///   - rows: Answers of the first item.
  ///   - columns: Answers of the second item.
  /// - Complexity: O(patterns · classes).
  init(
    _ first: [UInt16], _ second: [UInt16], weights: [Double], posterior: [SIMD4<Double>],
    inverse: [SIMD4<Double>], width: Int, rows: Int, columns: Int
  ) {
    var observed = [Double](repeating: 0, count: rows * columns)
    var shares = [SIMD4<Double>](repeating: .zero, count: width)
    var total = 0.0
    var isComplete = true
    precondition(first.count >= weights.count && second.count >= weights.count)
    precondition(posterior.count >= weights.count * width)
    precondition(inverse.count == (rows + 1) * (columns + 1) * width)
    unsafe first.withUnsafeBufferPointer { first in
      unsafe second.withUnsafeBufferPointer { second in
        unsafe posterior.withUnsafeBufferPointer { posterior in
          unsafe inverse.withUnsafeBufferPointer { inverse in
            unsafe shares.withUnsafeMutableBufferPointer { shares in
              for pattern in weights.indices where weights[pattern] > 0 {
                let (r, s) = unsafe (Int(first[pattern]), Int(second[pattern]))
                guard r > 0, s > 0 else {
                  isComplete = false
                  continue
                }
                observed[(r - 1) * columns + s - 1] += weights[pattern]
                total += weights[pattern]
                let here = pattern * width
                let both = (r * (columns + 1) + s) * width
                var sum = SIMD4<Double>.zero
                for part in 0..<width {
                  unsafe sum += posterior[here + part] * inverse[both + part]
                }
                let scale = weights[pattern] / sum.sum()
                for part in 0..<width {
                  unsafe shares[part] += posterior[here + part] * inverse[both + part] * scale
                }
              }
            }
          }
        }
      }
    }
    self.observed = observed
    self.total = total
    self.isComplete = isComplete
    self.shares = shares.flatMap { [$0.x, $0.y, $0.z, $0.w] }
  }
}

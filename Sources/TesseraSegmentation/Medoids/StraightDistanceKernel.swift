/// Straight-line distances, or sums of differences, of many points to one.
struct StraightDistanceKernel: Sendable {
  /// Number of points.
  let count: Int
  private let dimensions: Int
  /// Coordinates, dimension after dimension.
  private let points: [Float]
  /// Whether differences are squared, and the root of their sum is taken.
  private let squared: Bool

  /// Lays out points.
  ///
  /// - Parameters:
  ///   - points: Dimension after dimension.
  ///   - count: Number of points.
  ///   - dimensions: Number of dimensions.
  ///   - squared: Whether distances are Euclidean rather than sums of differences.
  init(points: [Float], count: Int, dimensions: Int, squared: Bool) {
    self.points = points
    self.count = count
    self.dimensions = dimensions
    self.squared = squared
  }

  /// The same for some of the points, in their order.
  func selecting(_ rows: [Int]) -> StraightDistanceKernel {
    let chosen = (0..<dimensions).flatMap { dimension in
      rows.map { points[dimension * count + $0] }
    }
    return StraightDistanceKernel(
      points: chosen, count: rows.count, dimensions: dimensions, squared: squared)
  }

  /// Distances of a run of points to one point.
  ///
  /// - Parameters:
  ///   - row: The point all are compared with.
  ///   - others: Which points to compare.
  ///   - result: Where they go, from its start.
  @unsafe
  func write(from row: Int, to others: Range<Int>, into result: UnsafeMutablePointer<Float>) {
    precondition(others.upperBound <= count && row < count)
    unsafe points.withUnsafeBufferPointer { points in
      guard let base = points.baseAddress else { return }
      var start = others.lowerBound
      while start + 4 <= others.upperBound {
        var sum = SIMD4<Float>(repeating: 0)
        var from = unsafe base + start
        var own = unsafe base + row
        for _ in 0..<dimensions {
          let other = unsafe UnsafeRawPointer(from).loadUnaligned(as: SIMD4<Float>.self)
          let gap = unsafe other - SIMD4(repeating: own.pointee)
          if squared {
            sum += gap * gap
          } else {
            let bits = unsafe unsafeBitCast(gap, to: SIMD4<UInt32>.self) & 0x7FFF_FFFF
            sum += unsafe unsafeBitCast(bits, to: SIMD4<Float>.self)
          }
          unsafe from += count
          unsafe own += count
        }
        if squared {
          sum = sum.squareRoot()
        }
        let target = unsafe UnsafeMutableRawPointer(result + (start - others.lowerBound))
        unsafe target.storeBytes(of: sum, as: SIMD4<Float>.self)
        start += 4
      }
      while start < others.upperBound {
        var sum: Float = 0
        for dimension in 0..<dimensions {
          let gap = unsafe base[dimension * count + start] - base[dimension * count + row]
          sum += squared ? gap * gap : abs(gap)
        }
        unsafe result[start - others.lowerBound] = squared ? sum.squareRoot() : sum
        start += 1
      }
    }
  }
}

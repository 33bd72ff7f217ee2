/// Distances that are computed when asked for and never stored all at once.
enum DistanceField: Sendable {
  /// Straight lines or sums of differences.
  case straight(StraightDistanceKernel)
  /// Gower's dissimilarity.
  case gower(GowerKernel)

  /// The distances among some of the rows.
  func selecting(_ rows: [Int]) -> DistanceField {
    switch self {
    case .straight(let kernel): .straight(kernel.selecting(rows))
    case .gower(let kernel): .gower(kernel.selecting(rows))
    }
  }

  /// Distances of a run of rows to one row.
  ///
  /// - Parameters:
  ///   - row: The row all are compared with.
  ///   - others: Which rows to compare.
  ///   - result: Where they go, from its start.
  func distances(from row: Int, to others: Range<Int>, into result: inout [Float]) {
    precondition(result.count >= others.count, "no room for the distances")
    unsafe result.withUnsafeMutableBufferPointer { result in
      guard let target = result.baseAddress else { return }
      unsafe write(from: row, to: others, into: target)
    }
  }

  /// The same, to memory.
  @unsafe
  func write(from row: Int, to others: Range<Int>, into result: UnsafeMutablePointer<Float>) {
    switch self {
    case .straight(let kernel):
      unsafe kernel.write(from: row, to: others, into: result)
    case .gower(let kernel):
      unsafe kernel.write(from: row, to: others, into: result)
    }
  }
}

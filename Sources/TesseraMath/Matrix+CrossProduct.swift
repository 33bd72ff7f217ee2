import COpenBLAS

extension Matrix {
  /// The sums of products of the columns, Xᵀ diag(w) X; exactly symmetric.
  ///
  /// Weights may be of any sign. Rows are taken in fixed blocks, so memory beyond the result does
  /// not grow with the number of rows.
  ///
  /// - Parameter weights: One weight a row; `nil` weighs every row 1.
  /// - Returns: `columns` x `columns`.
  /// - Complexity: O(`rows` · `columns`²).
  public func crossProduct(weights: [Double]? = nil) -> Matrix {
    var result = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return result }
    if let weights {
      precondition(weights.count == rows, "\(weights.count) weights for \(rows) rows")
      addWeightedBlocks(weights, to: &result)
    } else {
      unsafe cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasTrans, blasInt(columns), blasInt(rows), 1, values,
        blasInt(columns), 0, &result.values, blasInt(columns))
    }
    result.mirrorLower()
    return result
  }

  private func addWeightedBlocks(_ weights: [Double], to result: inout Matrix) {
    let blockRows = min(rows, 512)
    let width = columns
    var scaled = [Double](repeating: 0, count: blockRows * width)
    unsafe values.withUnsafeBufferPointer { all in
      unsafe result.values.withUnsafeMutableBufferPointer { sums in
        for start in stride(from: 0, to: rows, by: blockRows) {
          let height = min(blockRows, rows - start)
          for row in 0..<height {
            let weight = weights[start + row]
            for column in 0..<width {
              unsafe scaled[row * width + column] = weight * all[(start + row) * width + column]
            }
          }
          unsafe scaled.withUnsafeBufferPointer { block in
            unsafe blockProduct(
              rows: width, columns: width, inner: height,
              left: block.baseAddress, leftStride: width, leftForm: .transposed,
              right: all.baseAddress.map { unsafe $0 + start * width }, rightStride: width,
              keeping: 1, into: sums.baseAddress, stride: width)
          }
        }
      }
    }
  }

  /// Copies what stands below the diagonal to the places above it.
  mutating func mirrorLower() {
    for row in 0..<rows {
      for column in 0..<row {
        values[column * columns + row] = values[row * columns + column]
      }
    }
  }
}

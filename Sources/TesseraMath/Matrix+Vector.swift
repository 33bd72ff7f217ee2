import COpenBLAS

extension Matrix {
  /// The product of this matrix and a column, A x.
  ///
  /// - Parameter vector: `columns` elements.
  /// - Returns: `rows` elements.
  /// - Complexity: O(`rows` · `columns`).
  public func multiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == columns, "\(rows) x \(columns) times \(vector.count) elements")
    var result = [Double](repeating: 0, count: rows)
    guard rows > 0, columns > 0 else { return result }
    unsafe cblas_dgemv(
      CblasRowMajor, CblasNoTrans, blasInt(rows), blasInt(columns), 1, values, blasInt(columns),
      vector, 1, 0, &result, 1)
    return result
  }

  /// The product of the transpose of this matrix and a column, Aᵀ x.
  ///
  /// - Parameter vector: `rows` elements.
  /// - Returns: `columns` elements.
  /// - Complexity: O(`rows` · `columns`).
  public func transposedMultiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == rows, "\(columns) x \(rows) times \(vector.count) elements")
    var result = [Double](repeating: 0, count: columns)
    guard rows > 0, columns > 0 else { return result }
    unsafe cblas_dgemv(
      CblasRowMajor, CblasTrans, blasInt(rows), blasInt(columns), 1, values, blasInt(columns),
      vector, 1, 0, &result, 1)
    return result
  }
}

/// The inner product of two columns, Σ xᵢ yᵢ.
///
/// - Parameters:
///   - left: The numbers x.
///   - right: As many numbers y.
/// - Returns: 0 if there are none.
/// - Complexity: O(*n*).
public func dot(_ left: [Double], _ right: [Double]) -> Double {
  precondition(left.count == right.count, "\(left.count) numbers against \(right.count)")
  return unsafe cblas_ddot(blasInt(left.count), left, 1, right, 1)
}

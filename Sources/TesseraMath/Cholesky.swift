import CLAPACKE
import COpenBLAS
import Foundation

/// A symmetric positive definite matrix taken apart as A = L Lᵀ.
///
/// - Reference: LAPACK `dpotrf`, `dpotri`; Golub & Van Loan (2013), *Matrix Computations*, 4.2.
public struct Cholesky: Sendable, Equatable {
  /// L, *n* x *n*, with zeros above the diagonal.
  public let lower: Matrix

  /// Takes a matrix apart; only its diagonal and what lies below are read.
  ///
  /// - Parameter matrix: Symmetric, *n* x *n*.
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)`` if a pivot is not above zero,
  ///   ``LinearAlgebraError/notFinite(row:column:)`` if an element is not finite.
  /// - Complexity: O(*n*³).
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(
      matrix.rows == matrix.columns, "\(matrix.rows) x \(matrix.columns) is not square")
    try matrix.checkFinite()
    var factor = matrix
    let size = matrix.rows
    if size > 0 {
      // Row by row, the lower half is what LAPACK sees as the upper half, column by column.
      let info = unsafe LAPACKE_dpotrf_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), blasInt(size), &factor.values, blasInt(size))
      try checkMemory(info)
      if info > 0 { throw .notPositiveDefinite(order: Int(info)) }
      for row in 0..<size {
        for column in row + 1..<max(size, row + 1) {
          factor[row, column] = 0
        }
      }
    }
    lower = factor
  }

  /// Number of rows and columns.
  public var size: Int { lower.rows }

  /// The natural logarithm of the determinant of A.
  public var logDeterminant: Double {
    var sum = 0.0
    for index in 0..<size {
      sum += log(lower[index, index])
    }
    return 2 * sum
  }

  /// Solves A x = b for one right-hand side.
  ///
  /// - Parameter right: *n* elements.
  /// - Returns: *n* elements.
  /// - Complexity: O(*n*²).
  public func solve(_ right: [Double]) -> [Double] {
    solve(Matrix(rows: right.count, columns: 1, values: right)).values
  }

  /// Solves A X = B for several right-hand sides, one a column.
  ///
  /// - Parameter right: *n* x *m*.
  /// - Returns: *n* x *m*.
  /// - Complexity: O(*n*² · *m*).
  public func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == size, "\(right.rows) rows against a matrix of order \(size)")
    var result = right
    guard size > 0, right.columns > 0 else { return result }
    for form in [CblasNoTrans, CblasTrans] {
      unsafe cblas_dtrsm(
        CblasRowMajor, CblasLeft, CblasLower, form, CblasNonUnit, blasInt(size),
        blasInt(right.columns), 1, lower.values, blasInt(size), &result.values,
        blasInt(right.columns))
    }
    return result
  }

  /// The inverse of A, exactly symmetric.
  ///
  /// - Returns: *n* x *n*.
  /// - Complexity: O(*n*³).
  public func inverse() -> Matrix {
    var result = lower
    guard size > 0 else { return result }
    let info = unsafe LAPACKE_dpotri_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), blasInt(size), &result.values, blasInt(size))
    precondition(info == 0, "a factor with a zero on its diagonal was kept")
    result.mirrorLower()
    return result
  }
}

import CLAPACKE

extension Matrix {
  /// Solves A X = B for a square matrix of any kind, by elimination with row exchanges.
  ///
  /// For a symmetric positive definite A, ``Cholesky`` is twice as fast.
  ///
  /// - Parameter right: B, with as many rows as A, one right-hand side a column.
  /// - Returns: X, of the shape of B.
  /// - Throws: ``LinearAlgebraError/singular(order:)`` if a pivot is exactly zero,
  ///   ``LinearAlgebraError/notFinite(row:column:)`` if an element of A or B is not finite.
  /// - Complexity: O(*n*³ + *n*² · *m*).
  /// - Reference: LAPACK `dgesv`.
  public func solve(_ right: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(rows == columns, "\(rows) x \(columns) is not square")
    precondition(right.rows == rows, "\(right.rows) rows against a matrix of order \(rows)")
    try checkFinite()
    try right.checkFinite()
    var solution = right
    guard rows > 0, right.columns > 0 else { return solution }
    var work = self
    var exchanges = [Int32](repeating: 0, count: rows)
    let info = unsafe LAPACKE_dgesv(
      LAPACK_ROW_MAJOR, blasInt(rows), blasInt(right.columns), &work.values, blasInt(rows),
      &exchanges, &solution.values, blasInt(right.columns))
    try checkMemory(info)
    if info > 0 { throw .singular(order: Int(info)) }
    return solution
  }

  /// Solves A x = b for a square matrix of any kind.
  ///
  /// - Parameter right: b, as many elements as A has rows.
  /// - Returns: x, as many elements.
  /// - Throws: ``LinearAlgebraError/singular(order:)`` if a pivot is exactly zero,
  ///   ``LinearAlgebraError/notFinite(row:column:)`` if an element of A or b is not finite.
  /// - Complexity: O(*n*³).
  public func solve(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    try solve(Matrix(rows: right.count, columns: 1, values: right)).values
  }
}

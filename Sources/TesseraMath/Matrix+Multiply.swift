import COpenBLAS

extension Matrix {
  /// The product of this matrix and another, A B.
  ///
  /// - Parameter right: A matrix with as many rows as this one has columns.
  /// - Returns: `rows` x `right.columns`.
  /// - Complexity: O(`rows` · `columns` · `right.columns`).
  public func multiplied(by right: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: right.columns)
    result.store(self, times: right)
    return result
  }

  /// The product of the transpose of this matrix and another, Aᵀ B.
  ///
  /// - Parameter right: A matrix with as many rows as this one.
  /// - Returns: `columns` x `right.columns`.
  /// - Complexity: O(`rows` · `columns` · `right.columns`).
  public func transposedMultiplied(by right: Matrix) -> Matrix {
    var result = Matrix(rows: columns, columns: right.columns)
    result.store(self, .transposed, times: right)
    return result
  }

  /// The product of this matrix and the transpose of another, A Bᵀ.
  ///
  /// - Parameter right: A matrix with as many columns as this one.
  /// - Returns: `rows` x `right.rows`.
  /// - Complexity: O(`rows` · `columns` · `right.rows`).
  public func multiplied(byTransposed right: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: right.rows)
    result.store(self, times: right, .transposed)
    return result
  }

  /// How a matrix enters a product.
  public enum Form: Sendable {
    /// As it stands.
    case plain
    /// With rows and columns exchanged.
    case transposed
  }

  /// Overwrites this matrix with `scale` · A B + `keeping` · itself, without allocating.
  ///
  /// For loops that repeat a product of one shape: the result's storage is reused.
  ///
  /// - Parameters:
  ///   - left: A, or the matrix whose transpose is A.
  ///   - leftForm: Whether A is `left` or its transpose.
  ///   - right: B, or the matrix whose transpose is B.
  ///   - rightForm: Whether B is `right` or its transpose.
  ///   - scale: What the product is multiplied by.
  ///   - keeping: What the old elements are multiplied by; 0 ignores them, even if not finite.
  /// - Complexity: O(*m* · *n* · *k*) for a product of *m* x *k* and *k* x *n*.
  public mutating func store(
    _ left: Matrix, _ leftForm: Form = .plain, times right: Matrix, _ rightForm: Form = .plain,
    scale: Double = 1, keeping: Double = 0
  ) {
    let (leftRows, inner) =
      leftForm == .plain ? (left.rows, left.columns) : (left.columns, left.rows)
    let (rightInner, rightColumns) =
      rightForm == .plain ? (right.rows, right.columns) : (right.columns, right.rows)
    precondition(
      inner == rightInner && rows == leftRows && columns == rightColumns,
      "\(leftRows) x \(inner) times \(rightInner) x \(rightColumns) does not make \(rows) x \(columns)"
    )
    let (height, width) = (rows, columns)
    unsafe left.values.withUnsafeBufferPointer { a in
      unsafe right.values.withUnsafeBufferPointer { b in
        unsafe values.withUnsafeMutableBufferPointer { c in
          unsafe blockProduct(
            rows: height, columns: width, inner: inner, scale: scale,
            left: a.baseAddress, leftStride: left.columns, leftForm: leftForm,
            right: b.baseAddress, rightStride: right.columns, rightForm: rightForm,
            keeping: keeping, into: c.baseAddress, stride: width)
        }
      }
    }
  }
}

/// Multiplies two blocks of larger row-major tables into a third: C = `scale` · A B + `keeping` · C.
///
/// For kernels that walk through respondents block by block and must not allocate.
///
/// - Parameters:
///   - rows: Rows of A and C.
///   - columns: Columns of B and C.
///   - inner: Columns of A, rows of B.
///   - scale: What the product is multiplied by.
///   - left: First element of A (or of the table whose transpose is A).
///   - leftStride: Elements from one stored row of `left` to the next.
///   - leftForm: Whether A is stored as it stands or transposed.
///   - right: First element of B.
///   - rightStride: Elements from one stored row of `right` to the next.
///   - rightForm: Whether B is stored as it stands or transposed.
///   - keeping: What the old elements of C are multiplied by; 0 ignores them.
///   - result: First element of C, which must not overlap A or B.
///   - stride: Elements from one row of C to the next.
/// - Complexity: O(`rows` · `columns` · `inner`).
@unsafe
public func blockProduct(
  rows: Int, columns: Int, inner: Int, scale: Double = 1,
  left: UnsafePointer<Double>?, leftStride: Int, leftForm: Matrix.Form = .plain,
  right: UnsafePointer<Double>?, rightStride: Int, rightForm: Matrix.Form = .plain,
  keeping: Double = 0, into result: UnsafeMutablePointer<Double>?, stride: Int
) {
  guard rows > 0, columns > 0 else { return }
  unsafe cblas_dgemm(
    CblasRowMajor, leftForm.code, rightForm.code,
    blasInt(rows), blasInt(columns), blasInt(inner), scale,
    left, blasInt(max(1, leftStride)), right, blasInt(max(1, rightStride)),
    keeping, result, blasInt(max(1, stride)))
}

extension Matrix.Form {
  var code: CBLAS_TRANSPOSE { self == .plain ? CblasNoTrans : CblasTrans }
}

import CLAPACKE

/// A symmetric matrix taken apart as A = V diag(λ) Vᵀ, or the part of it with the largest λ.
///
/// - Reference: LAPACK `dsyevr`; Dhillon, Parlett & Vömel (2006), *ACM TOMS* 32(4), 533–560.
public struct SymmetricEigen: Sendable, Equatable {
  /// The eigenvalues λ, from the largest down.
  public let values: [Double]
  /// The eigenvectors, one a column in the order of `values`; *n* x *m*.
  ///
  /// Each has length 1, and its component of largest size is positive (the first such one), so
  /// that signs do not depend on the way taken to find them.
  public let vectors: Matrix

  /// Takes a matrix apart; only its diagonal and what lies below are read.
  ///
  /// - Parameters:
  ///   - matrix: Symmetric, *n* x *n*.
  ///   - largest: How many eigenvalues to find, from the largest; `nil` finds all.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` if an element is not finite,
  ///   ``LinearAlgebraError/notConverged`` if the library gives up.
  /// - Complexity: O(*n*³), less the fewer are wanted.
  public init(_ matrix: Matrix, largest: Int? = nil) throws(LinearAlgebraError) {
    precondition(
      matrix.rows == matrix.columns, "\(matrix.rows) x \(matrix.columns) is not square")
    let size = matrix.rows
    let wanted = largest ?? size
    precondition((0...size).contains(wanted), "\(wanted) eigenvalues of order \(size)")
    try matrix.checkFinite()
    guard size > 0, wanted > 0 else {
      values = []
      vectors = Matrix(rows: size, columns: 0)
      return
    }
    var work = matrix
    var found: Int32 = 0
    var ascending = [Double](repeating: 0, count: size)
    var rows = Matrix(rows: wanted, columns: size)
    var support = [Int32](repeating: 0, count: 2 * size)
    let range = CChar(UInt8(ascii: wanted == size ? "A" : "I"))
    let info = unsafe LAPACKE_dsyevr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), range, CChar(UInt8(ascii: "U")), blasInt(size),
      &work.values, blasInt(size), 0, 0, blasInt(size - wanted + 1), blasInt(size), 0, &found,
      &ascending, &rows.values, blasInt(size), &support)
    try checkMemory(info)
    guard info == 0, Int(found) == wanted else { throw .notConverged }
    values = Array(ascending.prefix(wanted).reversed())
    vectors = Matrix(columnsFromRows: rows, order: (0..<wanted).reversed())
  }
}

extension Matrix {
  /// The rows of a matrix as columns, in an order given, each turned to its standard sign.
  fileprivate init(columnsFromRows source: Matrix, order: some Sequence<Int>) {
    self.init(rows: source.columns, columns: source.rows)
    for (column, row) in order.enumerated() {
      let sign = standardSign(of: source.row(row))
      for index in 0..<source.columns {
        self[index, column] = sign * source[row, index]
      }
    }
  }
}

/// 1, or -1 if the first component of largest size is negative.
///
/// Sizes that differ by rounding alone count as equal, so that a tie is not broken by noise.
func standardSign(of vector: some Collection<Double>) -> Double {
  var largest = 0.0
  var sign = 1.0
  for value in vector where abs(value) > largest * (1 + 1e-9) {
    largest = abs(value)
    sign = value < 0 ? -1 : 1
  }
  return sign
}

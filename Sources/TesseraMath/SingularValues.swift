import CLAPACKE

/// A matrix taken apart as A = U diag(s) Vᵀ, with as many terms as its shorter side.
///
/// - Reference: LAPACK `dgesdd`; Gu & Eisenstat (1995), *SIAM J. Matrix Anal. Appl.* 16(1), 79–92.
public struct SingularValues: Sendable, Equatable {
  /// The singular values s, from the largest down, none negative.
  public let values: [Double]
  /// U: a left vector of length 1 in each column; *m* x *r* with *r* the shorter side.
  public let left: Matrix
  /// V: a right vector of length 1 in each column; *n* x *r*.
  ///
  /// The component of largest size of each is positive (the first such one), and the sign of
  /// the left vector follows, so that signs do not depend on the way taken to find them.
  public let right: Matrix

  /// Takes a matrix apart.
  ///
  /// - Parameter matrix: *m* x *n*, of any shape.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` if an element is not finite,
  ///   ``LinearAlgebraError/notConverged`` if the library gives up.
  /// - Complexity: O(*m* · *n* · min(*m*, *n*)).
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkFinite()
    let (m, n) = (matrix.rows, matrix.columns)
    let rank = min(m, n)
    var singular = [Double](repeating: 0, count: rank)
    var u = Matrix(rows: m, columns: rank)
    var vTransposed = Matrix(rows: rank, columns: n)
    if rank > 0 {
      var work = matrix
      // Row by row, A is what LAPACK sees as Aᵀ = V diag(s) Uᵀ: its left vectors are our right.
      let info = unsafe LAPACKE_dgesdd(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), blasInt(n), blasInt(m), &work.values,
        blasInt(n), &singular, &vTransposed.values, blasInt(n), &u.values, blasInt(rank))
      try checkMemory(info)
      guard info == 0 else { throw .notConverged }
    }
    var v = vTransposed.transposed
    for term in 0..<rank where standardSign(of: vTransposed.row(term)) < 0 {
      for row in 0..<n {
        v[row, term] = -v[row, term]
      }
      for row in 0..<m {
        u[row, term] = -u[row, term]
      }
    }
    values = singular
    left = u
    right = v
  }

  /// Number of singular values that stand out from rounding.
  ///
  /// - Parameter tolerance: Smallest singular value that counts, as a part of the largest; `nil`
  ///   takes the longer side times the spacing of doubles at 1.
  /// - Returns: From 0 to *r*.
  public func rank(tolerance: Double? = nil) -> Int {
    guard let largest = values.first, largest > 0 else { return 0 }
    let share = tolerance ?? Double(max(left.rows, right.rows)) * Double.ulpOfOne
    return values.filter { $0 > share * largest }.count
  }
}

import Foundation
import TesseraMath
import Testing

struct CholeskyTests {
  @Test func `the factor, the solution and the inverse fit the matrix`() throws {
    var stream = RandomStream(seed: 4)
    for size in [1, 2, 7, 40] {
      let a = Matrix.random(size + 5, size, &stream).crossProduct()
      let factor = try Cholesky(a)
      #expect(factor.lower.naiveProduct(factor.lower.transposed).distance(to: a) < 1e-11)
      let x = Matrix.random(size, 3, &stream)
      #expect(factor.solve(a.naiveProduct(x)).distance(to: x) < 1e-8)
      #expect(factor.solve(a.multiplied(by: x.column(1))).distance(to: x.column(1)) < 1e-8)
      let inverse = factor.inverse()
      #expect(inverse == inverse.transposed)
      #expect(a.naiveProduct(inverse).distance(to: .identity(size)) < 1e-9)
    }
  }

  @Test func `the determinant of a known matrix`() throws {
    let factor = try Cholesky(Matrix([[4, 2], [2, 3]]))
    #expect(abs(factor.logDeterminant - log(8)) < 1e-15)
    #expect(try Cholesky(Matrix(rows: 0, columns: 0)).logDeterminant == 0)
  }

  @Test func `a matrix that is not positive definite is refused with its order`() {
    let flat = Matrix([[1, 0, 0], [0, 2, 0], [0, 0, -1]])
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try Cholesky(flat) }
        == .notPositiveDefinite(order: 3))
    let hole = Matrix([[1, 0], [.nan, 1]])
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try Cholesky(hole) }
        == .notFinite(row: 1, column: 0))
    let endless = Matrix([[.infinity]])
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try Cholesky(endless) }
        == .notFinite(row: 0, column: 0))
  }
}

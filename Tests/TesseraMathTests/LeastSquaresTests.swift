import TesseraMath
import Testing

struct LeastSquaresTests {
  @Test func `whole-number weights are repeated rows`() throws {
    var stream = RandomStream(seed: 31)
    let x = Matrix.random(12, 3, &stream)
    let y = stream.normals(12)
    let times = (0..<12).map { _ in stream.below(4) }
    let rows = times.indices.flatMap { [Int](repeating: $0, count: times[$0]) }
    let weighted = try LeastSquares(design: x, response: y, weights: times.map(Double.init))
    let repeated = try LeastSquares(
      design: Matrix(rows.map { Array(x.row($0)) }), response: rows.map { y[$0] })
    #expect(weighted.coefficients.distance(to: repeated.coefficients) < 1e-12)
    #expect(abs(weighted.residualSumOfSquares - repeated.residualSumOfSquares) < 1e-12)
    #expect(weighted.unscaledCovariance.distance(to: repeated.unscaledCovariance) < 1e-12)
    #expect(weighted.degreesOfFreedom == times.filter { $0 > 0 }.count - 3)
  }

  @Test func `residuals stand at right angles to every column`() throws {
    var stream = RandomStream(seed: 32)
    let x = Matrix.random(50, 6, &stream)
    let fit = try LeastSquares(design: x, response: stream.normals(50))
    #expect(x.transposedMultiplied(by: fit.residuals).allSatisfy { abs($0) < 1e-12 })
    #expect(fit.warning == nil && fit.rank == 6 && fit.degreesOfFreedom == 44)
    let inverse = try Cholesky(x.crossProduct()).inverse()
    #expect(fit.unscaledCovariance.distance(to: inverse) < 1e-12)
  }

  @Test func `columns that repeat those before are left out and named, whatever their units`()
    throws
  {
    var stream = RandomStream(seed: 33)
    var x = Matrix(rows: 40, columns: 5)
    for row in 0..<40 {
      let (a, b) = (stream.normal(), stream.normal())
      x[row, 0] = 1
      x[row, 1] = a * 1e9
      x[row, 2] = 3 - 2 * a
      x[row, 3] = 0
      x[row, 4] = b * 1e-9
    }
    let y = (0..<40).map { 2 + x[$0, 1] * 1e-9 + x[$0, 4] * 1e9 }
    let fit = try LeastSquares(design: x, response: y)
    #expect(fit.dependentColumns == [2, 3])
    #expect(fit.coefficients[2] == 0 && fit.coefficients[3] == 0)
    #expect(abs(fit.coefficients[0] - 2) < 1e-9)
    #expect(abs(fit.coefficients[1] * 1e9 - 1) < 1e-9)
    #expect(abs(fit.coefficients[4] * 1e-9 - 1) < 1e-9)
    #expect(fit.warning?.contains("3, 4") == true)
    #expect(fit.unscaledCovariance.row(2).allSatisfy { $0 == 0 })
  }

  @Test func `fewer rows than columns, no rows and no columns are answered`() throws {
    var stream = RandomStream(seed: 34)
    let x = Matrix.random(2, 4, &stream)
    let fit = try LeastSquares(design: x, response: [1, 2])
    #expect(fit.rank == 2 && fit.dependentColumns == [2, 3])
    #expect(fit.residuals.allSatisfy { abs($0) < 1e-12 })
    #expect(fit.standardErrors == nil)
    let none = try LeastSquares(design: Matrix(rows: 0, columns: 2), response: [])
    #expect(none.rank == 0 && none.coefficients == [0, 0])
    let mean = try LeastSquares(design: Matrix(rows: 3, columns: 0), response: [1, 2, 3])
    #expect(mean.residualSumOfSquares == 14)
  }

  @Test func `tiny and huge columns neither vanish nor overflow`() throws {
    let x = Matrix([[1e-300, 1e300], [2e-300, -1e300], [3e-300, 5e299]])
    let fit = try LeastSquares(design: x, response: [2, 1, 3.5])
    #expect(abs(fit.coefficients[0] / 1e300 - 1) < 1e-12)
    #expect(abs(fit.coefficients[1] / 1e-300 - 1) < 1e-12)
  }

  @Test func `numbers that are not finite are refused by place`() {
    let x = Matrix([[1, 2], [3, 4]])
    let error = linearAlgebraError { () throws(LinearAlgebraError) in
      _ = try LeastSquares(design: x, response: [1, .nan])
    }
    #expect(error == .notFinite(row: 1, column: 2))
  }
}

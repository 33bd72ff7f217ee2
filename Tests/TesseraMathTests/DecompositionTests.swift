import TesseraMath
import Testing

struct DecompositionTests {
  @Test func `eigenvalues and vectors rebuild a symmetric matrix`() throws {
    var stream = RandomStream(seed: 11)
    for size in [1, 2, 9, 40] {
      let half = Matrix.random(size, size, &stream)
      let a = Matrix(
        rows: size, columns: size,
        values: zip(half.values, half.transposed.values).map { $0 + $1 })
      let eigen = try SymmetricEigen(a)
      #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
      var scaled = eigen.vectors
      for row in 0..<size {
        for column in 0..<size {
          scaled[row, column] *= eigen.values[column]
        }
      }
      #expect(
        scaled.naiveProduct(eigen.vectors.transposed).distance(to: a) < 1e-12 * Double(size + 9))
      #expect(eigen.vectors.crossProduct().distance(to: .identity(size)) < 1e-12)
    }
  }

  @Test func `the largest eigenvalues alone are the first of all`() throws {
    var stream = RandomStream(seed: 12)
    let a = Matrix.random(30, 12, &stream).crossProduct()
    let all = try SymmetricEigen(a)
    let some = try SymmetricEigen(a, largest: 3)
    #expect(some.values.distance(to: Array(all.values.prefix(3))) < 1e-11)
    for term in 0..<3 {
      #expect(some.vectors.column(term).distance(to: all.vectors.column(term)) < 1e-9)
    }
    #expect(try SymmetricEigen(a, largest: 0).values.isEmpty)
  }

  @Test func `eigenvalues of a known matrix, with vectors of standard sign`() throws {
    // The second difference matrix of order 3: 2 + √2, 2, 2 − √2.
    let eigen = try SymmetricEigen(Matrix([[2, -1, 0], [-1, 2, -1], [0, -1, 2]]))
    let root = 2.0.squareRoot()
    #expect(eigen.values.distance(to: [2 + root, 2, 2 - root]) < 1e-14)
    #expect(eigen.vectors.column(0).distance(to: [-0.5, root / 2, -0.5]) < 1e-14)
    #expect(eigen.vectors.column(1).distance(to: [root / 2, 0, -root / 2]) < 1e-14)
  }

  @Test(arguments: [(1, 1), (5, 3), (3, 5), (60, 7), (7, 60)])
  func `singular values and vectors rebuild a matrix`(shape: (Int, Int)) throws {
    var stream = RandomStream(seed: 13)
    let a = Matrix.random(shape.0, shape.1, &stream)
    let parts = try SingularValues(a)
    let rank = min(shape.0, shape.1)
    #expect(parts.values.count == rank)
    #expect(zip(parts.values, parts.values.dropFirst()).allSatisfy { $0 >= $1 })
    var scaled = parts.left
    for row in 0..<scaled.rows {
      for column in 0..<rank {
        scaled[row, column] *= parts.values[column]
      }
    }
    #expect(scaled.naiveProduct(parts.right.transposed).distance(to: a) < 1e-12)
    #expect(parts.left.crossProduct().distance(to: .identity(rank)) < 1e-12)
    #expect(parts.right.crossProduct().distance(to: .identity(rank)) < 1e-12)
    #expect(parts.rank() == rank)
  }

  @Test func `a matrix of two directions has rank two`() throws {
    var stream = RandomStream(seed: 14)
    let a = Matrix.random(20, 2, &stream).multiplied(by: Matrix.random(2, 6, &stream))
    #expect(try SingularValues(a).rank() == 2)
    #expect(try SingularValues(Matrix(rows: 3, columns: 4)).rank() == 0)
    #expect(try SingularValues(Matrix(rows: 0, columns: 4)).values.isEmpty)
  }

  @Test func `elimination solves a system that needs row exchanges`() throws {
    var stream = RandomStream(seed: 15)
    var a = Matrix.random(8, 8, &stream)
    a[0, 0] = 0
    let x = Matrix.random(8, 2, &stream)
    #expect(try a.solve(a.naiveProduct(x)).distance(to: x) < 1e-10)
    #expect(try a.solve(a.multiplied(by: x.column(0))).distance(to: x.column(0)) < 1e-10)
  }

  @Test func `bad numbers are refused with their kind`() {
    let flat = Matrix([[1, 2], [2, 4]])
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try flat.solve([1, 1]) }
        == .singular(order: 2))
    let hole = Matrix([[1, .nan], [0, 1]])
    let expected = LinearAlgebraError.notFinite(row: 0, column: 1)
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try SymmetricEigen(hole) }
        == expected)
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try SingularValues(hole) }
        == expected)
    #expect(
      linearAlgebraError { () throws(LinearAlgebraError) in _ = try hole.solve([1, 1]) }
        == expected)
    #expect(expected.description.contains("row 1, column 2"))
  }

  @Test func `one thread of OpenBLAS can be asked for, and it says what it is`() {
    NumericThreads.useSingleThread()
    #expect(NumericThreads.count == 1)
    #expect(NumericThreads.libraryDescription.contains("OpenBLAS"))
  }
}

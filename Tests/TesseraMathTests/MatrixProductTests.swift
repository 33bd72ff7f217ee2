import TesseraMath
import Testing

struct MatrixProductTests {
  @Test func `products agree with their definition, in every form`() {
    var stream = RandomStream(seed: 1)
    for (m, k, n) in [(1, 1, 1), (3, 4, 5), (17, 2, 9), (6, 31, 1)] {
      let a = Matrix.random(m, k, &stream)
      let b = Matrix.random(k, n, &stream)
      let expected = a.naiveProduct(b)
      #expect(a.multiplied(by: b).distance(to: expected) < 1e-12)
      #expect(a.transposed.transposedMultiplied(by: b).distance(to: expected) < 1e-12)
      #expect(a.multiplied(byTransposed: b.transposed).distance(to: expected) < 1e-12)
      #expect(a.multiplied(by: b.column(0)).distance(to: expected.column(0)) < 1e-12)
      #expect(
        a.transposed.transposedMultiplied(by: b.column(0)).distance(to: expected.column(0)) < 1e-12)
    }
  }

  @Test func `a product can be added to what stands there`() {
    var stream = RandomStream(seed: 2)
    let a = Matrix.random(4, 3, &stream)
    let b = Matrix.random(3, 2, &stream)
    let old = Matrix.random(4, 2, &stream)
    var sum = old
    sum.store(a, times: b, scale: 2, keeping: -1)
    let product = a.naiveProduct(b)
    let expected = zip(product.values, old.values).map { 2 * $0 - $1 }
    #expect(sum.values.distance(to: expected) < 1e-12)
  }

  @Test func `an inner size of zero gives zeros, and empty matrices are left alone`() {
    let product = Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 3))
    #expect(product == Matrix(rows: 2, columns: 3))
    let empty = Matrix(rows: 0, columns: 3).multiplied(by: Matrix(rows: 3, columns: 0))
    #expect(empty.values.isEmpty)
    #expect(Matrix(rows: 0, columns: 2).crossProduct() == Matrix(rows: 2, columns: 2))
    #expect(Matrix(rows: 0, columns: 2).transposedMultiplied(by: []) == [0, 0])
    #expect(dot([], []) == 0)
  }

  @Test func `cross-products weigh rows, over several blocks and with any sign`() {
    var stream = RandomStream(seed: 3)
    let x = Matrix.random(1_300, 4, &stream)
    let weights = (0..<1_300).map { _ in stream.uniform() - 0.3 }
    var scaled = x
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        scaled[row, column] *= weights[row]
      }
    }
    let expected = x.transposed.naiveProduct(scaled)
    let sums = x.crossProduct(weights: weights)
    #expect(sums.distance(to: expected) < 1e-10)
    #expect(sums == sums.transposed)
    #expect(x.crossProduct().distance(to: x.transposed.naiveProduct(x)) < 1e-10)
    #expect(x.crossProduct() == x.crossProduct().transposed)
  }

  @Test func `shapes that do not fit stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 3).multiplied(by: Matrix(rows: 2, columns: 3))
    }
  }
}

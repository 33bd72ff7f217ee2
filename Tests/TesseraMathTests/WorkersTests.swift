import TesseraMath
import Testing

struct WorkersTests {
  private struct Refusal: Error, Equatable {
    let index: Int
  }

  @Test(arguments: [1, 2, 7])
  func `the answer does not depend on the number of threads`(threads: Int) {
    let source = RandomStream(seed: 51)
    func sums(_ workers: Workers) -> [Double] {
      workers.map(200) { index in
        var stream = source.split(index)
        return stream.normals(50 + index).reduce(0, +)
      }
    }
    #expect(sums(Workers(threads)) == sums(.single))
    #expect(Workers(threads).map(0) { $0 } == [])
    #expect(Workers(threads).map(1) { "\($0)" } == ["0"])
  }

  @Test(arguments: [1, 2, 7])
  func `the first failure by index is the one thrown`(threads: Int) {
    let error = #expect(throws: Refusal.self) {
      try Workers(threads).tryMap(100) { (index) throws(Refusal) -> Int in
        if index % 30 == 29 { throw Refusal(index: index) }
        return index
      }
    }
    #expect(error == Refusal(index: 29))
  }

  @Test func `fewer than one thread counts as one`() {
    #expect(Workers(0) == .single && Workers(-3).count == 1)
  }

  @Test func `products inside threads are those outside`() {
    NumericThreads.useSingleThread()
    var stream = RandomStream(seed: 52)
    let tables = (0..<12).map { _ in Matrix.random(60, 30, &stream) }
    let expected = tables.map { $0.crossProduct() }
    #expect(Workers(4).map(12) { tables[$0].crossProduct() } == expected)
  }
}

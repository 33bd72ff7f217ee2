import TesseraMath
import Testing

@Suite struct LargeArrayTests {
  @Test(arguments: [0, 1, 1_000, 3 << 20])
  func `small and large ones hold what was written`(count: Int) {
    let made: [Int32] = unsafe LargeArray.make(count) { buffer in
      for index in 0..<count { unsafe buffer[index] = Int32(index) }
    }
    #expect(made.count == count)
    #expect(made.indices.allSatisfy { made[$0] == Int32($0) })
    let zeros: [Double] = LargeArray.zeros(count)
    #expect(zeros == [Double](repeating: 0, count: count))
  }
}

import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct ContinuumTests {
  private let input: RespondentMatrix

  init() throws {
    let planted = PlantedSegments(respondents: 120, segments: 2, columns: 3, distance: 4, seed: 1)
    input = try RespondentMatrix(planted.values)
  }

  /// Gains of sets by the order in which they are drawn; the data gain 1.
  private func gains(
    _ workers: Workers, _ set: @escaping @Sendable (RespondentMatrix) -> Double
  ) throws -> ContinuumTest.Gains {
    let data = input.values
    return try ContinuumTest().gains(
      of: input, random: RandomStream(seed: 3), workers: workers
    ) { matrix, _ throws(SegmentationError) in
      [matrix.values == data ? 1 : set(matrix)]
    }
  }

  @Test(arguments: [Workers.single, Workers(2)])
  func `data above all sets are held against all nineteen`(workers: Workers) throws {
    let found = try gains(workers) { _ in 0.5 }
    #expect(found.isAboveAll)
    #expect(found.null.count == 19)
  }

  @Test(arguments: [Workers.single, Workers(2)])
  func `a set that gains as much settles it, and the others are left undone`(
    workers: Workers
  ) throws {
    let found = try gains(workers) { _ in 1 }
    #expect(!found.isAboveAll)
    #expect(found.null.count == 3)
  }

  @Test func `a late set counts as an early one does`() throws {
    let sums = try gains(.single) { $0.values.values.reduce(0, +) / 1e6 }.null.map { $0[0] }
    let last = try #require(sums.last)
    let found = try gains(.single) {
      abs($0.values.values.reduce(0, +) / 1e6 - last) < 1e-12 ? 2 : 0
    }
    #expect(!found.isAboveAll)
    #expect(found.null.count == 19)
  }
}

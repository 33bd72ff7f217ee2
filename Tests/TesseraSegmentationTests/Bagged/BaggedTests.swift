import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct BaggedTests {
  static func bagged(_ segments: Int) -> Bagged {
    Bagged(segments: segments, samples: 6, centres: 8)
  }

  @Test func `it keeps the laws of segmenters`() throws {
    let planted = PlantedSegments(
      respondents: 100, segments: 4, columns: 5, distance: 8, missing: 0.02, seed: 6)
    let suite = SegmenterConformance(
      input: try RespondentMatrix(planted.values), segments: 4
    ) { Self.bagged($0) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  /// Two long parallel strips: k-means cuts them across, single linkage of centres does not.
  @Test func `long segments are pieced together`() throws {
    var random = RandomStream(seed: 3)
    let values = Matrix(
      (0..<240).map { row in
        [20 * random.uniform(), (row % 2 == 0 ? 0 : 4) + 0.3 * random.normal()]
      })
    let truth = (0..<240).map { $0 % 2 }
    let input = try RespondentMatrix(values)
    let means = try KMeans(segments: 2, starts: 5, standardisation: .none).fit(input, seed: 1)
    let bagged = try Bagged(
      segments: 2, samples: 8, centres: 16, linkage: .single, standardisation: .none
    ).fit(input, seed: 1)
    #expect(CrossTable(means.labels, truth).adjustedRand < 0.1)
    #expect(CrossTable(bagged.labels, truth).adjustedRand > 0.9)
  }
}

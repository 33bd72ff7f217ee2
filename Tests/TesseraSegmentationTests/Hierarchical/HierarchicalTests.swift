import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct HierarchicalTests {
  /// R 4.2.2: `hclust(dist(iris[, 1:4]), "ward.D2")`, `cutree(., 3)`, against Species.
  @Test func `iris has its known Ward tree`() throws {
    let file = try Fixture("iris.csv", in: KMeansTests.fixtures)
    let input = try RespondentMatrix(file.numbers([0, 1, 2, 3]))
    let fit = try Hierarchical(segments: 3, standardisation: .none).fit(input, seed: 1)
    let heights = fit.tree.merges.suffix(3).reversed().map(\.height)
    #expect(zip(heights, [32.447607, 12.300396, 6.399407]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect((0..<3).map { segment in fit.labels.count { $0 == segment } } == [64, 50, 36])
    let table = CrossTable(fit.labels, file.codes(4))
    #expect(abs(table.adjustedRand - 0.7311986) < 1e-7)
    #expect(abs(table.variationOfInformation - 0.4990883) < 1e-7)
  }

  @Test(arguments: Linkage.allCases)
  func `it keeps the laws of segmenters`(linkage: Linkage) throws {
    let planted = PlantedSegments(
      respondents: 70, segments: 3, columns: 4, distance: 9, seed: 2)
    let suite = SegmenterConformance(
      input: try RespondentMatrix(planted.values), segments: 3
    ) { Hierarchical(segments: $0, linkage: linkage) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  static let line: [(Linkage, [Double])] = [
    (.single, [1, 2, 4]), (.complete, [1, 3, 7]), (.average, [1, 2.5, 17.0 / 3]),
    (.ward, [1, 2.886751345948129, 6.940220937885672]),
  ]

  /// Merges of the points 0, 1, 3, 7 on a line, by hand.
  @Test(arguments: line)
  func `heights on a line are right by hand`(linkage: Linkage, heights: [Double]) throws {
    let input = try RespondentMatrix(Matrix([[0], [1], [3], [7]]))
    let fit = try Hierarchical(segments: 2, linkage: linkage, standardisation: .none).fit(
      input, seed: 1)
    #expect(zip(fit.tree.merges.map(\.height), heights).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(fit.labels == [0, 0, 0, 1])
    #expect(fit.tree.cut(4) == [0, 1, 2, 3])
    #expect(Set(fit.tree.cut(1)) == [0])
  }

  @Test func `too many respondents are refused with a way out`() throws {
    let input = try RespondentMatrix(Matrix([[0], [1], [3], [7]]))
    #expect(throws: SegmentationError.tooManyRespondents(given: 4, limit: 3)) {
      try Hierarchical(segments: 2, limit: 3).fit(input, seed: 1)
    }
    #expect(throws: SegmentationError.gap(row: 1, column: 0)) {
      try Hierarchical(segments: 2).fit(
        try RespondentMatrix(Matrix([[1, 2], [.nan, 3], [4, 5]])), seed: 1)
    }
  }
}

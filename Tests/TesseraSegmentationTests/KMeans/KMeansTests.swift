import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct KMeansTests {
  static let fixtures = Fixture.folder(target: "TesseraSegmentationTests")

  static func iris() throws -> Matrix {
    try Fixture("iris.csv", in: fixtures).numbers([0, 1, 2, 3])
  }

  /// Sums of squares that R 4.2.2 `kmeans(iris[, 1:4], k, nstart = 200)` reaches.
  @Test(arguments: [(2, 152.347952), (3, 78.851441), (4, 57.228473), (5, 46.446182)])
  func `iris has its known sums of squares`(segments: Int, known: Double) throws {
    let input = try RespondentMatrix(try Self.iris())
    let fit = try KMeans(segments: segments, standardisation: .none).fit(input, seed: 1)
    #expect(abs(fit.objective.value - known) < 1e-6 * known)
    #expect(fit.ending.isConverged)
    #expect(fit.prevalence == fit.prevalence.sorted(by: >))
    #expect(abs(fit.totalSquares - 681.3706) < 1e-4)
  }
}

import Foundation
import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct AgreementTests {
  /// Hubert & Arabie (1985) by hand: table [[2, 1], [0, 3]] has 4 joint pairs.
  @Test func `the adjusted Rand index is right by hand`() {
    let table = CrossTable([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1])
    // Pairs: both 1 + 3 = 4, rows 6, columns 1 + 6 = 7, all 15; expected 2.8.
    #expect(abs(table.adjustedRand - (4 - 2.8) / (6.5 - 2.8)) < 1e-12)
  }

  @Test func `the variation of information is right by hand`() {
    let table = CrossTable([0, 0, 1, 1], [0, 1, 0, 1])
    #expect(abs(table.variationOfInformation - 2 * log(2)) < 1e-12)
    #expect(CrossTable([0, 0, 1, 1], [1, 1, 0, 0]).variationOfInformation < 1e-12)
  }

  @Test func `jaccard and containment are right by hand`() {
    let table = CrossTable([0, 0, 0, 1], [0, 0, 1, 1])
    #expect(table.jaccard[0, 0] == 2.0 / 3)
    #expect(table.jaccard[1, 1] == 0.5)
    #expect(table.containment[0, 1] == 1.0 / 3)
  }

  @Test func `numbers of segments do not matter`() {
    var random = RandomStream(seed: 4)
    let one = (0..<200).map { _ in random.below(4) }
    let two = (0..<200).map { _ in random.below(3) }
    let renamed = one.map { [2, 0, 3, 1][$0] }
    let table = CrossTable(one, two)
    let other = CrossTable(renamed, two)
    #expect(abs(table.adjustedRand - other.adjustedRand) < 1e-12)
    #expect(abs(table.variationOfInformation - other.variationOfInformation) < 1e-12)
    #expect(abs(table.adjustedRand) < 0.05)
    #expect(CrossTable(one, renamed).matching == [2, 0, 3, 1])
    #expect(CrossTable(one, renamed).matchedShare == 1)
    #expect(CrossTable(one, renamed).adjustedRand == 1)
  }

  @Test func `a weight of 2 is the respondent twice`() {
    let one = [0, 0, 1, 1, 2]
    let two = [0, 1, 1, 1, 0]
    let weighted = CrossTable(one, two, weights: [2, 1, 1, 2, 1])
    let repeated = CrossTable([0, 0, 0, 1, 1, 1, 2], [0, 0, 1, 1, 1, 1, 0])
    #expect(weighted == repeated)
  }

  @Test func `matching leaves spare segments alone`() {
    #expect(CrossTable([0, 1, 2], [0, 0, 1]).matching.compactMap { $0 }.count == 2)
  }

  /// R 4.2.2: `kmeans(iris[, 1:4], iris[c(1, 51, 101), 1:4])`, `cluster::silhouette`, `fpc::calinhara`.
  @Test func `iris has its known silhouette and Calinski-Harabasz index`() throws {
    let values = try KMeansTests.iris()
    let fit = try KMeans(segments: 3, standardisation: .none).fit(
      try RespondentMatrix(values), seed: 1)
    let silhouette = Silhouette(values, labels: fit.labels, workers: Workers(2))
    #expect(abs(silhouette.mean - 0.552819) < 1e-6)
    let index = try #require(Separation.calinskiHarabasz(values, labels: fit.labels))
    #expect(abs(index - 561.6278) < 1e-4)
  }

  @Test func `silhouettes of copies are those of weights`() {
    let values = Matrix([[0], [1], [5], [6], [6.5]])
    let labels = [0, 0, 1, 1, 1]
    let weighted = Silhouette(values, labels: labels, weights: [2, 1, 1, 3, 1])
    let rows = [0, 0, 1, 2, 3, 3, 3, 4]
    let repeated = Silhouette(
      Matrix(rows: 8, columns: 1, values: rows.map { values[$0, 0] }),
      labels: rows.map { labels[$0] })
    #expect(abs(weighted.mean - repeated.mean) < 1e-12)
  }

  @Test func `a sampled silhouette is near the exact one`() {
    let planted = PlantedSegments(
      respondents: 800, segments: 3, columns: 3, distance: 4, seed: 1)
    let exact = Silhouette(planted.values, labels: planted.truth)
    let sampled = Silhouette(planted.values, labels: planted.truth, limit: 300)
    #expect(sampled.respondents.count == 300)
    #expect(abs(exact.mean - sampled.mean) < 0.04)
  }
}

import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

@Suite struct FactorAnalysisTests {
  static let fixtures = Fixture.folder(target: "TesseraSegmentationTests")

  static func near(_ found: [Double], _ known: [Double], _ tolerance: Double = 1e-6) -> Bool {
    found.count >= known.count
      && zip(found, known).allSatisfy { abs($0 - $1) < tolerance * max(1, abs($1)) }
  }

  /// Columns 2, 16, 22, 29, 28, 30, 31 of R's data frame; the file has row names before them.
  static func wine(weights: CaseWeights = .none, withLabel: Bool = false) throws -> ItemTable {
    let file = try Fixture("wine.csv", in: fixtures)
    let items = [file.categories(2)] + [16, 22, 29, 28, 30, 31].map(file.numeric)
    return try ItemTable(
      respondentCount: 21, items: (withLabel ? [file.categories(1)] : []) + items,
      weights: weights)
  }

  /// FactoMineR 2.7 `FAMD`, which prince and a singular value decomposition confirm.
  @Test func `wine has its known mixed components`() throws {
    let fit = try FactorAnalysis().fit(try Self.wine())
    #expect(
      Self.near(
        fit.eigenvalues, [4.75194760, 1.68214945, 1.18212190, 0.69009295, 0.30167452]))
    #expect(abs(fit.shares[0] - 0.527994) < 1e-6)
    let label = try FactorAnalysis().fit(try Self.wine(withLabel: true))
    #expect(
      Self.near(label.eigenvalues, [4.831517, 1.856880, 1.582479, 1.149120, 0.651805]))
  }

  /// FactoMineR 2.7 `FAMD(..., row.w = 1:21)`.
  @Test func `row weights enter as FactoMineR has them`() throws {
    let weights = (1...21).map(Double.init)
    let known = [4.61656242, 1.79163521, 1.15508284, 0.71493602, 0.40664274]
    for kind in [CaseWeights.sampling(weights), .frequency(weights)] {
      let fit = try FactorAnalysis().fit(try Self.wine(weights: kind))
      #expect(Self.near(fit.eigenvalues, known))
    }
  }

  static func tea() throws -> ItemTable {
    let file = try Fixture("tea.csv", in: fixtures)
    return try ItemTable(respondentCount: 300, items: (0..<18).map { file.categories($0) })
  }

  /// FactoMineR 2.7 `MCA(tea[, 1:18])`.
  @Test func `tea has its known correspondence components`() throws {
    let fit = try FactorAnalysis().fit(try Self.tea(), workers: Workers(2))
    #expect(
      Self.near(fit.eigenvalues, [0.1482744, 0.1215467, 0.0900095, 0.0780544, 0.0737487]))
    // Coordinates have the eigenvalues as their variances.
    for component in 0..<5 {
      let variance =
        fit.coordinates.column(component).reduce(0) { $0 + $1 * $1 } / 300
      #expect(abs(variance - fit.eigenvalues[component]) < 1e-9)
    }
    for component in 0..<5 {
      let sum = (0..<18).reduce(0) { $0 + fit.contributions[$1, component] }
      #expect(abs(sum - 1) < 1e-9)
    }
  }

  /// FactoMineR 2.7 `MCA(poison[, 5:15])`, without and with `row.w = 1:55`.
  @Test func `poison has its known correspondence components`() throws {
    let file = try Fixture("poison.csv", in: Self.fixtures)
    let items = (4..<15).map { file.categories($0) }
    let plain = try FactorAnalysis().fit(try ItemTable(respondentCount: 55, items: items))
    #expect(Self.near(plain.eigenvalues, [0.33523140, 0.12913979, 0.10734849]))
    let weighted = try FactorAnalysis().fit(
      try ItemTable(
        respondentCount: 55, items: items, weights: .sampling((1...55).map(Double.init))))
    #expect(Self.near(weighted.eigenvalues, [0.34083061, 0.13919367, 0.11187774]))
  }

  /// R 4.2.2: `eigen(cor(iris[, 1:4]))`.
  @Test func `numbers alone make principal components of correlations`() throws {
    let file = try Fixture("iris.csv", in: Self.fixtures)
    let fit = try FactorAnalysis().fit(
      try ItemTable(respondentCount: 150, items: (0..<4).map(file.numeric)))
    #expect(
      Self.near(fit.eigenvalues, [2.91849782, 0.91403047, 0.14675688, 0.02071484], 1e-7))
  }

  @Test func `new respondents are projected where the old ones stand`() throws {
    let table = try Self.tea()
    let fit = try FactorAnalysis(components: 3).fit(table)
    let again = try fit.project(table)
    for (one, other) in zip(again.values, fit.coordinates.values) {
      #expect(abs(one - other) < 1e-12)
    }
  }

  /// FactoMineR 2.7 `HCPC(MCA(tea[, 1:18]), nb.clust = 3)`.
  @Test func `tea falls into its known three clusters`() throws {
    let fit = try FactorSegmenter(
      segments: 3, components: 5, division: .consolidatedWard
    ).fit(try Self.tea(), seed: 1)
    let sizes = (0..<3).map { segment in fit.labels.count { $0 == segment } }
    #expect(sizes == [171, 97, 32])
  }

  @Test(arguments: [FactorSegmenter.Division.kmeans(starts: 5), .ward, .consolidatedWard])
  func `it keeps the laws of segmenters`(division: FactorSegmenter.Division) throws {
    let planted = PlantedSegments(
      respondents: 90, segments: 4, columns: 6, distance: 6, missing: 0.03, seed: 3)
    let suite = SegmenterConformance(
      input: try planted.items(numeric: 3), segments: 4
    ) { FactorSegmenter(segments: $0, components: 3, division: division) }
    let suiteBroken = try suite.violations()
    #expect(suiteBroken.isEmpty, "\(suiteBroken)")
  }

  @Test func `items without variation are refused`() throws {
    let item = Item(
      name: "same", measurement: .nominal(categories: 2),
      answers: .codes([1, 1, 1]))
    #expect(throws: SegmentationError.self) {
      try FactorAnalysis().fit(try ItemTable(respondentCount: 3, items: [item]))
    }
  }
}

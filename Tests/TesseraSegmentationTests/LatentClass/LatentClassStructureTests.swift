import Foundation
import TesseraDesign
import TesseraMath
import TesseraSegmentation
import Testing

/// Restricted and extended forms, choice of the number of segments, and errors.
@Suite struct LatentClassStructureTests {
  private static func iris(_ variance: Item.VarianceForm) throws -> ItemTable {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/iris.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { $0.split(separator: ",").prefix(4).compactMap { Double($0) } }
    return try ItemTable(
      respondentCount: rows.count,
      items: (0..<4).map { column in
        Item(
          name: "measure \(column + 1)", measurement: .gaussian(variance: variance),
          answers: .numbers(rows.map { $0[column] }))
      })
  }

  /// mclust 6.0.0, VVV with three components, stops at -180.18584.
  @Test func `full covariances find mclust's optimum for iris`() throws {
    let settings = LatentClass(
      segments: 3, starts: .fixed(8), prior: .none, blocks: [.init(items: [0, 1, 2, 3])])
    let fit = try settings.fit(Self.iris(.perClass))
    #expect(fit.parameters == 44)
    #expect(abs(fit.logLikelihood + 180.18584) < 1e-3)
    #expect(fit.model.blocks[0].covariances[0].count == 16)
  }

  /// mclust 6.0.0 stops at -361.42950 (EEI) and -307.18083 (VVI), short of the maxima.
  @Test func `independent numbers do at least as well as mclust for iris`() throws {
    let settings = LatentClass(segments: 3, starts: .fixed(8), prior: .none)
    let equal = try settings.fit(Self.iris(.equal))
    #expect(equal.parameters == 18)
    #expect(equal.logLikelihood > -361.42950 && equal.logLikelihood < -361.42)
    let perClass = try settings.fit(Self.iris(.perClass))
    #expect(perClass.parameters == 26)
    #expect(perClass.logLikelihood > -307.18083)
  }

  @Test func `gaps in a block count by what was answered`() throws {
    let whole = try Self.iris(.perClass)
    let items = whole.items.enumerated().map { position, item -> Item in
      guard case .numbers(let numbers) = item.answers else { return item }
      let thinned = numbers.enumerated().map { ($0 + position) % 9 == 0 ? Double.nan : $1 }
      return Item(name: item.name, measurement: item.measurement, answers: .numbers(thinned))
    }
    let table = try ItemTable(respondentCount: 150, items: items)
    let settings = LatentClass(
      segments: 2, starts: .fixed(4), blocks: [.init(items: [0, 1, 2, 3])])
    let fit = try settings.fit(table)
    let single = try LatentClass(
      segments: 2, starts: .fixed(4), blocks: [.init(items: [0, 1, 2, 3], variance: .equal)]
    ).fit(table)
    #expect(fit.logLikelihood > single.logLikelihood)
    #expect(fit.parameters - single.parameters == 10)
    let scored = try fit.model.logLikelihoods(of: table).reduce(0, +)
    #expect(abs(scored - fit.logLikelihood) < 1e-6)
  }

  @Test func `two ordered categories are a binary item`() throws {
    let published = try PublishedTable("values")
    let ordered = published.items(0..<4).map { item in
      Item(
        name: item.name,
        measurement: .ordinal(categories: 2, as: .adjacentCategory(scores: [])),
        answers: item.answers)
    }
    let table = try ItemTable(
      respondentCount: published.codes.count, items: ordered,
      weights: .frequency(published.counts))
    let fit = try LatentClass(segments: 2, prior: .none).fit(table)
    #expect(fit.parameters == 9)
    #expect(abs(fit.logLikelihood + 504.46767) < 1e-4)
  }

  @Test func `a direct effect in one class is the pair's own table`() throws {
    let published = try PublishedTable("values")
    let table = try published.table(columns: 2)
    let fit = try LatentClass(
      segments: 1, prior: .none, directEffects: [ItemPair(0, 1)]
    ).fit(table)
    var cells = [Double](repeating: 0, count: 4)
    for (row, count) in zip(published.codes, published.counts) {
      cells[Int(row[0] - 1) * 2 + Int(row[1] - 1)] += count
    }
    let saturated = cells.reduce(0) { $0 + $1 * log($1 / 216) }
    #expect(fit.parameters == 3)
    #expect(abs(fit.logLikelihood - saturated) < 1e-6)
  }

  @Test func `a direct effect never fits worse and is counted`() throws {
    let table = try PublishedTable("values").table(columns: 4)
    let fit = try LatentClass(
      segments: 2, prior: .none, directEffects: [ItemPair(0, 1)]
    ).fit(table)
    #expect(fit.parameters == 10)
    #expect(fit.logLikelihood > -504.46768)
  }

  @Test func `modelled gaps add an item for each item with gaps`() throws {
    let planted = PlantedClasses(respondents: 150, seed: 4)
    let table = try planted.table()
    let plain = try LatentClass(segments: 2, starts: .fixed(4)).fit(table)
    let modelled = try LatentClass(
      segments: 2, starts: .fixed(4), missing: .modelled
    ).fit(table)
    #expect(modelled.parameters == plain.parameters + 2 * 8)
    #expect(modelled.model.modelledGaps.count == 8)
    let scored = try modelled.model.posterior(of: table)
    #expect(abs(scored[3, 0] - modelled.posteriorMatrix[3, 0]) < 1e-9)
    // Who answered an item has answered it: that pair is no tie.
    let residuals = try modelled.model.bivariateResiduals(
      on: LatentClassData(table, missing: .modelled))
    #expect(residuals.contains { $0.first == 0 && $0.second == 9 })
    #expect(!residuals.contains { $0.second == $0.first + 8 })
  }

  @Test func `two segments are chosen for the four dilemmas`() throws {
    let data = try LatentClassData(PublishedTable("values").table(columns: 4))
    let settings = LatentClass(segments: 1, prior: .none)
    let selection = try settings.select(data, segments: 1...3)
    #expect(selection.best?.segmentCount == 2)
    let likelihoods = selection.fits.map(\.logLikelihood)
    #expect(likelihoods == likelihoods.sorted())
    // The likelihood ratio of one against two classes is 78.364.
    let test = try settings.bootstrapTest(
      selection.fits[0], against: selection.fits[1], on: data, sets: 9)
    #expect(abs(test.statistic - 78.364) < 1e-3)
    #expect(test.pValue == 0.1)
    let one = try settings.crossValidatedLogLikelihood(selection.fits[0], on: data, folds: 4)
    let two = try settings.crossValidatedLogLikelihood(selection.fits[1], on: data, folds: 4)
    #expect(two > one)
    let residuals = try selection.fits[1].model.bivariateResiduals(on: data)
    #expect(residuals.count == 6)
    #expect(residuals.allSatisfy { $0.statistic < 4 })
  }

  @Test func `one class has the errors of a plain share`() throws {
    let data = try LatentClassData(PublishedTable("values").table(columns: 4))
    let fit = try LatentClass(segments: 1, prior: .none).fit(data)
    let sure = try fit.model.uncertainty(on: data, prior: .none)
    let chance = fit.model.items[0].probabilities?[0][0] ?? 0
    let expected = (chance * (1 - chance) / 216).squareRoot()
    #expect(abs((sure.items[0][0][0].standardError ?? 0) - expected) < 1e-9)
  }

  @Test func `errors from frequencies are those of repeated rows`() throws {
    let published = try PublishedTable("values")
    var errors: [Double] = []
    for table in [try published.table(columns: 4), try published.repeated(columns: 4)] {
      let data = try LatentClassData(table)
      let fit = try LatentClass(segments: 2, prior: .none).fit(data)
      let sure = try fit.model.uncertainty(on: data, prior: .none, estimator: .sandwich)
      errors.append(sure.prevalence[0].standardError ?? 0)
    }
    #expect(errors[0] > 0)
    #expect(abs(errors[0] - errors[1]) < 1e-8)
  }

  @Test func `each respondent as a cluster is no cluster at all`() throws {
    let planted = PlantedClasses(respondents: 200, seed: 12)
    let data = try LatentClassData(planted.table(weights: planted.weights))
    let fit = try LatentClass(segments: 2, starts: .fixed(4)).fit(data)
    let plain = try fit.model.uncertainty(on: data)
    let alone = try fit.model.uncertainty(
      on: data,
      units: SamplingUnits(weights: planted.weights.effective(count: 200), clusters: Array(0..<200))
    )
    #expect(plain.estimator == .sandwich)
    let (a, b) = (plain.items[0][0][0].standardError, alone.items[0][0][0].standardError)
    #expect(abs((a ?? 0) / (b ?? 1) - 1) < 1e-9)
    #expect(alone.degreesOfFreedom == 199)
  }

  @Test func `three-step means undo misclassification`() throws {
    let planted = PlantedClasses(respondents: 500, seed: 30)
    let fit = try LatentClass(segments: 3, starts: .fixed(8)).fit(planted.table())
    var stream = RandomStream(seed: 5)
    let outcome = planted.truth.map { Double($0) * 2 + stream.normal() }
    let corrected = try ThreeStep(fit, weights: .none)
    let expected = (0..<3).map { segment -> Double in
      let rows = planted.truth.indices.filter { fit.labels[$0] == segment }
      let counts = (0..<3).map { latent in rows.count { planted.truth[$0] == latent } }
      return Double(counts.firstIndex(of: counts.max() ?? 0) ?? 0) * 2
    }
    for (mean, truth) in zip(try corrected.means(of: outcome), expected) {
      #expect(abs(mean.mean - truth) < 4 * mean.standardError)
    }
    for (mean, truth) in zip(try corrected.likelihoodMeans(of: outcome), expected) {
      #expect(abs(mean.mean - truth) < 0.5)
    }
    let weights = corrected.bchWeights
    #expect(abs(weights.row(7).reduce(0, +) - 1) < 1e-9)
  }

  @Test func `impossible requests are refused with the reason`() throws {
    let table = try PublishedTable("values").table(columns: 1)
    #expect(throws: SegmentationError.tooManySegments(asked: 3, distinct: 2)) {
      try LatentClass(segments: 3).fit(table)
    }
    #expect(throws: SegmentationError.self) { try LatentClass(segments: 0).fit(table) }
    let item = Item(name: "q1", measurement: .binary, answers: .codes([1, 3]))
    #expect(throws: SegmentationError.code(item: "q1", row: 1, code: 3, categories: 2)) {
      try ItemTable(respondentCount: 2, items: [item])
    }
    let numbers = Item(
      name: "n", measurement: .gaussian(variance: .equal), answers: .numbers([1, .infinity]))
    #expect(throws: SegmentationError.self) {
      try ItemTable(respondentCount: 2, items: [numbers])
    }
    let good = Item(name: "q1", measurement: .binary, answers: .codes([1, 2]))
    #expect(throws: SegmentationError.badWeight(row: 0, value: -1)) {
      try ItemTable(respondentCount: 2, items: [good], weights: .sampling([-1, 2]))
    }
    #expect(throws: SegmentationError.nobody) {
      try ItemTable(respondentCount: 2, items: [good], weights: .frequency([0, 0]))
    }
  }

  @Test func `a constant item and a repeated number do no harm`() throws {
    let items = [
      Item(name: "same", measurement: .binary, answers: .codes([UInt8](repeating: 1, count: 40))),
      Item(
        name: "heaped", measurement: .gaussian(variance: .perClass),
        answers: .numbers((0..<40).map { $0 < 30 ? 5 : Double($0) })),
      Item(
        name: "flat", measurement: .gaussian(variance: .perClass),
        answers: .numbers([Double](repeating: 2, count: 40))),
    ]
    let table = try ItemTable(respondentCount: 40, items: items)
    for prior in [LatentClassPrior.default, .none] {
      let fit = try LatentClass(segments: 2, starts: .fixed(4), prior: prior).fit(table)
      #expect(fit.logLikelihood.isFinite)
      #expect(fit.posteriorMatrix.values.allSatisfy { $0.isFinite })
    }
  }
}

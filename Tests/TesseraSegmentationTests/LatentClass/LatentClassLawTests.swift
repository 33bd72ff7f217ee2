import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

/// What every latent class fit must obey, whatever the data.
@Suite struct LatentClassLawTests {
  private static let data = PlantedClasses(respondents: 400, seed: 7)

  private static func settings(_ classes: Int, workers: Int = 1) -> LatentClass {
    LatentClass(
      segments: classes, starts: .fixed(8), stream: RandomStream(seed: 3),
      workers: Workers(workers))
  }

  @Test func `the objective never falls from round to round`() throws {
    let table = try Self.data.table()
    let start = try Self.settings(3).fit(Self.data.table(rows: Array(0..<60))).model
    let prepared = try LatentClassData(table)
    var previous = -Double.infinity
    for rounds in [1, 2, 3, 5, 8, 12, 20, 40] {
      let em = try start.refit(
        on: prepared, until: ConvergenceRule(tolerance: 1e-300, iterations: rounds))
      #expect(em.objective >= previous - 1e-9 * em.objective.magnitude)
      previous = em.objective
    }
  }

  @Test func `a frequency of two is the row twice`() throws {
    let rows = Array(0..<150)
    let weights = rows.map { Double($0 % 3) }
    let repeated = rows.flatMap { Array(repeating: $0, count: $0 % 3) }
    let weighted = try Self.settings(3).fit(
      Self.data.table(rows: rows, weights: .frequency(weights)))
    let plain = try Self.settings(3).fit(Self.data.table(rows: repeated))
    #expect(abs(weighted.logLikelihood - plain.logLikelihood) < 1e-8 * 1000)
    #expect(abs(weighted.criteria.bic - plain.criteria.bic) < 1e-5)
    #expect(abs(weighted.criteria.icl - plain.criteria.icl) < 1e-5)
    for (a, b) in zip(weighted.prevalence, plain.prevalence) {
      #expect(abs(a - b) < 1e-8)
    }
  }

  @Test func `sampling weights matter by their ratios only`() throws {
    let rows = Array(0..<150)
    let weights = rows.map { 0.5 + Double($0 % 5) }
    let once = try Self.settings(2).fit(Self.data.table(rows: rows, weights: .sampling(weights)))
    let more = try Self.settings(2).fit(
      Self.data.table(rows: rows, weights: .sampling(weights.map { $0 * 8 })))
    #expect(abs(once.logLikelihood - more.logLikelihood) < 1e-8)
    #expect(once.sampleSize == 150)
    #expect(once.effectiveSampleSize < 150)
    #expect(once.criteria.effectiveBIC != once.criteria.bic)
  }

  @Test func `a respondent of weight zero changes nothing and is still classified`() throws {
    let weights = (0..<120).map { $0 < 100 ? 1.0 : 0 }
    let with = try Self.settings(2).fit(
      Self.data.table(rows: Array(0..<120), weights: .frequency(weights)))
    let without = try Self.settings(2).fit(Self.data.table(rows: Array(0..<100)))
    #expect(abs(with.logLikelihood - without.logLikelihood) < 1e-8)
    #expect(with.posteriorMatrix.rows == 120)
    #expect(abs(with.posteriorMatrix.row(110).reduce(0, +) - 1) < 1e-12)
  }

  @Test func `the order of rows does not matter`() throws {
    let rows = Array(0..<200)
    let forward = try Self.settings(3).fit(Self.data.table(rows: rows))
    let backward = try Self.settings(3).fit(Self.data.table(rows: Array(rows.reversed())))
    #expect(abs(forward.logLikelihood - backward.logLikelihood) < 1e-7)
    #expect(forward.labels == backward.labels.reversed())
  }

  @Test func `the order of columns and the names of categories do not matter`() throws {
    let published = try PublishedTable("carcinoma")
    let settings = LatentClass(segments: 3, prior: .none)
    let plain = try settings.fit(published.table(columns: 7))
    let turned = published.items(0..<7).reversed().map { item -> Item in
      guard case .codes(let codes) = item.answers else { return item }
      return Item(
        name: item.name, measurement: .binary, answers: .codes(codes.map { $0 == 0 ? 0 : 3 - $0 }))
    }
    let other = try settings.fit(
      ItemTable(
        respondentCount: published.codes.count, items: turned,
        weights: .frequency(published.counts)))
    #expect(abs(plain.logLikelihood - other.logLikelihood) < 1e-6)
  }

  @Test func `one thread or two give the same bytes`() throws {
    let table = try Self.data.table()
    let one = try Self.settings(3, workers: 1).fit(table)
    let two = try Self.settings(3, workers: 2).fit(table)
    #expect(one == two)
  }

  @Test func `a row without an answer gets the prevalence`() throws {
    var numbers = PlantedClasses(respondents: 120, seed: 9)
    numbers.clear(row: 5)
    let fit = try Self.settings(2).fit(numbers.table())
    for latent in 0..<2 {
      #expect(abs(fit.posteriorMatrix[5, latent] - fit.prevalence[latent]) < 1e-9)
    }
  }

  @Test func `one class is the sample itself`() throws {
    let published = try PublishedTable("values")
    let fit = try LatentClass(segments: 1, prior: .none).fit(published.table(columns: 4))
    for (column, item) in fit.model.items.enumerated() {
      let yes = zip(published.codes, published.counts)
        .reduce(0) { $1.0[column] == 2 ? $0 + $1.1 : $0 }
      #expect(abs((item.probabilities?[0][1] ?? 0) - yes / 216) < 1e-12)
    }
    #expect(fit.criteria.entropyR2 == nil)
  }

  @Test func `new respondents get the posterior the fit gave them`() throws {
    let table = try Self.data.table()
    let fit = try Self.settings(3).fit(table)
    let again = try fit.model.posterior(of: table)
    for (a, b) in zip(again.values, fit.posteriorMatrix.values) {
      #expect(abs(a - b) < 1e-9)
    }
    let total = try fit.model.logLikelihoods(of: table).reduce(0, +)
    #expect(abs(total - fit.logLikelihood) < 1e-6)
  }

  @Test func `the model survives being written and read`() throws {
    let fit = try Self.settings(3).fit(Self.data.table())
    let read = try JSONDecoder().decode(
      LatentClassModel.self, from: JSONEncoder().encode(fit.model))
    #expect(read == fit.model)
  }

  @Test func `planted classes are found about as well as their own model finds them`() throws {
    let planted = PlantedClasses(respondents: 600, seed: 21)
    let fit = try Self.settings(3).fit(planted.table(weights: planted.weights))
    let found = planted.agreement(of: fit.labels)
    let ideal = planted.agreement(of: planted.idealLabels())
    #expect(found > ideal - 0.05)
    #expect(ideal > 0.6)
  }
}

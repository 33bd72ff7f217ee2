import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

/// Details of the published fits: sizes, fit to the patterns, covariates, priors, what the answers
/// determine (Linzer & Lewis 2011, doi:10.18637/jss.v042.i10; Goodman 1974).
@Suite struct LatentClassDetailTests {
  private static func fit(
    _ name: String, _ columns: Int, _ classes: Int, prior: LatentClassPrior = .none,
    seed: UInt64 = 1
  ) throws -> LatentClassFit {
    try LatentClass(segments: classes, prior: prior, stream: RandomStream(seed: seed))
      .fit(PublishedTable(name).table(columns: columns))
  }

  @Test func `sizes, misfit and entropy of carcinoma with three classes are as printed`() throws {
    let fit = try Self.fit("carcinoma", 7, 3)
    for (found, printed) in zip(fit.prevalence, [0.4447, 0.3736, 0.1817]) {
      #expect(abs(found - printed) < 5e-4)
    }
    let counts = try PublishedTable("carcinoma").counts
    var modal = [0.0, 0, 0]
    for (label, count) in zip(fit.labels, counts) {
      modal[label] += count / 118
    }
    for (found, printed) in zip(modal, [0.4322, 0.3729, 0.1949]) {
      #expect(abs(found - printed) < 5e-4)
    }
    #expect(abs((fit.criteria.g2 ?? 0) - 15.26171) < 1e-3)
    #expect(abs((fit.criteria.x2 ?? 0) - 20.50336) < 1e-3)
    #expect(abs((fit.criteria.entropyR2 ?? 0) - 0.92567) < 1e-4)
    #expect(abs(fit.criteria.sabic - 624.43) < 1e-2)
    #expect(fit.criteria.degreesOfFreedom == 104)
  }

  @Test func `misfit of two classes and their sizes are as printed`() throws {
    let carcinoma = try Self.fit("carcinoma", 7, 2)
    #expect(abs((carcinoma.criteria.g2 ?? 0) - 62.36543) < 1e-3)
    let values = try Self.fit("values", 4, 2)
    #expect(abs((values.criteria.g2 ?? 0) - 2.71992) < 1e-3)
    #expect(abs(values.prevalence[0] - 0.7208) < 5e-4)
    let cheating = try Self.fit("cheating", 4, 2)
    #expect(abs(cheating.prevalence[1] - 0.1606) < 5e-4)
  }

  @Test func `with a prior carcinoma stays off the borders`() throws {
    let fit = try Self.fit("carcinoma", 7, 3, prior: .default)
    #expect(abs(fit.logLikelihood + 294.93460) < 1e-4)
    let chances = fit.model.items.flatMap { $0.probabilities ?? [] }.flatMap { $0 }
    #expect(chances.allSatisfy { $0 >= 0.0015 })
  }

  @Test func `grade point average predicts cheating as printed`() throws {
    let published = try PublishedTable("cheating")
    let rows = published.codes.indices.filter { published.codes[$0][4] > 0 }
    let grades = Matrix(
      rows: rows.count, columns: 1, values: rows.map { Double(published.codes[$0][4]) })
    let table = try ItemTable(
      respondentCount: rows.count, items: published.items(0..<4, rows: rows),
      weights: .frequency(rows.map { published.counts[$0] }), covariates: grades)
    let fit = try LatentClass(segments: 2, prior: .none).fit(table)
    #expect(fit.sampleSize == 315)
    #expect(fit.parameters == 10)
    #expect(abs(fit.logLikelihood + 429.63838) < 1e-4)
    #expect(abs(abs(fit.model.membership?[1][1] ?? 0) - 0.84248) < 5e-4)
    let data = try LatentClassData(table)
    let uncertainty = try fit.model.uncertainty(on: data, prior: .none)
    #expect((uncertainty.membership?[0][1].standardError ?? 0) > 0.1)
  }

  @Test func `three classes are too many for four dilemmas, and the fit says so`() throws {
    let three = try Self.fit("values", 4, 3)
    #expect(three.identifiability == .notIdentified(rank: 13, parameters: 14))
    #expect(three.warnings.contains(.notIdentified(rank: 13, parameters: 14)))
    #expect(try Self.fit("values", 4, 2).identifiability == .identified(rank: 9))
    #expect(try Self.fit("carcinoma", 7, 3).identifiability == .identified(rank: 23))
  }

  @Test func `every seed finds the best optimum known`() throws {
    let table = try PublishedTable("carcinoma").table(columns: 7)
    let found = try (1...10).count { seed in
      let fit = try LatentClass(
        segments: 4, prior: .none, stream: RandomStream(seed: UInt64(seed))
      ).fit(table)
      return fit.logLikelihood > -289.2860
    }
    #expect(found == 10)
  }
}

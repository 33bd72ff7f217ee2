import Foundation
import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

/// How searches climb, on random tables: three in every run of the tests, as many as
/// `TESSERA_LAWS` says in `make laws`.
@Suite struct SearchLawsTests {
  static let tables = Int(ProcessInfo.processInfo.environment["TESSERA_LAWS"] ?? "") ?? 3

  /// A table with plain groups or none, by its seed.
  private static func planted(_ seed: Int) -> PlantedSegments {
    PlantedSegments(
      respondents: 40 + seed % 37, segments: 3, columns: 4,
      distance: [0, 1, 2, 5][seed % 4], missing: [0, 0.05][seed % 2], seed: UInt64(seed))
  }

  @Test func `law 26: the likelihood never falls from step to step of EM`() throws {
    for seed in 1...Self.tables {
      let table = try Self.planted(seed).items(numeric: seed % 3)
      let data = try LatentClassData(table)
      let few = try table.taking(Array(0..<20), weights: .none)
      let start = try LatentClass(segments: 3, starts: .fixed(1), stream: RandomStream(seed: 1))
        .fit(few).model
      var previous = -Double.infinity
      for rounds in [1, 2, 3, 4, 6, 9, 15, 30] {
        let em = try start.refit(
          on: data, until: ConvergenceRule(tolerance: 1e-300, iterations: rounds))
        #expect(
          em.objective >= previous - 1e-9 * em.objective.magnitude,
          "table \(seed), round \(rounds): \(previous) then \(em.objective)")
        previous = em.objective
      }
    }
  }

  @Test func `law 26: the sum of squares never rises from round to round`() throws {
    for seed in 1...Self.tables {
      let input = try RespondentMatrix(Self.planted(seed).values)
      var previous = Double.infinity
      for rounds in [1, 2, 3, 5, 9, 20] {
        var settings = KMeans(segments: 3, starts: 1, swaps: 0)
        settings.maximumRounds = rounds
        let cost = try settings.fit(input, seed: 3).objective.value
        #expect(
          cost <= previous * (1 + 1e-9), "table \(seed), round \(rounds): \(previous), \(cost)")
        previous = cost
      }
    }
  }

  @Test func `laws 21 and 35: rounds are told, and a search that was cut short is marked`() throws {
    for seed in 1...Self.tables {
      let table = try Self.planted(seed).items(numeric: 2)
      let short = try LatentClass(
        segments: 3, starts: .fixed(2), rule: ConvergenceRule(tolerance: 1e-300, iterations: 2)
      ).fit(table)
      let full = try LatentClass(segments: 3, starts: .fixed(2)).fit(table)
      #expect(!short.ending.isConverged, "table \(seed)")
      #expect(full.ending.isConverged, "table \(seed)")
      #expect(short.iterations >= 1 && full.iterations > short.iterations, "table \(seed)")
    }
  }
}

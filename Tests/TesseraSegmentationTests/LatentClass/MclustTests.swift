import Foundation
import TesseraMath
import TesseraSegmentation
import Testing
import _TesseraTestSupport

/// Gaussian mixtures against mclust 6.0.0 (R 4.2.2), which stops runing at a relative change of
/// 1e-5: at its own parameters the likelihoods agree, and from there both run to the same top
/// (`em(..., control = emControl(tol = 1e-15))` is the number given as `top`).
@Suite struct MclustTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let data: String
    let model: String
    let columns: [Int]
    let parameters: Int
    /// Where mclust stops.
    let logLikelihood: Double
    /// Where mclust stops when asked for 1e-15.
    let top: Double

    var testDescription: String { "\(data) \(model)" }
  }

  static let known = [
    Known(
      data: "iris", model: "VVI", columns: [0, 1, 2, 3], parameters: 26,
      logLikelihood: -307.180832884992, top: -307.177571597972),
    Known(
      data: "iris", model: "EEI", columns: [0, 1, 2, 3], parameters: 18,
      logLikelihood: -361.429498894644, top: -361.425522042764),
    Known(
      data: "iris", model: "VVV", columns: [0, 1, 2, 3], parameters: 44,
      logLikelihood: -180.185838743737, top: -180.185477131303),
    Known(
      data: "faithful", model: "EEE", columns: [0, 1], parameters: 11,
      logLikelihood: -1126.32623646826, top: -1126.31592782341),
    Known(
      data: "diabetes", model: "VVV", columns: [1, 2, 3], parameters: 29,
      logLikelihood: -2303.49556064414, top: -2303.49184316042),
  ]

  private static let fixtures = Fixture.folder(target: "TesseraSegmentationTests")

  private static func table(_ known: Known) throws -> ItemTable {
    let file = try Fixture("\(known.data).csv", in: fixtures)
    let values = file.numbers(known.columns)
    return try ItemTable(
      respondentCount: values.rows,
      items: known.columns.indices.map { column in
        Item(
          name: "x\(column)",
          measurement: .gaussian(variance: known.model.hasPrefix("E") ? .equal : .perClass),
          answers: .numbers(values.column(column)))
      })
  }

  /// The parameters at which mclust stops.
  private static func model(_ known: Known, like table: ItemTable) throws -> LatentClassModel {
    let file = try Fixture(
      "\(known.data)_\(known.model).csv", in: fixtures.appending(path: "Mclust"))
    let size = known.columns.count
    let values = file.numbers(Array(0..<(1 + size + size * size)))
    let rows = (0..<values.rows).map { Array(values.row($0)) }
      .sorted { $0[0] > $1[0] }
    let means = rows.map { Array($0[1...size]) }
    let covariances = rows.map { Array($0[(size + 1)...]) }
    let items = table.items.enumerated().map { place, item in
      ItemModel(
        name: item.name, measurement: item.measurement,
        distribution: .normal(
          means: means.map { $0[place] },
          variances: covariances.map { $0[place * size + place] }))
    }
    let isBlock = !known.model.hasSuffix("I")
    return LatentClassModel(
      prevalence: rows.map { $0[0] }, items: items,
      blocks: isBlock
        ? [CovarianceBlock(items: Array(0..<size), means: means, covariances: covariances)] : [])
  }

  @Test(arguments: known)
  func `the likelihood at mclust's parameters is mclust's`(_ known: Known) throws {
    let table = try Self.table(known)
    let model = try Self.model(known, like: table)
    let sum = try model.logLikelihoods(of: table).reduce(0, +)
    // mclust's printed likelihood is one step of EM behind the parameters it returns.
    #expect(sum >= known.logLikelihood - 1e-6)
    #expect(sum <= known.top + 1e-6)
  }

  @Test(arguments: known)
  func `EM ends at the maximum that mclust reaches when it may go on`(
    _ known: Known
  ) throws {
    let table = try Self.table(known)
    let block = LatentClass.Block(
      items: Array(known.columns.indices),
      variance: known.model.hasPrefix("E") ? .equal : .perClass)
    let data = try LatentClassData(table, blocks: known.model.hasSuffix("I") ? [] : [block])
    let fitted = try Self.model(known, like: table).refit(
      on: data, prior: .none, until: ConvergenceRule(tolerance: 1e-13, iterations: 5_000))
    #expect(abs(fitted.logLikelihood - known.top) < 1e-4)
    let settings = LatentClass(segments: 3, starts: .fixed(2), prior: .none)
    let fit = try settings.fit(data)
    #expect(fit.parameters == known.parameters)
  }

  /// mclust's BIC is turned and on its own stopping point: 2 LL - p ln n = -2314.3163, -4751.3164.
  @Test func `mclust's criteria follow from its likelihoods with the sign turned`() {
    let faithful = 2 * Self.known[3].logLikelihood - 11 * log(272.0)
    let diabetes = 2 * Self.known[4].logLikelihood - 29 * log(145.0)
    #expect(abs(faithful + 2314.3163) < 1e-3)
    #expect(abs(diabetes + 4751.3164) < 1e-3)
  }

  /// `adjustedRandIndex(m$classification, diabetes$class)` of mclust 6.0.0.
  @Test func `diabetes is divided as mclust divides it`() throws {
    let known = Self.known[4]
    let table = try Self.table(known)
    let data = try LatentClassData(table, blocks: [.init(items: [0, 1, 2])])
    let fitted = try Self.model(known, like: table).refit(on: data, prior: .none)
    let labels = (0..<fitted.posterior.rows).map { row in
      (0..<3).max { fitted.posterior[row, $0] < fitted.posterior[row, $1] } ?? 0
    }
    let file = try Fixture("diabetes.csv", in: Self.fixtures)
    let agreement = CrossTable(labels, file.codes(0)).adjustedRand
    #expect(abs(agreement - 0.6640181) < 1e-3)
  }
}

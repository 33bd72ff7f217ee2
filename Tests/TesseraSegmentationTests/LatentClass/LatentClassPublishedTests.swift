import TesseraMath
import TesseraSegmentation
import Testing

/// Maximum likelihood fits printed in the poLCA manual.
///
/// Also in Linzer & Lewis (2011), *J. Stat. Softw.* 42(10), doi:10.18637/jss.v042.i10.
@Suite struct LatentClassPublishedTests {
  struct Published: Sendable, CustomTestStringConvertible {
    let data: String
    let items: Int
    let classes: Int
    let parameters: Int
    let logLikelihood: Double
    let aic: Double
    let bic: Double

    var testDescription: String { "\(data), \(classes) classes" }
  }

  static let published = [
    Published(
      data: "carcinoma", items: 7, classes: 1, parameters: 7, logLikelihood: -524.46482,
      aic: 1062.9296, bic: 1082.3244),
    Published(
      data: "carcinoma", items: 7, classes: 2, parameters: 15, logLikelihood: -317.25684,
      aic: 664.5137, bic: 706.0739),
    Published(
      data: "carcinoma", items: 7, classes: 3, parameters: 23, logLikelihood: -293.70498,
      aic: 633.4100, bic: 697.1357),
    Published(
      data: "carcinoma", items: 7, classes: 4, parameters: 31, logLikelihood: -289.28585,
      aic: 640.5717, bic: 726.4629),
    Published(
      data: "cheating", items: 4, classes: 2, parameters: 9, logLikelihood: -440.02711,
      aic: 898.0542, bic: 931.9409),
    Published(
      data: "values", items: 4, classes: 2, parameters: 9, logLikelihood: -504.46767,
      aic: 1026.9353, bic: 1057.3128),
    Published(
      data: "values", items: 4, classes: 3, parameters: 14, logLikelihood: -503.30114,
      aic: 1034.6023, bic: 1081.8562),
    Published(
      data: "gss82", items: 4, classes: 2, parameters: 13, logLikelihood: -2783.26801,
      aic: 5592.5360, bic: 5658.7286),
    Published(
      data: "gss82", items: 4, classes: 3, parameters: 20, logLikelihood: -2754.54540,
      aic: 5549.0908, bic: 5650.9256),
  ]

  static func fit(
    _ table: ItemTable, _ classes: Int, prior: LatentClassPrior = .none, seed: UInt64 = 1
  ) throws -> LatentClassFit {
    try LatentClass(segments: classes, prior: prior, stream: RandomStream(seed: seed))
      .fit(table)
  }

  @Test(arguments: published)
  func `the printed likelihood and criteria come out`(_ expected: Published) throws {
    let table = try PublishedTable(expected.data).table(columns: expected.items)
    let fit = try Self.fit(table, expected.classes)
    #expect(fit.parameters == expected.parameters)
    #expect(abs(fit.logLikelihood - expected.logLikelihood) < 1e-4)
    #expect(abs(fit.criteria.aic - expected.aic) < 1e-3)
    #expect(abs(fit.criteria.bic - expected.bic) < 1e-3)
    #expect(fit.ending.isConverged)
  }
}

import Foundation
import TesseraMath
import TesseraProductFit
import Testing

/// Laws of the choice models, and what they say where there is no single best answer.
@Suite struct ChoiceModelTests {
  /// Menus of three with two attributes, chosen by a logit with given tastes.
  static func drawn(
    _ menus: Int, _ tastes: [Double], seed: UInt64, persons: [Int] = []
  ) -> ChoiceTable {
    var stream = RandomStream(seed: seed)
    var rows: [[Double]] = []
    var chosen: [Int] = []
    for _ in 0..<menus {
      let menu = (0..<3).map { _ in stream.normals(tastes.count) }
      let weights = menu.map { exp(zip($0, tastes).map { $0 * $1 }.reduce(0, +)) }
      chosen.append(stream.categorical(weights))
      rows += menu
    }
    return ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 3, count: menus), chosen: chosen,
      persons: persons)
  }

  @Test func `the log-likelihood is that of the formula`() throws {
    let table = Self.drawn(40, [0.8, -0.5], seed: 1)
    let fit = try ConditionalLogit(table)
    var sum = 0.0
    for menu in 0..<40 {
      let utilities = (0..<3).map { place in
        dot(Array(table.attributes.row(3 * menu + place)), fit.coefficients)
      }
      sum += utilities[table.chosen[menu] - 3 * menu]
      sum -= log(utilities.map { exp($0) }.reduce(0, +))
    }
    #expect(isNear(fit.logLikelihood, sum, 1e-10))
    #expect(isNear(fit.logLikelihood(of: table), sum, 1e-10))
    #expect(isNear(fit.nullLogLikelihood, -40 * log(3.0), 1e-10))
    // The maximum: no step in any direction rises.
    for column in 0..<2 {
      for step in [-1e-4, 1e-4] {
        var beta = fit.coefficients
        beta[column] += step
        var moved = 0.0
        for menu in 0..<40 {
          let utilities = (0..<3).map { dot(Array(table.attributes.row(3 * menu + $0)), beta) }
          moved += utilities[table.chosen[menu] - 3 * menu] - logSumExp(utilities)
        }
        #expect(moved < fit.logLikelihood)
      }
    }
  }

  @Test func `errors clustered by person do not believe the same choices told twice`() throws {
    let once = Self.drawn(120, [0.8, -0.5], seed: 2)
    let rows = (0..<120).flatMap { [$0, $0] }
    let twice = once.selecting(rows)
    let told = ChoiceTable(
      attributes: twice.attributes, sizes: [Int](repeating: 3, count: 240),
      chosen: twice.chosen.enumerated().map { $1 - 3 * $0 }, persons: rows)
    let (one, two) = (try ConditionalLogit(once), try ConditionalLogit(told))
    for column in 0..<2 {
      #expect(isNear(two.coefficients[column], one.coefficients[column], 1e-9))
      let shrunk = one.standardErrors[column] / 2.0.squareRoot()
      #expect(isNear(two.standardErrors[column], shrunk, 1e-9))
      #expect(
        isNear(two.clusteredStandardErrors[column], one.robustStandardErrors[column], 1e-9))
    }
  }

  @Test func `units change coefficients and nothing else`() throws {
    let table = Self.drawn(150, [0.8, -0.5], seed: 3)
    var scaled = table.attributes
    for row in 0..<scaled.rows { scaled[row, 1] = 1e6 * scaled[row, 1] + 5e7 }
    let (one, other) = (try ConditionalLogit(table), try ConditionalLogit(table.with(scaled)))
    #expect(isNear(other.coefficients[1] * 1e6, one.coefficients[1], 1e-7))
    #expect(isNear(other.logLikelihood, one.logLikelihood, 1e-7))
    let (worth, again) = (
      one.willingnessToPay(for: 0, in: 1), other.willingnessToPay(for: 0, in: 1)
    )
    #expect(isNear(again.value / 1e6, worth.value, 1e-6))
    #expect(isNear(again.standardError / 1e6, worth.standardError, 1e-6))
  }

  @Test func `a menu of weight 0 is a menu that is not there`() throws {
    let table = Self.drawn(100, [0.8, -0.5], seed: 4)
    let weighted = ChoiceTable(
      attributes: table.attributes, sizes: [Int](repeating: 3, count: 100),
      chosen: table.chosen.enumerated().map { $1 - 3 * $0 },
      weights: (0..<100).map { $0 < 70 ? 1 : 0 })
    let (one, other) = (
      try ConditionalLogit(table.selecting(Array(0..<70))), try ConditionalLogit(weighted)
    )
    #expect(isNear(one.logLikelihood, other.logLikelihood, 1e-9))
    #expect(isNear(one.coefficients[0], other.coefficients[0], 1e-9))
  }

  @Test func `what has no single best answer is named`() {
    let table = Self.drawn(60, [0.8, -0.5], seed: 5)
    func with(_ extra: (Int) -> Double) -> ChoiceTable {
      var rows: [[Double]] = []
      for row in 0..<180 { rows.append(Array(table.attributes.row(row)) + [extra(row)]) }
      return table.with(Matrix(rows))
    }
    // A sum of the others; the same for a whole menu; what everybody took.
    #expect(throws: ConditionalLogitError.collinear(attribute: 2)) {
      try ConditionalLogit(with { table.attributes[$0, 0] - 2 * table.attributes[$0, 1] })
    }
    #expect(throws: ConditionalLogitError.collinear(attribute: 2)) {
      try ConditionalLogit(with { Double($0 / 3) * 0.1 })
    }
    #expect(throws: ConditionalLogitError.separated(attribute: 2)) {
      try ConditionalLogit(with { table.chosen[$0 / 3] == $0 ? 1 : 0 })
    }
    #expect(throws: ConditionalLogitError.notFinite(attribute: 2)) {
      try ConditionalLogit(with { $0 == 7 ? .nan : 0 })
    }
    #expect(throws: ConditionalLogitError.noChoices) {
      try ConditionalLogit(
        ChoiceTable(
          attributes: table.attributes, sizes: [Int](repeating: 3, count: 60),
          chosen: [Int](repeating: 0, count: 60), weights: [Double](repeating: 0, count: 60)))
    }
    let words = ConditionalLogitError.collinear(attribute: 1).words(["price", "range"])
    #expect(words.message.contains("'range'"))
  }

  @Test func `an option that is rarely taken, but is, has a coefficient`() throws {
    // Two in four thousand: the information is small, and all that there is.
    let attributes = Matrix((0..<8000).map { [Double($0 % 2)] })
    let table = ChoiceTable(
      attributes: attributes, sizes: [Int](repeating: 2, count: 4000),
      chosen: (0..<4000).map { $0 < 2 ? 1 : 0 })
    let fit = try ConditionalLogit(table)
    #expect(fit.isConverged && isNear(fit.coefficients[0], log(2.0 / 3998), 1e-8))
  }

  // Chi-square 254.94 on 5 df, van 19.75% against 5.69%: McFadden & Train (2000), the data's menus.
  @Test func `the menus of larger households repeat other body types`() throws {
    let cars = try CarChoices()
    let types = ["regcar"] + CarChoices.types
    let large = cars.file.numbers("hsg2")
    var shown = Matrix(rows: large.count, columns: types.count)
    for row in large.indices {
      for (place, type) in types.enumerated() where cars.type(row, 1) == type {
        shown[row, place] = 1
      }
    }
    let audit = ExposureAudit(
      shown: shown, groups: large.map { Int($0) },
      weights: [Double](repeating: 1, count: large.count), options: types,
      segments: ["small", "large"])
    #expect(isNear(audit.chiSquare, 254.94, 0.005) && audit.degreesOfFreedom == 5)
    #expect(audit.p < 1e-50)
    #expect(isNear(audit.shares[1][5], 0.1975, 5e-5))
    #expect(isNear(audit.shares[0][5], 0.0569, 5e-5))
    #expect(
      audit.warning?.contains("van was on 20% of the menus of large and on 6% of those of small")
        ?? false)
    // Pearson's statistic of the counts is the same number.
    var counts = [[Double]](repeating: [Double](repeating: 0, count: 6), count: 2)
    for row in large.indices {
      for place in types.indices { counts[Int(large[row])][place] += shown[row, place] }
    }
    let pearson = ExposureAudit(
      shown: counts, menus: counts.map { $0.reduce(0, +) }, options: types,
      segments: ["small", "large"])
    #expect(isNear(pearson.chiSquare, audit.chiSquare, 1e-7))
    #expect(isNear(pearson.cramersV, audit.cramersV, 1e-9))
  }

  @Test func `ranks agree as Spearman says`() {
    #expect(isNear(RankCorrelation.spearman([1, 2, 3, 4], [10, 20, 30, 40]), 1))
    #expect(isNear(RankCorrelation.spearman([1, 2, 3, 4], [4, 3, 2, 1]), -1))
    // By hand, with a tie: ranks 1, 2.5, 2.5, 4 against 2, 1, 3, 4.
    #expect(
      isNear(
        RankCorrelation.spearman([5, 7, 7, 9], [2, 1, 3, 4]), 3 / (4.5 * 5).squareRoot(), 1e-12))
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == nil)
    #expect(RankCorrelation.spearman([1, 2], [1, 2]) == nil)
  }
}

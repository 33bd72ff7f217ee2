import Foundation
import TesseraMath
import Testing

struct SummaryTests {
  @Test func `a compensated sum keeps what plain addition loses`() {
    #expect([1, 1e100, 1, -1e100].compensatedSum() == 2)
    #expect([Double](repeating: 0.1, count: 1_000_000).compensatedSum() == 100_000)
    #expect([Double]().compensatedSum() == 0)
    #expect([1, Double.infinity, 2].compensatedSum() == .infinity)
    #expect([Double.infinity, -Double.infinity].compensatedSum().isNaN)
  }

  @Test func `log-sum-exp neither overflows nor vanishes`() {
    #expect(abs(logSumExp([1_000, 1_000]) - (1_000 + log(2))) < 1e-12)
    #expect(abs(logSumExp([-1_000, -1_001]) - (-1_000 + log1p(exp(-1)))) < 1e-12)
    #expect(logSumExp([-Double.infinity, 3]) == 3)
    #expect(logSumExp([Double]()) == -.infinity)
    #expect(logSumExp([-Double.infinity, -.infinity]) == -.infinity)
    #expect(logSumExp([1, Double.infinity]) == .infinity)
  }

  @Test func `normalised rows are shares, and their log-sums are right`() {
    var stream = RandomStream(seed: 41)
    var table = Matrix.random(20, 5, &stream)
    for index in table.values.indices {
      table.values[index] *= 500
    }
    table[3, 1] = -.infinity
    let expected = (0..<20).map { logSumExp(table.row($0)) }
    let logs = table
    let sums = table.normaliseLogRows()
    #expect(sums.distance(to: expected) < 1e-11)
    for row in 0..<20 {
      #expect(abs(table.row(row).reduce(0, +) - 1) < 1e-15 * 5)
      #expect(abs(table[row, 0] - exp(logs[row, 0] - expected[row])) < 1e-11)
    }
    var nothing = Matrix(rows: 1, columns: 4, repeating: -.infinity)
    #expect(nothing.normaliseLogRows() == [-.infinity])
    #expect(nothing.values == [0.25, 0.25, 0.25, 0.25])
    var narrow = Matrix(rows: 2, columns: 0)
    #expect(narrow.normaliseLogRows() == [-.infinity, -.infinity])
  }

  @Test func `weighted moments are those of repeated rows, and shift with the numbers`() {
    let values = [3.0, 8, 8.5, -2, 100]
    let weights = [2.0, 1, 0, 4, 3]
    let repeated = zip(values, weights).flatMap { [Double](repeating: $0, count: Int($1)) }
    #expect(Descriptive.mean(values, weights: weights) == Descriptive.mean(repeated))
    let variance = Descriptive.variance(values, weights: weights, divisor: .frequencies) ?? .nan
    #expect(abs(variance - (Descriptive.variance(repeated) ?? .nan)) < 1e-11)
    let scaled = weights.map { $0 * 0.37 }
    for divisor in [Descriptive.Divisor.total, .rows] {
      let one = Descriptive.variance(values, weights: weights, divisor: divisor) ?? .nan
      let other = Descriptive.variance(values, weights: scaled, divisor: divisor) ?? .nan
      let moved =
        Descriptive.variance(
          values.map { $0 + 1e6 }, weights: weights, divisor: divisor) ?? .nan
      #expect(abs(one - other) < 1e-10 && abs(one - moved) < 1e-6)
    }
    let equal = Descriptive.variance(values, weights: [1, 1, 1, 1, 1], divisor: .rows) ?? .nan
    #expect(abs(equal - (Descriptive.variance(values) ?? .nan)) < 1e-11)
  }

  @Test func `too few numbers have no mean or variance`() {
    #expect(Descriptive.mean([]) == nil && Descriptive.variance([1]) == nil)
    #expect(Descriptive.mean([.nan], weights: [0]) == nil)
    #expect(Descriptive.mean([.nan, 2], weights: [0, 1]) == 2)
    #expect(Descriptive.variance([2, 2]) == 0)
    #expect(Descriptive.lagOneAutocorrelation([2, 2, 2]) == nil)
  }

  @Test func `quantiles are those of R's type 7`() {
    // R: quantile(c(1, 3, 4, 10), c(0, .1, .25, .5, .9, 1)).
    let found = Descriptive.quantiles([0, 0.1, 0.25, 0.5, 0.9, 1], of: [4, 1, 10, 3]) ?? []
    #expect(found.distance(to: [1, 1.6, 2.5, 3.5, 8.2, 10]) < 1e-14)
    #expect(Descriptive.median([5]) == 5 && Descriptive.quantile(0.5, of: []) == nil)
    #expect(Descriptive.quantile(0.75, of: [-.infinity, .infinity, .infinity]) == .infinity)
  }

  @Test func `weighted quantiles are those of repeated numbers`() {
    let values = [7.0, 1, 4, 9]
    #expect(Descriptive.quantile(0.5, of: values, weights: [1, 1, 1, 1]) == 5.5)
    #expect(Descriptive.quantile(0.5, of: values, weights: [1, 2, 1, 0]) == 2.5)
    #expect(Descriptive.quantile(0.5, of: values, weights: [0.1, 0.6, 0.1, 0.1]) == 1)
    #expect(Descriptive.quantile(1, of: values, weights: [1, 1, 1, 0]) == 7)
    #expect(Descriptive.quantile(0, of: values, weights: [1, 0, 1, 1]) == 4)
    #expect(Descriptive.quantile(0.5, of: values, weights: [0, 0, 0, 0]) == nil)
  }

  @Test func `adjusted p values of the published example`() {
    // Benjamini & Hochberg (1995), section 3.1: fifteen tests, four discoveries at 0.05.
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0000,
    ]
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(p)
    #expect(adjusted.filter { $0 <= 0.05 }.count == 4)
    #expect(abs(adjusted[0] - 0.0015) < 1e-15 && abs(adjusted[3] - 0.035_625) < 1e-15)
    #expect(adjusted[14] == 1)
    let harmonic = (1...15).reduce(0.0) { $0 + 1 / Double($1) }
    let dependent = MultipleTesting.benjaminiYekutieli.adjusted(p)
    #expect(abs(dependent[3] - 0.035_625 * harmonic) < 1e-14)
    #expect(zip(adjusted, dependent).allSatisfy { $0 <= $1 && $1 <= 1 })
  }

  @Test func `adjustment keeps places, ties and gaps`() {
    let law = MultipleTesting.benjaminiHochberg
    #expect(law.adjusted([nil, 0.04, nil, 0.04, .nan]) == [nil, 0.04, nil, 0.04, nil])
    #expect(law.adjusted([0.5, 0.01]) == [0.5, 0.02])
    #expect(law.adjusted([Double]()).isEmpty)
  }

  @Test func `Gauss-Legendre rules are exact up to their degree`() {
    for count in [1, 2, 3, 5, 16, 33] {
      let rule = GaussLegendre(count)
      #expect(abs(rule.weights.reduce(0, +) - 1) < 1e-14)
      #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
      for degree in 0..<2 * count {
        let found = rule.integrate { x in pow(x, Double(degree)) }
        #expect(abs(found * Double(degree + 1) - 1) < 1e-12)
      }
      let beyond = rule.integrate { x in pow(2 * x - 1, Double(2 * count)) }
      #expect(abs(beyond * Double(2 * count + 1) - 1) > 1e-12 || count > 16)
    }
    // Abramowitz & Stegun, table 25.4, n = 2, moved to [0, 1].
    #expect(abs(GaussLegendre(2).nodes[0] - (0.5 - 0.577_350_269_189_626 / 2)) < 1e-15)
  }
}

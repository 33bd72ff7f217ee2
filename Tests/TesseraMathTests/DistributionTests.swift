import Foundation
import TesseraMath
import Testing

struct DistributionTests {
  /// One line of the reference table: a function, its parameters, a point and the value there.
  private struct Reference {
    let function: String
    let parameters: [Double]
    let point: Double
    let value: Double
  }

  private func references(_ function: String) throws -> [Reference] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/distributions/reference.tsv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 4, fields[0] == function else { return nil }
      guard let point = Double(fields[2]), let value = Double(fields[3]) else { return nil }
      return Reference(
        function: function, parameters: fields[1].split(separator: ",").compactMap { Double($0) },
        point: point, value: value)
    }
  }

  /// Compares a function with the table, in relative error.
  private func check(
    _ function: String, tolerance: Double = 1e-12, location: SourceLocation = #_sourceLocation,
    _ compute: ([Double], Double) -> Double
  ) throws {
    let table = try references(function)
    #expect(!table.isEmpty, "no reference for \(function)", sourceLocation: location)
    for line in table {
      let found = compute(line.parameters, line.point)
      let error = abs(found - line.value) / max(abs(line.value), .leastNormalMagnitude)
      #expect(
        found == line.value || error < tolerance,
        "\(function)\(line.parameters) at \(line.point): \(found), not \(line.value)",
        sourceLocation: location)
    }
  }

  @Test func `the normal distribution agrees with its reference`() throws {
    let normal = NormalDistribution.standard
    try check("normal.cdf") { normal.cumulative($1) }
    try check("normal.cdf") { normal.survival(-$1) }
    try check("normal.quantile") { normal.quantile($1) }
    #expect(normal.quantile(0) == -.infinity && normal.quantile(1) == .infinity)
    #expect(normal.upperQuantile(1e-300) == -normal.quantile(1e-300))
  }

  @Test func `the chi-square distribution agrees with its reference`() throws {
    func law(_ parameters: [Double]) -> ChiSquareDistribution {
      ChiSquareDistribution(degreesOfFreedom: parameters[0])
    }
    try check("chi.cdf") { law($0).cumulative($1) }
    try check("chi.sf") { law($0).survival($1) }
    try check("chi.quantile") { law($0).quantile($1) }
  }

  @Test func `Student's distribution agrees with its reference`() throws {
    func law(_ parameters: [Double]) -> StudentDistribution {
      StudentDistribution(degreesOfFreedom: parameters[0])
    }
    try check("t.sf") { law($0).survival($1) }
    try check("t.sf") { law($0).cumulative(-$1) }
    try check("t.density") { law($0).density($1) }
    try check("t.quantile") { law($0).quantile($1) }
    let endless = StudentDistribution(degreesOfFreedom: .infinity)
    #expect(endless.survival(1.96) == NormalDistribution.standard.survival(1.96))
    #expect(endless.density(1) == NormalDistribution.standard.density(1))
    #expect(abs(endless.twoSided(-1.959_963_984_540_054) - 0.05) < 1e-15)
    // Cauchy's tail is 1 / (π x) so far out.
    let cauchy = StudentDistribution(degreesOfFreedom: 1)
    #expect(abs(cauchy.survival(1e200) * 1e200 * Double.pi - 1) < 1e-12)
    #expect(StudentDistribution(degreesOfFreedom: 3).survival(.infinity) == 0)
  }

  @Test func `the F distribution agrees with its reference`() throws {
    func law(_ parameters: [Double]) -> FisherDistribution {
      FisherDistribution(numerator: parameters[0], denominator: parameters[1])
    }
    try check("f.cdf") { law($0).cumulative($1) }
    try check("f.sf") { law($0).survival($1) }
    try check("f.quantile") { law($0).quantile($1) }
    let endless = FisherDistribution(numerator: 3, denominator: .infinity)
    let chi = ChiSquareDistribution(degreesOfFreedom: 3)
    #expect(endless.survival(2) == chi.survival(6))
  }

  @Test func `counts of successes agree with their reference`() throws {
    func binomial(_ p: [Double]) -> BinomialDistribution {
      BinomialDistribution(trials: Int(p[0]), chance: p[1])
    }
    try check("binomial.mass") { exp(binomial($0).logMass(Int($1))) }
    try check("binomial.cdf") { binomial($0).cumulative(Int($1)) }
    try check("loggamma") { logGamma($1) }
  }

  @Test func `a density is the slope of the distribution function`() {
    let laws: [any Distribution] = [
      NormalDistribution.standard, ChiSquareDistribution(degreesOfFreedom: 4.5),
      StudentDistribution(degreesOfFreedom: 3), FisherDistribution(numerator: 5, denominator: 8),
    ]
    for law in laws {
      for x in [0.2, 0.9, 2.5] {
        let slope = (law.cumulative(x + 1e-5) - law.cumulative(x - 1e-5)) / 2e-5
        #expect(abs(slope - law.density(x)) < 1e-9)
        #expect(abs(law.cumulative(x) + law.survival(x) - 1) < 1e-15)
      }
      for share in [1e-12, 0.01, 0.37, 0.9] {
        #expect(abs(law.cumulative(law.quantile(share)) / share - 1) < 1e-11)
        #expect(abs(law.survival(law.upperQuantile(share)) / share - 1) < 1e-11)
      }
      #expect(law.quantile(0) == law.support.lowerBound)
      #expect(law.quantile(1) == law.support.upperBound)
    }
  }

  @Test func `known values of the published kind`() {
    // Kano chi-square and Rao-Scott F of the literature: χ²(5) = 286.74 gives p = 7e-60.
    let p = ChiSquareDistribution(degreesOfFreedom: 5).survival(286.74)
    #expect(p > 6.5e-60 && p < 7.5e-60)
    let f = FisherDistribution(numerator: 1.4946, denominator: 20.925).survival(5.1934)
    #expect(abs(f - 0.021_75) < 5e-5)
  }
}

import TesseraMath
import Testing

/// Certified values of the NIST Statistical Reference Datasets, to as many digits as input rounded
/// to doubles allows.
struct NISTTests {
  @Test(arguments: [
    ("Lew", 13, 10.6), ("Lottery", 13, 10.6), ("Mavro", 13, 10.6), ("Michelso", 13, 10.6),
    ("NumAcc1", 13, 10.6), ("NumAcc2", 13, 10.6), ("NumAcc3", 9.4, 10.6), ("NumAcc4", 8.2, 10.6),
  ])
  func `mean, deviation and autocorrelation`(
    name: String, deviationDigits: Double, correlationDigits: Double
  ) throws {
    let file = try NISTFile("univ/\(name)")
    let values = file.rows.filter { $0.count == 1 }.map { $0[0] }
    #expect(values.count >= 3)
    let ones = [Double](repeating: 1, count: values.count)
    #expect(digits(Descriptive.mean(values), file.certified("Sample Mean")) >= 15)
    #expect(digits(Descriptive.mean(values, weights: ones), file.certified("Sample Mean")) >= 15)
    let certified = file.certified("Sample Standard Dev")
    #expect(digits(Descriptive.standardDeviation(values), certified) >= deviationDigits)
    let weighted = Descriptive.variance(values, weights: ones, divisor: .frequencies)
    #expect(digits(weighted?.squareRoot(), certified) >= deviationDigits)
    #expect(
      digits(Descriptive.lagOneAutocorrelation(values), file.certified("Sample Autocorrelation"))
        >= correlationDigits)
  }

  @Test(arguments: [
    ("SiRstv", 12.5), ("SmLs01", 12.5), ("SmLs02", 12.5), ("AtmWtAg", 10), ("SmLs04", 10),
    ("SmLs05", 10), ("SmLs07", 4), ("SmLs08", 4),
  ])
  func `analysis of variance`(name: String, floor: Double) throws {
    let file = try NISTFile("anova/\(name)")
    let certified = file.lines.first { $0.hasPrefix("Between") }.map(NISTFile.numbers) ?? []
    let groups = Dictionary(grouping: file.rows.filter { $0.count == 2 }) { $0[0] }
      .sorted { $0.key < $1.key }.map { $0.value.map { $0[1] } }
    let result = OneWayAnova(groups)
    #expect(Double(result.degreesBetween) == certified.first)
    #expect(digits(result.f, certified.last) >= floor)
  }

  @Test(arguments: [
    ("Norris", 10.5), ("Pontius", 10.5), ("NoInt1", 10.5), ("NoInt2", 10.5), ("Longley", 10.5),
    ("Filip", 7), ("Wampler1", 9), ("Wampler2", 10.5), ("Wampler3", 9), ("Wampler4", 7.5),
    ("Wampler5", 5.5),
  ])
  func `linear regression`(name: String, floor: Double) throws {
    let file = try NISTFile("lls/\(name)")
    var certified: [[Double]] = []
    for line in file.lines.prefix(60) {
      let words = line.split(separator: " ")
      guard let first = words.first, first.hasPrefix("B"), Int(first.dropFirst()) != nil else {
        continue
      }
      certified.append(words.dropFirst().compactMap { Double($0) })
    }
    let rows = file.rows
    let design = Matrix(
      rows.map { row in
        if name == "Longley" { return [1] + row.dropFirst() }
        if name.hasPrefix("NoInt") { return [row[1]] }
        return certified.indices.map { power in
          (0..<power).reduce(1) { product, _ in product * row[1] }
        }
      })
    let fit = try LeastSquares(design: design, response: rows.map { $0[0] })
    #expect(fit.warning == nil)
    #expect(fit.coefficients.count == certified.count)
    for (coefficient, values) in zip(fit.coefficients, certified) {
      #expect(digits(coefficient, values.first) >= floor)
    }
    for (error, values) in zip(fit.standardErrors ?? [], certified) {
      #expect(digits(error, values.last) >= floor)
    }
  }
}

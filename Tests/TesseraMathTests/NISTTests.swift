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
}

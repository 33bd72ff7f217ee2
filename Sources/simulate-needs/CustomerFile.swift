package import TesseraFiles
import TesseraMath

/// A dealer's customer file beside the family-car study: what `tessera bridge` is tried on.
///
/// Customers are people of the General Social Survey 2018 drawn again, the married and those over 30
/// more often, with the few facts a dealer knows. Nobody bought anything: the file is simulated.
package struct CustomerFile: Sendable {
  /// The seed of the committed file.
  package static let committedSeed: UInt64 = 20_240_612
  /// Customers in the committed file.
  package static let committedCount = 1_500

  private let adults: [Adult]
  private let seed: UInt64
  private let count: Int

  /// Prepares the file.
  ///
  /// - Parameters:
  ///   - table: The survey in `datasets/gss2018`.
  ///   - seed: Seed of the draws.
  ///   - count: Customers.
  /// - Throws: ``SurveyTableError`` when a column is missing or a number cannot be read.
  package init(
    gss table: TextTable, seed: UInt64 = CustomerFile.committedSeed,
    count: Int = CustomerFile.committedCount
  ) throws(SurveyTableError) {
    adults = try Adult.all(in: table).filter { $0.age != nil && !$0.maritalStatus.isEmpty }
    self.seed = seed
    self.count = count
  }

  /// The file, header and all, with a line feed after each line.
  package var text: String {
    var lines = ["customer_no,age_band,sex,family_status,area"]
    var random = RandomStream(seed: seed)
    while lines.count <= count {
      let adult = adults[random.below(adults.count)]
      let chance = 0.25 + (adult.isMarried ? 0.45 : 0) + (adult.isYoung ? 0 : 0.2)
      guard random.happens(chance) else { continue }
      let fields = [
        "\(100_000 + lines.count)", Answer.ageGroup(adult.age), adult.gender, adult.maritalStatus,
        Answer.place(adult.place),
      ]
      lines.append(fields.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

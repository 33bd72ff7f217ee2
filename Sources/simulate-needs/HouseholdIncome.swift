import TesseraMath

/// Puts together a simulated household income from real personal incomes.
///
/// The survey extract holds personal income only, and none for those who earned none or did not
/// say. A household's income is: the respondent's own income where there is one; else, of someone
/// who works, the income of a donor with the same gender and education; else a pension
/// (18,000 to 48,000) or an allowance (up to 15,000). A second income is added, that of a donor
/// of the other gender with the same education: to the married with probability 0.75 (a spouse),
/// to others with probability 0.35 (a partner, a parent, a flatmate). The floor is 20,000
/// dollars. Every one of these figures is invented.
struct HouseholdIncome: Sendable {
  private let donors: [String: [Double]]

  init(of adults: [Adult]) {
    var donors: [String: [Double]] = [:]
    for adult in adults {
      guard let income = adult.income else { continue }
      donors[HouseholdIncome.cell(male: adult.isMale, adult.education), default: []].append(income)
    }
    self.donors = donors
  }

  /// The household income of one respondent, in dollars, rounded to hundreds.
  func draw(for adult: Adult, from stream: inout RandomStream) -> Int {
    var total = adult.income ?? withoutStatedIncome(adult, from: &stream)
    if stream.happens(adult.isMarried ? 0.75 : 0.35) {
      total += donated(male: !adult.isMale, adult.education, from: &stream)
    }
    return Int((max(total, 20_000) / 100).rounded()) * 100
  }

  private func withoutStatedIncome(_ adult: Adult, from stream: inout RandomStream) -> Double {
    if adult.works { return donated(male: adult.isMale, adult.education, from: &stream) }
    if adult.workStatus == "Retired" { return 18_000 + 30_000 * stream.uniform() }
    return 15_000 * stream.uniform()
  }

  private func donated(
    male: Bool, _ education: String, from stream: inout RandomStream
  ) -> Double {
    guard let cell = donors[HouseholdIncome.cell(male: male, education)], !cell.isEmpty else {
      return 0
    }
    return cell[stream.below(cell.count)]
  }

  private static func cell(male: Bool, _ education: String) -> String {
    (male ? "m " : "f ") + education
  }
}

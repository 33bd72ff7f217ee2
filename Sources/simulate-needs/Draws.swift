import TesseraMath

extension RandomStream {
  /// A number close to standard normal: twelve uniform numbers summed, less six.
  ///
  /// Additions only, no logarithm or sine, so that every machine gets the same bits.
  mutating func nearlyNormal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// Whether something of the given probability happens.
  mutating func happens(_ probability: Double) -> Bool {
    uniform() < probability
  }
}

/// What the simulated answers of one respondent depend on.
struct Circumstances: Sendable {
  /// Three or more in the household.
  let family: Double
  /// Five or more in the household.
  let large: Double
  let young: Double
  let old: Double
  let city: Double
  let male: Double
  /// A child rides in a child seat.
  let childSeat: Double
  /// Household income in six steps, -1.5 to 1.5.
  let means: Double

  init(of adult: Adult, childSeat: Bool, householdIncome: Int) {
    let household = adult.household ?? 1
    family = household >= 3 ? 1 : 0
    large = household >= 5 ? 1 : 0
    young = adult.isYoung ? 1 : 0
    old = adult.isOld ? 1 : 0
    city = adult.isInCity ? 1 : 0
    male = adult.isMale ? 1 : 0
    self.childSeat = childSeat ? 1 : 0
    let steps = [25_000, 50_000, 75_000, 100_000, 150_000].count { householdIncome >= $0 }
    means = [-1.5, -0.75, 0, 0.4, 0.9, 1.5][steps]
  }
}

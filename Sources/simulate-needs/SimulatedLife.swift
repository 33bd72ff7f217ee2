import TesseraMath

/// What would stop one respondent from buying a car, and the most they would pay.
struct SimulatedLimits: Sendable {
  /// Answers joined by semicolons, `none` if nothing was ticked, blank if not answered.
  let stopsMe: String
  /// Dollars, in steps of 500.
  let maximumPrice: Int

  init(for z: Circumstances, householdIncome: Int, from stream: inout RandomStream) {
    let chances: [(String, Double)] = [
      ("child_seat", 0.02 + 0.10 * z.family + 0.75 * z.childSeat),
      ("two_doors", 0.10 + 0.45 * z.family + 0.15 * z.old),
      ("mileage", 0.16 - 0.06 * z.means),
      ("too_big", 0.14 + 0.22 * z.city - 0.10 * z.family + 0.06 * z.young),
    ]
    var ticked: [String] = []
    for (answer, chance) in chances where stream.happens(chance) {
      ticked.append(answer)
    }
    let answered = !stream.happens(0.015)
    stopsMe = answered ? (ticked.isEmpty ? "none" : ticked.joined(separator: ";")) : ""
    let share = min(max(0.75 - 0.12 * z.family + 0.15 * stream.nearlyNormal(), 0.3), 1.2)
    maximumPrice = Int(((20_000 + share * Double(householdIncome)) / 500).rounded()) * 500
  }
}

/// Whether one respondent has a child in a child seat.
///
/// Likely for parents under 50, the more so the younger; now and then for grandparents.
func drawChildSeat(for adult: Adult, from stream: inout RandomStream) -> Bool {
  let chance: Double
  switch (adult.children ?? 0, adult.age ?? 99) {
  case (0, _): chance = 0.02
  case (_, ..<30): chance = 0.9
  case (_, ..<35): chance = 0.8
  case (_, ..<40): chance = 0.6
  case (_, ..<45): chance = 0.35
  case (_, ..<50): chance = 0.15
  default: chance = 0.05
  }
  return stream.happens(chance)
}

/// What one respondent does in free time, 0 or 1 each.
struct SimulatedActivities: Sendable {
  static let names = ["school_run", "team_sports", "camping", "concerts", "gardening", "diy"]
  let done: [Bool]

  init(for z: Circumstances, from stream: inout RandomStream) {
    let chances = [
      0.03 + 0.70 * z.family,
      0.10 + 0.22 * z.family + 0.18 * z.young - 0.06 * z.old,
      0.14 + 0.16 * z.family + 0.06 * z.male,
      0.24 + 0.30 * z.young - 0.12 * z.family - 0.10 * z.old,
      0.26 + 0.22 * z.old - 0.16 * z.young,
      0.20 + 0.22 * z.male - 0.06 * z.young,
    ]
    done = chances.map { stream.happens($0) }
  }
}

/// Which media one respondent uses for news of cars, 0 or 1 each.
///
/// The newspaper follows the real answer on reading newspapers where it was asked.
struct SimulatedMedia: Sendable {
  static let names = ["tv", "radio", "newspaper", "magazine", "social", "search", "web"]
  let used: [Bool]

  init(for adult: Adult, _ z: Circumstances, from stream: inout RandomStream) {
    let newspaper: Double
    switch adult.newspaper {
    case 1: newspaper = 0.7
    case 2: newspaper = 0.5
    case 3: newspaper = 0.3
    case 4: newspaper = 0.1
    case 5: newspaper = 0.03
    default: newspaper = 0.18 + 0.25 * z.old - 0.10 * z.young
    }
    let chances = [
      0.52 + 0.20 * z.old - 0.18 * z.young,
      0.34 + 0.08 * z.family,
      newspaper,
      0.12 + 0.08 * z.male + 0.06 * z.old,
      0.48 + 0.30 * z.young + 0.10 * z.family - 0.26 * z.old,
      0.62 + 0.10 * z.young + 0.05 * z.family - 0.28 * z.old,
      0.36 + 0.10 * z.male + 0.06 * z.young - 0.18 * z.old,
    ]
    used = chances.map { stream.happens($0) }
  }
}

/// How far one respondent came with one kind of car: aware, considered, test drove, bought.
///
/// Each step is taken only after the one before.
struct SimulatedFunnel: Sendable {
  static let steps = ["aware", "considered", "test_drove", "bought"]
  let reached: [Bool]

  /// Takes the steps.
  ///
  /// - Parameters:
  ///   - aware: Chance of knowing the car.
  ///   - considering: Chance of considering a car one is aware of.
  ///   - affordable: Whether the car costs no more than the respondent would pay.
  ///   - stream: Where the draws come from.
  init(aware: Double, considering: Double, affordable: Bool, from stream: inout RandomStream) {
    let draws = [
      aware, min(max(considering, 0.02), 0.9), 0.45, affordable ? 0.4 : 0.04,
    ].map { stream.happens($0) }
    var reached: [Bool] = []
    for draw in draws {
      reached.append(draw && (reached.last ?? true))
    }
    self.reached = reached
  }
}

import TesseraMath

/// A need of car buyers, with the invented model of its ratings.
///
/// Importance, 1 to 7, is round(clip(base + sum of effects + u + e)), with u ~ N(0, 0.5) the
/// respondent's own way of using the scale and e ~ N(0, 1). The signs of the household effects on
/// seats, cargo and performance follow real car choices (McFadden & Train 2000, households of
/// three or more against smaller ones); every magnitude is invented.
enum SimulatedNeed: String, CaseIterable, Sendable {
  case seats
  case childSeat = "child_seat"
  case cargo
  case access
  case safety
  case price
  case runningCost = "running_cost"
  case special
  case compact

  /// Expected importance before the respondent's scale use and noise.
  func importance(for z: Circumstances) -> Double {
    switch self {
    case .seats: 1.9 + 3.0 * z.family + 0.8 * z.large
    case .childSeat: 1.2 + 4.4 * z.childSeat + 0.5 * z.family
    case .cargo: 2.7 + 1.6 * z.family + 0.5 * z.large
    case .access: 2.1 + 2.0 * z.family + 0.9 * z.old
    case .safety: 4.3 + 1.0 * z.family + 0.4 * z.childSeat
    case .price: 4.6 - 0.7 * z.means + 0.4 * z.young
    case .runningCost: 4.4 - 0.5 * z.means + 0.3 * z.family
    case .special: 4.2 + 0.7 * z.male + 1.0 * z.young - 1.7 * z.family - 0.8 * z.old
    case .compact: 3.1 + 0.9 * z.city + 0.6 * z.young - 0.8 * z.family
    }
  }

  /// Expected satisfaction with the present car.
  func satisfaction(for z: Circumstances) -> Double {
    switch self {
    case .seats: 5.2 - 1.2 * z.family - 0.4 * z.large
    case .childSeat: 5.0 - 1.6 * z.childSeat
    case .cargo: 4.8 - 0.9 * z.family
    case .access: 4.9 - 1.0 * z.family - 0.3 * z.old
    case .safety: 4.8 - 0.3 * z.family
    case .price: 4.1 + 0.4 * z.means - 0.2 * z.young
    case .runningCost: 4.0 + 0.3 * z.means
    case .special: 4.0 - 0.6 * z.young + 0.3 * z.old
    case .compact: 4.6 - 0.5 * z.city
    }
  }
}

/// The ratings of one respondent: every need, from 1 to 7, a few left blank.
struct SimulatedRatings: Sendable {
  let importance: [Int?]
  let satisfaction: [Int?]

  init(for z: Circumstances, from stream: inout RandomStream) {
    let scaleUse = 0.5 * stream.nearlyNormal()
    let mood = 0.4 * stream.nearlyNormal()
    var importance: [Int?] = []
    var satisfaction: [Int?] = []
    for need in SimulatedNeed.allCases {
      importance.append(
        SimulatedRatings.answer(need.importance(for: z) + scaleUse, from: &stream))
      satisfaction.append(
        SimulatedRatings.answer(need.satisfaction(for: z) + mood, from: &stream))
    }
    self.importance = importance
    self.satisfaction = satisfaction
  }

  /// Rating with noise, 1 to 7; left blank twice in a hundred.
  private static func answer(_ expected: Double, from stream: inout RandomStream) -> Int? {
    let rating = Int(min(max(expected + stream.nearlyNormal(), 1), 7).rounded())
    return stream.happens(0.02) ? nil : rating
  }
}

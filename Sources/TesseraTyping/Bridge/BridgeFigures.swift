import Foundation
import TesseraMath

/// How well predicted segments agree with the survey's own typing.
///
/// Who is in a segment is known from the survey only with error; BCH weights undo it on average, so
/// that lift is about members and not about those assigned.
struct BridgeFigures: Sendable {
  /// Share whose likeliest segment is the survey's own.
  let agreement: Double
  /// Share of the largest segment by the survey's own typing: what always naming it would reach.
  let largest: Double
  /// For each segment the share of members in each tenth of people, likeliest tenth first, over the
  /// share in all.
  let lift: [[Double]]
  /// For each segment the share of its members among all people.
  let shares: [Double]
  /// For each segment the slope of the survey's typing on the predicted log-odds of it, errors of
  /// typing allowed for: 1 if probabilities hold.
  let slopes: [Double]

  /// Parts that people are cut into by their probability.
  static let tenths = 10

  /// Takes the figures; `nil` where assignments do not tell segments apart.
  ///
  /// - Parameters:
  ///   - chances: For each person a chance of each segment; empty for those of weight 0.
  ///   - assigned: The survey's own typing.
  ///   - classification: How often it errs.
  ///   - weights: What each person counts for.
  ///   - folds: The fold that each person was left out of, where chances come from several: people are ranked
  ///     among those of their own fold, since a fold ranks first just when it holds few of a segment. Empty
  ///     where all come from one prediction.
  init?(
    _ chances: [[Double]], assigned: [Int], classification: Matrix, weights: [Double],
    folds: [Int] = []
  ) {
    let segments = classification.rows
    guard let correction = try? classification.solve(.identity(segments)) else { return nil }
    let rows = weights.indices.filter { weights[$0] > 0 && !chances[$0].isEmpty }
    let total = rows.reduce(0) { $0 + weights[$1] }
    guard total > 0 else { return nil }
    var (agreed, sizes) = (0.0, [Double](repeating: 0, count: segments))
    for row in rows {
      let own = chances[row]
      let best = own.indices.max { (own[$0], -$0) < (own[$1], -$1) }
      if best == assigned[row] { agreed += weights[row] }
      sizes[assigned[row]] += weights[row]
    }
    agreement = agreed / total
    largest = (sizes.max() ?? 0) / total
    let ranked =
      folds.isEmpty
      ? [Array(rows.indices)]
      : Dictionary(grouping: rows.indices) { folds[rows[$0]] }.sorted { $0.key < $1.key }.map(
        \.value)
    var lift: [[Double]] = []
    var shares: [Double] = []
    var slopes: [Double] = []
    for segment in 0..<segments {
      let members = rows.map { weights[$0] * correction[assigned[$0], segment] }
      let share = members.reduce(0, +) / total
      var sums = [Double](repeating: 0, count: Self.tenths)
      for people in ranked {
        let own = Self.tenths(
          people.sorted {
            (-chances[rows[$0]][segment], rows[$0]) < (-chances[rows[$1]][segment], rows[$1])
          }, members: members
        ) { (chances[rows[$0]][segment], weights[rows[$0]]) }
        for tenth in sums.indices { sums[tenth] += own[tenth] }
      }
      shares.append(share)
      // By chance the weights can give less than nobody.
      lift.append(
        sums.map { share > 0 ? max(0, $0) / (total / Double(Self.tenths)) / share : .nan })
      // The survey's typing errs at known rates, so its probability follows from the prediction.
      slopes.append(
        Self.slope(
          rows.map { row in
            chances[row].indices.reduce(0) { $0 + chances[row][$1] * classification[$1, segment] }
          }, rows.map { assigned[$0] == segment ? weights[$0] : 0 }, rows.map { weights[$0] }))
    }
    self.lift = lift
    self.shares = shares
    self.slopes = slopes
  }

  /// Members in each tenth of some people.
  ///
  /// - Parameters:
  ///   - order: The people, the likeliest first.
  ///   - members: How much of a member each is.
  ///   - about: The chance of each, and what they count for.
  /// - Returns: The likeliest tenth first.
  private static func tenths(
    _ order: [Int], members: [Double], about: (Int) -> (chance: Double, weight: Double)
  ) -> [Double] {
    let total = order.reduce(0) { $0 + about($1).weight }
    // People of equal probability share their members, so that their order says nothing.
    var even = members
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, about(order[end]).chance == about(order[start]).chance { end += 1 }
      let group = order[start..<end]
      let mass = group.reduce(0) { $0 + about($1).weight }
      let sum = group.reduce(0) { $0 + members[$1] }
      for place in group { even[place] = sum * about(place).weight / mass }
      start = end
    }
    var sums = [Double](repeating: 0, count: tenths)
    var passed = 0.0
    for place in order {
      // A person on a border belongs to both tenths in parts.
      var left = about(place).weight
      let rate = even[place] / left
      while left > 1e-12 {
        let tenth = min(tenths - 1, Int(passed / total * Double(tenths) + 1e-9))
        let room =
          tenth == tenths - 1
          ? left : max(1e-12, total * Double(tenth + 1) / Double(tenths) - passed)
        let part = min(left, room)
        sums[tenth] += part * rate
        passed += part
        left -= part
      }
    }
    return sums
  }

  /// Slope of membership on predicted log-odds; NaN where the prediction is the same for all.
  private static func slope(_ chances: [Double], _ members: [Double], _ weights: [Double]) -> Double
  {
    let odds = chances.map {
      log(min(max($0, 1e-9), 1 - 1e-9) / (1 - min(max($0, 1e-9), 1 - 1e-9)))
    }
    guard let low = odds.min(), let high = odds.max(), high - low > 1e-6 else { return .nan }
    var (intercept, slope) = (0.0, 1.0)
    for _ in 0..<100 {
      var (first, second, a, b, c) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for place in odds.indices {
        let chance = 1 / (1 + exp(-(intercept + slope * odds[place])))
        let gap = members[place] - weights[place] * chance
        let mass = weights[place] * chance * (1 - chance)
        first += gap
        second += gap * odds[place]
        a += mass
        b += mass * odds[place]
        c += mass * odds[place] * odds[place]
      }
      let determinant = a * c - b * b
      guard determinant > 1e-12 else { return .nan }
      let steps = ((c * first - b * second) / determinant, (a * second - b * first) / determinant)
      let damping = min(1, 1 / max(abs(steps.0), abs(steps.1), 1e-12))
      intercept += damping * steps.0
      slope += damping * steps.1
      if max(abs(steps.0), abs(steps.1)) < 1e-9 { break }
    }
    return slope
  }
}

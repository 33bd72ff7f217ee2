import TesseraMath

/// Cuts the people of each segment into groups alike in what barriers and prices do to them, none
/// of them smaller than allowed.
///
/// Groups are halved along the variable that leaves the least spread within the halves, as long as
/// both halves hold enough people (microaggregation by recursive partition).
///
/// - Reference: LeFevre, DeWitt & Ramakrishnan (2006), *Mondrian multidimensional k-anonymity*,
///   ICDE; Domingo-Ferrer & Mateo-Sanz (2002), *IEEE TKDE* 14(1), 189–201.
struct PeopleCells: Sendable {
  /// The groups, segment after segment.
  let cells: [[Int]]
  /// The segment that each group belongs to.
  let segments: [Int]

  /// A number a respondent, and how much its spread matters.
  struct Trait: Sendable {
    let values: [Double]
    let weight: Double
  }

  /// Groups that were formed elsewhere.
  init(cells: [[Int]], segments: [Int]) {
    self.cells = cells
    self.segments = segments
  }

  /// - Complexity: O(traits² · people · log² people).
  init(_ traits: [Trait], groups: PeopleGroups, atLeast minimum: Double, workers: Workers) {
    let used = traits.filter { $0.weight > 0 }
    let parts = workers.map(groups.members.count) { segment -> [[Int]] in
      var leaves: [[Int]] = []
      var open = groups.members[segment].isEmpty ? [] : [groups.members[segment]]
      while let people = open.popLast() {
        if let halves = Self.halves(people, used, groups: groups, minimum: minimum) {
          open.append(halves.1)
          open.append(halves.0)
        } else {
          leaves.append(people)
        }
      }
      return leaves
    }
    cells = parts.flatMap { $0 }
    segments = parts.enumerated().flatMap { segment, leaves in leaves.map { _ in segment } }
  }

  private static func halves(
    _ people: [Int], _ traits: [Trait], groups: PeopleGroups, minimum: Double
  ) -> ([Int], [Int])? {
    guard groups.people(people) >= 2 * minimum else { return nil }
    var best: (spread: Double, order: [Int], cut: Int)?
    for trait in traits {
      let order = people.sorted { (trait.values[$0], $0) < (trait.values[$1], $1) }
      guard let first = order.first, let last = order.last,
        trait.values[first] < trait.values[last]
      else { continue }
      let spreads = spreads(order, traits, groups.copies)
      var before = 0.0
      let all = groups.people(people)
      for cut in 1..<order.count {
        before += groups.copies[order[cut - 1]]
        guard before >= minimum, all - before >= minimum,
          trait.values[order[cut - 1]] < trait.values[order[cut]]
        else { continue }
        if spreads[cut] < (best?.spread ?? .infinity) - 1e-9 {
          best = (spreads[cut], order, cut)
        }
      }
    }
    guard let best else { return nil }
    return (Array(best.order[..<best.cut]), Array(best.order[best.cut...]))
  }

  /// For each place to cut the weighted sum of squares within both sides.
  private static func spreads(
    _ order: [Int], _ traits: [Trait], _ copies: [Double]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: order.count)
    for trait in traits {
      var (mass, sum, squares) = (0.0, 0.0, 0.0)
      for respondent in order {
        let value = trait.values[respondent]
        mass += copies[respondent]
        sum += copies[respondent] * value
        squares += copies[respondent] * value * value
      }
      var (leftMass, leftSum, leftSquares) = (0.0, 0.0, 0.0)
      for cut in 1..<max(1, order.count) {
        let respondent = order[cut - 1]
        let value = trait.values[respondent]
        leftMass += copies[respondent]
        leftSum += copies[respondent] * value
        leftSquares += copies[respondent] * value * value
        let (rightMass, rightSum) = (mass - leftMass, sum - leftSum)
        let inside =
          leftSquares - leftSum * leftSum / leftMass
          + (squares - leftSquares)
          - (rightMass > 0 ? rightSum * rightSum / rightMass : 0)
        result[cut] += trait.weight * inside
      }
    }
    return result
  }
}

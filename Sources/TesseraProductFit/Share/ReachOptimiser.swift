/// The sets of items (media, products, features) that reach most people: TURF.
///
/// - Reference: Miaoulis, Free & Parsons (1990), *Marketing Research* 2(1), 30–40; the bound of the
///   exact search is that of submodular functions, Nemhauser, Wolsey & Fisher (1978),
///   *Mathematical Programming* 14, 265–294.
public struct ReachOptimiser: Sendable {
  /// A set of items and what it reaches.
  public struct Choice: Sendable, Equatable {
    /// The items, ascending.
    public let items: [Int]
    /// Weighted share of people whom at least one of them reaches, 0 to 1.
    public let reach: Double
    /// How many of them reach a person, on average over those reached at all.
    public let frequency: Double
    /// Whether no other set of as many items can reach more.
    public let isOptimal: Bool
  }

  /// Most items: one bit each.
  public static let most = 64

  /// Number of different sets of items that reach somebody.
  var patternCount: Int { patterns.count }

  /// Number of items.
  public let itemCount: Int
  private let patterns: [(items: UInt64, weight: Double)]
  private let total: Double
  /// Weight of the people whom each item reaches.
  private let contacts: [Double]

  /// Takes who is reached by what.
  ///
  /// - Parameters:
  ///   - reached: For each item who is reached, one for each person; at most 64 items.
  ///   - weights: One for each person, 0 or more.
  /// - Complexity: O(people × items); people reached by the same items are counted once after that.
  public init(reached: [[Bool]], weights: [Double]) {
    precondition(reached.count <= Self.most, "at most \(Self.most) items")
    precondition(reached.allSatisfy { $0.count == weights.count }, "people differ in number")
    var positions: [UInt64: Int] = [:]
    var patterns: [(items: UInt64, weight: Double)] = []
    var total = 0.0
    for person in weights.indices where weights[person] > 0 {
      var mask: UInt64 = 0
      for item in reached.indices where reached[item][person] { mask |= 1 << UInt64(item) }
      total += weights[person]
      if let position = positions[mask] {
        patterns[position].weight += weights[person]
      } else {
        positions[mask] = patterns.count
        patterns.append((mask, weights[person]))
      }
    }
    itemCount = reached.count
    self.patterns = patterns.filter { $0.items != 0 }
    self.total = total
    contacts = reached.map { item in
      zip(item, weights).reduce(0) { $1.0 && $1.1 > 0 ? $0 + $1.1 : $0 }
    }
  }

  /// The set found by taking, one after the other, the item that adds most.
  ///
  /// - Parameters:
  ///   - count: How many items, 1 or more.
  ///   - forced: Items that every set holds; they count.
  /// - Returns: The set; ties go to the item that reaches more people, then to the one named first.
  public func greedy(_ count: Int, forced: [Int] = []) -> Choice {
    var chosen = mask(forced)
    while chosen.nonzeroBitCount < min(count, itemCount) {
      var best: (item: Int, gain: Double)?
      for item in 0..<itemCount where chosen >> UInt64(item) & 1 == 0 {
        let gain = gain(of: item, beside: chosen)
        let isBetter =
          best.map { best in
            abs(gain - best.gain) > slack
              ? gain > best.gain : contacts[item] > contacts[best.item] + slack
          } ?? true
        if isBetter { best = (item, gain) }
      }
      if let best { chosen |= 1 << UInt64(best.item) }
    }
    return choice(chosen, isOptimal: count >= itemCount || chosen.nonzeroBitCount <= 1)
  }

  /// The set of a given size that reaches most, by branch and bound.
  ///
  /// - Parameters:
  ///   - count: How many items, 1 or more.
  ///   - forced: Items that every set holds; they count.
  ///   - steps: Most branches looked at.
  /// - Returns: The set; of equally wide ones the one of the higher frequency.
  public func exact(_ count: Int, forced: [Int] = [], steps: Int = 2_000_000) -> Choice {
    ranked(count, forced: forced, most: 1, steps: steps)[0]
  }

  /// The sets of a given size that reach most, best first, by branch and bound.
  ///
  /// Ties in reach go to the higher frequency, then to the items named first. A branch is left when
  /// what it reaches and the largest gains still to be had cannot beat the last of the best sets
  /// known. Beyond a number of steps the best sets so far are given, marked as such.
  ///
  /// - Parameters:
  ///   - count: How many items, 1 or more.
  ///   - forced: Items that every set holds; they count.
  ///   - most: How many sets.
  ///   - steps: Most branches looked at.
  /// - Returns: As many sets as there are, at least one.
  public func ranked(
    _ count: Int, forced: [Int] = [], most: Int, steps: Int = 2_000_000
  ) -> [Choice] {
    let size = max(forced.count, min(count, itemCount))
    var search = ReachBranches(
      contacts: contacts, forced: mask(forced), most: max(1, most), slack: slack, left: steps)
    let start = mask(greedy(size, forced: forced).items)
    search.offer(start, reach: reached(by: start))
    let held = mask(forced)
    search.branch(
      from: 0, chosen: held, reach: reached(by: held),
      open: patterns.filter { $0.items & held == 0 }, remaining: size - forced.count)
    return search.best.map { choice($0.items, isOptimal: search.left > 0) }
  }

  /// Weight of the people whom one of the items reaches.
  private func reached(by items: UInt64) -> Double {
    patterns.reduce(0) { $1.items & items == 0 ? $0 : $0 + $1.weight }
  }

  /// Differences that are rounding.
  private var slack: Double { 1e-10 * max(total, .leastNormalMagnitude) }

  private func mask(_ items: [Int]) -> UInt64 {
    var mask: UInt64 = 0
    for item in items { mask |= 1 << UInt64(item) }
    return mask
  }

  private func gain(of item: Int, beside chosen: UInt64) -> Double {
    var gain = 0.0
    for pattern in patterns
    where pattern.items & chosen == 0 && pattern.items >> UInt64(item) & 1 == 1 {
      gain += pattern.weight
    }
    return gain
  }

  private func choice(_ chosen: UInt64, isOptimal: Bool) -> Choice {
    var (reach, contacts) = (0.0, 0.0)
    for pattern in patterns where pattern.items & chosen != 0 {
      reach += pattern.weight
      contacts += pattern.weight * Double((pattern.items & chosen).nonzeroBitCount)
    }
    return Choice(
      items: (0..<itemCount).filter { chosen >> UInt64($0) & 1 == 1 },
      reach: total > 0 ? reach / total : 0, frequency: reach > 0 ? contacts / reach : 0,
      isOptimal: isOptimal)
  }
}

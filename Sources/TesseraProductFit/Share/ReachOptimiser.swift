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
  }

  /// The set found by taking, one after the other, the item that adds most.
  ///
  /// - Parameter count: How many items, 1 or more.
  /// - Returns: The set; ties go to the item named first.
  public func greedy(_ count: Int) -> Choice {
    var chosen: UInt64 = 0
    for _ in 0..<min(count, itemCount) {
      var best: (item: Int, gain: Double)?
      for item in 0..<itemCount where chosen >> UInt64(item) & 1 == 0 {
        let gain = gain(of: item, beside: chosen)
        if best.map({ gain > $0.gain }) ?? true { best = (item, gain) }
      }
      if let best { chosen |= 1 << UInt64(best.item) }
    }
    return choice(chosen, isOptimal: min(count, itemCount) <= 1)
  }

  /// The set of a given size that reaches most, by branch and bound.
  ///
  /// A branch is left when what it reaches and the largest gains still to be had cannot beat the
  /// best set known. Beyond a number of steps the best set so far is given, marked as such.
  ///
  /// - Parameters:
  ///   - count: How many items, 1 or more.
  ///   - steps: Most branches looked at.
  /// - Returns: The set; of equally good ones the one found first.
  public func exact(_ count: Int, steps: Int = 2_000_000) -> Choice {
    let size = min(count, itemCount)
    let start = greedy(size)
    var search = Search(
      best: mask(start.items), reach: start.reach * total, left: steps, optimiser: self)
    search.branch(from: 0, chosen: 0, reach: 0, open: patterns, remaining: size)
    return choice(search.best, isOptimal: search.left > 0)
  }

  private struct Search {
    var best: UInt64
    var reach: Double
    var left: Int
    let optimiser: ReachOptimiser

    mutating func branch(
      from first: Int, chosen: UInt64, reach: Double, open: [(items: UInt64, weight: Double)],
      remaining: Int
    ) {
      guard left > 0 else { return }
      left -= 1
      if reach > self.reach + 1e-12 {
        self.reach = reach
        best = chosen
      }
      guard remaining > 0, first < optimiser.itemCount else { return }
      var gains: [(item: Int, gain: Double)] = []
      for item in first..<optimiser.itemCount {
        var gain = 0.0
        for pattern in open where pattern.items >> UInt64(item) & 1 == 1 { gain += pattern.weight }
        gains.append((item, gain))
      }
      let largest = gains.map(\.gain).sorted(by: >)
      var bound = reach
      for gain in largest.prefix(remaining) { bound += gain }
      guard bound > self.reach + 1e-12 else { return }
      for (item, gain) in gains {
        let bit = UInt64(1) << UInt64(item)
        branch(
          from: item + 1, chosen: chosen | bit, reach: reach + gain,
          open: open.filter { $0.items & bit == 0 }, remaining: remaining - 1)
      }
    }
  }

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

/// The branches of a search for the sets of items that reach most.
struct ReachBranches {
  /// A set that was found.
  struct Found {
    let items: UInt64
    let reach: Double
    let contacts: Double
  }

  /// Weight of the people whom each item reaches: what a set's contacts add up from.
  let contacts: [Double]
  let forced: UInt64
  let most: Int
  /// Differences that are rounding.
  let slack: Double
  /// Branches that may still be looked at.
  var left: Int
  /// The best sets so far, best first.
  private(set) var best: [Found] = []

  /// Keeps a set if it is among the best.
  mutating func offer(_ items: UInt64, reach: Double) {
    guard !best.contains(where: { $0.items == items }) else { return }
    let sum = contacts.indices.reduce(0.0) {
      items >> UInt64($1) & 1 == 1 ? $0 + contacts[$1] : $0
    }
    let found = Found(items: items, reach: reach, contacts: sum)
    let place = best.firstIndex { isAhead(found, of: $0) } ?? best.count
    guard place < most else { return }
    best.insert(found, at: place)
    if best.count > most { best.removeLast() }
  }

  private func isAhead(_ one: Found, of other: Found) -> Bool {
    if abs(one.reach - other.reach) > slack { return one.reach > other.reach }
    if abs(one.contacts - other.contacts) > slack { return one.contacts > other.contacts }
    // The set that holds the item named first where the two differ.
    let apart = one.items ^ other.items
    return one.items & (apart & (~apart &+ 1)) != 0
  }

  /// Looks at all sets that add items from a position on.
  mutating func branch(
    from first: Int, chosen: UInt64, reach: Double, open: [(items: UInt64, weight: Double)],
    remaining: Int
  ) {
    guard left > 0 else { return }
    left -= 1
    guard remaining > 0 else { return offer(chosen, reach: reach) }
    let items = (first..<contacts.count).filter { forced >> UInt64($0) & 1 == 0 }
    guard items.count >= remaining else { return }
    let gains = items.map { item in
      open.reduce(0.0) { $1.items >> UInt64(item) & 1 == 1 ? $0 + $1.weight : $0 }
    }
    if best.count == most, let last = best.last {
      let widest = reach + gains.sorted(by: >).prefix(remaining).reduce(0, +)
      if widest < last.reach - slack { return }
      // At best a tie, which only more contacts would decide.
      if widest <= last.reach + slack {
        let own = contacts.indices.reduce(0.0) {
          chosen >> UInt64($1) & 1 == 1 ? $0 + contacts[$1] : $0
        }
        let more = items.map { contacts[$0] }.sorted(by: >).prefix(remaining).reduce(0, +)
        if own + more < last.contacts - slack { return }
      }
    }
    for (place, item) in items.enumerated() {
      let bit = UInt64(1) << UInt64(item)
      branch(
        from: item + 1, chosen: chosen | bit, reach: reach + gains[place],
        open: open.filter { $0.items & bit == 0 }, remaining: remaining - 1)
    }
  }
}

/// Where a sweep finds the tables of a covariance block and puts its sums.
///
/// Each set of items that were answered together has its own tables, since the density is that of
/// the answered part.
struct LatentBlockShape: Sendable {
  let factor: Int
  /// First numeric column and how many.
  let column: Int
  let size: Int
  /// First of `size` tables of means.
  let means: Int
  let masks: [Mask]
  /// Sums: weight, then distances from the means, then their products (a ≤ b).
  let sum: Int

  /// One set of answered items.
  struct Mask: Sendable {
    let answered: [Int]
    let missing: [Int]
    /// The constant, then rows of the inverse root (b ≤ a), then slopes of each missing item on the
    /// answered ones, then what covariance they leave (a ≤ b).
    let table: Int

    var root: Int { table + 1 }
    var slopes: Int { root + answered.count * (answered.count + 1) / 2 }
    var rest: Int { slopes + missing.count * answered.count }
    var end: Int { rest + missing.count * (missing.count + 1) / 2 }
  }

  var productSum: Int { sum + 1 + size }
  var sumCount: Int { 1 + size + size * (size + 1) / 2 }
}

/// The sets of answered items of each block, and which of them each pattern has.
struct LatentBlockMasks: Sendable {
  /// For each block in turn, the sets as bits; the lowest bit is the first item.
  let sets: [[UInt64]]
  /// Blocks x patterns: position among the block's sets.
  let positions: [UInt16]

  init(factors: [LatentFactor], numbers: [Double], patterns: Int) {
    var sets: [[UInt64]] = []
    var positions: [UInt16] = []
    for factor in factors {
      guard case .block(let size, _) = factor.kind else { continue }
      let masks = (0..<patterns).map { pattern in
        (0..<size).reduce(UInt64(0)) { bits, item in
          let value = numbers[(factor.firstColumn + item) * patterns + pattern]
          return value.isNaN ? bits : bits | 1 << UInt64(item)
        }
      }
      let distinct = Array(Set(masks)).sorted()
      positions += masks.map { mask in
        UInt16(distinct.firstIndex(of: mask) ?? 0)
      }
      sets.append(distinct)
    }
    self.init(sets: sets, positions: positions)
  }

  private init(sets: [[UInt64]], positions: [UInt16]) {
    self.sets = sets
    self.positions = positions
  }

  /// The sets of some of the patterns.
  ///
  /// - Parameters:
  ///   - chosen: Which patterns, in their order.
  ///   - patterns: Patterns in all.
  /// - Returns: The same sets, with the positions of the patterns chosen.
  func selecting(_ chosen: [Int], of patterns: Int) -> LatentBlockMasks {
    LatentBlockMasks(
      sets: sets,
      positions: sets.indices.flatMap { block in
        chosen.map { positions[block * patterns + $0] }
      })
  }
}

import TesseraMath

/// Ward's tree by chains of nearest neighbours, in memory that grows with the points only.
///
/// - Reference: Murtagh (1983), *The Computer Journal* 26(4), 354–359; Müllner (2011),
///   arXiv:1109.2378.
enum WardKernel {
  /// Builds the tree of weighted points.
  ///
  /// - Parameters:
  ///   - points: Points × dimensions, without gaps.
  ///   - weights: Mass of each point, more than 0.
  /// - Returns: The tree, with heights √(2 · growth of the sum of squares).
  /// - Complexity: O(*n*² · *d*).
  static func tree(_ points: Matrix, weights: [Double]) -> HierarchicalTree {
    let count = points.rows
    let dimensions = points.columns
    guard count > 1 else { return HierarchicalTree(leaves: count, pairs: []) }
    var centres = points.values
    var masses = weights
    // Living groups stand in the first places, so that the scan is contiguous.
    var leafAt = Array(0..<count)
    var placeOf = Array(0..<count)
    var living = count
    var chain: [Int] = []
    var pairs: [(first: Int, second: Int, height: Double)] = []

    func nearest(to leaf: Int, preferring previous: Int?) -> (leaf: Int, cost: Double) {
      let place = placeOf[leaf]
      let mass = masses[place]
      var best = Double.infinity
      var bestPlace = -1
      unsafe centres.withUnsafeBufferPointer { centres in
        unsafe masses.withUnsafeBufferPointer { masses in
          let own = place * dimensions
          for other in 0..<living where other != place {
            let from = other * dimensions
            let factor = unsafe mass * masses[other] / (mass + masses[other])
            var sum = 0.0
            for dimension in 0..<dimensions {
              let gap = unsafe centres[own + dimension] - centres[from + dimension]
              sum += gap * gap
            }
            let cost = factor * sum
            if cost < best {
              best = cost
              bestPlace = other
            }
          }
        }
      }
      // A tie goes back along the chain, or it would never end.
      if let previous, cost(leaf, previous) <= best {
        return (previous, cost(leaf, previous))
      }
      return (leafAt[bestPlace], best)
    }

    func cost(_ first: Int, _ second: Int) -> Double {
      let a = placeOf[first]
      let b = placeOf[second]
      var sum = 0.0
      for dimension in 0..<dimensions {
        let gap = centres[a * dimensions + dimension] - centres[b * dimensions + dimension]
        sum += gap * gap
      }
      return masses[a] * masses[b] / (masses[a] + masses[b]) * sum
    }

    while living > 1 {
      if chain.isEmpty {
        chain.append(leafAt[0])
      }
      while true {
        let top = chain[chain.count - 1]
        let previous = chain.count > 1 ? chain[chain.count - 2] : nil
        let next = nearest(to: top, preferring: previous)
        guard next.leaf == previous else {
          chain.append(next.leaf)
          continue
        }
        chain.removeLast(2)
        pairs.append((next.leaf, top, (2 * next.cost).squareRoot()))
        merge(next.leaf, top)
        break
      }
    }
    return HierarchicalTree(leaves: count, pairs: pairs)

    func merge(_ kept: Int, _ gone: Int) {
      let a = placeOf[kept]
      let b = placeOf[gone]
      let mass = masses[a] + masses[b]
      for dimension in 0..<dimensions {
        centres[a * dimensions + dimension] =
          (masses[a] * centres[a * dimensions + dimension]
            + masses[b] * centres[b * dimensions + dimension]) / mass
      }
      masses[a] = mass
      living -= 1
      // The last living group moves into the gap.
      let last = leafAt[living]
      for dimension in 0..<dimensions {
        centres[b * dimensions + dimension] = centres[living * dimensions + dimension]
      }
      masses[b] = masses[living]
      leafAt[b] = last
      placeOf[last] = b
    }
  }
}

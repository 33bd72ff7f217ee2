/// Distances of all pairs, each once: row by row below the diagonal, in single precision.
struct PairDistances: Sendable {
  /// Number of points.
  let count: Int
  /// The distance of *i* and *j* < *i* stands at *i*(*i* − 1)/2 + *j*.
  var values: [Float]

  subscript(first: Int, second: Int) -> Float {
    if first == second { return 0 }
    let high = max(first, second)
    return values[high * (high - 1) / 2 + min(first, second)]
  }
}

/// Trees of any linkage that Lance and Williams' formula can update, by chains of neighbours.
enum LinkageKernel {
  /// Builds a tree from distances.
  ///
  /// - Parameters:
  ///   - distances: Of all pairs of points.
  ///   - weights: Mass of each point, more than 0.
  ///   - linkage: How far apart groups are; Ward takes Euclidean distances.
  /// - Returns: The tree.
  /// - Complexity: O(*n*²) time beside the distances, which are overwritten in a copy.
  static func tree(
    _ distances: PairDistances, weights: [Double], linkage: Linkage
  ) -> HierarchicalTree {
    let count = distances.count
    var table = distances
    var masses = weights
    var alive = [Bool](repeating: true, count: count)
    var pairs: [(first: Int, second: Int, height: Double)] = []
    if linkage == .ward {
      // Costs of merges instead of distances: W_a W_b / (W_a + W_b) d².
      for high in 1..<max(1, count) {
        for low in 0..<high {
          let index = high * (high - 1) / 2 + low
          let distance = Double(table.values[index])
          table.values[index] = Float(
            masses[high] * masses[low] / (masses[high] + masses[low]) * distance * distance)
        }
      }
    }
    var chain: [Int] = []
    while pairs.count < count - 1 {
      if chain.isEmpty, let start = alive.firstIndex(of: true) {
        chain.append(start)
      }
      let top = chain[chain.count - 1]
      let previous = chain.count > 1 ? chain[chain.count - 2] : nil
      var best = previous.map { table[top, $0] } ?? .infinity
      var next = previous ?? -1
      for other in 0..<count where alive[other] && other != top {
        let distance = table[top, other]
        if distance < best || next < 0 {
          best = distance
          next = other
        }
      }
      guard next == previous else {
        chain.append(next)
        continue
      }
      chain.removeLast(2)
      let height = linkage == .ward ? (2 * Double(best)).squareRoot() : Double(best)
      pairs.append((next, top, height))
      let between = Double(best)
      for other in 0..<count where alive[other] && other != top && other != next {
        let toTop = Double(table[top, other])
        let toNext = Double(table[next, other])
        let merged: Double
        switch linkage {
        case .single: merged = min(toTop, toNext)
        case .complete: merged = max(toTop, toNext)
        case .average:
          merged = (masses[top] * toTop + masses[next] * toNext) / (masses[top] + masses[next])
        case .ward:
          let mass = masses[other]
          merged =
            ((masses[top] + mass) * toTop + (masses[next] + mass) * toNext - mass * between)
            / (masses[top] + masses[next] + mass)
        }
        let high = max(next, other)
        table.values[high * (high - 1) / 2 + min(next, other)] = Float(merged)
      }
      masses[next] += masses[top]
      alive[top] = false
    }
    return HierarchicalTree(leaves: count, pairs: pairs)
  }
}

/// How far apart two groups of respondents are.
public enum Linkage: String, Sendable, Equatable, Codable, CaseIterable {
  /// The growth of the sum of squares when they merge (Ward; `ward.D2` in R).
  case ward
  /// The distance of their nearest members.
  case single
  /// The distance of their farthest members.
  case complete
  /// The mean distance between members.
  case average
}

/// The order in which respondents join into ever larger groups.
public struct HierarchicalTree: Sendable, Equatable {
  /// Two groups become one.
  public struct Merge: Sendable, Equatable {
    /// A group: a leaf below `leaves`, else `leaves` + the number of the merge that made it.
    public let first: Int
    /// The other group.
    public let second: Int
    /// The distance at which they merge; for Ward √(2 · growth of the sum of squares).
    public let height: Double
  }

  /// Number of leaves.
  public let leaves: Int
  /// `leaves` − 1 merges by rising height.
  public let merges: [Merge]

  /// Orders merges found in any order, each told by one leaf of both groups.
  init(leaves: Int, pairs: [(first: Int, second: Int, height: Double)]) {
    let sorted = pairs.indices.sorted { (pairs[$0].height, $0) < (pairs[$1].height, $1) }
    var parent = Array(0..<leaves)
    var group = Array(0..<leaves)
    func root(_ leaf: Int) -> Int {
      var node = leaf
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    var merges: [Merge] = []
    for index in sorted {
      let first = root(pairs[index].first)
      let second = root(pairs[index].second)
      merges.append(
        Merge(
          first: min(group[first], group[second]), second: max(group[first], group[second]),
          height: pairs[index].height))
      parent[second] = first
      group[first] = leaves + merges.count - 1
    }
    self.leaves = leaves
    self.merges = merges
  }

  /// The groups left when all but the last merges are done.
  ///
  /// - Parameter segments: How many, 1 to `leaves`.
  /// - Returns: A group for each leaf, numbered by first leaf.
  public func cut(_ segments: Int) -> [Int] {
    precondition((1...max(1, leaves)).contains(segments), "\(leaves) leaves, \(segments) groups")
    var groupOf = [Int](repeating: -1, count: leaves + merges.count)
    var result = [Int](repeating: 0, count: leaves)
    let done = leaves - segments
    // From the last merge done down to the leaves, members inherit the name of their group.
    for index in stride(from: done - 1, through: 0, by: -1) {
      let node = leaves + index
      let name = groupOf[node] < 0 ? node : groupOf[node]
      groupOf[merges[index].first] = name
      groupOf[merges[index].second] = name
    }
    var numbers: [Int: Int] = [:]
    for leaf in 0..<leaves {
      let name = groupOf[leaf] < 0 ? leaf : groupOf[leaf]
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      result[leaf] = number
    }
    return result
  }
}

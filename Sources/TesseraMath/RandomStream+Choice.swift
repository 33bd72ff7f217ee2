extension RandomStream {
  /// Draws an index with chances in proportion to weights.
  ///
  /// - Parameter weights: Finite, 0 or more, not all 0; they need not sum to 1.
  /// - Returns: An index of `weights` whose weight is above 0.
  /// - Complexity: O(number of weights); ``AliasTable`` draws many times in O(1) each.
  @inlinable
  public mutating func categorical(_ weights: some RandomAccessCollection<Double>) -> Int {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight of \(weight) is no chance")
      total += weight
    }
    precondition(total > 0 && total.isFinite, "weights that sum to \(total) are no chances")
    let target = uniform() * total
    var sum = 0.0
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = index
      if target < sum { return index }
    }
    return last
  }

  /// Puts elements in random order, every order being equally likely.
  ///
  /// - Parameter elements: Overwritten.
  /// - Complexity: O(*n*).
  /// - Reference: Durstenfeld (1964), *CACM* 7(7), 420, algorithm 235.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }

  /// Draws an order of the numbers 0 ..< `count`.
  ///
  /// - Parameter count: How many numbers, 0 or more.
  /// - Returns: Each of them once.
  /// - Complexity: O(`count`).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Draws different numbers from 0 ..< `bound`, in ascending order.
  ///
  /// - Parameters:
  ///   - count: How many, from 0 to `bound`.
  ///   - bound: How many there are to draw from.
  /// - Returns: `count` numbers, every set of them being equally likely.
  /// - Complexity: O(`bound`).
  /// - Reference: Knuth (1997), *The Art of Computer Programming* 2, 3.4.2, algorithm S.
  public mutating func sample(_ count: Int, below bound: Int) -> [Int] {
    precondition(count >= 0 && count <= bound, "cannot draw \(count) of \(bound)")
    var chosen: [Int] = []
    chosen.reserveCapacity(count)
    var index = 0
    while chosen.count < count {
      if below(bound - index) < count - chosen.count { chosen.append(index) }
      index += 1
    }
    return chosen
  }
}

/// Chances laid out so that drawing an index takes the same short time however many there are.
///
/// - Reference: Walker (1977), *ACM TOMS* 3(3), 253–256, doi:10.1145/355744.355749; laid out as in
///   Vose (1991), *IEEE TSE* 17(9), 972–975.
public struct AliasTable: Sendable, Equatable {
  private let thresholds: [Double]
  private let aliases: [Int]

  /// Lays out the table.
  ///
  /// - Parameter weights: Finite, 0 or more, not all 0; they need not sum to 1.
  /// - Complexity: O(number of weights).
  public init(_ weights: [Double]) {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight of \(weight) is no chance")
      total += weight
    }
    precondition(total > 0 && total.isFinite, "weights that sum to \(total) are no chances")
    var scaled = weights.map { $0 / total * Double(weights.count) }
    var thresholds = [Double](repeating: 1, count: weights.count)
    var aliases = Array(weights.indices)
    var small = weights.indices.filter { scaled[$0] < 1 }
    var large = weights.indices.filter { scaled[$0] >= 1 }
    while let poor = small.last, let rich = large.last {
      small.removeLast()
      thresholds[poor] = scaled[poor]
      aliases[poor] = rich
      scaled[rich] -= 1 - scaled[poor]
      if scaled[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    // Rounding may leave a zero weight without a partner: it must still never be drawn.
    let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    for index in small where weights[index] == 0 {
      thresholds[index] = 0
      aliases[index] = heaviest
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  /// Draws an index.
  ///
  /// - Parameter stream: Where the randomness comes from.
  /// - Returns: An index of the weights.
  /// - Complexity: O(1).
  public func draw(_ stream: inout RandomStream) -> Int {
    let column = stream.below(thresholds.count)
    return stream.uniform() < thresholds[column] ? column : aliases[column]
  }
}

import Foundation

extension RandomStream {
  /// Draws from the standard normal distribution.
  ///
  /// - Returns: A number with mean 0 and variance 1.
  /// - Complexity: O(1); 2.55 uniform draws on average.
  /// - Reference: Marsaglia & Bray (1964), *SIAM Review* 6(3), 260–264, the polar method.
  public mutating func normal() -> Double {
    normalPair().0
  }

  /// Draws several numbers from the standard normal distribution.
  ///
  /// - Parameter count: How many, 0 or more.
  /// - Returns: `count` numbers.
  /// - Complexity: O(`count`), about twice as fast as one by one.
  public mutating func normals(_ count: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    while result.count < count {
      let (first, second) = normalPair()
      result.append(first)
      if result.count < count { result.append(second) }
    }
    return result
  }

  private mutating func normalPair() -> (Double, Double) {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      let scale = (-2 * log(square) / square).squareRoot()
      return (x * scale, y * scale)
    }
  }

  /// Draws from the gamma distribution with scale 1.
  ///
  /// - Parameter shape: Above 0; mean and variance are both `shape`.
  /// - Returns: A number from 0; very small shapes may round to 0.
  /// - Complexity: O(1) expected.
  /// - Reference: Marsaglia & Tsang (2000), *ACM TOMS* 26(3), 363–372,
  ///   doi:10.1145/358407.358414.
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0, "a gamma distribution has no shape \(shape)")
    if shape < 1 {
      // A gamma of shape a is one of shape a + 1 times a uniform to the power 1/a.
      let larger = gamma(shape: shape + 1)
      return larger * pow(1 - uniform(), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let cube = root * root * root
      if log(1 - uniform()) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
    }
  }

  /// Draws shares from a Dirichlet distribution.
  ///
  /// - Parameter concentrations: One number above 0 for each share.
  /// - Returns: As many shares, which sum to 1.
  /// - Complexity: O(number of shares).
  public mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    var shares = concentrations.map { gamma(shape: $0) }
    var total = 0.0
    for share in shares {
      total += share
    }
    guard total > 0 else {
      // Every gamma rounded to zero: the mass sits on one share, drawn by concentration.
      let winner = categorical(concentrations)
      return shares.indices.map { $0 == winner ? 1 : 0 }
    }
    for index in shares.indices {
      shares[index] /= total
    }
    return shares
  }
}

import Foundation

/// Points and weights that integrate polynomials over [0, 1] exactly up to degree 2*n* − 1.
///
/// - Reference: Abramowitz & Stegun (1964), 25.4.29 and 22.16.6 for the starts of Newton's method.
public struct GaussLegendre: Sendable, Equatable {
  /// The points, ascending, inside (0, 1).
  public let nodes: [Double]
  /// The weight of each point; they sum to 1.
  public let weights: [Double]

  /// Finds the rule of a given size.
  ///
  /// - Parameter count: *n*, 1 or more.
  /// - Complexity: O(*n*²).
  public init(_ count: Int) {
    precondition(count > 0, "a rule needs a point")
    var nodes = [Double](repeating: 0.5, count: count)
    var weights = [Double](repeating: 1, count: count)
    let n = Double(count)
    for index in 0..<(count + 1) / 2 {
      var x = cos(Double.pi * (Double(index) + 0.75) / (n + 0.5))
      if 2 * index + 1 == count { x = 0 }
      var slope = 1.0
      for _ in 0..<100 {
        let value: Double
        (value, slope) = legendre(count, x)
        let step = value / slope
        x -= step
        if abs(step) < 1e-16 { break }
      }
      slope = legendre(count, x).slope
      let weight = 1 / ((1 - x) * (1 + x) * slope * slope)
      nodes[index] = 0.5 * (1 - x)
      nodes[count - 1 - index] = 0.5 * (1 + x)
      weights[index] = weight
      weights[count - 1 - index] = weight
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// The integral over [0, 1], exact for polynomials of degree 2*n* − 1.
  ///
  /// - Parameter function: What to integrate; called once at each node.
  /// - Returns: The sum over the nodes of weight times value.
  @inlinable
  public func integrate(_ function: (Double) -> Double) -> Double {
    var sum = 0.0
    for index in nodes.indices {
      sum += weights[index] * function(nodes[index])
    }
    return sum
  }
}

/// The Legendre polynomial of a degree of 1 or more, and its slope, inside (-1, 1).
private func legendre(_ degree: Int, _ x: Double) -> (value: Double, slope: Double) {
  var before = 1.0
  var value = x
  for step in 1..<max(1, degree) {
    let k = Double(step)
    (before, value) = (value, ((2 * k + 1) * x * value - k * before) / (k + 1))
  }
  return (value, Double(degree) * (before - x * value) / ((1 - x) * (1 + x)))
}

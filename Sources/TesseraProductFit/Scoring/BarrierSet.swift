import TesseraMath

/// A set of barriers as the bits of a number, and what hitting all of them costs.
package struct BarrierSet: Sendable {
  /// Most barriers a study may declare: one bit each.
  static let most = 64

  /// Share of acceptance that each barrier takes, 0 to 1.
  package let strengths: [Double]

  package init(strengths: [Double]) { self.strengths = strengths }

  /// What is left of acceptance after a set of barriers: Π (1 − β).
  package func acceptance(_ hit: UInt64) -> Double {
    var result = 1.0
    for barrier in members(hit) { result *= 1 - strengths[barrier] }
    return result
  }

  /// How the loss of acceptance, 1 − Π (1 − β), splits over the barriers hit.
  ///
  /// The split is Shapley's: what a barrier takes on average over all orders of hitting them, which
  /// is β_b ∫₀¹ Π_{c≠b} (1 − β_c t) dt. The integrand is a polynomial of degree m − 1 for m
  /// barriers, so ⌈m/2⌉ nodes are exact.
  ///
  /// - Parameter hit: The barriers hit.
  /// - Returns: One share for each barrier in ``strengths``, 0 for those not hit; they sum to
  ///   1 − ``acceptance(_:)``.
  /// - Complexity: O(*m*³).
  /// - Reference: Owen (1972), *Management Science* 18(5), P64–P79 (the multilinear extension).
  package func split(_ hit: UInt64) -> [Double] {
    var result = [Double](repeating: 0, count: strengths.count)
    let members = members(hit)
    guard !members.isEmpty else { return result }
    let rule = GaussLegendre((members.count + 1) / 2)
    for barrier in members {
      result[barrier] =
        strengths[barrier]
        * rule.integrate { t in
          var product = 1.0
          for other in members where other != barrier { product *= 1 - strengths[other] * t }
          return product
        }
    }
    return result
  }

  private func members(_ hit: UInt64) -> [Int] {
    strengths.indices.filter { hit >> UInt64($0) & 1 == 1 }
  }
}

/// Remembers what was worked out for each set of barriers that occurs.
struct BarrierMemory {
  let set: BarrierSet
  private var acceptances: [UInt64: Double] = [:]
  private var splits: [UInt64: [Double]] = [:]

  init(_ set: BarrierSet) { self.set = set }

  mutating func acceptance(_ hit: UInt64) -> Double {
    if hit == 0 { return 1 }
    if let known = acceptances[hit] { return known }
    let result = set.acceptance(hit)
    acceptances[hit] = result
    return result
  }

  mutating func split(_ hit: UInt64) -> [Double] {
    if let known = splits[hit] { return known }
    let result = set.split(hit)
    splits[hit] = result
    return result
  }
}

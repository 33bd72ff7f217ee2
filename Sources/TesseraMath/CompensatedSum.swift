/// A running sum that carries the rounding error of each addition along.
///
/// The result is as if summed in twice the precision and rounded once, unless terms cancel by more
/// than that.
///
/// - Reference: Neumaier (1974), *ZAMM* 54(1), 39–51, doi:10.1002/zamm.19740540106.
@frozen
public struct CompensatedSum: Sendable {
  @usableFromInline var sum: Double
  @usableFromInline var lost: Double

  /// Starts at zero.
  @inlinable
  public init() {
    sum = 0
    lost = 0
  }

  /// Adds a term.
  ///
  /// - Parameter term: Any number.
  @inlinable
  public mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum so far.
  @inlinable public var value: Double {
    // Once infinite, what was lost is not a number.
    sum.isFinite ? sum + lost : sum
  }
}

extension Sequence<Double> {
  /// The sum of the elements with the rounding errors carried along.
  ///
  /// - Returns: 0 if there are none.
  /// - Complexity: O(*n*).
  @inlinable
  public func compensatedSum() -> Double {
    var total = CompensatedSum()
    for term in self {
      total.add(term)
    }
    return total.value
  }
}

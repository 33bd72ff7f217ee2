/// Adjustments of *p* values for having made many tests.
///
/// An adjusted *p* at or below *q* marks a discovery when the expected share of false ones among
/// the discoveries is to stay at or below *q*.
public enum MultipleTesting: Sendable {
  /// For independent or positively dependent tests.
  ///
  /// Reference: Benjamini & Hochberg (1995), *JRSS B* 57(1), 289–300.
  case benjaminiHochberg
  /// For tests that depend on each other in any way.
  ///
  /// Reference: Benjamini & Yekutieli (2001), *Annals of Statistics* 29(4), 1165–1188.
  case benjaminiYekutieli

  /// Adjusts *p* values; what could not be tested (`nil` or not a number) stays `nil` and does not
  /// count among the tests.
  ///
  /// - Parameter pValues: From 0 to 1 each, or `nil` for no test.
  /// - Returns: Adjusted values in the same places, from 0 to 1, never below the raw ones.
  /// - Complexity: O(*n* log *n*).
  public func adjusted(_ pValues: [Double?]) -> [Double?] {
    let tests = pValues.enumerated().compactMap { index, p in
      p.flatMap { $0.isNaN ? nil : (index: index, p: $0) }
    }
    precondition(tests.allSatisfy { (0...1).contains($0.p) }, "a p value lies outside 0 to 1")
    let count = Double(tests.count)
    var factor = count
    if self == .benjaminiYekutieli {
      factor *= (0..<tests.count).reversed().reduce(0) { $0 + 1 / Double($1 + 1) }
    }
    var result = [Double?](repeating: nil, count: pValues.count)
    var smallest = 1.0
    let ascending = tests.sorted { $0.p < $1.p || ($0.p == $1.p && $0.index < $1.index) }
    for (rank, test) in ascending.enumerated().reversed() {
      smallest = min(smallest, test.p * factor / Double(rank + 1))
      result[test.index] = smallest
    }
    return result
  }

  /// Adjusts *p* values that all come from a test.
  ///
  /// - Parameter pValues: From 0 to 1 each.
  /// - Returns: Adjusted values in the same places.
  /// - Complexity: O(*n* log *n*).
  public func adjusted(_ pValues: [Double]) -> [Double] {
    precondition(pValues.allSatisfy { (0...1).contains($0) }, "a p value lies outside 0 to 1")
    return adjusted(pValues.map { Optional($0) }).compactMap { $0 }
  }
}

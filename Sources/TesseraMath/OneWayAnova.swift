/// How much of the spread of a number lies between groups.
///
/// - Reference: Fisher (1925), *Statistical Methods for Research Workers*, chapter VII.
public struct OneWayAnova: Sendable, Equatable {
  /// Σ over groups of size times squared distance of the group's mean from the whole mean.
  public let sumOfSquaresBetween: Double
  /// Σ over all of the squared distance from the mean of one's group.
  public let sumOfSquaresWithin: Double
  /// Groups that have members, less one.
  public let degreesBetween: Int
  /// Numbers less groups that have members.
  public let degreesWithin: Int

  /// Compares groups of numbers.
  ///
  /// All numbers are taken relative to the first, so that a large common part cancels exactly.
  ///
  /// - Parameter groups: Finite numbers, a list for each group; empty groups are left out.
  /// - Complexity: O(*n*).
  public init(_ groups: [[Double]]) {
    let origin = groups.lazy.flatMap { $0 }.first ?? 0
    let shifted = groups.filter { !$0.isEmpty }.map { $0.map { $0 - origin } }
    let count = shifted.reduce(0) { $0 + $1.count }
    let whole = shifted.joined().compensatedSum() / Double(max(1, count))
    var between = CompensatedSum()
    var within = CompensatedSum()
    for group in shifted {
      let deviations = Deviations(group)
      let mean = group.compensatedSum() / Double(group.count)
      between.add(Double(group.count) * (mean - whole) * (mean - whole))
      within.add(deviations.squares)
    }
    sumOfSquaresBetween = between.value
    sumOfSquaresWithin = within.value
    degreesBetween = max(0, shifted.count - 1)
    degreesWithin = count - shifted.count
  }

  /// The ratio of the mean squares; `nil` without two groups, or if nothing varies within them.
  public var f: Double? {
    guard degreesBetween > 0, degreesWithin > 0, sumOfSquaresWithin > 0 else { return nil }
    return (sumOfSquaresBetween / Double(degreesBetween))
      / (sumOfSquaresWithin / Double(degreesWithin))
  }

  /// The chance of so large a ratio if all groups had one mean; `nil` where ``f`` is.
  public var p: Double? {
    f.map {
      FisherDistribution(numerator: Double(degreesBetween), denominator: Double(degreesWithin))
        .survival($0)
    }
  }
}

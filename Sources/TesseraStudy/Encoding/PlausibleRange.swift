import Foundation

/// Between which numbers an answer is believed.
enum PlausibleRange {
  /// People at each end who are left out, so that no single answer can be read off the range.
  private static let tail = 10
  /// Numbers with no more different values than this are a scale of answers, which ends where it ends.
  private static let longestScale = 12

  /// The range that the answers of a survey suggest.
  ///
  /// It begins with the tenth smallest and ends with the tenth largest, so that it says nothing of fewer
  /// people. A scale may go a step further. Other numbers reach as far again on both sides, not below 0
  /// where the tenth smallest is well above it; the ends are rounded outwards to two digits.
  ///
  /// - Parameter numbers: The answers; NaN is missing.
  /// - Returns: The range; `nil` for fewer than 40 answers, and where most are alike.
  /// - Complexity: O(n log n).
  static func of(_ numbers: [Double]) -> ClosedRange<Double>? {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    guard sorted.count >= 4 * tail else { return nil }
    let low = sorted[tail - 1]
    let high = sorted[sorted.count - tail]
    guard low < high else { return nil }
    var values = Set<Double>()
    for value in sorted where values.count <= longestScale { values.insert(value) }
    if values.count <= longestScale, sorted.allSatisfy({ $0 == $0.rounded() }) {
      // An end that few have may be a step further; a code such as 99 is not.
      return (low - 1)...(high + 1)
    }
    let width = high - low
    // What begins at 0 may well begin a little below.
    let floor = low >= 0.05 * width ? 0 : -Double.infinity
    return max(floor, rounded(low - width, up: false))...rounded(high + width, up: true)
  }

  /// To two digits, away from the middle.
  private static func rounded(_ value: Double, up: Bool) -> Double {
    guard value != 0, value.isFinite else { return value }
    let unit = pow(10, (log10(abs(value))).rounded(.down) - 1)
    return (value / unit).rounded(up ? .up : .down) * unit
  }
}

import TesseraMath

/// Looks whether segments were shown different options: then their choices cannot be compared as
/// if tastes alone differed.
public struct ExposureAudit: Sendable, Equatable {
  /// Statistic of the test that the options shown do not depend on the segment.
  public let chiSquare: Double
  /// Its degrees of freedom.
  public let degreesOfFreedom: Int
  /// Its *p* value.
  public let p: Double
  /// Effect size: Cramér's V, 0 to 1.
  public let cramersV: Double
  /// Share of menus with each option, one row a segment.
  public let shares: [[Double]]
  /// A warning in a sentence; `nil` where exposure is alike.
  public let warning: String?

  /// Audits menus.
  ///
  /// - Parameters:
  ///   - shown: For each segment how many menus held each option (segments × options).
  ///   - menus: Menus of each segment.
  ///   - options: The options' names.
  ///   - segments: The segments' names.
  /// - Complexity: O(segments × options).
  public init(shown: [[Double]], menus: [Double], options: [String], segments: [String]) {
    precondition(shown.count == segments.count && menus.count == segments.count)
    var total = 0.0
    var columns = [Double](repeating: 0, count: options.count)
    let rows = shown.map { row in row.reduce(0, +) }
    for row in shown {
      for (option, count) in row.enumerated() {
        columns[option] += count
        total += count
      }
    }
    var statistic = 0.0
    for (segment, row) in shown.enumerated() {
      for (option, count) in row.enumerated() {
        let expected = rows[segment] * columns[option] / total
        if expected > 0 { statistic += (count - expected) * (count - expected) / expected }
      }
    }
    let usedRows = rows.count { $0 > 0 }
    let usedColumns = columns.count { $0 > 0 }
    let freedom = max(0, (usedRows - 1) * (usedColumns - 1))
    chiSquare = statistic
    degreesOfFreedom = freedom
    p =
      freedom > 0
      ? ChiSquareDistribution(degreesOfFreedom: Double(freedom)).survival(statistic) : 1
    let smaller = Double(max(1, min(usedRows, usedColumns) - 1))
    cramersV = total > 0 ? (statistic / total / smaller).squareRoot() : 0
    let shares = shown.enumerated().map { segment, row in
      row.map { menus[segment] > 0 ? $0 / menus[segment] : 0 }
    }
    self.shares = shares
    var widest: (option: Int, high: Int, low: Int, ratio: Double)?
    for option in options.indices {
      let order = segments.indices.sorted { shares[$0][option] > shares[$1][option] }
      guard let high = order.first, let low = order.last, shares[high][option] > 0 else { continue }
      let ratio = shares[high][option] / max(shares[low][option], 1e-6)
      if widest.map({ ratio > $0.ratio }) ?? true { widest = (option, high, low, ratio) }
    }
    if p < 0.001, let widest, widest.ratio >= 1.5 {
      warning =
        "Segments were shown different options: \(options[widest.option]) was on "
        + "\(percent(shares[widest.high][widest.option])) of the menus of "
        + "\(segments[widest.high]) and on \(percent(shares[widest.low][widest.option])) of those "
        + "of \(segments[widest.low]). What they chose tells tastes and exposure together."
    } else {
      warning = nil
    }
  }
}

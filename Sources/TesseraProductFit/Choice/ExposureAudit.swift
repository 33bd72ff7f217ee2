public import TesseraMath

/// Looks whether segments were shown different options: then their choices cannot be compared as
/// if tastes alone differed.
public struct ExposureAudit: Sendable, Equatable {
  /// The options, in the order of ``shares``.
  public let options: [String]
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

  /// Audits what people were shown.
  ///
  /// - Parameters:
  ///   - shown: People × options: the share of a person's menus that held the option.
  ///   - groups: For each person the segment, from 0.
  ///   - weights: One for each person.
  ///   - isFrequency: Whether weights count people.
  ///   - options: The options' names.
  ///   - segments: The segments' names.
  /// - Complexity: O(people × options²).
  public init(
    shown: Matrix, groups: [Int], weights: [Double], isFrequency: Bool = false,
    options: [String], segments: [String]
  ) {
    precondition(shown.columns == options.count && shown.rows == groups.count)
    let test = HomogeneityTest(
      shown, groups: groups, count: segments.count, weights: weights, isFrequency: isFrequency)
    self.options = options
    chiSquare = test.chiSquare
    degreesOfFreedom = test.degreesOfFreedom
    p = test.p
    cramersV = test.cramersV
    let shares = segments.indices.map { segment in
      options.indices.map { test.means[segment, $0] }
    }
    self.shares = shares
    warning = Self.warning(p: test.p, shares: shares, options: options, segments: segments)
  }

  /// Audits counts of menus, each of which held options.
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
    let p =
      freedom > 0
      ? ChiSquareDistribution(degreesOfFreedom: Double(freedom)).survival(statistic) : 1
    self.options = options
    chiSquare = statistic
    degreesOfFreedom = freedom
    self.p = p
    let smaller = Double(max(1, min(usedRows, usedColumns) - 1))
    cramersV = total > 0 ? (statistic / total / smaller).squareRoot() : 0
    let shares = shown.enumerated().map { segment, row in
      row.map { menus[segment] > 0 ? $0 / menus[segment] : 0 }
    }
    self.shares = shares
    warning = Self.warning(p: p, shares: shares, options: options, segments: segments)
  }

  /// A sentence about the option whose exposure differs most, where it differs by half or more.
  private static func warning(
    p: Double, shares: [[Double]], options: [String], segments: [String]
  ) -> String? {
    guard p < 0.001 else { return nil }
    var widest: (option: Int, high: Int, low: Int, spread: Double, ratio: Double)?
    for option in options.indices {
      let order = segments.indices.sorted { shares[$0][option] > shares[$1][option] }
      guard let high = order.first, let low = order.last else { continue }
      let (most, least) = (shares[high][option], shares[low][option])
      // An option that hardly anybody saw is no reason to doubt the others.
      guard most >= 0.02, most >= 1.5 * least else { continue }
      let (spread, ratio) = (most - least, most / max(least, 1e-9))
      // Of two options the spread is the same: the rarer tells more.
      let isWider =
        widest.map { spread > $0.spread + 1e-9 || (spread > $0.spread - 1e-9 && ratio > $0.ratio) }
      if isWider ?? true { widest = (option, high, low, spread, ratio) }
    }
    guard let widest else { return nil }
    return
      "Segments were shown different options: \(options[widest.option]) was on "
      + "\(percent(shares[widest.high][widest.option])) of the menus of "
      + "\(segments[widest.high]) and on \(percent(shares[widest.low][widest.option])) of those "
      + "of \(segments[widest.low]). What they chose tells tastes and exposure together."
  }
}

extension Descriptive {
  /// The point below which a given share of numbers lies; `nil` if there are none.
  ///
  /// - Parameters:
  ///   - share: From 0, the least, to 1, the greatest.
  ///   - values: Numbers in any order, none of them NaN.
  /// - Returns: Between the two numbers nearest in rank, in proportion: type 7, as R has it.
  /// - Complexity: O(*n* log *n*).
  /// - Reference: Hyndman & Fan (1996), *The American Statistician* 50(4), 361–365.
  public static func quantile(_ share: Double, of values: [Double]) -> Double? {
    quantiles([share], of: values)?.first
  }

  /// Several quantiles of the same numbers, sorted once; `nil` if there are no numbers.
  ///
  /// - Parameters:
  ///   - shares: From 0 to 1 each.
  ///   - values: Numbers in any order, none of them NaN.
  /// - Returns: As many as `shares`, by the rule of ``quantile(_:of:)``.
  /// - Complexity: O(*n* log *n*).
  public static func quantiles(_ shares: [Double], of values: [Double]) -> [Double]? {
    precondition(shares.allSatisfy { (0...1).contains($0) }, "shares run from 0 to 1")
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return shares.map { share in
      let place = share * Double(sorted.count - 1)
      let below = min(sorted.count - 1, Int(place))
      let above = min(sorted.count - 1, below + 1)
      let part = place - Double(below)
      // Equal neighbours need no arithmetic, which two infinities would not survive.
      if part == 0 || sorted[below] == sorted[above] { return sorted[below] }
      return sorted[below] + part * (sorted[above] - sorted[below])
    }
  }

  /// The middle of some numbers; `nil` if there are none.
  ///
  /// - Parameter values: Numbers in any order, none of them NaN.
  /// - Returns: The middle one, or the mean of the two in the middle.
  /// - Complexity: O(*n* log *n*).
  public static func median(_ values: [Double]) -> Double? {
    quantile(0.5, of: values)
  }

  /// The point at or below which a given share of the weight lies; `nil` if there is no weight.
  ///
  /// The least number at which the weight up to and including it reaches the share; where it
  /// reaches it exactly, the middle between that number and the next. Weights that are equal whole
  /// numbers give what repeated rows would.
  ///
  /// - Parameters:
  ///   - share: From 0 to 1.
  ///   - values: Numbers in any order, none of them NaN.
  ///   - weights: As many finite weights, 0 or more; numbers of weight 0 are not looked at.
  /// - Returns: One of the numbers, or the middle of two.
  /// - Complexity: O(*n* log *n*).
  public static func quantile(
    _ share: Double, of values: [Double], weights: [Double]
  ) -> Double? {
    precondition((0...1).contains(share), "shares run from 0 to 1")
    precondition(values.count == weights.count, "\(weights.count) weights, \(values.count) values")
    let order = values.indices.filter { weights[$0] > 0 }
      .sorted { values[$0] < values[$1] || (values[$0] == values[$1] && $0 < $1) }
    guard let last = order.last else { return nil }
    let total = order.lazy.map { weights[$0] }.compensatedSum()
    let target = share * total
    var sum = CompensatedSum()
    for (place, index) in order.enumerated() {
      sum.add(weights[index])
      // Shares such as 0.1 are not exact, so the comparison allows for rounding.
      let difference = sum.value - target
      if abs(difference) <= total * 1e-12 {
        let next = place + 1 < order.count ? order[place + 1] : index
        if values[next] == values[index] { return values[index] }
        return values[index] + (values[next] - values[index]) / 2
      }
      if difference > 0 { return values[index] }
    }
    return values[last]
  }
}

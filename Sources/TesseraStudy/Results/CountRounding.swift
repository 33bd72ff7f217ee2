/// Rounds counts of respondents so that none of fewer than the smallest cell can be told.
///
/// Counts below the base are left out, the others become multiples of it, so that taking them from
/// a known total tells a small count only up to half a base for each number shown.
///
/// - Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, chapter 5 (rounding).
struct CountRounding: Sendable {
  /// Counts are multiples of it; 1 or less leaves counts as they are.
  let base: Double

  /// Takes the smallest cell that may be shown.
  ///
  /// - Parameter minimumCell: Respondents; 1 switches rounding off.
  init(minimumCell: Int) {
    base = Double(max(1, minimumCell))
  }

  /// The count as it may be shown.
  ///
  /// - Parameter count: Respondents, 0 or more.
  /// - Returns: A multiple of the base; `nil` if there are fewer.
  func shown(_ count: Double) -> Double? {
    guard base > 1 else { return count }
    return count < base ? nil : (count / base).rounded() * base
  }

  /// A histogram whose bins of few respondents are pooled with those behind them.
  ///
  /// - Parameters:
  ///   - counts: Respondents by bin.
  ///   - order: The bins that can hold any, in the order of pooling, the fullest end first.
  /// - Returns: By bin the mean of its pool, whose sum is rounded; all 0 for too few in all.
  func pooled(_ counts: [Double], order: [Int]) -> [Double] {
    guard base > 1 else { return counts }
    var pools: [(bins: [Int], count: Double)] = []
    var open: (bins: [Int], count: Double) = ([], 0)
    for bin in order {
      open.bins.append(bin)
      open.count += counts[bin]
      if open.count >= base {
        pools.append(open)
        open = ([], 0)
      }
    }
    if let last = pools.indices.last, open.count > 0 {
      pools[last].bins += open.bins
      pools[last].count += open.count
    }
    var result = [Double](repeating: 0, count: counts.count)
    for pool in pools {
      let rounded = (pool.count / base).rounded() * base
      for bin in pool.bins { result[bin] = rounded / Double(pool.bins.count) }
    }
    return result
  }
}

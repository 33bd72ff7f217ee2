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
}

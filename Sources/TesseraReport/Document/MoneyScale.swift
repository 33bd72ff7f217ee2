import TesseraProductFit

/// How sums of money that stand together are written: as they are, in thousands, millions or billions,
/// with three to five digits of the largest, so that smaller changes beside it can be told apart.
public struct MoneyScale: Sendable {
  private let step: Double
  private let decimals: Int
  /// Behind a sum: " billion", " million", " thousand" or nothing.
  public let word: String

  /// Finds the step of some sums.
  ///
  /// - Parameter sums: The sums that stand together.
  public init(_ sums: [Double]) {
    let largest = sums.reduce(0) { max($0, abs($1)) }
    (step, word) =
      largest >= 1e11
      ? (1e9, " billion")
      : largest >= 1e7 ? (1e6, " million") : largest >= 1e4 ? (1e3, " thousand") : (1, "")
    let left = largest / step
    decimals = left >= 100 || step == 1 && left >= 10 ? 0 : left >= 10 ? 1 : 2
  }

  /// What a heading says of the unit, such as "million USD"; empty if there is nothing to say.
  ///
  /// - Parameter unit: The unit of money; empty if not said.
  /// - Returns: The words.
  public func words(_ unit: String) -> String {
    [String(word.dropFirst()), unit].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A sum in units of this step.
  func scaled(_ sum: Double) -> Double { sum / step }

  /// A sum in this step.
  ///
  /// - Parameters:
  ///   - sum: The sum.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text, without ``word``.
  public func text(_ sum: Double?, _ numbers: NumberStyle) -> String {
    numbers.number(sum.map { $0 / step }, decimals: decimals)
  }

  /// A change in this step, with its sign.
  ///
  /// - Parameters:
  ///   - sum: The change.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text.
  public func signed(_ sum: Double, _ numbers: NumberStyle) -> String {
    numbers.signed(sum / step, decimals: decimals)
  }

  /// An interval in this step.
  ///
  /// - Parameters:
  ///   - low: Its low end.
  ///   - high: Its high end.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text.
  public func interval(_ low: Double?, _ high: Double?, _ numbers: NumberStyle) -> String {
    numbers.interval(low.map { $0 / step }, high.map { $0 / step }, decimals: decimals)
  }
}

extension NumberStyle {
  /// A number with its 95% interval in brackets, where there is one.
  func told(_ estimate: IntervalEstimate, _ text: (Double) -> String) -> String {
    guard let low = estimate.low, let high = estimate.high else { return text(estimate.value) }
    return "\(text(estimate.value)) [\(text(low)), \(text(high))]"
  }
}

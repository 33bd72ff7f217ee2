/// Whether sums of money are told as they are, in thousands or in millions, so that no more digits stand
/// there than anybody reads.
public struct MoneyScale: Sendable {
  private let step: Double
  /// Behind a sum: " million", " thousand" or nothing.
  public let word: String

  /// Finds the step at which the largest of some sums has four to six digits.
  ///
  /// - Parameter sums: The sums that stand together.
  public init(_ sums: [Double]) {
    let largest = sums.reduce(0) { max($0, abs($1)) }
    (step, word) =
      largest >= 1e8 ? (1e6, " million") : largest >= 1e6 ? (1e3, " thousand") : (1, "")
  }

  /// A sum in this step.
  ///
  /// - Parameters:
  ///   - sum: The sum.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text, without ``word``.
  public func text(_ sum: Double?, _ numbers: NumberStyle) -> String {
    numbers.number(sum.map { $0 / step })
  }

  /// A change in this step, with its sign.
  ///
  /// - Parameters:
  ///   - sum: The change.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text.
  public func signed(_ sum: Double, _ numbers: NumberStyle) -> String { numbers.signed(sum / step) }

  /// An interval in this step.
  ///
  /// - Parameters:
  ///   - low: Its low end.
  ///   - high: Its high end.
  ///   - numbers: How numbers are written.
  /// - Returns: Its text.
  public func interval(_ low: Double?, _ high: Double?, _ numbers: NumberStyle) -> String {
    numbers.interval(low.map { $0 / step }, high.map { $0 / step })
  }
}

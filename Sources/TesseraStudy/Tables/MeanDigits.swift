import Foundation
internal import TesseraSurvey

/// How many digits of a mean are printed, in tables and workbook alike: three that count, by the mean
/// of everybody, and never more than two behind the decimal mark.
///
/// A mean of 72,468 dollars reads 72,500, one of 48.97 years 49.0, one of a seven-point scale 4.44.
public struct MeanDigits: Sendable, Equatable {
  /// Digits behind the decimal mark; below 0 the zeros before it.
  public let decimals: Int

  /// Chooses digits.
  ///
  /// - Parameter total: The mean of everybody, in the units of the question; `nil` if it is hidden.
  public init(total: Double?) {
    guard let total, total.isFinite, total != 0 else {
      decimals = 2
      return
    }
    decimals = min(2, 2 - Int(log10(abs(total)).rounded(.down)))
  }

  /// A mean as it is printed.
  ///
  /// - Parameter value: The mean.
  /// - Returns: The nearest number with as many digits.
  public func rounded(_ value: Double) -> Double {
    let scale = pow(10, Double(abs(decimals)))
    return decimals < 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
  }
}

extension Descriptor {
  /// Whether the answers are years of our time: whole numbers from 1900 to 2100, but for a few.
  var isYears: Bool {
    if case .categories(let categories, _) = content {
      return categories.count >= 2
        && categories.allSatisfy { category in
          category.label == category.code.text
            && category.code.number.map { (1900...2100).contains($0) && $0 == $0.rounded() }
              ?? false
        }
    }
    guard case .numbers(let numbers) = content else { return false }
    let known = numbers.filter { !$0.isNaN }
    let years = known.count { $0 == $0.rounded() && (1900...2100).contains($0) }
    return !known.isEmpty && Double(years) >= 0.95 * Double(known.count)
  }
}

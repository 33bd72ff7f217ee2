import Foundation
public import TesseraStudy

/// How numbers are written for people.
///
/// Rounds half away from zero on the decimal text, never shows "-0", and writes what is absent
/// as a dash.
public struct NumberStyle: Sendable, Equatable {
  /// Between whole part and decimals.
  public var decimalMark: String
  /// Between groups of three digits.
  public var groupMark: String
  /// Behind a percentage: a sign, with a space before it where that is the custom.
  public var percentMark: String = "%"

  /// English marks, as in 1,234.5.
  public static let english = NumberStyle(decimalMark: ".", groupMark: ",")

  /// The style of a language.
  ///
  /// - Parameter locale: `en`, `de`, `fr` or `es`, with or without a country behind it.
  /// - Returns: The style; `nil` for a language that is not known.
  public static func of(locale: String) -> NumberStyle? {
    let language = locale.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    return switch language {
    case "en": .english
    case "de": NumberStyle(decimalMark: ",", groupMark: ".", percentMark: "\u{A0}%")
    case "fr": NumberStyle(decimalMark: ",", groupMark: "\u{202F}", percentMark: "\u{A0}%")
    case "es": NumberStyle(decimalMark: ",", groupMark: ".", percentMark: "\u{A0}%")
    default: nil
    }
  }

  /// What stands for a number that is not there.
  public static let absent = "–"

  /// A number with a fixed number of decimals.
  ///
  /// - Parameters:
  ///   - value: The number; `nil` gives a dash.
  ///   - decimals: Digits behind the decimal mark.
  /// - Returns: The text.
  public func number(_ value: Double?, decimals: Int = 0) -> String {
    guard let value, value.isFinite else { return NumberStyle.absent }
    let text = unsigned(abs(value), decimals: decimals)
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    var whole = ""
    for (position, digit) in parts[0].enumerated() {
      if position > 0, (parts[0].count - position).isMultiple(of: 3) { whole += groupMark }
      whole.append(digit)
    }
    let sign = value < 0 && !isZero ? "\u{2212}" : ""
    return sign + whole + (parts.count > 1 ? decimalMark + parts[1] : "")
  }

  /// A number with its sign, for differences.
  ///
  /// - Parameters:
  ///   - value: The number; `nil` gives a dash.
  ///   - decimals: Digits behind the decimal mark.
  /// - Returns: The text, with + or −.
  public func signed(_ value: Double?, decimals: Int = 0) -> String {
    let text = number(value, decimals: decimals)
    guard let value, value > 0, text.contains(where: { "123456789".contains($0) }) else {
      return text
    }
    return "+" + text
  }

  /// A share as a percentage.
  ///
  /// - Parameters:
  ///   - share: From 0 to 1; `nil` gives a dash.
  ///   - decimals: Digits behind the decimal mark.
  /// - Returns: Such as `42%`.
  public func percent(_ share: Double?, decimals: Int = 0) -> String {
    guard let share, share.isFinite else { return NumberStyle.absent }
    return number(share * 100, decimals: decimals) + percentMark
  }

  /// The share of an answer, as far as the size of its base lets it be shown.
  ///
  /// - Parameter answer: An answer of a segment.
  /// - Returns: Such as `42%`, `under 10%`, `over 90%`, or `too few`.
  public func percent(of answer: CategoryProfile) -> String {
    if answer.hidden != nil { return "too few" }
    guard let bounds = answer.shareBounds else { return percent(answer.share) }
    return bounds.low > 0 ? "over \(percent(bounds.low))" : "under \(percent(bounds.high))"
  }

  /// A share of people, as far as the size of its base lets it be shown.
  ///
  /// - Parameters:
  ///   - share: From 0 to 1; `nil` gives a dash.
  ///   - isSmall: Whether none of the people and all of them are not told, since they are few.
  /// - Returns: Such as `42%`, `under 10%` or `over 90%`.
  func percent(_ share: Double?, isSmall: Bool) -> String {
    guard isSmall, let share else { return percent(share) }
    if share <= 0 { return "under \(percent(0.1))" }
    return share >= 1 ? "over \(percent(0.9))" : percent(share)
  }

  /// The probability of a test.
  ///
  /// - Parameter p: From 0 to 1; `nil` gives a dash.
  /// - Returns: Three decimals, or such as `<0.001`.
  public func probability(_ p: Double?) -> String {
    guard let p, p.isFinite, p < 0.0005 else { return number(p, decimals: 3) }
    return "<\(number(0.001, decimals: 3))"
  }

  /// An interval.
  ///
  /// - Parameters:
  ///   - low: Its low end; `nil` gives a dash.
  ///   - high: Its high end.
  ///   - decimals: Digits behind the decimal mark.
  /// - Returns: Such as `12 to 34`.
  public func interval(_ low: Double?, _ high: Double?, decimals: Int = 0) -> String {
    guard let low, let high else { return NumberStyle.absent }
    let ends = (number(low, decimals: decimals), number(high, decimals: decimals))
    // Ends that look alike are told one digit closer, or as one number.
    guard ends.0 == ends.1, low < high else { return "\(ends.0) to \(ends.1)" }
    let closer = (number(low, decimals: decimals + 1), number(high, decimals: decimals + 1))
    return closer.0 == closer.1 ? closer.0 : "\(closer.0) to \(closer.1)"
  }

  /// A level as files write it, such as `61300 USD`, with the marks of this style.
  ///
  /// Groups begin at ten thousand, so that a year stays a year.
  ///
  /// - Parameter text: A number with a unit behind it, or a name.
  /// - Returns: The level for people; a name as it is.
  public func level(_ text: String) -> String {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let value = Double(first), value.isFinite,
      first.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" })
    else { return text }
    let decimals = first.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    var style = self
    if abs(value) < 10_000 { style.groupMark = "" }
    return style.number(value, decimals: decimals) + (parts.count > 1 ? " " + parts[1] : "")
  }

  /// A sentence with its whole numbers from ten thousand on in groups.
  ///
  /// - Parameter text: Any sentence.
  /// - Returns: The same, such as "price 61,300 USD (too_dear)" of "price 61300 USD (too_dear)".
  public func amounts(in text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let front = word.prefix { "(“\"".contains($0) }
      let digits = word.dropFirst(front.count).prefix { $0.isASCII && $0.isNumber }
      let rest = word.dropFirst(front.count + digits.count)
      guard digits.count >= 5, rest.allSatisfy({ ");:,.”\"".contains($0) }) else {
        return String(word)
      }
      return front + level(String(digits)) + rest
    }.joined(separator: " ")
  }

  /// How many decimals prices need: cents where one of them has some, as long as they are small.
  ///
  /// - Parameter prices: Prices that are told beside each other.
  /// - Returns: 2 where a price under 10,000 is no whole number, else 0.
  static func decimals(of prices: [Double]) -> Int {
    prices.contains { abs($0) < 10_000 && abs($0 - $0.rounded()) > 0.005 } ? 2 : 0
  }

  private func unsigned(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", NumberStyle.rounded(value, decimals: decimals))
  }

  /// A number as it is printed: halves go up, as in spreadsheets, whatever its last binary digit.
  ///
  /// - Parameters:
  ///   - value: A finite number.
  ///   - decimals: Digits behind the decimal mark, 0 or more.
  /// - Returns: The nearest number with as many digits; halves away from zero.
  static func rounded(_ value: Double, decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    let scaled = value * scale
    // 0.285 is stored as a little less: a reader and a spreadsheet round what they see.
    return (scaled + scaled * 1e-12).rounded() / scale
  }
}

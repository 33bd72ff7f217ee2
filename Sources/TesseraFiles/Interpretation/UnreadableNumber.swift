/// Recognises texts that mean a number, but not one that ``NumberGrammar`` takes.
///
/// Infinities, numbers beyond the range of a `Double`, hexadecimal numbers, thousands marked with
/// underscores, digits of other scripts, and the typographic minus. In a column that otherwise
/// holds numbers such a cell is missing, and told; it must neither become some number silently nor
/// turn the whole column into text.
package enum UnreadableNumber {
  /// What a reader sees as the reason.
  package static let reason = "not a number that can be read"

  /// Whether a text is one.
  static func `is`(_ text: String) -> Bool {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    let hadMinus = rest.first == "\u{2212}"
    if let sign = rest.first, sign == "+" || sign == "-" || hadMinus { rest.removeFirst() }
    guard !rest.isEmpty, rest.utf8.count <= 400 else { return false }
    let lower = rest.lowercased()
    if ["inf", "infinity", "1.#inf", "1.#ind", "1.#qnan"].contains(lower) { return true }
    if lower.hasPrefix("0x") {
      return lower.count > 2 && lower.dropFirst(2).allSatisfy(\.isHexDigit)
    }
    let grammar = NumberGrammar(decimal: UInt8(ascii: "."))
    if hadMinus { return grammar.parse(String(rest)) != nil }
    if isHuge(lower) { return true }
    let groups = rest.split(separator: "_", omittingEmptySubsequences: false)
    if groups.count > 1 {
      return (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }
    return hasForeignDigits(rest)
  }

  /// Whether only the size of the exponent keeps a text from being a number.
  private static func isHuge(_ text: String) -> Bool {
    guard let mark = text.firstIndex(of: "e") else { return false }
    let exponent = text[text.index(after: mark)...]
    let digits = exponent.hasPrefix("+") ? exponent.dropFirst() : exponent
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
      && NumberGrammar(decimal: UInt8(ascii: ".")).parse(String(text[..<mark])) != nil
  }

  private static func hasForeignDigits(_ text: Substring) -> Bool {
    var isForeign = false
    for scalar in text.unicodeScalars {
      if scalar.properties.generalCategory == .decimalNumber {
        isForeign = isForeign || !scalar.isASCII
      } else if scalar != "." && scalar != "," {
        return false
      }
    }
    return isForeign
  }
}

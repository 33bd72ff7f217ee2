/// What counts as a number in a text file, and nothing else does.
///
/// An optional sign, ASCII digits with at most one decimal mark among or beside them, and an
/// optional exponent: `[+-]? (digits [mark digits?] | mark digits) ([eE] [+-]? digits)?`. The value
/// must be finite. Spaces around it are not part of it and are allowed. No `nan`, `inf`,
/// hexadecimal, thousands marks, underscores, or digits of other scripts.
package struct NumberGrammar: Sendable {
  /// The decimal mark.
  package let decimal: UInt8

  /// Numbers with a decimal mark.
  package init(decimal: UInt8) { self.decimal = decimal }

  /// What a text is as a number.
  package struct Parsed {
    /// The value; finite.
    package var value: Double
    /// Whether writing the value again could not give the text back: a leading zero before another
    /// digit, or more than 15 significant digits in a whole number.
    package var isIdentifier: Bool
    /// Whether the text has an exponent.
    package var hasExponent: Bool
  }

  /// Powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Reads a number.
  ///
  /// - Parameters:
  ///   - view: The text's bytes.
  ///   - range: Which of them.
  /// - Returns: The number; `nil` if the bytes are not one.
  @inline(__always)
  func parse(_ view: ByteView, _ range: Range<Int>) -> Parsed? {
    var position = range.lowerBound
    var end = range.upperBound
    while position < end, view[position] == 0x20 { position &+= 1 }
    while end > position, view[end &- 1] == 0x20 { end &-= 1 }
    guard position < end else { return nil }
    let first = position
    var isNegative = false
    if view[position] == 0x2D || view[position] == 0x2B {
      isNegative = view[position] == 0x2D
      position &+= 1
    }
    let digitsStart = position
    var mantissa: UInt64 = 0
    var digits = 0
    var fraction = 0
    var seenMark = false
    while position < end {
      let byte = view[position]
      let digit = byte &- 0x30
      if digit < 10 {
        if digits < 18 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        digits &+= 1
        if seenMark { fraction &+= 1 }
      } else if byte == decimal, !seenMark {
        seenMark = true
      } else {
        break
      }
      position &+= 1
    }
    guard digits > 0 else { return nil }
    let startsWithZero =
      view[digitsStart] == 0x30 && digitsStart &+ 1 < end
      && view[digitsStart &+ 1] &- 0x30 < 10
    let wholeDigits = digits &- fraction
    var parsed = Parsed(
      value: 0, isIdentifier: startsWithZero || (!seenMark && wholeDigits > 15),
      hasExponent: false)
    if position == end, digits <= 15, fraction <= 22 {
      // Both are exact, so the quotient is the nearest double.
      let value =
        fraction == 0 ? Double(mantissa) : Double(mantissa) / Self.powers[fraction]
      parsed.value = isNegative ? -value : value
      return parsed
    }
    return slow(view, first, position, end, parsed)
  }

  private func slow(
    _ view: ByteView, _ first: Int, _ position: Int, _ end: Int, _ parsed: Parsed
  ) -> Parsed? {
    var place = position
    var parsed = parsed
    if place < end {
      guard view[place] | 0x20 == 0x65 else { return nil }
      parsed.hasExponent = true
      place += 1
      if place < end, view[place] == 0x2D || view[place] == 0x2B { place += 1 }
      guard place < end else { return nil }
      while place < end {
        guard view[place] &- 0x30 < 10 else { return nil }
        place += 1
      }
    }
    let ascii = view.bytes(first..<end).map { $0 == decimal ? 0x2E : $0 }
    var text = String(decoding: ascii, as: UTF8.self)
    // The library does not take "5." or ".5e3" in every version.
    if let mark = text.firstIndex(of: ".") {
      let next = text.index(after: mark)
      if next == text.endIndex || !text[next].isNumber { text.insert("0", at: next) }
      let isBare = mark == text.startIndex || !text[text.index(before: mark)].isNumber
      if isBare { text.insert("0", at: mark) }
    }
    guard let value = Double(text), value.isFinite else { return nil }
    parsed.value = value
    return parsed
  }

  /// Reads a number from a text.
  package func parse(_ text: String) -> Parsed? {
    let owner = FileBytes.copying(Array(text.utf8))
    return withExtendedLifetime(owner) { parse(owner.view, 0..<owner.view.count) }
  }
}

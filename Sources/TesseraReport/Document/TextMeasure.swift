import TesseraStudy

/// How wide text will be, near enough to lay out labels that never clip or collide.
///
/// Widths are those of Helvetica in thousandths of the font size, larger for the signs and narrow
/// letters that DejaVu Sans sets wider, with a margin for the other fonts a reader's machine may
/// choose; wide scripts count a full square.
enum TextMeasure {
  /// What the widest fonts in use, and bold, need beyond Helvetica.
  private static let margin = 1.16
  /// What bold letters need beyond that.
  private static let boldMargin = 1.12

  /// Width of a line of text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - size: The font size, in pixels.
  ///   - isBold: Whether it is set in bold.
  /// - Returns: Pixels.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    var units = 0.0
    for character in text {
      units += advance(of: character)
    }
    return units * size / 1000 * margin * (isBold ? boldMargin : 1)
  }

  /// The text, cut with an ellipsis if it is too wide; of an item of a grid the question goes first, which all
  /// items share.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - limit: Pixels there are.
  ///   - size: The font size, in pixels.
  ///   - isBold: Whether it is set in bold.
  /// - Returns: A text that fits.
  static func fitted(
    _ text: String, to limit: Double, size: Double, isBold: Bool = false
  ) -> String {
    guard width(text, size: size, isBold: isBold) > limit else { return text }
    let text = Question.spoken(text)
    guard width(text, size: size, isBold: isBold) > limit else { return text }
    let margin = Self.margin * (isBold ? boldMargin : 1)
    var kept = ""
    var used = width("…", size: size)
    for character in text {
      used += advance(of: character) * size / 1000 * margin
      guard used <= limit else { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The text in lines, broken between words; the last line is cut if there are too many.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - limit: Pixels there are in a line.
  ///   - size: The font size, in pixels.
  ///   - lines: Most lines there may be.
  ///   - isBold: Whether it is set in bold.
  /// - Returns: One line or more.
  static func wrapped(
    _ text: String, to limit: Double, size: Double, lines: Int, isBold: Bool = false
  ) -> [String] {
    let isLong = width(text, size: size, isBold: isBold) > limit * Double(lines)
    let text = isLong ? Question.spoken(text) : text
    var result: [String] = []
    var current = ""
    let words = text.split(separator: " ").map(String.init)
    for (position, word) in words.enumerated() {
      let longer = current.isEmpty ? word : current + " " + word
      if width(longer, size: size, isBold: isBold) <= limit || current.isEmpty {
        current = longer
        continue
      }
      if result.count == lines - 1 {
        let rest = ([current] + words[position...]).joined(separator: " ")
        return result + [fitted(rest, to: limit, size: size, isBold: isBold)]
      }
      result.append(fitted(current, to: limit, size: size, isBold: isBold))
      current = word
    }
    return result + [fitted(current, to: limit, size: size, isBold: isBold)]
  }

  private static func advance(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.isASCII { return ascii[Int(scalar.value)] }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 1000
    default: return 600
    }
  }

  private static let ascii: [Double] = {
    var widths = [Double](repeating: 0, count: 128)
    let printable: [Double] = [
      278, 278, 397, 723, 556, 889, 667, 238, 337, 337, 432, 723, 278, 333, 278, 291,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 291, 291, 723, 723, 723, 556,
      1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 337, 291, 337, 723, 556,
      333, 556, 556, 500, 556, 556, 304, 556, 556, 240, 240, 500, 240, 833, 556, 556,
      556, 556, 355, 500, 338, 556, 511, 722, 511, 511, 500, 549, 291, 549, 723,
    ]
    for (position, width) in printable.enumerated() {
      widths[32 + position] = width
    }
    return widths
  }()
}

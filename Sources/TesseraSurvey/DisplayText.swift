/// Makes text from a file safe to show in a message or on a terminal.
public enum DisplayText {
  /// A text without control characters and direction marks, and not too long.
  ///
  /// Line breaks, tabs, other control characters, and the marks that turn the direction of
  /// writing become `\n`, `\x1b`, `\u{202e}` and the like. A cut text ends in "…" and is never cut
  /// inside a character.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - limit: The most characters to show.
  /// - Returns: One line of text.
  public static func escaped(_ text: String, limit: Int = 40) -> String {
    var result = ""
    for (position, character) in text.enumerated() {
      if position == limit {
        result += "…"
        break
      }
      for scalar in character.unicodeScalars {
        switch scalar {
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        default:
          if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
            result += "\\x" + hexadecimal(scalar.value, 2)
          } else if isDirectionMark(scalar) {
            result += "\\u{" + hexadecimal(scalar.value, 4) + "}"
          } else {
            result.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return result
  }

  private static func isDirectionMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func hexadecimal(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

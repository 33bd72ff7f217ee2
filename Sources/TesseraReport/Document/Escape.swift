/// Makes text safe in the languages a report is written in; every writer goes through here.
enum Escape {
  /// Text for HTML and SVG, inside elements and in quoted attributes.
  ///
  /// Control characters are shown, and marks that turn the direction of text are isolated.
  ///
  /// - Parameter text: Any text.
  /// - Returns: Text without live markup.
  static func html(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result += " "
      default: appendShown(scalar, to: &result)
      }
    }
    return result
  }

  /// Text for HTML whose words may break behind a stroke, before they break anywhere.
  static func breaking(_ text: String) -> String {
    html(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "/<wbr>")
  }

  /// Text for CommonMark: no character starts markup, no line break ends a table row.
  ///
  /// - Parameter text: Any text.
  /// - Returns: Text that renders as it is.
  static func markdown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\n", "\r", "\t": result += " "
      default: appendShown(scalar, to: &result)
      }
    }
    return result
  }

  /// Shows a control character, and leaves out marks that turn the direction of text.
  private static func appendShown(_ scalar: Unicode.Scalar, to text: inout String) {
    if isControl(scalar) {
      text += "\u{FFFD}"
    } else if !isDirectionMark(scalar) {
      text.unicodeScalars.append(scalar)
    }
  }

  /// Data for a script, which writes its text into the page by itself.
  ///
  /// - Parameter json: JSON that holds no `<`.
  /// - Returns: The same without marks that turn the direction of text.
  static func data(_ json: String) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: json.unicodeScalars.lazy.filter { !isDirectionMark($0) })
    return String(result)
  }

  /// A name for files and anchors: lower-case letters, digits and hyphens.
  ///
  /// - Parameter text: Any text.
  /// - Returns: At least one character, at most 60, and never a path.
  static func slug(_ text: String) -> String {
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
      if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
        result.unicodeScalars.append(scalar)
      } else if !result.hasSuffix("-"), !result.isEmpty {
        result += "-"
      }
      if result.count == 60 { break }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result.isEmpty ? "x" : result
  }

  /// A relative path as an address: what is no letter, digit, or one of `-._/` becomes its bytes.
  static func path(_ file: String) -> String {
    var out = ""
    for byte in file.utf8 {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "/": out.unicodeScalars.append(scalar)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%" + (digits.count < 2 ? "0" + digits : digits)
      }
    }
    return out
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      // XML cannot hold these two.
      || scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }

  private static func isDirectionMark(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}

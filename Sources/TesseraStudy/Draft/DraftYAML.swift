/// Writes names and texts so that a study file reads them back as they are.
enum DraftYAML {
  private static let words: Set<String> = ["null", "~", ""]

  /// A name or a text: plain where that is safe, else in double quotes.
  static func text(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      scalars.allSatisfy { isLetter($0) || isDigit($0) || $0 == "_" || $0 == "." || $0 == " " }
      && scalars.first.map { isLetter($0) || $0 == "_" } == true && text.last != " "
      && !words.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// A code: a plain number, or a text.
  static func code(_ code: String) -> String {
    StudyNode.isDecimal(code) ? code : text(code)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xFEFF
          || scalar.value == 0x2028 || scalar.value == 0x2029
        {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

/// Recognises texts that name or number a person.
public enum PersonalText {
  /// Whether a text looks like an e-mail address, an internet address, or a telephone number.
  ///
  /// - Parameter text: An answer.
  /// - Returns: True if its signs are those of one.
  public static func looksPersonal(_ text: String) -> Bool {
    isMail(text) || isInternetAddress(text) || isTelephone(text)
  }

  private static func isMail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
      && !text.contains(" ")
  }

  private static func isInternetAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        !part.isEmpty && part.count <= 3 && (Int(part).map { (0...255).contains($0) } ?? false)
      }
  }

  private static func isTelephone(_ text: String) -> Bool {
    let digits = text.count { $0.isNumber }
    guard digits >= 8, digits <= 15, text.first == "+" || text.first == "0" || text.first == "("
    else { return false }
    // 21-08-2013 is a day.
    let parts = text.split { "-/.".contains($0) }.map(\.count)
    let days = [[2, 2, 4], [4, 2, 2], [1, 2, 4], [2, 1, 4], [1, 1, 4]]
    if days.contains(parts), text.first?.isNumber == true, !text.contains(" ") { return false }
    return text.contains { " -/()+".contains($0) }
      && text.allSatisfy { $0.isNumber || " -/()+.".contains($0) }
  }
}

/// Brings texts that look alike to one form, only to find them.
enum LookalikeText {
  // Greek and Cyrillic capitals and small letters that look Latin.
  private static let twins: [Unicode.Scalar: Character] = [
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n",
    "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y", "Χ": "x", "ο": "o", "ν": "v", "А": "a", "В": "b",
    "Е": "e", "К": "k", "М": "m", "Н": "h", "О": "o", "Р": "p", "С": "c", "Т": "t", "Х": "x",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x",
  ]

  /// A text without letter case, spaces around it, invisible signs, and ways to write one letter.
  static func folded(_ text: String) -> String {
    var result = ""
    for character in text {
      for scalar in character.unicodeScalars {
        switch scalar.value {
        case 0x200B...0x200F, 0xFEFF, 0x2060, 0x00AD: continue
        case 0x00A0, 0x2007, 0x202F, 0x09: result.append(" ")
        default:
          if let twin = twins[scalar] {
            result.append(twin)
          } else {
            result.unicodeScalars.append(scalar)
          }
        }
      }
    }
    let words = result.lowercased().split(separator: " ").joined(separator: " ")
    // Comparing characters rather than bytes joins the ways to write "é".
    return String(words.map { canonical($0) })
  }

  /// The one form of a letter with an accent that Unicode composes.
  private static func canonical(_ character: Character) -> Character {
    guard character.unicodeScalars.count == 2 else { return character }
    return composed[character] ?? character
  }

  private static let composed: [Character: Character] = {
    var table: [Character: Character] = [:]
    for value in UInt32(0xC0)...0x17F {
      if let scalar = UnicodeScalar(value) {
        // Equal characters have equal hashes however they are written, so this finds both.
        table[Character(scalar)] = Character(scalar)
      }
    }
    return table
  }()
}

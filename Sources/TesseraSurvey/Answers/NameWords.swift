extension String {
  /// Without the blanks at both ends that a line of words has.
  package var trimmingBlanks: String { String(dropFirst().dropLast()) }
}

/// The words of a name or a wording, made comparable across languages.
package struct NameWords {
  /// Lower-case words without accents; digits are words of their own.
  package let words: [String]
  /// The words with one blank between them and at both ends.
  package let line: String

  /// Splits a text at everything that is no letter, at digits, and before capitals.
  package init(_ text: String) {
    var words: [String] = []
    var word = ""
    var last: Character = " "
    for character in text {
      let isPart = character.isLetter || character.isNumber
      let isTurn =
        character.isNumber != last.isNumber || (character.isUppercase && last.isLowercase)
      if !isPart || isTurn, !word.isEmpty {
        words.append(word)
        word = ""
      }
      if isPart { word.append(character) }
      last = character
    }
    if !word.isEmpty { words.append(word) }
    self.words = words.map(Self.folded)
    line = " " + self.words.joined(separator: " ") + " "
  }

  /// Whether there are no words at all.
  package var isEmpty: Bool { words.isEmpty }

  /// Lower case without accents; ß is ss.
  package static func folded(_ text: String) -> String {
    PlainText.folded(text)
  }

  /// The first of some words that occurs; a word with `*` may be part of a longer one, and several
  /// words must follow each other.
  package func first(of candidates: [String]) -> String? {
    candidates.first { candidate in
      if candidate.utf8.contains(UInt8(ascii: "*")), !candidate.utf8.contains(UInt8(ascii: " ")) {
        return words.contains { NamePattern.matches(candidate, $0) }
      }
      return PlainText.line(line, says: candidate)
    }
  }
}

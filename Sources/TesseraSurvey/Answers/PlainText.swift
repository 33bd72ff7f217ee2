internal import Foundation

/// Texts made comparable across languages.
public enum PlainText {
  /// Lower case without accents; ß is ss.
  public static func folded(_ text: String) -> String {
    text.lowercased().replacingOccurrences(of: "ß", with: "ss")
      .folding(options: .diacriticInsensitive, locale: nil)
  }

  /// The letters and digits of a text in words, folded, with one blank between and at both ends.
  public static func line(_ text: String) -> String {
    " " + folded(text).split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
  }

  /// Whether a line made by ``line(_:)`` holds some words.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - words: Folded words with one blank between.
  ///   - isWhole: Whether the last word has to end where `words` do.
  /// - Returns: Whether it does, byte by byte.
  static func line(_ line: String, says words: String, isWhole: Bool = true) -> Bool {
    let (bytes, wanted) = (line.utf8Span.span, words.utf8Span.span)
    let blank = UInt8(ascii: " ")
    let last = bytes.count - wanted.count - (isWhole ? 1 : 0)
    var place = 1
    while place <= last {
      if bytes[place - 1] == blank, bytes.holds(wanted, at: place),
        !isWhole || bytes[place + wanted.count] == blank
      {
        return true
      }
      place += 1
    }
    return false
  }
}

extension String {
  /// Whether a part occurs, byte by byte: `contains` without the search's preparations.
  ///
  /// - Complexity: O(count × count of the part) at worst.
  package func holds(_ part: String) -> Bool {
    let (bytes, wanted) = (utf8Span.span, part.utf8Span.span)
    var place = 0
    while place + wanted.count <= bytes.count {
      if bytes.holds(wanted, at: place) { return true }
      place += 1
    }
    return false
  }
}

extension Span<UInt8> {
  /// Whether other bytes stand at a place; both have to fit.
  fileprivate func holds(_ wanted: borrowing Span<UInt8>, at place: Int) -> Bool {
    for offset in 0..<wanted.count where self[place + offset] != wanted[offset] {
      return false
    }
    return true
  }
}

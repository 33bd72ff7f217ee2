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
    let (bytes, wanted) = (line.utf8, words.utf8)
    var rest = bytes[...]
    while let blank = rest.firstIndex(of: UInt8(ascii: " ")) {
      rest = bytes[bytes.index(after: blank)...]
      if rest.starts(with: wanted) {
        guard isWhole else { return true }
        if rest.dropFirst(wanted.count).first == UInt8(ascii: " ") { return true }
      }
    }
    return false
  }
}

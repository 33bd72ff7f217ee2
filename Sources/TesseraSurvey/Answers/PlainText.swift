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
}

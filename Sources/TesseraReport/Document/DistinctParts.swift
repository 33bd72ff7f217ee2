import TesseraSurvey

/// Long wordings in little room, told apart: items of one grid begin alike.
public enum DistinctParts {
  /// Texts as far as a line holds them; where others begin alike, the part that differs.
  ///
  /// "Q5_1. How satisfied are you with the staff" and the like become "Q5_1. …staff".
  ///
  /// - Parameters:
  ///   - texts: Names or wordings that stand below each other.
  ///   - limit: Letters that a line holds, 10 or more.
  /// - Returns: As many texts, safe for a terminal.
  /// - Complexity: O(texts · log texts · length).
  public static func told(_ texts: [String], limit: Int) -> [String] {
    let parts = texts.map(split)
    let order = parts.indices.sorted { parts[$0].body < parts[$1].body }
    var common = [Int](repeating: 0, count: texts.count)
    for (one, other) in zip(order, order.dropFirst()) where parts[one].body != parts[other].body {
      let length = zip(parts[one].body, parts[other].body).prefix { $0 == $1 }.count
      common[one] = max(common[one], length)
      common[other] = max(common[other], length)
    }
    return texts.indices.map { place in
      let (code, body) = parts[place]
      guard texts[place].count > limit, code.count + common[place] > limit - 4 else {
        return DisplayText.escaped(texts[place], limit: limit)
      }
      // From the beginning of the word in which they part.
      let same = body.prefix(common[place])
      let start = same.lastIndex(of: " ").map { body.index(after: $0) } ?? body.startIndex
      return DisplayText.escaped(code + "…" + body[start...], limit: limit)
    }
  }

  /// The code before a wording, and the wording.
  private static func split(_ text: String) -> (code: String, body: Substring) {
    guard let space = text.firstIndex(of: " ") else { return ("", text[...]) }
    let first = text[..<space]
    guard first.count <= 14, first.contains(where: \.isNumber) else { return ("", text[...]) }
    let rest = text.index(after: space)
    return (String(text[..<rest]), text[rest...])
  }
}

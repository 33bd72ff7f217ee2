internal import TesseraSurvey

/// Names that a format allows, made from names that it may not.
struct ColumnNames {
  /// What a format allows of a name.
  struct Rules {
    /// The most bytes.
    let limit: Int
    /// Signs beside letters, digits and the underscore.
    let signs: Set<Character>
    /// Words that are no names, in upper case.
    let reserved: Set<String>
    /// Whether letters beyond ASCII are allowed.
    let isUnicode: Bool

    /// SPSS's rules.
    static let spss = Rules(
      limit: 64, signs: [".", "$", "#", "@"],
      reserved: [
        "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH",
      ], isUnicode: true)
    /// Stata's rules.
    static let stata = Rules(
      limit: 32, signs: [],
      reserved: [
        "_ALL", "_B", "BYTE", "_COEF", "_CONS", "DOUBLE", "FLOAT", "IF", "IN", "INT", "LONG", "_N",
        "_PI", "_PRED", "_RC", "_SKIP", "STRL", "USING", "WITH",
      ], isUnicode: false)
  }

  private let rules: Rules
  private var taken: Set<String> = []

  /// Starts without names.
  init(_ rules: Rules) { self.rules = rules }

  /// A name that is allowed and not yet taken; the name itself if it can be.
  mutating func take(_ wanted: String) -> String {
    var base = ""
    for character in wanted.precomposedForNames {
      let isPlain =
        character.isASCII
        ? character.isLetter || character.isNumber || character == "_"
        : rules.isUnicode && (character.isLetter || character.isNumber)
      if isPlain || rules.signs.contains(character) {
        base.append(character)
      } else if base.last != "_" || character == "_" {
        base.append("_")
      }
    }
    if base != wanted { while base.count > 1, base.last == "_" { base.removeLast() } }
    while base.last == "." { base.removeLast() }
    let first = base.first
    if first.map({ !$0.isLetter && $0 != "@" && $0 != "_" }) ?? true
      || (rules.limit == 64 && first == "_")
    {
      base = "V" + (first == "_" ? "" : "_") + base
    }
    if rules.reserved.contains(base.uppercased()) { base += "_" }
    var name = cut(base, rules.limit)
    var number = 2
    while taken.contains(name.uppercased()) {
      name = cut(base, rules.limit - 5) + "_\(number)"
      number += 1
    }
    taken.insert(name.uppercased())
    return name
  }

  private func cut(_ text: String, _ limit: Int) -> String { text.cutTo(bytes: limit) }
}

extension String {
  /// The text without its last characters, so that it takes no more than so many bytes.
  func cutTo(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var text = Substring(self)
    while text.utf8.count > limit { text.removeLast() }
    return String(text)
  }

  /// The text in lines of so many bytes at most, broken at its own line ends and where it must.
  func lines(ofBytes limit: Int) -> [String] {
    split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { line in
      var rest = String(line)
      var lines: [String] = []
      repeat {
        let piece = rest.cutTo(bytes: limit)
        lines.append(piece)
        rest.removeFirst(piece.count)
      } while !rest.isEmpty
      return lines
    }
  }

  /// The characters of a name, with a line break and the like as spaces.
  fileprivate var precomposedForNames: [Character] {
    map { $0.isNewline || $0 == "\t" ? " " : $0 }
  }
}

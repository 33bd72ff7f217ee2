internal import TesseraSurvey

/// A word of an expression, and where it stands.
struct ExpressionToken: Equatable {
  /// What the word is.
  enum Kind: Equatable {
    /// A bare or quoted name; `forced` if `column.` stood before it, `quoted` if in quotes.
    case name(String, forced: Bool, quoted: Bool)
    /// A number.
    case number(Double, text: String)
    /// `<`, `<=`, `=`, `!=`, `>=` or `>`.
    case comparison(Comparison)
    /// `(`.
    case open
    /// `)`.
    case close
    /// `and`.
    case and
    /// `or`.
    case or
    /// `not`.
    case not
    /// `includes`.
    case includes
    /// `is`.
    case isWord
    /// `missing`.
    case missing
    /// The end of the text.
    case end
  }

  let kind: Kind
  /// Letters before the word.
  let offset: Int
}

/// A text that is no expression: what is wrong, and at which letter.
package struct ExpressionProblem: Error, Equatable {
  /// What is wrong.
  package let message: String
  /// Letters before the place, from 0.
  package let offset: Int
  /// What would help.
  package var hint: String?

  package init(message: String, offset: Int, hint: String? = nil) {
    self.message = message
    self.offset = offset
    self.hint = hint
  }
}

/// Takes a text apart into words.
enum ExpressionLexer {
  /// The words of a text, the last being the end.
  static func tokens(_ text: String) throws(ExpressionProblem) -> [ExpressionToken] {
    let letters = Array(text)
    var tokens: [ExpressionToken] = []
    var place = 0
    while place < letters.count {
      if tokens.count > most {
        throw ExpressionProblem(
          message: "the expression has more than \(most) words", offset: place)
      }
      let letter = letters[place]
      if letter.isWhitespace {
        place += 1
      } else if letter == "(" || letter == ")" {
        tokens.append(ExpressionToken(kind: letter == "(" ? .open : .close, offset: place))
        place += 1
      } else if let (comparison, length) = comparison(letters, at: place) {
        tokens.append(ExpressionToken(kind: .comparison(comparison), offset: place))
        place += length
      } else if quotes.contains(letter) {
        let (name, next) = try quoted(letters, at: place)
        tokens.append(
          ExpressionToken(kind: .name(name, forced: false, quoted: true), offset: place))
        place = next
      } else if isWordLetter(letter) || letter == "-" || letter == "+" {
        let start = place
        var word = ""
        repeat {
          word.append(letters[place])
          place += 1
        } while place < letters.count && continues(word, letters, at: place)
        if word == "column.", place < letters.count, quotes.contains(letters[place]) {
          let (name, next) = try quoted(letters, at: place)
          tokens.append(
            ExpressionToken(kind: .name(name, forced: true, quoted: true), offset: start))
          place = next
        } else {
          tokens.append(ExpressionToken(kind: try kind(of: word, at: start), offset: start))
        }
      } else {
        throw ExpressionProblem(
          message: "'\(letter)' means nothing in an expression", offset: place,
          hint: letters.contains("'")
            ? doubling : "use < <= = != >= > includes, is missing, and, or, not, parentheses")
      }
    }
    tokens.append(ExpressionToken(kind: .end, offset: letters.count))
    return tokens
  }

  /// More than anyone writes by hand, and few enough to evaluate by recursion.
  private static let most = 2000

  private static let quotes: Set<Character> = ["\"", "'", "`"]

  private static func isWordLetter(_ letter: Character) -> Bool {
    letter.isLetter || letter.isNumber || letter == "_" || letter == "."
  }

  private static func continues(_ word: String, _ letters: [Character], at place: Int) -> Bool {
    let letter = letters[place]
    if isWordLetter(letter) { return true }
    guard letter == "-" || letter == "+" else { return false }
    // A hyphen inside a name (city-car), or the sign of an exponent (1e-3).
    return place + 1 < letters.count && isWordLetter(letters[place + 1])
  }

  private static func comparison(_ letters: [Character], at place: Int) -> (Comparison, Int)? {
    let next = place + 1 < letters.count ? letters[place + 1] : " "
    switch (letters[place], next) {
    case ("<", "="), ("=", "<"): return (.atMost, 2)
    case (">", "="), ("=", ">"): return (.atLeast, 2)
    case ("!", "="), ("<", ">"): return (.notEqual, 2)
    case ("=", "="): return (.equal, 2)
    case ("<", _): return (.less, 1)
    case (">", _): return (.greater, 1)
    case ("=", _): return (.equal, 1)
    case ("≤", _): return (.atMost, 1)
    case ("≥", _): return (.atLeast, 1)
    case ("≠", _): return (.notEqual, 1)
    default: return nil
    }
  }

  /// What stands between quotation marks, and where it ends.
  ///
  /// A mark that is doubled, and an apostrophe
  /// inside a word (`'the household's income'`), is part of it.
  private static func quoted(
    _ letters: [Character], at place: Int
  ) throws(ExpressionProblem) -> (String, Int) {
    let mark = letters[place]
    var text = ""
    var next = place + 1
    while next < letters.count {
      let letter = letters[next]
      let after = next + 1 < letters.count ? letters[next + 1] : " "
      guard letter == mark else {
        text.append(letter)
        next += 1
        continue
      }
      if after == mark, next > place + 1 {
        text.append(mark)
        next += 2
      } else if mark == "'", after.isLetter, letters[next - 1].isLetter, next > place + 1,
        letters[(next + 1)...].contains(mark)
      {
        text.append(mark)
        next += 1
      } else {
        guard !text.isEmpty else {
          throw ExpressionProblem(
            message: "there is nothing between the quotation marks", offset: place)
        }
        return (text, next + 1)
      }
    }
    throw ExpressionProblem(
      message: "a quotation mark is not closed", offset: place, hint: Self.doubling)
  }

  /// How a name that holds a quotation mark is written.
  private static let doubling =
    "a name or answer that holds ' stands in double quotes or in backquotes, or its ' is doubled: "
    + "'the parents'' home'"

  private static func kind(
    of word: String, at place: Int
  ) throws(ExpressionProblem) -> ExpressionToken.Kind {
    switch word.lowercased() {
    case "and": return .and
    case "or": return .or
    case "not": return .not
    case "includes": return .includes
    case "is": return .isWord
    case "missing": return .missing
    default: break
    }
    if let first = word.first, first.isNumber || "+-.".contains(first), let value = Double(word),
      value.isFinite
    {
      return .number(value, text: word)
    }
    if word.hasPrefix("column.") {
      let name = String(word.dropFirst("column.".count))
      guard !name.isEmpty else {
        throw ExpressionProblem(message: "a column's name must follow 'column.'", offset: place)
      }
      return .name(name, forced: true, quoted: false)
    }
    guard let first = word.first, isWordLetter(first) else {
      throw ExpressionProblem(
        message: "'\(word)' is neither a name nor a number", offset: place,
        hint: "there is no arithmetic in expressions")
    }
    return .name(word, forced: false, quoted: false)
  }
}

/// Names in a row for a message, not too many.
///
/// - Parameters:
///   - names: The names.
///   - limit: How many are shown.
/// - Returns: The first of them, and how many there are if some are left out.
package func listed(_ names: [String], limit: Int = 12) -> String {
  let shown = names.prefix(limit).map { DisplayText.escaped($0) }.joined(separator: ", ")
  return names.count > limit ? "\(shown), … (\(names.count) in all)" : shown
}

/// How two values are compared.
public enum Comparison: String, Sendable, CaseIterable {
  /// Below.
  case less = "<"
  /// Below or the same.
  case atMost = "<="
  /// The same.
  case equal = "="
  /// Not the same.
  case notEqual = "!="
  /// Above or the same.
  case atLeast = ">="
  /// Above.
  case greater = ">"

  /// Whether two numbers compare so.
  ///
  /// - Parameters:
  ///   - left: A number, not NaN.
  ///   - right: A number, not NaN.
  /// - Returns: True if they do.
  @inlinable
  public func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .less: left < right
    case .atMost: left <= right
    case .equal: left == right
    case .notEqual: left != right
    case .atLeast: left >= right
    case .greater: left > right
    }
  }

  /// The comparison that holds exactly where this one does not.
  package var opposite: Comparison {
    switch self {
    case .less: .atLeast
    case .atMost: .greater
    case .equal: .notEqual
    case .notEqual: .equal
    case .atLeast: .less
    case .greater: .atMost
    }
  }
}

/// What a study says of products and respondents, such as `price > max_price and seats < 5`.
///
/// Comparisons join by `and`, `or`, `not` and parentheses; `not` binds most, `or` least. Names with
/// spaces stand in quotation marks. Nothing else can be said: no code runs from a study file.
package indirect enum Expression: Sendable, Equatable {
  /// A name compared with a name or a literal.
  case comparison(Name, Comparison, Operand)
  /// Whether a set, or a column, holds an answer.
  case includes(Name, Operand)
  /// Whether there is no value.
  case isMissing(Name)
  /// Both hold.
  case and(Expression, Expression)
  /// At least one holds.
  case or(Expression, Expression)
  /// It does not hold.
  case not(Expression)

  /// A name or an answer as it can be written in a condition.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The text, in quotation marks unless it is one plain word.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && !["and", "or", "not", "is", "includes", "missing", "column"].contains(text.lowercased())
    if isPlain { return text }
    let quotes: [Character] = ["'", "\"", "`"]
    guard let quote = quotes.first(where: { !text.contains($0) }) else {
      return "'\(text.replacing("'", with: "''"))'"
    }
    return "\(quote)\(text)\(quote)"
  }

  /// A name as written.
  package struct Name: Sendable, Equatable {
    /// The name, without `column.`.
    package let text: String
    /// Whether `column.` stood before it.
    package let isColumn: Bool
    /// Whether it stood in quotation marks.
    package let isQuoted: Bool
    /// Letters before it in the expression.
    package let offset: Int
  }

  /// What stands on the right.
  package enum Operand: Sendable, Equatable {
    /// A number, and how it was written.
    case number(Double, text: String, offset: Int)
    /// A name: a level, an answer or a column.
    case name(Name)

    /// Letters before it in the expression.
    package var offset: Int {
      switch self {
      case .number(_, _, let offset): offset
      case .name(let name): name.offset
      }
    }

    /// As written.
    package var text: String {
      switch self {
      case .number(_, let text, _): text
      case .name(let name): name.text
      }
    }
  }
}

extension Expression {
  /// Reads an expression.
  ///
  /// - Parameter text: The expression as written.
  /// - Returns: The expression.
  /// - Throws: What is wrong and where.
  package static func parse(_ text: String) throws(ExpressionProblem) -> Expression {
    var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(text))
    return try parser.whole()
  }
}

/// Reads words by recursive descent.
private struct ExpressionParser {
  let tokens: [ExpressionToken]
  var place = 0
  var depth = 0

  /// Parentheses and `not`s that may be nested: people never need so many.
  private static let deepest = 100

  private var token: ExpressionToken { tokens[min(place, tokens.count - 1)] }

  private mutating func take(_ kind: ExpressionToken.Kind) -> Bool {
    guard token.kind == kind else { return false }
    place += 1
    return true
  }

  mutating func whole() throws(ExpressionProblem) -> Expression {
    if token.kind == .end {
      throw ExpressionProblem(
        message: "the expression is empty", offset: 0, hint: "write for example: price > max_price")
    }
    let result = try disjunction()
    switch token.kind {
    case .end: return result
    case .close:
      throw ExpressionProblem(
        message: "there is no '(' for this ')'", offset: token.offset)
    case .comparison:
      throw ExpressionProblem(
        message: "comparisons cannot be chained", offset: token.offset,
        hint: "join two comparisons by 'and'")
    default:
      throw ExpressionProblem(
        message: "'and' or 'or' is missing here", offset: token.offset,
        hint: "put a name or an answer of several words in quotes: stops_me includes 'no seat'")
    }
  }

  private mutating func disjunction() throws(ExpressionProblem) -> Expression {
    var result = try conjunction()
    while take(.or) { result = .or(result, try conjunction()) }
    return result
  }

  private mutating func conjunction() throws(ExpressionProblem) -> Expression {
    var result = try negation()
    while take(.and) { result = .and(result, try negation()) }
    return result
  }

  private mutating func negation() throws(ExpressionProblem) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw ExpressionProblem(
        message: "more than \(Self.deepest) parentheses are nested here", offset: token.offset)
    }
    if take(.not) { return .not(try negation()) }
    let open = token.offset
    if take(.open) {
      let inner = try disjunction()
      guard take(.close) else {
        throw ExpressionProblem(message: "there is no ')' for this '('", offset: open)
      }
      return inner
    }
    return try statement()
  }

  private mutating func statement() throws(ExpressionProblem) -> Expression {
    let name = try leftName()
    let operation = token
    place += 1
    switch operation.kind {
    case .comparison(let comparison): return .comparison(name, comparison, try operand())
    case .includes: return .includes(name, try operand())
    case .isWord:
      let negated = take(.not)
      guard take(.missing) else {
        throw ExpressionProblem(
          message: "'is' must be followed by 'missing'", offset: token.offset,
          hint: "compare values with =")
      }
      return negated ? .not(.isMissing(name)) : .isMissing(name)
    default:
      place -= 1
      throw ExpressionProblem(
        message: "'\(name.text)' is not compared with anything", offset: operation.offset,
        hint: "follow it by < <= = != >= > includes or is missing")
    }
  }

  private mutating func leftName() throws(ExpressionProblem) -> Expression.Name {
    switch token.kind {
    case .name(let text, let forced, let quoted):
      let name = Expression.Name(
        text: text, isColumn: forced, isQuoted: quoted, offset: token.offset)
      place += 1
      return name
    case .number:
      throw ExpressionProblem(
        message: "a name must stand on the left, not a number", offset: token.offset,
        hint: "turn the comparison round: seats > 2, not 2 < seats")
    case .end:
      throw ExpressionProblem(message: "the expression breaks off", offset: token.offset)
    default:
      throw ExpressionProblem(message: "a name must stand here", offset: token.offset)
    }
  }

  private mutating func operand() throws(ExpressionProblem) -> Expression.Operand {
    let operand = token
    switch operand.kind {
    case .name(let text, let forced, let quoted):
      place += 1
      return .name(
        Expression.Name(text: text, isColumn: forced, isQuoted: quoted, offset: operand.offset))
    case .number(let value, let text):
      place += 1
      return .number(value, text: text, offset: operand.offset)
    case .missing:
      throw ExpressionProblem(
        message: "write 'is missing', not '= missing'", offset: operand.offset)
    case .end:
      throw ExpressionProblem(message: "the expression breaks off", offset: operand.offset)
    default:
      throw ExpressionProblem(
        message: "a number or a name must stand here", offset: operand.offset)
    }
  }
}

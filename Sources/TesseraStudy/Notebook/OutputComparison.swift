/// Compares the output a notebook shows with the output a command gave.
struct OutputComparison {
  /// How much numbers may differ; `nil` if they must agree letter by letter.
  let tolerance: Double?

  /// One step of turning the expected output into the actual one.
  enum Step: Equatable {
    /// The expected line, which the actual one satisfies; it is kept as written.
    case kept(String)
    /// `...`, which covers these lines.
    case covered([String])
    /// An expected line that did not come.
    case missing(String)
    /// A line that was not expected.
    case added(String)
  }

  /// Most pairs of lines that are aligned; longer outputs that differ are replaced as a whole.
  private static let mostPairs = 16_000_000

  /// The fewest changes that turn the expected lines into the actual ones.
  ///
  /// - Parameters:
  ///   - expected: Lines, with `...` for any lines and `[..]` for any text.
  ///   - actual: Lines.
  /// - Returns: Steps in the order of the lines.
  /// - Complexity: O(expected × actual).
  func steps(_ expected: [String], _ actual: [String]) -> [Step] {
    let rows = expected.count
    let columns = actual.count
    guard (rows + 1) * (columns + 1) <= Self.mostPairs else {
      return expected.map { .missing($0) } + actual.map { .added($0) }
    }
    let lines = expected.map { Pattern($0, tolerance: tolerance) }
    // cost[r][c]: changes for the rest of the lines from r and c on.
    var cost = [[Int32]](
      repeating: [Int32](repeating: 0, count: columns + 1), count: rows + 1)
    var matches = [[Bool]](repeating: [Bool](repeating: false, count: columns), count: rows)
    for column in 0...columns { cost[rows][column] = Int32(columns - column) }
    for row in (0..<rows).reversed() {
      let pattern = lines[row]
      cost[row][columns] = cost[row + 1][columns] + (pattern.isAnyLines ? 0 : 1)
      for column in (0..<columns).reversed() {
        if pattern.isAnyLines {
          cost[row][column] = min(cost[row + 1][column], cost[row][column + 1])
          continue
        }
        matches[row][column] = pattern.matches(actual[column])
        var best = min(cost[row + 1][column], cost[row][column + 1]) + 1
        if matches[row][column] { best = min(best, cost[row + 1][column + 1]) }
        cost[row][column] = best
      }
    }
    var steps: [Step] = []
    var row = 0
    var column = 0
    while row < rows {
      if lines[row].isAnyLines {
        var covered: [String] = []
        while column < columns, cost[row][column] != cost[row + 1][column] {
          covered.append(actual[column])
          column += 1
        }
        steps.append(.covered(covered))
        row += 1
      } else if column < columns, matches[row][column],
        cost[row][column] == cost[row + 1][column + 1]
      {
        steps.append(.kept(expected[row]))
        row += 1
        column += 1
      } else if cost[row][column] == cost[row + 1][column] + 1 {
        steps.append(.missing(expected[row]))
        row += 1
      } else {
        steps.append(.added(actual[column]))
        column += 1
      }
    }
    return steps + actual[column...].map { .added($0) }
  }

  /// A line of expected output.
  private struct Pattern {
    let isAnyLines: Bool
    /// What stands between the marks for any text.
    private let pieces: [String]
    private let tolerance: Double?

    init(_ line: String, tolerance: Double?) {
      isAnyLines = line == "..."
      pieces = Pattern.trimmed(line).splitting("[..]")
      self.tolerance = tolerance
    }

    func matches(_ line: String) -> Bool {
      let line = Pattern.trimmed(line)
      if pieces.count == 1, pieces[0] == line { return true }
      let tokens = pieces.map { Token.read($0, tolerance: tolerance) }
      return Pattern.match(tokens[...], Token.read(line, tolerance: tolerance)[...], tolerance)
    }

    /// Whether the tokens begin with the first piece, and after any text the next, to the end.
    private static func match(
      _ pieces: ArraySlice<[Token]>, _ line: ArraySlice<Token>, _ tolerance: Double?
    ) -> Bool {
      guard let first = pieces.first, begins(line, first, tolerance) else { return false }
      var rest = line.dropFirst(first.count)
      let others = pieces.dropFirst()
      guard let last = others.last else { return rest.isEmpty }
      // The last piece stands at the end; those between take the first place they find.
      for piece in others.dropLast() {
        while !begins(rest, piece, tolerance) {
          guard !rest.isEmpty else { return false }
          rest = rest.dropFirst()
        }
        rest = rest.dropFirst(piece.count)
      }
      return rest.count >= last.count && begins(rest.suffix(last.count), last, tolerance)
    }

    private static func begins(
      _ line: ArraySlice<Token>, _ piece: [Token], _ tolerance: Double?
    ) -> Bool {
      line.count >= piece.count && zip(line, piece).allSatisfy { $0.agrees($1, tolerance) }
    }

    private static func trimmed(_ line: String) -> String {
      String(line.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
    }
  }

  /// A letter, a number, or a run of blanks.
  private enum Token {
    case letter(Character)
    case number(Double)
    case blank

    /// Splits a text; without a tolerance numbers and blanks are letters like others.
    static func read(_ text: String, tolerance: Double?) -> [Token] {
      guard tolerance != nil else { return text.map { .letter($0) } }
      var tokens: [Token] = []
      var rest = Substring(text)
      var isInWord = false
      while let sign = rest.first {
        if sign == " " || sign == "\t" {
          rest = rest.drop { $0 == " " || $0 == "\t" }
          tokens.append(.blank)
          isInWord = false
        } else if !isInWord, let (number, length) = leadingNumber(rest) {
          tokens.append(.number(number))
          rest = rest.dropFirst(length)
          isInWord = true
        } else {
          tokens.append(.letter(sign))
          // The 1 of S1 belongs to a name.
          isInWord = sign.isLetter || sign == "_" || (isInWord && sign.isNumber)
          rest = rest.dropFirst()
        }
      }
      return tokens
    }

    private static func leadingNumber(_ text: Substring) -> (Double, Int)? {
      func digits(_ text: Substring) -> Int { text.prefix { $0.isASCII && $0.isNumber }.count }
      var length = text.first == "-" || text.first == "+" || text.first == "−" ? 1 : 0
      let whole = digits(text.dropFirst(length))
      length += whole
      var fraction = 0
      if text.dropFirst(length).first == "." {
        fraction = digits(text.dropFirst(length + 1))
        if fraction > 0 { length += 1 + fraction }
      }
      guard whole + fraction > 0 else { return nil }
      let behind = text.dropFirst(length)
      if let sign = behind.first, sign == "e" || sign == "E" {
        let signs = behind.dropFirst().first.map { $0 == "-" || $0 == "+" } == true ? 2 : 1
        let exponent = digits(behind.dropFirst(signs))
        if exponent > 0 { length += signs + exponent }
      }
      let number = text.prefix(length).map { $0 == "−" ? "-" : $0 }
      return Double(String(number)).map { ($0, length) }
    }

    func agrees(_ other: Token, _ tolerance: Double?) -> Bool {
      switch (self, other) {
      case (.letter(let one), .letter(let two)): one == two
      case (.blank, .blank): true
      case (.number(let one), .number(let two)):
        one == two || abs(one - two) <= (tolerance ?? 0) * max(1, abs(one), abs(two))
      default: false
      }
    }
  }
}

extension String {
  /// The pieces between the places of a mark.
  fileprivate func splitting(_ mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}

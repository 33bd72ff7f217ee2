internal import TesseraSurvey

/// Identifiers, versions and tasks, equal where they are equal as numbers: `1`, `1.0`, `01`.
enum ChoiceKey {
  /// One text for all ways to write a number; other texts without the blanks around them.
  static func of(_ text: String) -> String {
    let plain = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
    let trimmed = String(plain.reversed())
    // Beyond 2^53 numbers that differ would fall together.
    guard let number = ChoiceLayout.number(trimmed), abs(number) < 9_007_199_254_740_992 else {
      return trimmed
    }
    return AnswerCode.number(number).text
  }

  /// Rows by identifier: as written first, else equal as numbers where that names one row only.
  struct Index {
    private var exact: [String: Int] = [:]
    private var byNumber: [String: Int?] = [:]

    /// Takes identifiers, one for each row; blank ones name nobody.
    init(_ ids: [String]) {
      for (row, id) in ids.enumerated() where !id.isEmpty {
        exact[id] = row
        let key = ChoiceKey.of(id)
        if let known = byNumber[key] {
          // Repeated rows of one identifier are one person; two spellings are not told apart.
          if known.map({ ids[$0] != id }) ?? true { byNumber[key] = .some(nil) }
        } else {
          byNumber[key] = row
        }
      }
    }

    /// The row of an identifier.
    subscript(id: String) -> Int? { exact[id] ?? (byNumber[ChoiceKey.of(id)] ?? nil) }
  }
}

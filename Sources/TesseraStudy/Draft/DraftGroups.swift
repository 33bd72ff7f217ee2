internal import TesseraSurvey

/// Columns beside each other whose names begin alike: the parts of one question.
struct DraftGroups {
  /// What the names begin with.
  let prefix: String
  /// The columns.
  let members: [ColumnFacts]

  /// Finds runs of two or more columns whose names share their first words.
  ///
  /// - Parameter columns: In the order of the file.
  /// - Returns: The groups, no column in two of them.
  static func find(_ columns: [ColumnFacts]) -> [DraftGroups] {
    var groups: [DraftGroups] = []
    var start = 0
    while start < columns.count {
      let first = columns[start]
      var end = start + 1
      var shared = 0
      if end < columns.count { shared = common(first, columns[end]) }
      // Where the next two share more, a finer group begins.
      func isFiner(_ place: Int) -> Bool {
        place + 1 < columns.count && common(columns[place], columns[place + 1]) > shared
      }
      if shared > 0 {
        while end < columns.count, common(first, columns[end]) >= shared,
          common(columns[end - 1], columns[end]) >= shared, !isFiner(end)
        {
          end += 1
        }
      } else {
        // tv, radio, newspaper; travel, sports: names that share nothing but what they are.
        for words in [DraftWords.medium, DraftWords.pastime]
        where first.name.first(of: words) != nil {
          while end < columns.count, columns[end].name.first(of: words) != nil { end += 1 }
          if end - start > 1 { break }
        }
      }
      if end - start >= 2 {
        let members = Array(columns[start..<end])
        groups.append(DraftGroups(prefix: prefix(first, shared), members: members))
      }
      start = end
    }
    return groups
  }

  /// More words than names have: "Price:How important?" and "Room:How important?" are as near as
  /// can be.
  private static let mostWords = 1000

  /// Number of words with which both names begin; never all words of a name.
  private static func common(_ one: ColumnFacts, _ other: ColumnFacts) -> Int {
    // Where a name says what is its question and what its option, the question has to be the same.
    let stems = [one, other].map { NameStem.split($0.variable.name) }
    let isSplit = stems.map { $0.map { $0.form == .brackets || $0.form == .choice } ?? false }
    if let first = stems[0], let second = stems[1], first.form == .colon, second.form == .colon,
      first.stem == second.stem
    {
      return Self.mostWords
    }
    if isSplit[0] != isSplit[1] { return 0 }
    if isSplit[0], stems[0]?.stem != stems[1]?.stem { return 0 }
    let most = min(one.name.words.count, other.name.words.count) - 1
    let same = min(
      zip(one.name.words, other.name.words).prefix { $0.0 == $0.1 }.count, max(0, most))
    return same == 1 && areNumbered(one, other) && !areWordedAlike(one, other) ? 0 : same
  }

  /// Whether two names are no more than numbers of questions, such as `q2` and `v17`.
  private static func areNumbered(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    [one, other].allSatisfy { column in
      guard let first = column.name.words.first, column.name.words.count == 2,
        column.name.words[1].allSatisfy(\.isNumber)
      else { return false }
      return (first.count <= 2 || ["var", "item", "frage", "question", "pregunta"].contains(first))
        && !column.variable.name.contains { "_.[".contains($0) }
    }
  }

  private static func areWordedAlike(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    let most = min(one.label.words.count, other.label.words.count) - 1
    let same = zip(one.label.words, other.label.words).prefix { $0.0 == $0.1 }.count
    return min(same, most) >= 1
  }

  private static func prefix(_ column: ColumnFacts, _ shared: Int) -> String {
    guard shared > 0 else {
      return column.name.first(of: DraftWords.medium) != nil ? "media" : "activities"
    }
    if shared == mostWords, let split = NameStem.split(column.variable.name) {
      return NameWords(split.stem).words.joined(separator: "_")
    }
    return column.name.words.prefix(shared).joined(separator: "_")
  }
}

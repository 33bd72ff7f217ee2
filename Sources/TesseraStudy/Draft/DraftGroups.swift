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
        while end < columns.count, common(first, columns[end]) >= shared, !isFiner(end) {
          end += 1
        }
      } else if first.name.first(of: DraftWords.medium) != nil {
        // tv, radio, newspaper: names that share nothing but what they are.
        while end < columns.count, columns[end].name.first(of: DraftWords.medium) != nil {
          end += 1
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

  /// Number of words with which both names begin; never all words of a name.
  private static func common(_ one: ColumnFacts, _ other: ColumnFacts) -> Int {
    let most = min(one.name.words.count, other.name.words.count) - 1
    let same = zip(one.name.words, other.name.words).prefix { $0.0 == $0.1 }.count
    return min(same, max(0, most))
  }

  private static func prefix(_ column: ColumnFacts, _ shared: Int) -> String {
    guard shared > 0 else { return "media" }
    return column.name.words.prefix(shared).joined(separator: "_")
  }
}

/// Questions of importance with the questions of satisfaction that belong to them.
struct DraftNeedPairs {
  let name: String
  let label: String
  let importance: ColumnFacts
  let satisfaction: ColumnFacts?
  let reason: String

  /// Pairs the questions by what their names have beside the words of importance and satisfaction,
  /// or, where only the wordings tell, by the end of their names.
  static func find(_ columns: [ColumnFacts]) -> [DraftNeedPairs] {
    var important: [(key: String, column: ColumnFacts, reason: String)] = []
    var satisfied: [String: ColumnFacts] = [:]
    for column in columns where !column.isDichotomous {
      if let word = column.name.first(of: DraftWords.importance) {
        important.append((key(column, word), column, "the name says \"\(word)\""))
      } else if let word = column.name.first(of: DraftWords.satisfaction) {
        satisfied[key(column, word)] = satisfied[key(column, word)] ?? column
      } else if let word = column.label.first(of: DraftWords.importance) {
        important.append((lastWord(column), column, "the wording says \"\(word)\""))
      } else if column.label.first(of: DraftWords.satisfaction) != nil {
        satisfied[lastWord(column)] = satisfied[lastWord(column)] ?? column
      }
    }
    guard important.count >= 2 else { return [] }
    var names: Set<String> = []
    return important.compactMap { entry in
      var name = entry.key
      if name.first?.isNumber ?? true { name = "need_\(name)" }
      guard names.insert(name).inserted else { return nil }
      return DraftNeedPairs(
        name: name, label: label(entry.column), importance: entry.column,
        satisfaction: satisfied[entry.key],
        reason: "\"\(entry.column.columnName)\" asks the importance (\(entry.reason))")
    }
  }

  /// The words of a name without the one that says what is asked.
  private static func key(_ column: ColumnFacts, _ word: String) -> String {
    // "How important is ... [Price]": the question differs from that of satisfaction.
    if let split = NameStem.split(column.columnName), split.form == .brackets {
      let words = DraftText(split.option).words
      if !words.isEmpty { return words.joined(separator: "_") }
    }
    let rest = column.name.words.filter { $0 != word }
    return rest.isEmpty ? column.columnName.lowercased() : rest.joined(separator: "_")
  }

  private static func lastWord(_ column: ColumnFacts) -> String {
    column.name.words.last ?? column.columnName
  }

  /// What a rating is about: the end of the wording, behind the question all share.
  private static func label(_ column: ColumnFacts) -> String {
    let wording = column.variable.label
    for mark in [" - ", ": ", " – "] {
      let parts = wording.split(separator: mark)
      if parts.count > 1, let last = parts.last, last.count > 1 { return String(last) }
    }
    return wording.count <= 80 ? wording : ""
  }
}

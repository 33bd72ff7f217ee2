internal import TesseraSurvey

/// Questions of importance with the questions of satisfaction that belong to them.
struct DraftNeedPairs {
  let name: String
  let label: String
  let importance: ColumnFacts
  let satisfaction: ColumnFacts?
  let reason: String

  /// A question of importance or of satisfaction.
  private struct Entry {
    let column: ColumnFacts
    /// Why it is thought to be one.
    let reason: String
    /// Whether the name says so, rather than the wording.
    let isNamed: Bool
    /// What it asks about, in the words of the survey.
    var about = ""

    var key: String { DraftNeedPairs.key(about) }
  }

  /// Pairs the questions by what they ask about: their names and wordings without what all of them
  /// share; where that tells nothing, by the end of their names.
  static func find(_ columns: [ColumnFacts]) -> [DraftNeedPairs] {
    let candidates = columns.filter { !$0.isDichotomous }
    let important = named(entries(candidates, DraftWords.importance))
    guard important.count >= 2 else { return [] }
    let taken = Set(important.map { AnswerCode.text($0.column.columnName) })
    let satisfied = named(
      entries(candidates, DraftWords.satisfaction).filter {
        !taken.contains(.text($0.column.columnName))
      })
    var byKey: [String: ColumnFacts] = [:]
    for entry in satisfied { byKey[entry.key] = byKey[entry.key] ?? entry.column }
    let isByKey = important.contains { byKey[$0.key] != nil }
    var byEnd: [String: ColumnFacts] = [:]
    for entry in satisfied where !isByKey {
      let end = entry.column.name.words.last ?? ""
      byEnd[end] = byEnd[end] ?? entry.column
    }
    var names: Set<String> = []
    return important.compactMap { entry in
      var name = entry.key.isEmpty ? entry.column.columnName.lowercased() : entry.key
      if name.first?.isNumber ?? true { name = "need_\(name)" }
      guard names.insert(name).inserted else { return nil }
      return DraftNeedPairs(
        name: name, label: label(entry), importance: entry.column,
        satisfaction: byKey[entry.key] ?? byEnd[entry.column.name.words.last ?? ""],
        reason: "\"\(entry.column.columnName)\" asks the importance (\(entry.reason))")
    }
  }

  // MARK: - Which questions

  private static func entries(_ columns: [ColumnFacts], _ words: [String]) -> [Entry] {
    var found: [Entry] = []
    for column in columns {
      if let word = column.name.first(of: words) {
        found.append(Entry(column: column, reason: "the name says \"\(word)\"", isNamed: true))
      } else if let word = column.label.first(of: words) {
        found.append(Entry(column: column, reason: "the wording says \"\(word)\"", isNamed: false))
      }
    }
    // Some statements of a battery may speak of what is important without asking for it.
    let saying = Set(found.map { AnswerCode.text($0.column.columnName) })
    var lone: Set<AnswerCode> = []
    for battery in DraftGroups.find(columns) {
      let members = battery.members.map { AnswerCode.text($0.columnName) }
      if members.count(where: saying.contains) * 2 <= members.count { lone.formUnion(members) }
    }
    return found.filter { !lone.contains(.text($0.column.columnName)) }
  }

  // MARK: - What they ask about

  private static func named(_ entries: [Entry]) -> [Entry] {
    var heads: [String: Int] = [:]
    for entry in entries { heads[split(entry.column.variable.label).head, default: 0] += 1 }
    var result = entries
    for isNamed in [true, false] {
      let places = entries.indices.filter { entries[$0].isNamed == isNamed }
      let texts = places.map { place in
        isNamed ? entries[place].column.variable.name : entries[place].column.variable.label
      }
      let stems = places.map { NameStem.split(entries[$0].column.variable.name) }
      // "Importance: price" says behind the colon what "Price:How important?" says before it.
      let isReversed = stems.count > 1 && Set(stems.map { $0?.option ?? "" }).count == 1
      for ((place, stem), rest) in zip(zip(places, stems), WordingParts.differing(texts)) {
        let variable = entries[place].column.variable
        let (head, tail) = split(variable.label)
        if let stem, [.brackets, .choice, .colon].contains(stem.form),
          !NameWords(stem.option).isEmpty
        {
          result[place].about = isReversed ? stem.stem : stem.option
        } else if !tail.isEmpty, (heads[head] ?? 0) > 1 {
          result[place].about = tail
        } else {
          result[place].about = rest
        }
      }
      // Wordings that were cut off tell nothing apart; the ends of the names do.
      if Set(places.map { result[$0].key }).count < places.count {
        for place in places { result[place].about = entries[place].column.name.words.last ?? "" }
      }
    }
    return result
  }

  /// A wording in the question that all rows share and its own end.
  private static func split(_ wording: String) -> (head: String, tail: String) {
    for mark in [" - ", ": ", " : ", " – "] {
      let parts = wording.split(separator: mark)
      if parts.count > 1, let last = parts.last, last.count > 1 {
        return (parts.dropLast().joined(separator: mark), String(last))
      }
    }
    return (wording, "")
  }

  private static let small: Set<String> = [
    "of", "with", "the", "for", "to", "a", "an", "your", "der", "die", "das", "mit", "von", "de",
    "du", "la", "le", "les", "des", "l", "d", "con", "el", "los", "las", "del", "is", "and",
  ]

  fileprivate static func key(_ about: String) -> String {
    let words = NameWords(about).words
    let rest = words.drop { small.contains($0) }
    var key = ""
    for word in rest.isEmpty ? words[...] : rest where key.count + word.count < 40 {
      key += (key.isEmpty ? "" : "_") + word
    }
    return key
  }

  private static func label(_ entry: Entry) -> String {
    let about = entry.about
    let wording = entry.column.variable.label
    let stem = NameStem.split(entry.column.variable.name)
    let isOwn = !entry.isNamed || stem?.option == about || stem?.stem == about
    if about.contains(where: \.isLetter), isOwn { return about }
    let tail = split(wording).tail
    if !tail.isEmpty { return tail }
    return wording.count <= 80 ? wording : ""
  }
}

/// What tells wordings of one question apart.
enum WordingParts {
  /// The words of each text without those at the beginning and at the end that all share.
  ///
  /// - Parameter texts: Names or wordings.
  /// - Returns: A text for each; of a single text all words.
  static func differing(_ texts: [String]) -> [String] {
    let split = texts.map { text in
      text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
    guard let first = split.first, split.count > 1 else {
      return split.map { $0.joined(separator: " ") }
    }
    let most = max(0, (split.map(\.count).min() ?? 0) - 1)
    var start = 0
    while start < most, split.allSatisfy({ $0[start] == first[start] }) { start += 1 }
    var end = 0
    while end < most - start,
      split.allSatisfy({ $0[$0.count - 1 - end] == first[first.count - 1 - end] })
    {
      end += 1
    }
    return split.map { $0.dropFirst(start).dropLast(end).joined(separator: " ") }
  }
}

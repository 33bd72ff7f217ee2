internal import TesseraSurvey

/// What platforms and agencies write beside the answers, and what people wrote themselves.
extension RoleGuess {
  // MARK: - Rows

  /// Tells rows that repeat another in every column, though a column differs for nearly everybody else.
  mutating func findCopies() {
    let rows = survey.respondentCount
    guard facts.count >= 10, rows >= 20, rows * facts.count <= 20_000_000 else { return }
    func isOwn(_ column: ColumnFacts) -> Bool {
      guard column.answered * 10 >= rows * 9 else { return false }
      let different: Int
      if case .numbers(let numbers) = column.variable.answers {
        different = Set(numbers.filter { !$0.isNaN }).count
      } else {
        different = column.distinct ?? 0
      }
      return different * 10 >= column.answered * 9
    }
    guard facts.contains(where: isOwn) else { return }
    var hashers = [Hasher](repeating: Hasher(), count: rows)
    for column in facts {
      if case .numbers(let numbers) = column.variable.answers {
        for row in 0..<rows { hashers[row].combine(numbers[row].isNaN ? -0.5 : numbers[row]) }
      } else {
        for row in 0..<rows { hashers[row].combine(column.variable.answers.position(row)) }
      }
    }
    let copies = rows - Set(hashers.map { $0.finalize() }).count
    guard copies > 0 else { return }
    plan.warnings.append(
      DraftWarning(
        sentence: copies == 1
          ? "1 row repeats another in every column: an interview that stands in the file twice?"
          : "\(copies) rows repeat another in every column: interviews that stand in the file twice?",
        filter: ""))
  }

  /// The filter that keeps the first row of each person in REDCap's files; empty where there is none.
  func firstOccasion() -> String {
    var parts: [String] = []
    if let event = survey["redcap_event_name"], event.answers.isCoded, event.answers.count > 0,
      event.categories.count > 1, event.answers.position(0) > 0
    {
      let first = event.categories[event.answers.position(0) - 1]
      parts.append("redcap_event_name = \(Expression.quoted(first.label))")
    }
    // REDCap leaves the instrument of a person's own row blank.
    if let column = facts.first(where: { $0.columnName == "redcap_repeat_instrument" }),
      column.answered > 0
    {
      parts.append("redcap_repeat_instrument is missing")
    }
    return parts.joined(separator: " and ")
  }

  // MARK: - What the platform writes

  private static let decipher: Set<String> = [
    "record", "uuid", "markers", "status", "vlist", "qtime", "start_date", "source", "session",
    "ipaddress", "useragent", "dcua", "decoded", "list", "declang", "vos", "vosr15oe", "vbrowser",
    "vmobiledevice", "vmobileos",
  ]

  /// Why a column is about the interview: timers, variables of an address, places' precision, Decipher's
  /// own columns, consent, and questions that say what to answer.
  func exportReason(_ column: ColumnFacts) -> String? {
    let line = column.name.line
    if let start = [" url variable ", " page timer ", " page time "].first(where: line.hasPrefix) {
      return "\"\(start.trimmingBlanks)\": the platform writes it about the interview"
    }
    let folded = PlainText.folded(column.columnName)
    for end in ["_precision", "_altitude", "-precision", "-altitude", "-accuracy"]
    where folded.hasSuffix(end) {
      let stem = String(folded.dropLast(end.count - 1))
      if facts.contains(where: { PlainText.folded($0.columnName).hasPrefix(stem + "lat") }) {
        return "part of a place on the map"
      }
    }
    if folded == "ending" || folded == "tags", survey["Network ID"] != nil {
      return "the platform writes it about the interview"
    }
    if Self.decipher.contains(folded), column.label.words.count <= 6,
      facts.count(where: { Self.decipher.contains(PlainText.folded($0.columnName)) }) >= 4
    {
      return "the platform writes it about the interview"
    }
    return toldReason(column)
  }

  /// A question that quotes the answer to give, and nearly all gave it; consent that all gave.
  private func toldReason(_ column: ColumnFacts) -> String? {
    if let reason = codeReason(column) { return reason }
    let most = column.held.dropFirst().max() ?? column.values.map(\.count).max() ?? 0
    guard column.answered >= 20, most * 20 >= column.answered * 17,
      column.distinct.map({ $0 <= 11 }) ?? false
    else { return nil }
    let text = "\(column.columnName) \(column.variable.label)"
    let place = column.held.dropFirst().firstIndex(of: most)
    if let place, column.variable.categories.indices.contains(place - 1) {
      let answer = column.variable.categories[place - 1].label
      let marks = [
        ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("« ", " »"), ("'", "'"), ("「", "」"),
      ]
      if marks.contains(where: { text.contains($0.0 + answer + $0.1) }), answer.count > 1 {
        return "it says what to answer: tests whether people read"
      }
    }
    let words = [
      "voluntarily agree", "agree to participate", "agreement to participate", "consent to",
      "informed consent", "einverstanden dass", "teilnahme einverstanden",
      "j accepte de participer",
      "acepto participar", "aceito participar", "acconsento", "ik ga akkoord",
    ]
    if let word = NameWords(text).first(of: words), (column.distinct ?? 9) <= 2 {
      return "\"\(word)\": consent that nearly all gave"
    }
    return nil
  }

  /// Parts of a code by which people stay anonymous: a letter of a mother's name, a digit of a birthday.
  private func codeReason(_ column: ColumnFacts) -> String? {
    let words = [
      "personal code", "individual code", "anonymous code", "participant code", "personlicher code",
      "personlichen code", "teilnehmercode", "probandencode", "code personnel", "codigo personal",
      "codigo pessoal", "repeat your code", "codewort", "persoonlijke code", "codice personale",
    ]
    guard column.variable.answers.isCoded, column.answered > 0,
      column.label.words.count + column.name.words.count >= 3,
      let word = column.name.first(of: words) ?? column.label.first(of: words),
      !column.variable.label.contains("?"),
      column.categories.allSatisfy({ $0.label.count <= 12 && !$0.label.contains(" ") })
    else { return nil }
    return "\"\(word)\": a part of the code that people made for themselves"
  }

  /// A column that is two others crossed, as cells of quotas are: sex by age.
  func crossReason(_ column: ColumnFacts) -> String? {
    guard let cells = column.distinct, (4...30).contains(cells), column.answered >= 60,
      column.label.words.count <= 4, !column.variable.isNumeric, column.variable.answers.isCoded
    else { return nil }
    let places = positions(column)
    func settled(_ other: ColumnFacts) -> [Int: Int]? {
      var found: [Int: Int] = [:]
      for (cell, value) in zip(places, positions(other)) where cell > 0 {
        if value == 0 || found[cell].map({ $0 != value }) ?? false { return nil }
        found[cell] = value
      }
      return found
    }
    // Quotas are set on who people are.
    let near = facts.filter {
      $0.columnName != column.columnName && $0.distinct.map { (2...12).contains($0) } ?? false
        && topic(of: $0) != nil
    }
    var known: [(facts: ColumnFacts, map: [Int: Int])] = []
    for other in near.prefix(60) where (other.distinct ?? 0) < cells {
      guard let map = settled(other) else { continue }
      for one in known
      where Set(map.map { [one.map[$0.key] ?? 0, $0.value] }).count == map.count
        && (one.facts.distinct ?? 0) * (other.distinct ?? 0) == cells
      {
        return
          "\(one.facts.columnName) and \(other.columnName) crossed: cells of the sample"
      }
      known.append((other, map))
    }
    return nil
  }

  /// Whether numbers have a tail as times do: the highest is three times the middle one.
  func hasLongTail(_ column: ColumnFacts) -> Bool {
    let known = column.variable.numbers.filter { !$0.isNaN }.sorted()
    guard let last = known.last, known[known.count / 2] > 0 else { return false }
    return last >= known[known.count / 2] * 3
  }
}

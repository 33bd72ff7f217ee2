internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Names of another kind

  /// Columns that are no question in a file whose questions are numbered: `loi`, `hid_brand` beside
  /// `S1`, `Q10_3`, `D5`.
  ///
  /// Two signs are needed: at least 60% of the columns, eight or more, are named by a letter or two and
  /// a number, and the answers are such as programs write: long numbers or numbers with a long tail,
  /// nearly always the same, or groups of equal size under a name of what programs draw. Codes of sex,
  /// region or wave and weights have none of these.
  mutating func findStrangers() {
    let asked = facts.filter { column in
      !plan.leftOut.contains { $0.name == column.columnName && $0.isProcess }
    }
    let numbered = asked.filter(Self.isNumbered)
    guard numbered.count >= 8, numbered.count * 10 >= asked.count * 6 else { return }
    for column in facts where isFree(column) && !Self.isNumbered(column) {
      let label = PlainText.line(column.variable.label)
      let isBare = column.label.isEmpty || label == PlainText.line(column.columnName)
      guard isBare, topic(of: column) == nil, order(column) == nil, column.answered >= 60,
        column.variable.categories.allSatisfy({ $0.label == $0.code.text }),
        column.says(DraftWords.satisfaction + DraftWords.importance + DraftWords.judgement) == nil
      else { continue }
      let counts =
        column.held.isEmpty
        ? column.values.map(\.count) : column.held.dropFirst().filter { $0 > 0 }
      let isNumber = column.variable.isNumeric || !column.variable.answers.isCoded
      let isMeasured = isNumber && (column.distinct ?? 1000) > 12 && ratingScale(column) == nil
      // Ages, kinds and weights stand without a number before the first question, too.
      let isLong = isMeasured && (column.high >= 1000 || hasLongTail(column))
      let isDrawn =
        Self.isEven(counts, column.answered) && column.name.first(of: DraftWords.drawn) != nil
      let isNearlyConstant = (counts.max() ?? 0) * 100 >= column.answered * 95
      guard isLong || isNearlyConstant || isDrawn else { continue }
      leaveOut(
        column, "no numbered question, as most columns are: written by a program", isProcess: true)
    }
  }

  /// Why a column is about the interview, going by how its answers are written: languages of a browser
  /// (`en-US`), a share of the questions that were answered, and how willing people were.
  func writtenReason(_ column: ColumnFacts) -> String? {
    if let reason = exportReason(column) ?? crossReason(column) { return reason }
    let last = column.name.words.last ?? ""
    let labels = column.categories.map(\.label)
    if ["locale", "lang", "language", "userlanguage", "idioma", "sprache", "langue"].contains(last),
      column.label.words.count <= 4, !labels.isEmpty, !column.variable.isNumeric,
      labels.allSatisfy({ $0.wholeMatch(of: /[a-z]{2}([-_][A-Za-z]{2})?/) != nil })
    {
      return "the language in which the survey was shown"
    }
    let whole = column.name.words.joined(separator: " ")
    if ["completion", "completeness", "completion rate", "percent complete"].contains(whole),
      column.label.words.count <= 3, column.low >= 0, column.high <= 100
    {
      return "how much of the survey was answered"
    }
    let willing = ["cooperative", "cooperador", "cooperadora", "kooperativ", "cooperatif"]
    if labels.count >= 2,
      labels.count(where: { NameWords($0).first(of: willing) != nil }) * 2 >= labels.count
    {
      return "how willing the interviewer found people"
    }
    return nil
  }

  /// `S1`, `Q10r3`, `D2_Income`, `v_11`: one or two letters and a number.
  private static func isNumbered(_ column: ColumnFacts) -> Bool {
    let words = column.name.words
    guard words.count >= 2, let first = words.first, first.count <= 2 || first == "frage",
      first.allSatisfy(\.isLetter)
    else { return false }
    return words[1].allSatisfy(\.isNumber)
  }

  /// Whether answers are as even as chance makes them: chi-square below its 95% point.
  static func isEven(_ counts: [Int], _ answered: Int) -> Bool {
    guard (2...6).contains(counts.count), answered >= 60 else { return false }
    let expected = Double(answered) / Double(counts.count)
    let distance = counts.reduce(0.0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    return distance <= [3.84, 5.99, 7.81, 9.49, 11.07][counts.count - 2]
  }

  /// Whether a name calls a column open, and texts of many words bear it out.
  func isOpen(_ column: ColumnFacts) -> Bool {
    ["open", "openend", "verbatim", "freetext", "offen"].contains(column.name.words.last ?? "")
      && !column.variable.isNumeric && column.variable.categories.count >= 8
      && column.variable.categories.contains { $0.code.text.split(separator: " ").count >= 5 }
  }

  /// Whether a name is one of the four under which Qualtrics writes what a browser is.
  func isBrowser(_ name: String) -> Bool {
    let ends = ["_Browser", "_Version", "_Operating System", "_Resolution"]
    guard let end = ends.first(where: name.hasSuffix) else { return false }
    return ends.allSatisfy { survey[name.dropLast(end.count) + $0] != nil }
  }

  /// Whether numbers are days, written as year, month and day: 20120904.
  func isDay(_ column: ColumnFacts) -> Bool {
    guard column.low >= 19_000_101, column.high <= 21_001_231,
      column.variable.isNumeric || !column.variable.answers.isCoded
    else { return false }
    return column.variable.numbers.allSatisfy { number in
      guard !number.isNaN else { return true }
      let (month, day) = (Int(number) / 100 % 100, Int(number) % 100)
      return number == number.rounded() && (1...12).contains(month) && (1...31).contains(day)
    }
  }
}

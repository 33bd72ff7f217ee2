internal import TesseraSurvey

extension RoleGuess {
  static let kinds = [
    "race*", "*race", "*reth", "*reth*", "ethn*", "*ethn", "ethrace*", "religion", "denomination",
    "marital*", "maritl*", "marstat", "familienstand", "region", "cregion", "bundesland",
    "province", "country", "nationality", "party", "vote", "occupation", "industry", "sector",
    "woj", "wojewodztwo", "lan", "fylke", "provincie", "provincia", "regiao", "estado civil",
    "employ", "emplstat", "jbstat", "esr", "hisp", "rac", "mastat*", "marst*", "gor",
  ]
  private static let others: Set<String> = ["trace", "embrace", "brace", "grace", "terrace"]

  /// Takes bare numbers of three to twelve values for kinds where the name says what has kinds only: race,
  /// marital status, region, party.
  mutating func findKinds() {
    let drafted = Set((plan.active + plan.passive).map { AnswerCode.text($0.name) })
    let items = Set(plan.batteries.flatMap(\.members).map { AnswerCode.text($0.columnName) })
    for column in facts where drafted.contains(.text(column.columnName)) {
      guard column.variable.level != .nominal, !items.contains(.text(column.columnName)),
        column.variable.isNumeric || !column.variable.answers.isCoded, order(column) == nil,
        let codes = bareCodes(column), (2...20).contains(codes.count),
        column.name.words.count <= 3, column.name.words.allSatisfy({ !Self.others.contains($0) })
      else { continue }
      if isGraded(column, codes) {
        plan.steps.removeAll { $0.column == column.columnName }
        plan.graded.append(
          DraftPlan.Entry(
            name: column.columnName,
            reason: "codes of steps from \(MissingGuess.shown(codes[0])) to "
              + MissingGuess.shown(codes[codes.count - 1])))
        continue
      }
      guard let word = kindWord(column, codes) else { continue }
      plan.steps.removeAll { $0.column == column.columnName }
      plan.kinds.append(
        DraftPlan.Entry(
          name: column.columnName,
          reason: "codes of kinds, going by \"\(word.filter { $0 != "*" })\" in the name"))
    }
  }

  /// The whole numbers without labels that a column holds, without codes of no answer.
  private func bareCodes(_ column: ColumnFacts) -> [Double]? {
    let none = Set((missing[.text(column.columnName)] ?? []).compactMap { Double($0.code) })
    let values = column.values.map(\.value).filter { !none.contains($0) }
    guard column.distinct != nil, let first = values.first, let last = values.last, first >= 0,
      last < 100, values.allSatisfy({ $0 == $0.rounded() }),
      column.variable.categories.allSatisfy({ category in
        category.label == category.code.text || category.code.number.map(none.contains) ?? false
      })
    else { return nil }
    return values
  }

  /// The word that says that codes are those of kinds: of sex, marital status, race, region.
  private func kindWord(_ column: ColumnFacts, _ codes: [Double]) -> String? {
    if topic(of: column)?.topic == .gender, (2...5).contains(codes.count), (codes.last ?? 9) <= 9 {
      return column.name.first(of: DraftWords.Topic.gender.words)
        ?? column.label.first(of: DraftWords.Topic.gender.words)
    }
    // Two answers are yes and no, unless they are codes of where somebody was born.
    let isBorn = column.label.first(of: ["country of birth", "born in", "born abroad"]) != nil
    guard (3...12).contains(codes.count) || isBorn && codes == [1, 2] else { return nil }
    return column.name.first(of: Self.kinds)
      ?? (column.label.words.count <= 10 ? column.label.first(of: Self.kinds) : nil)
      ?? (isBorn && codes.count == 2 ? "born" : nil) ?? shortKind(column) ?? whichKind(column)
  }

  /// Whether codes from 0 or 1 without a gap are levels of schooling or bands of income: years and amounts
  /// leave gaps and go higher.
  private func isGraded(_ column: ColumnFacts, _ codes: [Double]) -> Bool {
    guard column.variable.level != .ordinal, let topic = topic(of: column)?.topic,
      topic == .education || topic == .income, codes.count >= 3, codes[0] <= 1,
      let last = codes.last, last <= (topic == .income ? 20 : 9),
      Double(codes.count) >= 0.8 * (last - codes[0] + 1),
      column.says(["years", "year", "yrs", "number", "num"]) == nil, !column.isNumberOfThings
    else { return false }
    return true
  }

  /// `MS` for marital status: two letters need the company of two columns about people.
  private func shortKind(_ column: ColumnFacts) -> String? {
    guard column.low >= 0, column.high <= 9, let word = column.name.words.first,
      ["ms", "mar", "mstat", "civ", "civil", "marit"].contains(word),
      let place = facts.firstIndex(where: { $0.columnName == column.columnName })
    else { return nil }
    let beside = facts[max(0, place - 4)..<min(facts.count, place + 5)]
    return beside.count { topic(of: $0) != nil } >= 2 ? word : nil
  }

  /// "Which shop do you buy at?": codes without labels that a wording of kinds asks for.
  private func whichKind(_ column: ColumnFacts) -> String? {
    guard let first = column.label.words.first, topic(of: column) == nil,
      ["which", "welche", "welches", "welcher", "quel", "quelle", "cual", "qual", "quale"]
        .contains(first),
      column.label.first(of: ["best", "extent", "degree", "level", "describes", "number"]) == nil
    else { return nil }
    return first
  }

  /// "Something else" has no place among levels of schooling or ranges, if few say so.
  mutating func withoutOther(
    _ answers: inout [String], _ column: ColumnFacts
  ) -> (column: String, order: [String], reason: String, isRange: Bool)? {
    let isNumeric = column.variable.isNumeric
    guard answers.count >= 4,
      let other = answers.firstIndex(where: { answer in
        NameWords.folded(answer) == "something else"
          || OtherOption.isOther(answer) && answer.split(separator: " ").count <= 4
      }),
      let place = column.variable.categories.firstIndex(where: {
        (isNumeric ? $0.label : $0.code.text) == answers[other]
      }),
      column.held.indices.contains(place + 1), column.held[place + 1] * 33 <= column.answered
    else { return nil }
    var rest = answers
    let answer = rest.remove(at: other)
    let numbers = rest.compactMap(Double.init)
    if numbers.count == rest.count, numbers.count >= 3 {
      answers = rest
      addMissing(isNumeric ? column.variable.categories[place].code.text : answer, column)
      let order = zip(numbers, rest).sorted { $0.0 < $1.0 }.map(\.1)
      return (column.columnName, order, "the answers are numbers, but for one", true)
    }
    guard let found = AnswerOrder.find(rest), found.isRange else { return nil }
    answers = rest
    addMissing(isNumeric ? column.variable.categories[place].code.text : answer, column)
    let order = found.order.map { rest[$0] }
    return (column.columnName, order, "the answers are \(found.kind)", found.isRange)
  }

  /// Takes amounts whose names begin alike, four or more: what people spend on each kind of thing, or how
  /// often they buy in each way.
  mutating func takeAmounts() {
    let amounts = facts.filter { column in
      isFree(column) && column.low >= 0 && column.missingShare < 0.3 && column.label.isEmpty
        && column.variable.level != .nominal && column.variable.level != .text
        && column.variable.level != .date && topic(of: column) == nil
        && (column.variable.isNumeric || !column.variable.answers.isCoded)
        && column.variable.categories.allSatisfy { $0.label == $0.code.text }
        && column.distinct.map { $0 >= 8 } ?? true && column.name.words.count >= 2
    }
    for group in DraftGroups.find(amounts) where group.members.count >= 4 {
      for member in group.members where plan.active.count < Self.mostActive {
        plan.active.append(
          DraftPlan.Entry(
            name: member.columnName, reason: "one of \(group.members.count) amounts named alike",
            section: "how much of each: amounts whose names begin alike"))
        use(member.columnName)
      }
    }
  }
}

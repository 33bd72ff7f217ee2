internal import TesseraSurvey

extension RoleGuess {
  /// Interviews that were not finished or were screened out, going by a column that says so.
  mutating func findUnfinished() {
    // What says how an interview ended tells more than the date on which it did.
    for (column, isDate) in facts.map({ ($0, false) }) + facts.map({ ($0, true) }) {
      guard let found = isDate ? undated(column) : unfinished(column) else { continue }
      let share = "\(found.count) of \(survey.respondentCount) interviews"
      plan.warnings.append(
        DraftWarning(
          sentence: "\(share) are not complete (\(column.columnName): \(found.answers))",
          filter: found.filter))
      leaveOut(column, "whether the interview was finished", isProcess: true)
      return
    }
  }

  private static let done: Set<String> = [
    "complete", "completed", "finished", "true", "yes", "abgeschlossen", "vollstandig", "complet",
    "termine", "completo", "completa", "finalizado", "completada", "submitted", "terminated ok",
    "qualified", "approvedbyheadquarters", "approvedbysupervisor", "klar", "fullfort", "terminee",
    "zakonczony", "concluido", "voltooid", "beendet",
  ]
  private static let open: Set<String> = [
    "partial", "incomplete", "unfinished", "in progress", "started", "false", "no", "disqualified",
    "screened out", "screened", "screen out", "screenout", "over quota", "quota", "rejected",
    "removed",
    "timed out", "timeout", "refused", "non complete", "noncomplete", "quota full", "quotafull",
    "over quota", "terminated", "abandoned",
    "unvollstandig", "abgebrochen", "partiel", "incomplet", "incompleto", "parcial", "unverified",
    "overquota", "en cours", "en curso", "en progreso", "em andamento", "in corso",
    "in bearbeitung",
    "parcialmente", "abandonne", "w toku", "niekompletny", "onvolledig", "screened part",
    "rejectedbysupervisor", "rejectedbyheadquarters", "interviewerassigned", "supervisorassigned",
    "screened_out", "avbruten", "partially complete", "break off", "breakoff", "suspended",
    "dropout",
  ]

  private func unfinished(
    _ column: ColumnFacts
  ) -> (count: Int, answers: String, filter: String)? {
    let called = column.name.words.joined(separator: " ")
    // Qualtrics calls it V10, and "Finished" in its wording.
    let worded = column.label.words.count <= 2 ? column.label.words.joined(separator: " ") : ""
    let name = ["finished", "progress"].contains(worded) ? worded : called
    if let found = coded(column, name) { return found }
    let isStatus =
      [
        "status", "finished", "completion", "complete", "response type", "disposition", "outcome",
        "progression", "avancement", "estado", "situacao", "stan", "etat", "bearbeitungsstand",
      ]
      .contains { name.hasSuffix($0) }
    if isStatus, column.variable.answers.isCoded,
      !column.variable.isNumeric || column.categories.contains(where: { $0.label != $0.code.text })
    {
      let kept = column.categories.filter { Self.done.contains(NameWords.folded($0.label)) }
      let others = column.categories.filter { Self.open.contains(NameWords.folded($0.label)) }
      // A plain yes and no may be an answer like any other.
      let isPlain = kept.allSatisfy {
        ["yes", "no", "true", "false"].contains(NameWords.folded($0.label))
      }
      guard !kept.isEmpty, !others.isEmpty,
        kept.count + others.count == column.categories.count, !isPlain || name == "finished"
      else { return nil }
      let places = Set(others.map(\.code))
      let count = column.variable.categories.indices.reduce(0) { total, place in
        total
          + (places.contains(column.variable.categories[place].code) ? column.held[place + 1] : 0)
      }
      guard count > 0 else { return nil }
      return (
        count, others.map(\.label).joined(separator: ", "),
        kept.map { "\(Expression.quoted(column.columnName)) = \(Expression.quoted($0.label))" }
          .joined(separator: " or ")
      )
    }
    if name == "finished", column.variable.isNumeric, column.values.map(\.value) == [0, 1] {
      return (column.values[0].count, "0", "\(Expression.quoted(column.columnName)) = 1")
    }
    if name == "progress", column.variable.isNumeric, column.high == 100 {
      let count = column.variable.numbers.count { $0 < 100 }
      return count > 0 ? (count, "below 100", "\(Expression.quoted(column.columnName)) = 100") : nil
    }
    return nil
  }

  /// Codes of how interviews ended: Unipark's 31 and 32, Sawtooth's 5 and REDCap's 2 are complete.
  private func coded(
    _ column: ColumnFacts, _ name: String
  ) -> (count: Int, answers: String, filter: String)? {
    let done: [Double]
    switch name {
    case "dispcode": done = [31, 32]
    case "sys resp status" where column.values.allSatisfy({ (1...5).contains($0.value) }):
      done = [5]
    default:
      guard formState(column) else { return nil }
      done = [2]
    }
    guard column.variable.isNumeric || !column.variable.answers.isCoded,
      column.values.contains(where: { done.contains($0.value) })
    else { return nil }
    let others = column.values.filter { !done.contains($0.value) }
    guard !others.isEmpty else { return nil }
    let quoted = Expression.quoted(column.columnName)
    return (
      others.reduce(0) { $0 + $1.count },
      others.map { AnswerCode.number($0.value).text }.joined(separator: ", "),
      done.map { "\(quoted) = \(AnswerCode.number($0).text)" }.joined(separator: " or ")
    )
  }

  private static let submissions: Set<String> = [
    "submitdate", "datesubmitted", "submitdateutc", "datumabgeschickt", "datedesoumission",
    "fechadeenvio", "datadeenvio", "datadiinvio", "submissiondate",
  ]

  /// A date of submission that some interviews lack.
  private func undated(
    _ column: ColumnFacts
  ) -> (count: Int, answers: String, filter: String)? {
    let isNamed =
      column.name.words.first == "submitdate"
      || Self.submissions.contains(column.name.words.joined())
      || column.label.words.count <= 3 && Self.submissions.contains(column.label.words.joined())
    guard isNamed, column.missingShare > 0, column.answered > 0 else { return nil }
    let count = survey.respondentCount - column.answered
    return (count, "empty", "\(Expression.quoted(column.columnName)) is not missing")
  }

  /// Offers an identifier that repeats: a run counts people beside rows either way, and rows of one person
  /// are no independent answers.
  mutating func offerRepeated(_ column: ColumnFacts, _ people: Int) {
    guard column.says(["hhid", "household", "hh", "haushalt", "menage", "hogar"]) == nil else {
      return
    }
    plan.suggestions += [
      (
        "id",
        DraftPlan.Entry(
          name: column.columnName,
          reason: "it repeats: \(survey.respondentCount) rows of \(people) people")
      ),
      (
        "cluster",
        DraftPlan.Entry(
          name: column.columnName,
          reason: "rows of one person are alike, and intervals take it into account")
      ),
    ]
  }

  /// The time of a measurement, where rows share a person.
  mutating func findOccasions() {
    let repeats = ["one row per person", "starts again in each"]
    guard plan.warnings.contains(where: { repeats.contains(where: $0.sentence.contains) }) else {
      return
    }
    for column in facts where isFree(column) {
      let whole = column.name.words.joined(separator: " ")
      if DraftWords.occasions.contains(whole), column.distinct.map({ $0 <= 50 }) ?? false {
        leaveOut(column, "at which time the row was answered", isProcess: true)
      }
    }
  }

  /// Why a number that repeats is no person's: people who share it are of different sex or age, or it starts
  /// again in each study, file or country; `nil` where it may be one's.
  func startsAgain(_ column: ColumnFacts) -> String? {
    let name = column.columnName
    for part in facts where part.columnName != name && part.missingShare == 0 {
      guard part.distinct.map({ (2...200).contains($0) }) ?? false,
        part.name.words.count <= 2, part.name.first(of: DraftWords.parts) != nil
      else { continue }
      let groups = positions(part)
      let numbers = column.variable.answers.isCoded ? nil : column.variable.numbers
      var firsts: [Int: Double] = [:]
      var pairs: Set<String> = []
      var ids: Set<String> = []
      for (row, group) in groups.enumerated() {
        let id =
          numbers.map { AnswerCode.number($0[row]).text } ?? String(positionText(column, row))
        ids.insert(id)
        pairs.insert("\(group) \(id)")
        firsts[group] = min(firsts[group] ?? .infinity, numbers?[row] ?? Double(id) ?? .nan)
      }
      // Most groups begin with the same few numbers.
      let begin = firsts.values.count { $0 <= 3 }
      guard begin * 2 > firsts.count, pairs.count * 3 >= ids.count * 4 else { continue }
      return "\(name) starts again in each \(part.columnName): the two together tell "
        + "\(pairs.count) people apart"
        + (pairs.count < survey.respondentCount ? ", who have \(survey.respondentCount) rows" : "")
    }
    // REDCap asks some questions in some rows of a person only.
    let isLongitudinal = facts.contains { $0.columnName.hasPrefix("redcap_") }
    guard !isLongitudinal, !SegmentBasis.isOfPeople(column.variable, in: survey) else { return nil }
    return "\(name) repeats with people of different sex or age: the number of an interviewer or "
      + "group, or one that starts again, and no person's"
  }

  private func positionText(_ column: ColumnFacts, _ row: Int) -> String {
    let place = column.variable.answers.position(row)
    return place > 0 ? column.variable.categories[place - 1].code.text : ""
  }
}

extension DraftWords {
  /// What numbers of people may start again in.
  static let parts = [
    "study", "sample", "file", "dataset", "source", "country", "cntry", "site", "center", "centre",
    "school", "exper", "experiment", "studie", "pais", "pays", "land", "state", "cohort", "survey",
    "condition", "group", "class", "clinic", "household", "hhid",
  ]
}

internal import TesseraSurvey

extension RoleGuess {
  /// Marks columns in use that ask for what the law protects: health, religion, politics, origin,
  /// sexuality, unions and offences.
  mutating func findSensitive() {
    let members = Dictionary(
      plan.sets.flatMap { set in set.members.map { ($0, set.name) } },
      uniquingKeysWith: { first, _ in first })
    let used = Set(
      (plan.active + plan.passive + plan.values).map(\.name)
        + plan.needs.flatMap { [$0.importance, $0.satisfaction].compactMap { $0 } })
    var marked: Set<String> = []
    for column in facts {
      let name = members[column.columnName] ?? column.columnName
      guard used.contains(name), !marked.contains(name), let found = sensitivity(column) else {
        continue
      }
      // One answer of many, such as the health sector among employers, does not ask for health.
      if let set = plan.sets.first(where: { $0.name == name && $0.members.count > 1 }),
        Self.isLoose(found), !asks(set), isFew(set)
      {
        continue
      }
      marked.insert(name)
      plan.sensitive.append(DraftPlan.Entry(name: name, reason: found))
    }
    for set in plan.sets {
      guard let delimited = set.delimited, used.contains(set.name), !marked.contains(set.name),
        let column = facts.first(where: { $0.columnName == delimited.column }),
        let found = sensitivity(column)
      else { continue }
      plan.sensitive.append(DraftPlan.Entry(name: set.name, reason: found))
    }
  }

  /// Whether a word that tells is used of many other things too: "health" of a sector or of tea.
  private static func isLoose(_ reason: String) -> Bool {
    ["\"health\"", "\"gesundheit\"", "\"sante\"", "\"salud\"", "\"saude\"", "\"alcohol\""]
      .contains(where: reason.hasSuffix) || reason.hasPrefix("origin")
  }

  /// Whether the question of a set itself asks for something sensitive.
  private func asks(_ set: DraftPlan.SetEntry) -> Bool {
    let label = survey.sets.first { $0.name == set.name }?.label ?? set.label
    let words = NameWords("\(set.name) \(label)")
    return DraftWords.sensitive.contains { words.first(of: $0.words) != nil }
  }

  /// Whether at most a quarter of a set's answers are sensitive.
  private func isFew(_ set: DraftPlan.SetEntry) -> Bool {
    let names = Set(set.members.map { AnswerCode.text($0) })
    let found = facts.count { names.contains(.text($0.columnName)) && sensitivity($0) != nil }
    return found * 4 <= set.members.count
  }

  /// What a column asks that is sensitive, with the word that tells.
  func sensitivity(_ column: ColumnFacts) -> String? {
    if let word = sensitiveWord(column) {
      // What people think of politics and religion is what the law protects.
      let isFact = !word.hasPrefix("politics") && !word.hasPrefix("religion")
      return isFact && (isItem(column) && Self.isLoose(word) || isOpinion(column)) ? nil : word
    }
    // A father's origin is an origin.
    guard let own = twins[.text(column.columnName)] else { return nil }
    return facts.first { $0.columnName == own }.flatMap(sensitiveWord)
  }

  private func sensitiveWord(_ column: ColumnFacts) -> String? {
    guard !isAboutAnimal(column) else { return nil }
    // Which hand people write with is no politics.
    let hands = ["hand", "handed", "handedness", "hander", "linkshander", "gaucher", "zurdo"]
    if [column.name, column.label].contains(where: { $0.first(of: hands) != nil }) { return nil }
    let isShort = column.name.words.count <= 12
    for (topic, words) in DraftWords.sensitive {
      let word =
        (isShort ? column.name.first(of: words) : nil)
        ?? (column.label.words.count <= 25 ? column.label.first(of: words) : nil)
      if let word { return "\(topic): \"\(word.filter { $0 != "*" })\"" }
    }
    return nil
  }
}

extension DraftWords {
  /// Words of what the law protects, by topic.
  static let sensitive: [(topic: String, words: [String])] = [
    (
      "health",
      [
        "health", "illness", "disease", "diagnosis", "diagnosed", "disability", "disabled",
        "depressed", "depression", "anxiety", "phq*", "medication", "pregnant", "hiv", "cancer",
        "diabetes", "bmi", "gesundheit*", "krankheit*", "behinderung", "sante", "maladie",
        "handicap", "salud", "enfermedad", "discapacidad", "saude", "smoke", "smoking", "drug",
        "drugs", "alcohol", "asthma", "hepatitis", "tumor", "tumour", "stroke", "arthritis",
        "epilepsy", "therapy", "mental", "chronic", "suicide",
      ]
    ),
    (
      "religion",
      [
        "religion", "relig", "religious", "denomination", "denom", "church", "konfession", "kirche",
        "eglise", "religieux", "religiosa", "iglesia", "faith", "god", "pray",
      ]
    ),
    (
      "politics",
      [
        "political", "politics", "politically", "vote", "voted", "voting", "polviews", "partyid",
        "party id", "ideology", "lrscale", "democrat", "republican", "partei", "wahl", "gewahlt",
        "politisch*", "politique", "politica", "politico", "voto", "vote intention", "abortion",
        "left right", "conservative",
      ]
    ),
    (
      "origin",
      [
        "race*", "afam", "race eth", "ethnic*", "ethnie", "etnia", "raza", "nationality",
        "nationalitat", "nationalite", "nacionalidad", "immigrant", "migration background",
        "migrationshintergrund", "country of birth", "born in this country", "brncntr", "hispanic",
        "skin colour", "skin color", "citizenship", "citizen", "herkunft",
      ]
    ),
    (
      "sexuality",
      [
        "sexual", "sexuality", "orientation", "sexual orientation", "transgender", "lgbt*",
        "sexualitat", "orientacion sexual", "orientation sexuelle",
      ]
    ),
    (
      "unions",
      [
        "union member", "union membership", "member of a union", "trade union", "labor union",
        "labour union", "gewerkschaft*", "syndicat", "sindicato",
      ]
    ),
    (
      "offences",
      [
        "arrested", "convicted", "conviction", "prison", "offence", "offense", "crime committed",
        "criminal record", "vorstrafe*", "condamne", "antecedentes penales",
      ]
    ),
  ]
}

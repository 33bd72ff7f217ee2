import TesseraSurvey

/// Chooses the columns that make segments when a study names none.
///
/// What people do, think and want makes segments one can speak to; who they are describes them. So
/// demographics and media stay passive, unless there is little else.
enum ActiveGuess {
  /// What was chosen, and the sentence that tells it.
  struct Choice {
    let names: [String]
    let note: String
  }

  private static let demographic: Set<String> = [
    "age", "agegroup", "sex", "gender", "male", "female", "region", "state", "city", "country",
    "zip", "postcode", "income", "rincome", "salary", "wage", "education", "educ", "degree",
    "school", "marital", "married", "status", "household", "hhsize", "children", "childs", "kids",
    "occupation", "profession", "job", "employment", "wrkstat", "race", "ethnicity", "religion",
    "born", "birth", "year", "urban", "rural", "area",
  ]
  private static let medium: Set<String> = [
    "tv", "television", "radio", "newspaper", "newspapers", "magazine", "magazines", "media",
    "social", "search", "web", "internet", "channel", "channels",
  ]

  /// Fewer behaviours and attitudes than this do not make segments by themselves.
  private static let enough = 3

  /// Chooses among the columns of a survey.
  ///
  /// - Parameters:
  ///   - survey: The respondents' answers.
  ///   - excluded: Names that are no inputs or have another part to play.
  /// - Returns: Names of columns and sets, and what to tell of the choice.
  static func choose(_ survey: Survey, excluding excluded: [String]) -> Choice {
    let out = Set(excluded.map { AnswerCode.text($0) })
    var names: [String] = []
    var seen: Set<AnswerCode> = []
    for variable in survey.variables {
      guard !out.contains(.text(variable.name)), variable.level != .text, variable.level != .date
      else { continue }
      let name = survey.set(holding: variable.name)?.name ?? variable.name
      guard !out.contains(.text(name)), seen.insert(.text(name)).inserted else { continue }
      names.append(name)
    }
    let behaviour = names.filter { name in
      let words = words(of: name)
      return words.isDisjoint(with: demographic) && words.isDisjoint(with: medium)
    }
    let questions = behaviour.reduce(0) { total, name in
      total + (survey.sets.first { $0.name == name }?.members.count ?? 1)
    }
    if questions >= enough {
      let left = names.count - behaviour.count
      return Choice(
        names: behaviour,
        note: "No active variables were named. Guessed: \(listed(behaviour))."
          + (left > 0 ? " Demographics and media (\(left)) only describe the segments." : ""))
    }
    return Choice(
      names: names,
      note: "No active variables were named and there is little but demographics, so this is a "
        + "demographic segmentation, on \(listed(names)).")
  }

  /// Every other column that can be told in a profile.
  ///
  /// - Parameters:
  ///   - data: The respondents' answers.
  ///   - active: Columns or sets that made the segments.
  ///   - roles: Columns that have another part to play.
  /// - Returns: Names of columns and sets in the order of the file.
  static func remaining(_ data: StudyData, active: [String], roles: StudyRoles) -> [String] {
    let survey = data.survey
    var out = Set(
      (active + data.reserved + roles.reserved + roles.values + roles.channels + roles.needs
        + roles.questions).map { AnswerCode.text($0) })
    for set in survey.sets where out.contains(.text(set.name)) {
      out.formUnion(set.members.map { .text($0) })
    }
    var names: [String] = []
    for variable in survey.variables
    where !out.contains(.text(variable.name)) && variable.level != .text && variable.level != .date
    {
      let name = survey.set(holding: variable.name)?.name ?? variable.name
      if out.insert(.text(name)).inserted { names.append(name) }
    }
    return names
  }

  /// The lower-case words of a name such as `maritalStatus` or `HH_size2`.
  static func words(of name: String) -> Set<String> {
    var words: Set<String> = []
    var word = ""
    var wasLower = false
    for character in name {
      if character.isUppercase, wasLower {
        words.insert(word)
        word = ""
      }
      wasLower = character.isLowercase
      if character.isLetter {
        word += character.lowercased()
      } else if !word.isEmpty {
        words.insert(word)
        word = ""
      }
    }
    words.insert(word)
    return words
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(8).map { DisplayText.escaped($0) }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

import TesseraSurvey

/// The columns that make segments, or are told in profiles, when a study names none.
enum ActiveColumns {
  /// What a draft would make segments of, without some columns.
  ///
  /// - Parameters:
  ///   - survey: The respondents' answers.
  ///   - excluded: Names that are no inputs or have another part to play.
  /// - Returns: Names of columns and sets, and what to tell of the choice. Where a draft would use
  ///   none of the others, all columns that can be used.
  static func drafted(
    _ survey: Survey, excluding excluded: [String]
  ) -> (names: [String], note: String) {
    let out = Set(excluded.map { AnswerCode.text($0) })
    let plan = RoleGuess.plan(survey)
    let isKnown = { (name: String) in
      survey[name] != nil || survey.sets.contains { $0.name == name }
    }
    var names = plan.active.map(\.name).filter { !out.contains(.text($0)) && isKnown($0) }
    if names.isEmpty { names = usable(survey, out) }
    let basis =
      plan.main.map { plan.batteries[$0].told } ?? "what people do and who they are"
    let shown = names.prefix(8).map { DisplayText.escaped($0) }.joined(separator: ", ")
    let listed = names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    return (
      names,
      "No active variables were named. As init would draft it, segments are made of "
        + "\(DisplayText.escaped(basis)): \(listed)."
    )
  }

  private static func usable(_ survey: Survey, _ out: Set<AnswerCode>) -> [String] {
    var seen = out
    return survey.variables.compactMap { variable in
      guard variable.level != .text, variable.level != .date, !seen.contains(.text(variable.name))
      else { return nil }
      let name = survey.set(holding: variable.name)?.name ?? variable.name
      return seen.insert(.text(name)).inserted ? name : nil
    }
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
}

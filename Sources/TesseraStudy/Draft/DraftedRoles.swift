public import TesseraSurvey

/// What columns are for, as a draft would take them: the screen of an inspection and a draft say the
/// same.
public enum DraftedRoles {
  /// The roles that a draft gives to columns, and the questions that it recognises.
  ///
  /// - Parameter survey: Any survey.
  /// - Returns: Roles by name, and a line for each battery and each question known by name, the
  ///   battery that would make the segments first.
  /// - Complexity: O(cells).
  public static func find(
    in survey: Survey
  ) -> (roles: [AnswerCode: TesseraSurvey.RoleGuess], questions: [String]) {
    let plan = RoleGuess.plan(survey)
    return (roles(plan, survey), questions(plan))
  }

  /// Columns that ask nothing of people: about the interview, the sample or an experiment, written by
  /// a platform, computed from other columns, identifiers.
  ///
  /// - Parameter survey: Any survey.
  /// - Returns: Their names with the reason, in the order in which they are found.
  /// - Complexity: O(cells).
  static func unasked(in survey: Survey) -> [(name: String, reason: String)] {
    let plan = RoleGuess.plan(survey)
    return plan.leftOut.filter(\.isProcess).map { ($0.name, $0.reason) }
      + [plan.id].compactMap { $0.map { ($0.name, "an identifier") } }
  }

  private static func questions(_ plan: DraftPlan) -> [String] {
    let order = plan.batteries.indices.sorted {
      ($0 == plan.main ? 0 : 1) < ($1 == plan.main ? 0 : 1)
    }
    var lines = order.map { place -> String in
      let battery = plan.batteries[place]
      let names = battery.members.map(\.columnName)
      let ends = "\(names.first ?? "") to \(names.last ?? "")"
      return "battery of \(battery.told): \(ends)"
        + (place == plan.main ? "; would make the segments" : "")
    }
    if let tasks = plan.maxDiff {
      lines.append("best-worst tasks (MaxDiff): \(tasks.best.count), \(tasks.items.count) items")
    }
    if !plan.prices.isEmpty {
      lines.append("van Westendorp's prices: \(plan.prices.joined(separator: ", "))")
    }
    if !plan.kano.isEmpty {
      lines.append("Kano's pairs: \(plan.kano.map(\.name).joined(separator: ", "))")
    }
    if let promoters = plan.promoters {
      lines.append("likelihood of recommending (NPS): \(promoters.rating)")
    }
    let pairs = plan.needs.count { $0.satisfaction != nil }
    if pairs > 0 { lines.append("importance with satisfaction: \(pairs) pairs") }
    return lines
  }

  private static func roles(
    _ plan: DraftPlan, _ survey: Survey
  ) -> [AnswerCode: TesseraSurvey.RoleGuess] {
    var roles: [AnswerCode: TesseraSurvey.RoleGuess] = [:]
    func give(_ name: String, _ role: TesseraSurvey.RoleGuess.Role, _ reason: String) {
      roles[.text(name)] = roles[.text(name)] ?? TesseraSurvey.RoleGuess(role, reason)
    }
    if let id = plan.id { give(id.name, .id, id.reason) }
    if let weight = plan.weight { give(weight.name, .weight, weight.reason) }
    for (key, entry) in plan.suggestions {
      switch key {
      case "strata": give(entry.name, .strata, entry.reason)
      case "id": give(entry.name, .process, entry.reason)
      case "cluster" where plan.persons?.column == entry.name: break
      case "cluster": give(entry.name, .cluster, entry.reason)
      default: give(entry.name, .weight, entry.reason)
      }
    }
    for need in plan.needs {
      give(need.importance, .importance, need.reason)
      if let other = need.satisfaction { give(other, .satisfaction, need.reason) }
    }
    for funnel in plan.funnels {
      for step in funnel.steps { give(step, .funnel, "a step from knowing it to having it") }
    }
    for set in plan.sets {
      let role: TesseraSurvey.RoleGuess.Role =
        switch set.topic {
        case .activities: .activity
        case .media: .media
        case .barriers: .barrier
        case .other: .other
        }
      for member in set.members { give(member, role, set.reason) }
      if let column = set.delimited?.column { give(column, role, set.reason) }
    }
    for member in plan.batteries.flatMap(\.members) {
      give(member.columnName, .attitude, "one of several ratings on one scale")
    }
    for value in plan.values { give(value.name, .attitude, value.reason) }
    for (name, reason) in plan.people { give(name, .demographic, reason) }
    for entry in plan.leftOut where entry.isProcess { give(entry.name, .process, entry.reason) }
    // A duration and a date tell more than that they are about the interview.
    for variable in survey.variables where roles[.text(variable.name)]?.role == .process {
      let own = TesseraSurvey.RoleGuess(variable)
      if own.role == .duration || own.role == .date { roles[.text(variable.name)] = own }
    }
    return roles
  }
}

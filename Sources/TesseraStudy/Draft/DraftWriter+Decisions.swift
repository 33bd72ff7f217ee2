internal import TesseraSurvey

/// What an analyst has to decide, and who counts.
extension DraftWriter {
  /// The three things that only an analyst can decide, before everything else.
  func decisions(_ plan: DraftPlan) -> [String] {
    var lines = ["#", "# Decisions for you:"]
    if let main = plan.main {
      let others = plan.batteries.count - 1
      lines.append(
        "# 1. What makes the segments? Drafted: \(comment(plan.batteries[main].told))."
          + (others > 0 ? " Other batteries stand behind \"# or:\" under segments." : ""))
    } else {
      let isOnlyPeople = plan.peopleActive > 0 && plan.peopleActive == plan.active.count
      lines.append(
        "# 1. What makes the segments? There is no battery of ratings on one scale; drafted: "
          + (isOnlyPeople
            ? "only demographics: these are strata, not segments."
            : plan.peopleActive > 0
              ? "who people are and what they do."
              : plan.active.contains { facts in plan.sets.contains { $0.name == facts.name } }
                ? "what people do." : "what people do, have or think."))
    }
    lines.append(
      plan.main == nil
        ? "# 2. How many segments? Drafted: the number is chosen and explained."
        : "# 2. How do people use the scale? Segments often differ mainly in how high people rate: "
          + "see scale_use under segments.")
    if plan.warnings.isEmpty {
      lines.append("# 3. Who counts? Drafted: all \(plan.respondents) rows.")
      if plan.dropouts > 0 {
        lines.append(
          "#    \(plan.dropouts) of them \(plan.dropouts == 1 ? "stops" : "stop") answering before the end: "
            + "what they answered counts.")
      }
    } else {
      for (place, warning) in plan.warnings.prefix(4).enumerated() {
        let sentence = comment(warning.sentence)
        lines.append(
          (place == 0 ? "# 3. Who counts? " : "#    Also: ") + sentence
            + (sentence.hasSuffix("?") ? "" : "."))
      }
      if !plan.keptFilter.isEmpty {
        lines.append(
          "#    The filter under survey leaves them out, since only the others have a weight.")
      }
    }
    return lines + ["#"]
  }

  /// Filters: one that the weight asks for is drafted, the others are offered.
  func filters(_ plan: DraftPlan) -> [String] {
    var lines: [String] = []
    for warning in plan.warnings where !warning.filter.isEmpty {
      let condition = DraftYAML.text(warning.filter)
      if warning.filter == plan.keptFilter {
        lines.append("  # \(comment(warning.sentence)); only the others have a weight:")
        lines.append("  filter: { complete: \(condition) }")
      } else {
        lines.append("  # \(comment(warning.sentence)); take the # away to leave them out:")
        lines.append("  # filter: { complete: \(condition) }")
      }
    }
    return lines
  }

  /// Best-worst tasks whose items are codes: neither needs nor ratings.
  func choices(_ plan: DraftPlan) -> [String] {
    guard let tasks = plan.choices, let first = tasks.columns.first, let last = tasks.columns.last
    else { return [] }
    let ends = [tasks.low, tasks.high].map { AnswerCode.number($0).text }
    return [
      "# choices: \(tasks.columns.count / 2) best-worst tasks (MaxDiff), \(comment(first)) to "
        + "\(comment(last)): codes \(ends[0]) to \(ends[1]) are",
      "#   items, no ratings. Give the codes their labels, and declare them under maxdiff: with best: and "
        + "worst:",
    ]
  }
}

internal import TesseraSurvey

/// Writes a plan as a commented study file.
struct DraftWriter {
  let files: [String]
  let title: String?
  let reading: [String: String]
  let format: String
  let columns: Int

  /// The study file.
  func text(_ plan: DraftPlan) -> String {
    var lines = [
      "# A draft: every guess has its reason beside it. Correct what is wrong, then run it.",
      "# \(people(plan)), \(columns) columns (\(format)).",
      "title: \(DraftYAML.text(title ?? stem))",
    ]
    lines.insert(contentsOf: decisions(plan), at: 2)
    lines += survey(plan)
    lines += segments(plan)
    lines += needs(plan)
    lines += classic(plan) + choices(plan)
    if !plan.values.isEmpty {
      lines.append("values: # told in the profile under \"what they value\"")
      lines += plan.values.map { item($0, indent: 2) }
    }
    if let channels = plan.channels {
      lines.append("channels: [\(DraftYAML.text(channels.name))] # \(comment(channels.reason))")
    }
    lines += funnel(plan)
    if !plan.say.isEmpty {
      lines.append(
        "say: # how answers are told of people, behind a figure; change them as you like")
      lines += plan.say.map { entry in
        let words = entry.answers.map {
          "\(DraftYAML.quoted($0.answer)): \(DraftYAML.text($0.words))"
        }
        return "  \(DraftYAML.text(entry.column)): { \(words.joined(separator: ", ")) }"
      }
    }
    if !plan.sensitive.isEmpty {
      lines.append("sensitive: # small groups are hidden, and these never name or filter a segment")
      lines += plan.sensitive.map { item($0, indent: 2) }
    }
    lines += template(plan)
    if !plan.blocks.isEmpty {
      lines += ["", "# Questions that belong together:"]
      lines += plan.blocks.prefix(40).map { "#   \(comment(told($0)))" }
    }
    if !plan.leftOut.isEmpty {
      lines.append("")
      lines.append("# Not used:")
      var reasons: [String] = []
      var names: [String: [String]] = [:]
      for entry in plan.leftOut {
        if names[entry.reason] == nil { reasons.append(entry.reason) }
        names[entry.reason, default: []].append(comment(entry.name))
      }
      for reason in reasons {
        let columns = names[reason] ?? []
        let shown = columns.prefix(12).joined(separator: ", ")
        let more = columns.count > 12 ? " and \(columns.count - 12) more" : ""
        lines.append("#   \(comment(reason)): \(shown)\(more)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many people answered; where an identifier repeats, rows are no people.
  private func people(_ plan: DraftPlan) -> String {
    if let counted = plan.counted { return "\(plan.respondents) rows of \(counted) people" }
    guard let persons = plan.persons else { return "\(plan.respondents) respondents" }
    return
      "\(plan.respondents) rows of \(persons.count) people (\(comment(persons.column)) repeats)"
  }

  private func told(_ block: QuestionBlock) -> String {
    // Of a grid whose names hold the whole question it is said once.
    let shared = QuestionBlock.shared(block.members)
    let items = block.members.map { Question.spoken($0) }
    let ends =
      shared.count > 20
      ? "\(shared): \(items.first ?? "") to \(items.last ?? "")"
      : "\(block.members.first ?? "") to \(block.members.last ?? "")"
    switch block.kind {
    case .grid: return "a grid of \(block.members.count) questions on one scale: \(ends)"
    case .loop:
      return
        "a loop of \(block.rounds.count) rounds (\(block.rounds.joined(separator: ", "))): \(ends)"
    }
  }

  private var stem: String {
    let name = files.first?.split(separator: "/").last.map(String.init) ?? "Study"
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return name }
    return String(name[..<point])
  }

  /// A text that can stand in a comment.
  func comment(_ text: String) -> String { DisplayText.escaped(text, limit: 160) }

  private func item(_ entry: DraftPlan.Entry, indent: Int) -> String {
    String(repeating: " ", count: indent)
      + "- \(DraftYAML.text(entry.name)) # \(comment(entry.reason))"
  }

  private func survey(_ plan: DraftPlan) -> [String] {
    var lines = ["survey:"]
    lines.append(
      files.count == 1
        ? "  file: \(DraftYAML.text(files[0]))"
        : "  file: [\(files.map(DraftYAML.text).joined(separator: ", "))]")
    for key in SurveyDeclaration.readingKeys {
      if let value = reading[key] { lines.append("  \(key): \(DraftYAML.text(value))") }
    }
    let single = [("id", plan.id), ("weight", plan.weight), ("frequency", plan.frequency)]
    for (key, entry) in single {
      guard let entry else { continue }
      lines.append("  \(key): \(DraftYAML.text(entry.name)) # \(comment(entry.reason))")
    }
    for (key, entry) in plan.suggestions {
      lines.append("  # \(key): \(comment(entry.name)) # \(comment(entry.reason)); add it if so")
    }
    lines += filters(plan)
    lines += missing(plan)
    if !plan.levels.isEmpty || !plan.steps.isEmpty || !(plan.kinds + plan.graded).isEmpty {
      lines.append("  levels: # lowest first")
      for level in plan.levels {
        lines.append(
          "    \(DraftYAML.text(level.column)): \(texts(level.order)) # \(comment(level.reason))")
      }
      lines += plan.steps.map { step in
        let ends = [step.scale.low, step.scale.high].map { AnswerCode.number($0).text }
        return "    \(DraftYAML.text(step.column)): ordinal # ratings from \(ends[0]) to \(ends[1])"
      }
      lines += plan.kinds.map {
        "    \(DraftYAML.text($0.name)): nominal # \(comment($0.reason))"
      }
      lines += plan.graded.map {
        "    \(DraftYAML.text($0.name)): ordinal # \(comment($0.reason))"
      }
    }
    let labelled = plan.sets.filter {
      !$0.isDeclared && !$0.label.isEmpty && $0.name != $0.delimited?.column
    }
    if !labelled.isEmpty {
      lines.append("  labels:")
      lines += labelled.map { "    \(DraftYAML.text($0.name)): \(DraftYAML.text($0.label))" }
    }
    if plan.promoters != nil || !plan.oneHot.isEmpty { lines.append("  derive:") }
    for question in plan.oneHot {
      let rest = question.rest.map { ", else: \(DraftYAML.text($0))" } ?? ""
      lines += [
        "    # \(question.members.count) columns of 0 and 1 of which no row has two: one question",
        "    \(DraftYAML.text(question.name)): { one_of: \(texts(question.members))\(rest) }",
      ]
    }
    if let promoters = plan.promoters {
      lines += [
        "    # the net promoter score is the share of promoters less that of detractors",
        promoters.answers.isEmpty
          ? "    \(promoters.name): { bands: \(DraftYAML.text(promoters.rating)), at: [0, 7, 9], "
            + "labels: [Detractors, Passives, Promoters], label: NPS group }"
          : net(promoters.name, promoters.rating, promoters.answers),
      ]
    }
    let sets = plan.sets.filter { !$0.isDeclared }
    if !sets.isEmpty { lines.append("  sets:") }
    for set in sets {
      lines.append("    # \(comment(set.reason))")
      if let (column, separator, options) = set.delimited {
        lines.append(
          "    \(DraftYAML.text(set.name)): { column: \(DraftYAML.text(column)), separator: "
            + DraftYAML.quoted(separator) + (options.isEmpty ? " }" : ","))
        if !options.isEmpty { lines.append("      options: \(texts(options)) }") }
      } else {
        lines.append(
          "    \(DraftYAML.text(set.name)): { columns: "
            + "[\(set.members.map(DraftYAML.text).joined(separator: ", "))] }")
      }
    }
    return lines
  }

  /// Promoters of a rating whose answers are not all bare numbers.
  private func net(
    _ name: String, _ rating: String, _ answers: [(text: String, number: Double)]
  ) -> String {
    func some(_ range: ClosedRange<Double>) -> String {
      texts(answers.filter { range.contains($0.number) }.map(\.text))
    }
    return "    \(name): { net: \(DraftYAML.text(rating)), into: { Detractors: \(some(0...6)), "
      + "Passives: \(some(7...8)), Promoters: \(some(9...10)) }, label: NPS group }"
  }

  func texts(_ texts: [String]) -> String {
    "[" + texts.map(DraftYAML.text).joined(separator: ", ") + "]"
  }

  private func missing(_ plan: DraftPlan) -> [String] {
    guard !plan.missing.isEmpty else { return [] }
    var lines = ["  missing:"]
    var rest = plan.missing[...]
    while let first = rest.first {
      func said(_ entry: DraftPlan.MissingEntry) -> [String] { entry.codes.map(\.code) }
      let why = first.codes.first?.why ?? ""
      // Columns side by side with the same codes have one comment.
      let alike = rest.prefix { said($0) == said(first) && $0.codes.first?.why == why }
      let isGroup = alike.count > 2
      if isGroup {
        let count = alike.flatMap(\.codes).reduce(0) { $0 + $1.count }
        lines.append("    # \(comment(why)); \(alike.count) columns, \(count) answers in all:")
      }
      for entry in isGroup ? alike : rest.prefix(1) {
        let codes = entry.codes.map { "\(key($0.code)): \(DraftYAML.text($0.reason))" }
        let counts = entry.codes.map(\.count)
        let answers = counts.map(String.init).joined(separator: " and ")
        let told = "\(why); \(answers) answer\(counts == [1] ? "" : "s")"
        lines.append(
          "    \(key(entry.column)): { \(codes.joined(separator: ", ")) }"
            + (isGroup ? "" : " # \(comment(told))"))
      }
      rest = rest.dropFirst(isGroup ? alike.count : 1)
    }
    return lines
  }

  /// A key; the word for all columns is not the name of one.
  private func key(_ text: String) -> String { DraftYAML.code(text) }

  private func segments(_ plan: DraftPlan) -> [String] {
    var lines = ["segments:"]
    if !plan.active.isEmpty {
      lines.append("  active: # what makes the segments")
      lines += items(plan.active)
      if plan.reduced > 0 {
        lines.append(
          "    # \(plan.active.count) of \(plan.reduced) items: those with which the others go "
            + "together most (squared correlations)")
      }
      for place in plan.batteries.indices where place != plan.main {
        let battery = plan.batteries[place]
        lines.append(
          "    # or: \(texts(battery.members.map(\.columnName))) # \(comment(battery.told))")
      }
    }
    if plan.main != nil {
      lines.append(
        "  # scale_use: center # raw | center | rank | intercept: whether high and low raters count"
      )
    }
    if !plan.passive.isEmpty {
      lines.append("  passive: # what only describes them")
      lines += items(plan.passive)
    }
    let most = max(1, min(8, (plan.persons?.count ?? plan.counted ?? plan.respondents) / 20))
    lines.append("  count: \(most > 1 ? "1-\(most)" : "1") # the number is chosen and explained")
    return lines
  }

  /// Entries with a comment before each section, and each with its wording or reason.
  private func items(_ entries: [DraftPlan.Entry]) -> [String] {
    var lines: [String] = []
    var section = ""
    for entry in entries {
      if entry.section != section, !entry.section.isEmpty {
        lines.append("    # \(comment(entry.section)):")
      }
      section = entry.section
      lines.append(
        entry.reason.isEmpty ? "    - \(DraftYAML.text(entry.name))" : item(entry, indent: 4))
    }
    return lines
  }
}

public import TesseraFiles
internal import TesseraSurvey

/// A study file drafted from a survey: every guess with its reason, ready to be run as it is.
///
/// Roles are recognised by names, wordings, value labels and answers, in English, German, French
/// and Spanish. What could do harm if it were wrong (strata, clusters, weights with gaps) is only
/// suggested in a comment. Before a draft is handed out it is parsed and held against its own
/// survey; a part that does not hold is left out.
public struct StudyDraft: Sendable, Equatable {
  /// The study file.
  public let text: String
  /// Parts that were found but left out, because the survey does not bear them out.
  public let dropped: [String]
  /// The same in a sentence each: what was left out, and what in the survey is against it.
  public let doubts: [String]
  /// What an analyst should know first, such as unfinished interviews.
  public let warnings: [String]
  /// Why columns and sets have their place, by name.
  let reasons: [String: String]
  /// Filters that would settle a warning, each with the warning.
  let filters: [(condition: String, reason: String)]

  /// Drafts a study.
  ///
  /// - Parameters:
  ///   - file: The survey as read.
  ///   - files: How the study is to name the survey's files, relative to where it will stand.
  ///   - title: The title; the first file's name if left out.
  ///   - reading: Reading options to be written under `survey`, by their name in a study.
  /// - Returns: The draft.
  /// - Complexity: O(respondents × columns).
  public static func make(
    from file: SurveyFile, files: [String], title: String? = nil, reading: [String: String] = [:]
  ) -> StudyDraft {
    var plan = RoleGuess.plan(file.survey)
    plan.tellPreviews(file.notices.map(\.message))
    var dropped: [String] = []
    let stages: [(part: String, drop: (inout DraftPlan) -> Void)] = [
      (
        "questions",
        { plan in
          plan.prices = []
          plan.kano = []
          plan.maxDiff = nil
          if let name = plan.promoters?.name { plan.passive.removeAll { $0.name == name } }
          plan.promoters = nil
        }
      ),
      (
        "derive",
        { plan in
          let names = Set(plan.oneHot.map(\.name))
          plan.oneHot = []
          plan.passive.removeAll { names.contains($0.name) }
          plan.sensitive.removeAll { names.contains($0.name) }
        }
      ),
      ("say", { $0.say = [] }), ("needs", { $0.needs = [] }), ("funnel", { $0.funnels = [] }),
      (
        "levels",
        {
          $0.levels = []
          $0.needs = []
        }
      ),
      (
        "sets",
        { plan in
          let names = Set(plan.sets.filter { !$0.isDeclared }.map(\.name))
          plan.sets.removeAll { !$0.isDeclared }
          plan.active.removeAll { names.contains($0.name) }
          plan.passive.removeAll { names.contains($0.name) }
          if let channels = plan.channels, names.contains(channels.name) { plan.channels = nil }
        }
      ),
      ("missing", { $0.missing = [] }),
      (
        "weight",
        {
          $0.weight = nil
          $0.keptFilter = ""
        }
      ),
      ("sensitive", { $0.sensitive = [] }),
    ]
    let writer = DraftWriter(
      files: files, title: title, reading: reading, format: file.format.rawValue,
      columns: file.survey.variables.count)
    var text = writer.text(plan)
    var doubts: [String] = []
    for stage in stages {
      guard let problem = problem(text, file) else { break }
      stage.drop(&plan)
      let shorter = writer.text(plan)
      if shorter != text {
        dropped.append(stage.part)
        let part = partWords[stage.part] ?? stage.part
        doubts.append("the draft leaves out \(part), with which it would not run: \(problem)")
      }
      text = shorter
    }
    return StudyDraft(
      text: text, dropped: dropped, doubts: doubts, warnings: plan.warnings.map(\.sentence),
      reasons: reasons(plan),
      filters: plan.warnings.filter { !$0.filter.isEmpty }.map { ($0.filter, $0.sentence) })
  }

  /// Whether two drafts are the same text.
  public static func == (left: StudyDraft, right: StudyDraft) -> Bool {
    left.text == right.text && left.dropped == right.dropped && left.warnings == right.warnings
  }

  private static func reasons(_ plan: DraftPlan) -> [String: String] {
    var reasons: [String: String] = [:]
    func say(_ name: String, _ reason: String) {
      if !reason.isEmpty, reasons[name] == nil { reasons[name] = reason }
    }
    for entry in [plan.id, plan.weight].compactMap({ $0 }) { say(entry.name, entry.reason) }
    for (place, battery) in plan.batteries.enumerated() where place != plan.main {
      for member in battery.members {
        say(member.columnName, "could make the segments instead: \(battery.told)")
      }
    }
    for level in plan.levels { say(level.column, level.reason) }
    for set in plan.sets { say(set.name, set.reason) }
    for entry in plan.active + plan.passive { say(entry.name, entry.reason) }
    for need in plan.needs { say(need.importance, need.reason) }
    for (key, entry) in plan.suggestions { say(entry.name, "may be \(key): \(entry.reason)") }
    for entry in plan.leftOut { say(entry.name, "not used: \(entry.reason)") }
    return reasons
  }

  private static let partWords = [
    "questions": "prices, Kano's pairs, best-worst tasks and the net promoter score",
    "derive": "new variables (derive)", "say": "words for answers (say)", "needs": "needs",
    "funnel": "steps to a purchase (funnel)", "levels": "orders of answers (levels)",
    "sets": "questions of several answers (sets)", "missing": "codes of no answer (missing)",
    "weight": "the weight", "sensitive": "what is sensitive",
  ]

  /// Why a draft does not parse, or its survey does not bear it out; `nil` if it holds.
  private static func problem(_ text: String, _ file: SurveyFile) -> String? {
    do {
      let study = try StudyFile.parse(text, file: "study.yaml")
      let origin = DeclarationOrigin(study: study, path: "study.yaml")
      let data = try StudyData.make(from: file, declaration: study.survey, origin: origin)
      var names = StudyNameCheck(study: study, data: data, origin: origin)
      try names.check()
      _ = try RatingBinding(study: study, file: file, data: data, origin: origin).bind()
      return nil
    } catch {
      return error.report.message
    }
  }
}

internal import TesseraSurvey

/// Does to a survey what a study declares: new variables, then who stays.
struct Preparation {
  let declaration: PreparationDeclaration
  let origin: DeclarationOrigin

  /// A survey with new variables, and who stays.
  struct Result {
    var survey: Survey
    /// Rows that stay, from 0.
    var rows: [Int]
    var steps: [PreparationStep] = []
    /// The scales on which ratings were turned round or had boxes, by derived variable.
    var scales: [String: RatingScale] = [:]
  }

  /// Makes the derived variables and holds everybody against the filters.
  ///
  /// - Parameter survey: Everybody, with levels, missing codes and sets as declared.
  /// - Returns: The survey with its new variables, all rows still in it.
  /// - Throws: ``StudyError`` `E042x` with the line of the study.
  func run(_ survey: Survey) throws(StudyError) -> Result {
    var result = Result(survey: survey, rows: Array(0..<survey.respondentCount))
    // What is wrong with several of them is told together, what follows from it is not.
    var faults = StudyFaults()
    var failed: Set<String> = []
    for declared in try ordered(survey) {
      guard failed.isDisjoint(with: declared.sources) else {
        failed.insert(declared.name)
        continue
      }
      let derivation = Derivation(data: data(result.survey), origin: origin)
      var declared = declared
      declared.scale = derivation.scale(of: declared)
      if let scale = declared.scale { result.scales[declared.name] = scale }
      let made = declared
      guard
        let variable = faults.take({ () throws(StudyError) in try derivation.make(made) })
      else {
        failed.insert(declared.name)
        continue
      }
      result.survey.put(variable)
      result.steps.append(
        PreparationStep(
          kind: .derive, name: declared.name,
          rule: derivation.data.shown(declared.ruleText, names: declared.conditionNames),
          answered: variable.answers.count - variable.missingCount,
          unknown: variable.missingCount))
    }
    for filter in declaration.filters where failed.isDisjoint(with: filter.names) {
      let known = result.survey
      guard
        let truths = faults.take({ () throws(StudyError) in
          try Derivation.truths(filter.condition, data(known), origin, at: filter.key)
        })
      else { continue }
      guard faults.reports.isEmpty else { continue }
      let before = result.rows.count
      let unknown = result.rows.count {
        truths[$0] != Truth.yes && truths[$0] != Truth.no
      }
      result.rows.removeAll { truths[$0] != Truth.yes }
      result.steps.append(
        PreparationStep(
          kind: .filter, name: filter.name,
          rule: data(known).shown(filter.condition, names: filter.names), people: before,
          removed: before - result.rows.count, unknown: unknown))
      guard result.rows.isEmpty else { continue }
      throw origin.error(
        "E0422", "the filter \"\(DisplayText.escaped(filter.condition, limit: 120))\" keeps nobody",
        at: filter.key,
        hint: "tessera inspect shows the answers of a column; of \(before) people, \(unknown) have "
          + "no answer to it")
    }
    if let quality = declaration.quality {
      var judged = result
      _ = faults.take { () throws(StudyError) in try judge(quality, &judged) }
      result = judged
    }
    try faults.end()
    return result
  }

  /// Counts who fails the rules of quality, and leaves out those whom the study wants left out.
  private func judge(_ quality: QualityDeclaration, _ result: inout Result) throws(StudyError) {
    let rules = QualityRules(
      declared: quality, data: data(result.survey), origin: origin, rows: result.rows)
    let before = result.rows.count
    var score = [Double](repeating: 0, count: result.survey.respondentCount)
    var isRemoved = [Bool](repeating: false, count: score.count)
    for (rule, text, failed) in try rules.flags() {
      let removes = quality.removed.contains(rule)
      for row in result.rows where failed[row] {
        score[row] += 1
        if removes { isRemoved[row] = true }
      }
      result.steps.append(
        PreparationStep(
          kind: .quality, name: rule.rawValue, rule: text, people: before,
          removed: removes ? failed.count { $0 } : 0, answered: failed.count { $0 }))
    }
    result.rows.removeAll { isRemoved[$0] }
    guard !result.rows.isEmpty else {
      throw origin.error(
        "E0422", "the rules of quality remove everybody", at: "survey.quality.remove",
        hint: "take rules out of remove: until the counts are plausible")
    }
    guard result.survey[Self.score] == nil else { return }
    result.survey.put(
      Variable(
        name: Self.score, label: "Rules of quality failed", level: .count,
        answers: .numbers(score)))
  }

  /// The column that counts, for each person, the rules of quality that it fails.
  static let score = "quality_score"

  private func data(_ survey: Survey) -> StudyData {
    StudyData(
      survey: survey, design: .unweighted(survey.respondentCount),
      weightSum: Double(survey.respondentCount), sourceRows: Array(0..<survey.respondentCount))
  }

  /// The derived variables, each behind those that it is made of.
  private func ordered(_ survey: Survey) throws(StudyError) -> [DerivedVariable] {
    for declared in declaration.derived {
      let isTaken =
        survey[declared.name] != nil
        || survey.sets.contains { $0.name.utf8.elementsEqual(declared.name.utf8) }
      guard isTaken else { continue }
      throw origin.error(
        "E0421", "the survey has a column '\(DisplayText.escaped(declared.name))' already",
        at: "survey.derive.\(declared.name)", hint: "give the new variable another name")
    }
    var pending = declaration.derived
    var done: [DerivedVariable] = []
    while !pending.isEmpty {
      let waiting = pending.map(\.name)
      guard
        let next = pending.firstIndex(where: { declared in
          !declared.sources.contains { source in waiting.contains(source) }
        })
      else {
        throw origin.error(
          "E0423", "\(listed(waiting)) are made of each other", at: "survey.derive.\(waiting[0])",
          hint: "a variable cannot be made of itself, not even by way of others")
      }
      done.append(pending.remove(at: next))
    }
    return done
  }
}

/// What one step of the preparation did.
public struct PreparationStep: Sendable, Equatable {
  /// What kind of step it is.
  public enum Kind: String, Sendable {
    /// A variable was made from others.
    case derive
    /// Columns of a second file joined.
    case merge
    /// Answers of several waves stand together.
    case wave
    /// People were left out.
    case filter
    /// People who did not answer in earnest were counted, or left out.
    case quality
    /// Weights were made to fit known shares.
    case weights
  }

  /// What kind of step it is.
  public let kind: Kind
  /// What the study calls it.
  public let name: String
  /// What it does, as the study says it.
  public let rule: String
  /// People before the step, where it removes some.
  public var people: Int?
  /// How many people it removed.
  public var removed: Int?
  /// For how many people a new variable is known.
  public var answered: Int?
  /// For how many the condition, or the new variable, is unknown.
  public var unknown = 0

  /// The step in a sentence.
  public var sentence: String {
    let shown = DisplayText.escaped(rule, limit: 120)
    switch kind {
    case .filter:
      let why = unknown == 0 ? "" : ", \(unknown) of them without an answer to it"
      return "\(removed ?? 0) of \(people ?? 0) people left out by the filter \"\(shown)\"\(why)."
    case .derive:
      let gaps = unknown == 0 ? "" : "; unknown for \(unknown)"
      return "\(DisplayText.escaped(name)) made from \(shown): \(answered ?? 0) people\(gaps)."
    case .quality:
      let fate = removed == 0 ? "counted only" : "left out"
      return "\(answered ?? 0) of \(people ?? 0) people fail \(name) (\(shown)): \(fate)."
    case .merge:
      return "\(answered ?? 0) people found in \(shown); \(unknown) are not there."
    case .weights, .wave: return rule
    }
  }

  /// The step for `run.json`.
  public var json: JSONValue {
    [
      "step": kind.rawValue, "name": name, "rule": rule, "people": people, "removed": removed,
      "answered": answered, "unknown": unknown,
    ]
  }
}

extension DerivedVariable {
  /// What its rule says, for people.
  var ruleText: String {
    func several(_ names: [String]) -> String {
      names.count > 4 ? "\(names.count) items" : names.joined(separator: ", ")
    }
    let onScale =
      scale.map {
        " on a scale of \(AnswerCode.number($0.low).text) to \(AnswerCode.number($0.high).text)"
      } ?? ""
    return switch rule {
    case .bands(let source, let bounds, _):
      "\(source) in bands from " + bounds.map { AnswerCode.number($0).text }.joined(separator: ", ")
    case .net(let source, let nets, _):
      "\(source) in \(nets.count) groups"
    case .mean(let names, let reversed, _):
      "the mean of \(several(names))"
        + (reversed.isEmpty ? "" : " (\(several(reversed)) turned round\(onScale))")
    case .sum(let names, _): "the sum of \(several(names))"
    case .count(let names, let answers):
      "how many of \(several(names))" + (answers.isEmpty ? "" : " are \(several(answers))")
    case .top(let source, let boxes): "the top \(boxes) answers to \(source)\(onScale)"
    case .bottom(let source, let boxes): "the bottom \(boxes) answers to \(source)\(onScale)"
    case .when(let condition): condition
    case .reverse(let source): "\(source) turned round\(onScale)"
    case .oneOf(let names, _): "which of \(several(names)) says yes"
    }
  }
}

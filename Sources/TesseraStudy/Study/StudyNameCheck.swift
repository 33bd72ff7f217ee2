internal import TesseraSurvey

/// Holds the names a study uses against the columns and sets of its survey.
struct StudyNameCheck {
  let study: StudyFile
  let data: StudyData
  let origin: DeclarationOrigin
  var faults = StudyFaults()

  /// Refuses names that do not exist, all of them at once.
  ///
  /// - Throws: ``StudyError`` with the line in the study and the nearest name.
  mutating func check() throws(StudyError) {
    let segments = study.segments
    checkList(segments.active, "segments.active", allowsSets: true)
    checkList(segments.passive, "segments.passive", allowsSets: true)
    checkList(segments.covariates, "segments.covariates", allowsSets: true)
    for name in segments.active + segments.covariates where name == study.survey.id {
      let list = segments.active.contains(name) ? "active" : "covariates"
      faults.add(
        origin.error(
          "E0415", "'\(DisplayText.escaped(name))' is the identifier and cannot make segments",
          at: "segments.\(list)", hint: "take it out of the list"))
    }
    if let given = segments.given { check(given, "segments.given") }
    for need in study.needs {
      for column in need.weight.columns {
        check(column, "needs.\(need.name).\(need.weight.key)")
      }
      if case .maxDiffAnswer = need.weight, study.maxDiff == nil {
        faults.add(
          origin.error(
            "E0613",
            "need '\(DisplayText.escaped(need.name))' is an answer of best-worst tasks, and "
              + "the study declares none", at: "needs.\(need.name).maxdiff",
            hint: "add maxdiff: { best: [COLUMNS], worst: [COLUMNS], shown: 3 } to the study"))
      }
      if let column = need.satisfaction { check(column, "needs.\(need.name).satisfaction") }
    }
    for feature in study.features {
      guard case .burden(let income, _, _) = feature.value else { continue }
      check(income, "features.\(feature.name).value.burden.income")
    }
    checkQuestions()
    checkList(study.values, "values", allowsSets: true)
    checkList(study.channels, "channels", allowsSets: true)
    checkList(study.sensitive, "sensitive", allowsSets: true)
    checkList(study.allowPersonal, "allow_personal", allowsSets: true)
    for name in study.tables?.banner.flatMap(\.names) ?? []
    where name != BannerEntry.segments && data.set(name) == nil {
      check(name, "banner")
    }
    checkList(study.tables?.stub?.map(\.name) ?? [], "stub", allowsSets: true)
    checkSay()
    checkPersonal()
    switch study.funnel {
    case .overall(let steps)?: checkList(steps, "funnel", allowsSets: true)
    case .byProduct(let funnels)?:
      for funnel in funnels {
        checkList(funnel.steps, "funnel.\(funnel.product)", allowsSets: true)
      }
    case nil: break
    }
    try faults.end()
  }

  /// Best-worst tasks, prices, Kano's pairs and drivers.
  private mutating func checkQuestions() {
    for column in (study.maxDiff?.best ?? []) + (study.maxDiff?.worst ?? []) {
      check(column, "maxdiff")
    }
    if let design = study.maxDiff?.design {
      if let version = design.key, !design.isByRespondent {
        check(version, "maxdiff.design.version")
      }
      if design.isByRespondent, study.survey.id == nil {
        faults.add(
          origin.error(
            "E0630", "a design by respondent is matched by identifier, and the survey has none",
            at: "maxdiff.design", hint: "add id: COLUMN under survey:"))
      }
    }
    for column in (study.prices?.columns ?? []) + (study.prices?.intentColumns ?? []) {
      check(column, "price_questions")
    }
    for step in study.priceLadder?.steps ?? [] { check(step.column, "price_ladder.steps") }
    for pair in study.kano {
      check(pair.functional, "kano.\(pair.name).functional")
      check(pair.dysfunctional, "kano.\(pair.name).dysfunctional")
    }
    if let drivers = study.drivers {
      check(drivers.rating, "drivers.rating")
      checkList(drivers.drivers, "drivers.of", allowsSets: false)
    }
  }

  /// Wordings of answers that no column has would never be read.
  private mutating func checkSay() {
    for (column, phrases) in study.say.phrases.sorted(by: { $0.key < $1.key }) {
      guard let variable = data.survey[column] else {
        check(column, "say.\(column)")
        continue
      }
      for answer in phrases.keys.sorted()
      where !Self.answers(of: variable).contains(where: { $0.lowercased() == answer.lowercased() })
      {
        let known = variable.tellableAnswers.prefix(8).map { DisplayText.escaped($0) }
        faults.add(
          origin.error(
            "E0401",
            "'\(DisplayText.escaped(column))' has no answer '\(DisplayText.escaped(answer))'",
            at: "say.\(column).\(answer)",
            hint: known.isEmpty
              ? "tessera inspect tells of its answers"
              : "its answers are \(known.joined(separator: ", "))"))
      }
    }
  }

  /// What a wording may call an answer: its label, or yes and no of a question with 0 and 1.
  private static func answers(of variable: Variable) -> [String] {
    let labels = variable.categories.flatMap { [$0.label, $0.code.text] }
    return Set(labels).isSubset(of: ["0", "1", "0.0", "1.0"]) ? labels + ["Yes", "No"] : labels
  }

  private mutating func checkList(
    _ names: [String], _ key: String, allowsSets: Bool
  ) {
    for (position, name) in names.enumerated() {
      if allowsSets, data.set(name) != nil { continue }
      check(name, "\(key)[\(position)]")
    }
  }

  private mutating func check(_ name: String, _ key: String) {
    guard data.survey[name] == nil else { return }
    guard data.set(name) == nil else {
      return faults.add(
        origin.error(
          "E0401", "'\(DisplayText.escaped(name))' is a set; one column belongs here", at: key,
          hint: "name one of its columns"))
    }
    let known = data.survey.variables.map(\.name) + data.survey.sets.map(\.name)
    faults.add(origin.unknownColumn(name, at: key, among: known))
  }
}

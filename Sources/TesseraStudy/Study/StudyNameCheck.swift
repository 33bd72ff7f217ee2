internal import TesseraSurvey

/// Holds the names a study uses against the columns and sets of its survey.
struct StudyNameCheck {
  let study: StudyFile
  let data: StudyData
  let origin: DeclarationOrigin

  /// Refuses names that do not exist.
  ///
  /// - Throws: ``StudyError`` with the line in the study and the nearest name.
  func check() throws(StudyError) {
    let segments = study.segments
    try checkList(segments.active, "segments.active", allowsSets: true)
    try checkList(segments.passive, "segments.passive", allowsSets: true)
    try checkList(segments.covariates, "segments.covariates", allowsSets: true)
    for name in segments.active + segments.covariates where name == study.survey.id {
      let list = segments.active.contains(name) ? "active" : "covariates"
      throw origin.error(
        "E0415", "'\(DisplayText.escaped(name))' is the identifier and cannot make segments",
        at: "segments.\(list)", hint: "take it out of the list")
    }
    if let given = segments.given { try check(given, "segments.given") }
    for need in study.needs {
      for column in need.weight.columns {
        try check(column, "needs.\(need.name).\(need.weight.key)")
      }
      if case .maxDiffAnswer = need.weight, study.maxDiff == nil {
        throw origin.error(
          "E0613",
          "need '\(DisplayText.escaped(need.name))' is an answer of best-worst tasks, and "
            + "the study declares none", at: "needs.\(need.name).maxdiff",
          hint: "add maxdiff: { best: [COLUMNS], worst: [COLUMNS], shown: 3 } to the study")
      }
      if let column = need.satisfaction { try check(column, "needs.\(need.name).satisfaction") }
    }
    for feature in study.features {
      guard case .burden(let income, _, _) = feature.value else { continue }
      try check(income, "features.\(feature.name).value.burden.income")
    }
    try checkQuestions()
    try checkList(study.values, "values", allowsSets: true)
    try checkList(study.channels, "channels", allowsSets: true)
    try checkList(study.sensitive, "sensitive", allowsSets: true)
    try checkList(study.allowPersonal, "allow_personal", allowsSets: true)
    try checkPersonal()
    switch study.funnel {
    case .overall(let steps)?: try checkList(steps, "funnel", allowsSets: true)
    case .byProduct(let funnels)?:
      for funnel in funnels {
        try checkList(funnel.steps, "funnel.\(funnel.product)", allowsSets: true)
      }
    case nil: break
    }
  }

  /// Best-worst tasks, prices, Kano's pairs and drivers.
  private func checkQuestions() throws(StudyError) {
    for column in (study.maxDiff?.best ?? []) + (study.maxDiff?.worst ?? []) {
      try check(column, "maxdiff")
    }
    if let design = study.maxDiff?.design {
      if let version = design.key, !design.isByRespondent {
        try check(version, "maxdiff.design.version")
      }
      if design.isByRespondent, study.survey.id == nil {
        throw origin.error(
          "E0630", "a design by respondent is matched by identifier, and the survey has none",
          at: "maxdiff.design", hint: "add id: COLUMN under survey:")
      }
    }
    for column in (study.prices?.columns ?? []) + (study.prices?.intentColumns ?? []) {
      try check(column, "price_questions")
    }
    for pair in study.kano {
      try check(pair.functional, "kano.\(pair.name).functional")
      try check(pair.dysfunctional, "kano.\(pair.name).dysfunctional")
    }
    if let drivers = study.drivers {
      try check(drivers.rating, "drivers.rating")
      try checkList(drivers.drivers, "drivers.of", allowsSets: false)
    }
  }

  private func checkList(
    _ names: [String], _ key: String, allowsSets: Bool
  ) throws(StudyError) {
    for (position, name) in names.enumerated() {
      if allowsSets, data.set(name) != nil { continue }
      try check(name, "\(key)[\(position)]")
    }
  }

  private func check(_ name: String, _ key: String) throws(StudyError) {
    guard data.survey[name] == nil else { return }
    if data.set(name) != nil {
      throw origin.error(
        "E0401", "'\(DisplayText.escaped(name))' is a set; one column belongs here", at: key,
        hint: "name one of its columns")
    }
    let known = data.survey.variables.map(\.name) + data.survey.sets.map(\.name)
    throw origin.unknownColumn(name, at: key, among: known)
  }
}

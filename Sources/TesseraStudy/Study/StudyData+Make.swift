public import TesseraFiles
internal import TesseraSurvey

extension StudyData {
  /// Binds a survey to what is declared of it.
  ///
  /// Declared missing codes become missing answers with their reasons, levels and orders are given,
  /// multiple-response sets (the study's and the file's) become 0/1 variables, weights, strata and
  /// clusters become a design, and rows of zero weight are left out and counted.
  ///
  /// - Parameters:
  ///   - file: The survey as read.
  ///   - declaration: What a study or the command line says of it.
  ///   - origin: Where the declarations stand.
  ///   - checksIdentifiers: Whether blank and repeated identifiers are noted.
  /// - Returns: The respondents used, with their design.
  /// - Throws: ``StudyError`` (`E04xx`) naming the line of the study, or of the survey, and the
  ///   column.
  public static func make(
    from file: SurveyFile, declaration: SurveyDeclaration, origin: DeclarationOrigin = .commandLine,
    checksIdentifiers: Bool = true
  ) throws(StudyError) -> StudyData {
    var survey = file.survey.separating(declaration.levels)
    let names = survey.variables.map(\.name)
    var waves: PreparationStep?
    if let wave = declaration.wave {
      waves = try WaveColumn(name: wave, file: file, origin: origin).bind(&survey)
    }
    // What is wrong with names, levels, labels, sets and rules is told together.
    var faults = checkNames(declaration, survey, names, origin)
    let missing = MissingCodes(declaration)
    for variable in survey.variables {
      let applied = missing.applied(to: variable)
      if applied.missing != variable.missing { survey.put(applied) }
    }
    let levels = LevelBinding(file: file, origin: origin)
    for declared in declaration.levels {
      guard let variable = survey[declared.column] else { continue }
      let levelled = faults.take { () throws(StudyError) in
        try levels.applied(to: variable, declared)
      }
      if let levelled { survey.put(levelled) }
    }
    var labelled = survey
    _ = faults.take { () throws(StudyError) in try label(&labelled, declaration, names, origin) }
    survey = labelled
    let columns = survey
    guard
      let bound = faults.take({ () throws(StudyError) in
        try bindSets(declaration, columns, SetBinding(file: file, origin: origin))
      })
    else {
      try faults.end()
      preconditionFailure("a fault ends binding")
    }
    survey = bound
    survey.sets = survey.sets.map { $0.labelled(declaration.labels) }
    let withSets = survey
    let prepared = faults.take { () throws(StudyError) in
      try Preparation(declaration: declaration.preparation, origin: origin).run(withSets)
    }
    try faults.end()
    guard let prepared else { preconditionFailure("a fault ends binding") }
    survey = prepared.survey
    let design = try DesignBinding(
      file: file, survey: survey.adding(columns), origin: origin, candidates: prepared.rows
    ).bind(declaration)
    let steps = [waves].compactMap { $0 } + prepared.steps + [design.fitted?.step].compactMap { $0 }
    var notes = design.notes
    var ids: [String]?
    if let column = declaration.id {
      ids = identifiers(column, &survey, design.rows)
      if checksIdentifiers, let ids {
        var check = IdentifierCheck()
        check.add(ids)
        notes += check.notes(column: column)
      }
    }
    if design.rows.count < survey.respondentCount { survey = survey.selecting(design.rows) }
    let reserved = [
      declaration.id,
      declaration.preparation.raking?.base ?? declaration.weight?.column ?? survey.weightVariable,
      declaration.strata, declaration.cluster, declaration.population,
    ]
    var data = StudyData(
      survey: survey, design: design.design, weightSum: design.weightSum, sourceRows: design.rows,
      ids: ids, notes: notes, reserved: reserved.compactMap { $0 })
    data.preparation = steps
    data.scales = prepared.scales
    return data
  }

  private static func checkNames(
    _ declaration: SurveyDeclaration, _ survey: Survey, _ names: [String],
    _ origin: DeclarationOrigin
  ) -> StudyFaults {
    var faults = StudyFaults()
    let single: [(key: String, column: String?)] = [
      ("survey.id", declaration.id), ("survey.strata", declaration.strata),
      ("survey.cluster", declaration.cluster), ("survey.population", declaration.population),
    ]
    let several =
      declaration.levels.map { (key: "survey.levels.\($0.column)", column: Optional($0.column)) }
      + declaration.missingByColumn.map { (key: "survey.missing.\($0.column)", column: $0.column) }
    for (key, column) in single + several {
      guard let column, survey[column] == nil else { continue }
      if key.hasPrefix("survey.missing."), Double(column) != nil {
        faults.add(
          origin.error(
            "E0401", "there is no column '\(DisplayText.escaped(column))' in the survey", at: key,
            hint: "codes of all columns stand under all: { all: { \(column): REASON } }"))
      } else {
        faults.add(origin.unknownColumn(column, at: key, among: names))
      }
    }
    return faults
  }

  /// Gives columns and the file's own sets the names that readers see.
  private static func label(
    _ survey: inout Survey, _ declaration: SurveyDeclaration, _ names: [String],
    _ origin: DeclarationOrigin
  ) throws(StudyError) {
    let sets = declaration.sets.map(\.name) + survey.sets.map(\.name)
    for declared in declaration.labels {
      if var variable = survey[declared.column] {
        variable.label = declared.label
        survey.put(variable)
      } else if !sets.contains(declared.column) {
        throw origin.unknownColumn(
          declared.column, at: "survey.labels.\(declared.column)", among: names + sets)
      }
    }
    survey.sets = survey.sets.map { $0.labelled(declaration.labels) }
  }

  /// The survey with a 0/1 variable for each answer of each set.
  private static func bindSets(
    _ declaration: SurveyDeclaration, _ survey: Survey, _ binding: SetBinding
  ) throws(StudyError) -> Survey {
    var results: [SetBinding.Result] = []
    for declared in declaration.sets {
      results.append(try binding.bind(declared, in: survey))
    }
    let declared = Set(results.flatMap(\.set.members).map { AnswerCode.text($0) })
    for set in survey.sets
    where !results.contains(where: { $0.set.name.utf8.elementsEqual(set.name.utf8) }) {
      // Where a guessed question ends is for the study to say.
      if !set.isBounded, set.members.contains(where: { declared.contains(.text($0)) }) { continue }
      if let result = try binding.bind(set, in: survey) { results.append(result) }
    }
    let replaced = Set(results.flatMap(\.replaced).map { AnswerCode.text($0) })
    // A platform may write the question over an empty column before its options.
    let heads = Set(results.map { AnswerCode.text($0.set.name) })
    var variables = survey.variables.filter { variable in
      let isHead =
        heads.contains(.text(variable.name)) && variable.missingCount == variable.answers.count
      return !replaced.contains(.text(variable.name)) && !isHead
    }
    var places: [AnswerCode: Int] = [:]
    for (place, variable) in variables.enumerated() { places[.text(variable.name)] = place }
    for result in results {
      guard places[.text(result.set.name)] == nil || result.set.members == [result.set.name] else {
        throw binding.origin.error(
          "E0413", "a set and a column are both called '\(DisplayText.escaped(result.set.name))'",
          at: "survey.sets.\(result.set.name)", hint: "give the set another name")
      }
      for member in result.members {
        if let place = places[.text(member.name)] {
          variables[place] = member
        } else {
          places[.text(member.name)] = variables.count
          variables.append(member)
        }
      }
    }
    return Survey(
      variables: variables, sets: results.map(\.set), weightVariable: survey.weightVariable)
  }

  /// The identifiers as text; the column itself becomes text, and so never an input.
  private static func identifiers(
    _ column: String, _ survey: inout Survey, _ rows: [Int]
  ) -> [String]? {
    guard var variable = survey[column] else { return nil }
    let ids: [String]
    if case .numbers(let numbers) = variable.answers {
      ids = rows.map { numbers[$0].isNaN ? "" : AnswerCode.number(numbers[$0]).text }
    } else {
      let texts = variable.answers.values(of: [""] + variable.categories.map(\.code.text))
      ids = rows.map { texts[$0] }
    }
    variable.level = .text
    survey.put(variable)
    return ids
  }
}

extension Survey {
  /// The survey with the columns that it lacks: a set may have taken the place of a stratum.
  fileprivate func adding(_ other: Survey) -> Survey {
    var result = self
    for variable in other.variables where result[variable.name] == nil { result.put(variable) }
    return result
  }
}

extension MultipleResponseSet {
  /// The set with the label that a study gives it, if it gives one.
  fileprivate func labelled(_ labels: [LabelDeclaration]) -> MultipleResponseSet {
    guard let declared = labels.first(where: { $0.column == name }) else { return self }
    return MultipleResponseSet(
      name: name, label: declared.label, members: members, coding: coding, isBounded: isBounded)
  }
}

import TesseraSurvey

extension SurveyDeclaration {
  /// What new files need: missing codes and sets of the model's columns, and the identifier.
  ///
  /// Levels and orders are left out: the model's own codes say how answers are read, and an answer
  /// that it does not know is counted rather than refused. Weights are left out too, since
  /// everybody is assigned.
  func kept(
    for indicators: [IndicatorEncoding], covariates: [CovariateEncoding], column: String? = nil,
    scales: [String: RatingScale] = [:]
  ) -> SurveyDeclaration {
    var wanted = indicators.map(\.name) + covariates.map(\.name) + [column].compactMap { $0 }
    wanted += indicators.compactMap(\.set)
    var kept = SurveyDeclaration(files: [])
    // Backwards, because a variable may be made of others that were made before it.
    var place = 0
    while place < wanted.count {
      if var made = preparation.derived.first(where: { $0.name == wanted[place] }),
        !kept.preparation.derived.contains(where: { $0.name == made.name })
      {
        // A file of few people must not make a scale of its own.
        made.scale = made.scale ?? scales[made.name]
        kept.preparation.derived.append(made)
        wanted += made.sources
      }
      place += 1
    }
    let names = Set(wanted.map { AnswerCode.text($0) })
    let used = names
    kept.levels = levels.filter { declared in
      kept.preparation.derived.contains { $0.sources.contains(declared.column) }
    }
    kept.id = id
    kept.missingEverywhere = missingEverywhere
    kept.missingByColumn = missingByColumn.filter { names.contains(.text($0.column)) }
    kept.sets = sets.filter { used.contains(.text($0.name)) }.map { set in
      // The usual words for "chosen" need not be named, and then need not occur in a new file.
      if case .delimited(let column, let separator, let options) = set.source {
        // Options that few people chose are in no model, and its file does not name them.
        return SetDeclaration(
          name: set.name,
          source: .delimited(
            column: column, separator: separator,
            options: options.filter { names.contains(.text("\(set.name): \($0)")) }))
      }
      guard case .columns(let columns, let chosen?) = set.source,
        ["1", "yes", "true"].contains(chosen.lowercased())
      else { return set }
      return SetDeclaration(name: set.name, source: .columns(columns, chosen: nil))
    }
    return kept
  }

  /// What a new file must be read by: not the files themselves.
  var json: JSONValue {
    .object(
      [
        ("id", .optional(id)),
        ("missing", .array(missingEverywhere.map(\.json))),
        (
          "missing_by_column",
          .array(
            missingByColumn.map {
              ["column": $0.column, "codes": $0.codes.map(\.json)]
            })
        ),
        (
          "levels",
          .array(
            levels.map {
              ["column": $0.column, "level": $0.level.rawValue, "order": $0.order]
            })
        ),
        ("sets", .array(sets.map(\.json))),
      ]
        + (preparation.derived.isEmpty
          ? [] : [("derive", .object(preparation.derived.map { ($0.name, $0.json) }))]))
  }

  /// Reads what ``json`` wrote.
  init(_ reader: JSONReader) throws(StudyError) {
    self.init(files: [])
    try reader.allow(["id", "missing", "missing_by_column", "levels", "sets", "derive"])
    id = try reader.optionalText("id")
    missingEverywhere = try reader.list("missing", MissingDeclaration.init(_:))
    missingByColumn = try reader.list("missing_by_column") { element throws(StudyError) in
      try element.allow(["column", "codes"])
      return ColumnMissing(
        column: try element.text("column"),
        codes: try element.list("codes", MissingDeclaration.init(_:)))
    }
    levels = try reader.list("levels") { element throws(StudyError) in
      try element.allow(["column", "level", "order"])
      let name = try element.text("level")
      guard let level = MeasurementLevel(rawValue: name) else {
        throw element.fault("'\(name)' is no measurement level")
      }
      return LevelDeclaration(
        column: try element.text("column"), level: level, order: try element.texts("order"))
    }
    sets = try reader.list("sets", SetDeclaration.init(_:))
    guard let derived = reader.value["derive"] else { return }
    let node = StudyNode(json: derived, path: "survey.derive", file: "segments.json")
    for entry in try node.entries("new variables by name") {
      preparation.derived.append(try DerivedVariable(entry: entry))
    }
  }
}

extension MissingDeclaration {
  var json: JSONValue {
    ["code": code, "reason": reason]
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["code", "reason"])
    self.init(code: try reader.text("code"), reason: try reader.optionalText("reason"))
  }
}

extension SetDeclaration {
  var json: JSONValue {
    switch source {
    case .columns(let columns, let chosen):
      ["name": name, "columns": columns, "chosen": chosen]
    case .delimited(let column, let separator, let options):
      .object(
        [
          ("name", .string(name)), ("column", .string(column)),
          ("separator", .string(separator)),
        ] + (options.isEmpty ? [] : [("options", .strings(options))]))
    }
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["name", "columns", "chosen", "column", "separator", "options"])
    let name = try reader.text("name")
    if reader.has("columns") {
      self.init(
        name: name,
        source: .columns(try reader.texts("columns"), chosen: try reader.optionalText("chosen")))
    } else {
      self.init(
        name: name,
        source: .delimited(
          column: try reader.text("column"), separator: try reader.text("separator"),
          options: reader.has("options") ? try reader.texts("options") : []))
    }
  }
}

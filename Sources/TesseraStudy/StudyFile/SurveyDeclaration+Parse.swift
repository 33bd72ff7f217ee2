internal import TesseraSurvey

extension SurveyDeclaration {
  /// Reading options that stand beside the other keys, as on the command line.
  static let readingKeys = [
    "encoding", "delimiter", "quote", "escape", "decimal", "sheet", "format", "header", "salvage",
  ]

  /// Reads what stands under `survey`: a mapping, or the file alone.
  init(_ node: StudyNode) throws(StudyError) {
    if case .text = node.content, !node.isEmpty {
      self.init(files: [try node.text("a file")])
      return
    }
    let fields = try node.fields(
      StudyReference.names(under: "survey"), of: "survey",
      example: "survey: { file: respondents.csv }")
    let file = try fields.required("file", example: "respondents.csv")
    let files = try file.names("a file, a list of files or a pattern", example: "respondents.csv")
    guard !files.isEmpty else {
      throw file.error(.wrongType, "the list of files is empty", hint: "write respondents.csv")
    }
    self.init(files: files)
    var faults = StudyFaults()
    func column(_ key: String) -> String? {
      faults.take { () throws(StudyError) in try fields.text(key, "the name of a column") } ?? nil
    }
    func entries(_ key: String, _ what: String, _ example: String) -> [StudyNode.Entry] {
      guard let node = fields[key] else { return [] }
      return faults.take { () throws(StudyError) in try node.entries(what, example: example) } ?? []
    }
    id = column("id")
    weight = faults.take { () throws(StudyError) in try Self.weight(fields) } ?? nil
    strata = column("strata")
    cluster = column("cluster")
    population = column("population")
    if let rule = fields["lonely_units"] {
      let read = faults.take { () throws(StudyError) in
        try rule.word(SurveyDesign.LonelyUnits.self, "a rule for lonely units")
      }
      if let read { lonelyUnits = read }
    }
    wave = column("wave")
    if let missing = fields["missing"] { readMissing(missing, &faults) }
    levels = faults.each(
      entries(
        "levels", "levels by column", "{ education: [none, school, college], age: numeric }"),
      LevelDeclaration.init)
    labels = faults.each(entries("labels", "labels by column", "{ q1: Age }")) {
      entry throws(StudyError) in
      LabelDeclaration(column: entry.key, label: try entry.value.text("what the column is called"))
    }
    sets = faults.each(
      entries("sets", "sets by name", "{ media: { columns: [tv, web] } }"), SetDeclaration.init)
    if let node = fields["filter"] {
      let read = faults.take { () throws(StudyError) in try FilterDeclaration.read(node) }
      preparation.filters = read ?? []
    }
    preparation.derived = faults.each(
      entries(
        "derive", "new variables by name", "{ age_band: { bands: age, at: [18, 30, 45, 60] } }"),
      DerivedVariable.init(entry:))
    if let node = fields["merge"] {
      let read = faults.take { () throws(StudyError) in try MergeDeclaration.read(node) }
      preparation.merges = read ?? []
    }
    if let node = fields["quality"] {
      preparation.quality = faults.take { () throws(StudyError) in
        try QualityDeclaration(node: node)
      }
    }
    if let node = fields["weights"] {
      let isDouble = weight != nil
      preparation.raking = faults.take { () throws(StudyError) in
        guard !isDouble else {
          throw node.error(
            .conflict, "a survey has weight: or weights:, not both",
            hint: "a weight to begin with goes into weights: { base: COLUMN, ... }")
        }
        return try RakingDeclaration(node: node)
      }
    }
    for key in Self.readingKeys {
      guard let value = fields[key] else { continue }
      reading[key] = faults.take { () throws(StudyError) in try value.text("the reading option") }
    }
    try faults.end()
  }

  private static func weight(
    _ fields: StudyNode.Fields
  ) throws(StudyError) -> WeightDeclaration? {
    let sampling = try fields.text("weight", "the name of a column")
    guard let node = fields["frequency"] else { return sampling.map { .sampling($0) } }
    guard sampling == nil else {
      throw node.error(
        .conflict, "a survey has a weight or a frequency, not both",
        hint: "frequency: for a table of patterns with counts; weight: for sampling weights")
    }
    return .frequency(try node.text("the name of a column"))
  }

  private mutating func readMissing(_ node: StudyNode, _ faults: inout StudyFaults) {
    guard case .map(let entries) = node.content else {
      missingEverywhere =
        faults.take { () throws(StudyError) in try Self.codes(node) } ?? []
      return
    }
    for entry in entries {
      guard let codes = faults.take({ () throws(StudyError) in try Self.codes(entry.value) }) else {
        continue
      }
      if entry.key == "all" {
        missingEverywhere = codes
      } else {
        missingByColumn.append(ColumnMissing(column: entry.key, codes: codes))
      }
    }
  }

  /// Codes with reasons in a mapping, without in a list; one code may stand alone.
  private static func codes(_ node: StudyNode) throws(StudyError) -> [MissingDeclaration] {
    var codes: [MissingDeclaration] = []
    switch node.content {
    case .map(let entries):
      for entry in entries {
        let reason = try entry.value.text("the reason", example: "\(entry.key): refused")
        codes.append(MissingDeclaration(code: entry.key, reason: reason))
      }
    case .list, .text:
      let names = try node.names("codes", example: "[-99, \"Prefer not to say\"]")
      codes = names.map { MissingDeclaration(code: $0, reason: nil) }
    }
    return codes
  }
}

extension LevelDeclaration {
  /// Reads `age: numeric`, or `education: [none, school, college]` for an order.
  init(_ entry: StudyNode.Entry) throws(StudyError) {
    if case .list = entry.value.content {
      let order = try entry.value.names("answers in order", example: "[none, school, college]")
      guard order.count > 1 else {
        throw entry.value.error(
          .range, "an order needs at least two answers", hint: "list them all, lowest first")
      }
      self.init(column: entry.key, level: .ordinal, order: order)
    } else {
      let level = try entry.value.word(MeasurementLevel.self, "a level or a list of answers")
      self.init(column: entry.key, level: level)
    }
  }
}

extension SetDeclaration {
  /// Reads `{ columns: "act_*", chosen: 1 }` or `{ column: q20, separator: ";" }`.
  init(_ entry: StudyNode.Entry) throws(StudyError) {
    let fields = try entry.value.fields(
      StudyReference.names(under: "survey.sets.*"), of: "a set",
      example: "{ columns: \"act_*\", chosen: 1 } or { column: q20, separator: \";\" }")
    if let column = fields["column"] {
      if let other = fields["columns"] ?? fields["chosen"] {
        throw other.error(
          .conflict, "a set has columns, or one column with a separator, not both",
          hint: "keep column and separator where one cell lists several answers")
      }
      let separator = try fields["separator"].map(Self.separator) ?? ";"
      let options = try fields["options"]?.names("the answers on offer", example: "[tv, radio]")
      let source = Source.delimited(
        column: try column.text("the name of a column"), separator: separator,
        options: options ?? [])
      self.init(name: entry.key, source: source)
    } else {
      if let separator = fields["separator"] {
        throw separator.error(
          .conflict, "a separator goes with column:, not with columns:",
          hint: "write column: NAME if one cell lists several answers")
      }
      if let options = fields["options"] {
        throw options.error(
          .conflict, "options go with column:, not with columns:",
          hint: "write column: NAME if one cell lists several answers")
      }
      let columns = try fields.required("columns", example: "\"act_*\"")
      let names = try columns.names("columns or a pattern", example: "\"act_*\" or [tv, radio]")
      guard !names.isEmpty else {
        throw columns.error(.wrongType, "a set needs columns", hint: "write \"act_*\"")
      }
      let chosen = try fields.text("chosen", "the code of a chosen answer")
      self.init(name: entry.key, source: .columns(names, chosen: chosen))
    }
  }

  private static func separator(_ node: StudyNode) throws(StudyError) -> String {
    // A quoted blank is a separator too.
    guard case .text(let text, _) = node.content, !text.isEmpty, !node.isEmpty else {
      throw node.wrongType("what stands between the answers", hint: "write \";\"")
    }
    return text
  }
}

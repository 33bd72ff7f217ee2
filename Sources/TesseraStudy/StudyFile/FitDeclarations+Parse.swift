internal import TesseraSurvey

extension NeedDeclaration {
  /// Reads one entry of `needs`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let fields = try entry.value.fields(
      StudyReference.names(under: "needs.*"), of: "a need",
      example: "\(entry.key): { importance: COLUMN, satisfaction: COLUMN }")
    self.init(
      name: entry.key, label: try fields.text("label", "a label"),
      weight: try NeedWeightSource(fields),
      satisfaction: try fields.text("satisfaction", "a column"),
      scale: try fields["scale"].map(RatingScale.init(node:)),
      combine: try fields["combine"]?.word(Combination.self, "a way to combine features") ?? .mean)
  }
}

extension BarrierDeclaration {
  /// Reads one entry of `barriers`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let fields = try entry.value.fields(
      StudyReference.names(under: "barriers.*"), of: "a barrier",
      example: "\(entry.key): { violated_when: \"price > max_price\" }")
    let violated = try fields.required("violated_when", example: "\"price > max_price\"")
    var strength = 1.0
    if let node = fields["strength"] {
      strength = try node.number("a strength", example: "1")
      guard (0...1).contains(strength) else {
        throw node.error(
          .range, "a strength lies between 0 and 1, found \(node.found)",
          hint: "1 stops everyone it hits; 0.5 stops half")
      }
    }
    self.init(
      name: entry.key, label: try fields.text("label", "a label"),
      violatedWhen: try violated.text("an expression", example: "\"price > max_price\""),
      heldBy: try fields.text("held_by", "an expression"),
      mustBe: try fields.text("must_be", "the name of a pair of Kano's questions"),
      strength: strength)
  }
}

extension EditDeclaration {
  /// Reads one entry of `edits`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let example = "{ product: suv, set: { accel: 7.0 } }"
    let fields = try entry.value.fields(
      StudyReference.names(under: "edits.*"), of: "an edit", example: "\(entry.key): \(example)")
    let set = try fields.required("set", example: "{ FEATURE: LEVEL }")
    var settings: [FeatureSetting] = []
    for setting in try set.entries("new levels by feature", example: "{ accel: 7.0 }") {
      let level = try setting.value.text("a level", example: "a number or the name of a level")
      settings.append(FeatureSetting(feature: setting.key, level: level))
    }
    guard !settings.isEmpty else {
      throw set.error(.missingKey, "an edit must change something", hint: "write \(example)")
    }
    self.init(
      name: entry.key, label: try fields.text("label", "a label"),
      product: try fields.required("product", example: "NAME").text("the name of a product"),
      set: settings, cost: try fields["cost"]?.number("a cost", example: "400"))
  }
}

extension TableDeclaration {
  /// Reads the path of a table, or a small table written into the study.
  init(node: StudyNode) throws(StudyError) {
    let example = "the path of a CSV file"
    guard case .map(let entries) = node.content else {
      self = .file(try node.text("the path of a table", example: example))
      return
    }
    var result: [Row] = []
    for entry in entries {
      var cells: [Cell] = []
      for cell in try entry.value.entries("levels by feature", example: "{ seats: 5 }") {
        let text = cell.value.isEmpty ? "" : try cell.value.text("a level")
        cells.append(
          Cell(feature: cell.key, text: text, place: cell.value.cell, heading: cell.cell))
      }
      result.append(
        Row(name: entry.key, line: entry.line, cells: cells, place: entry.value.cell))
    }
    guard !result.isEmpty else { throw node.wrongType("a table", hint: "write \(example)") }
    self = .inline(result)
  }
}

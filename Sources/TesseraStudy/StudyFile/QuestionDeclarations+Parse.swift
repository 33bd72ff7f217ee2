internal import TesseraSurvey

extension PriceQuestions {
  /// Reads `{ too_cheap: COLUMN, cheap: COLUMN, expensive: COLUMN, too_expensive: COLUMN }`.
  init(node: StudyNode) throws(StudyError) {
    let keys = ["too_cheap", "cheap", "expensive", "too_expensive"]
    let fields = try node.fields(
      keys, of: "the questions about price",
      example: "{ too_cheap: p1, cheap: p2, expensive: p3, too_expensive: p4 }")
    var columns: [String] = []
    for key in keys {
      columns.append(try fields.required(key, example: "COLUMN").text("a column"))
    }
    self.init(
      tooCheap: columns[0], cheap: columns[1], expensive: columns[2], tooExpensive: columns[3])
  }
}

extension KanoQuestions {
  /// Reads one entry of `kano`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let fields = try entry.value.fields(
      ["label", "functional", "dysfunctional"], of: "a pair of Kano's questions",
      example: "\(entry.key): { functional: COLUMN, dysfunctional: COLUMN }")
    self.init(
      name: entry.key, label: try fields.text("label", "a label"),
      functional: try fields.required("functional", example: "COLUMN").text("a column"),
      dysfunctional: try fields.required("dysfunctional", example: "COLUMN").text("a column"))
  }
}

extension DriverDeclaration {
  /// Reads `{ rating: COLUMN, of: [COLUMN, ...] }`.
  init(node: StudyNode) throws(StudyError) {
    let fields = try node.fields(
      ["rating", "of"], of: "drivers", example: "{ rating: overall, of: [sat_room, sat_price] }")
    let rating = try fields.required("rating", example: "COLUMN").text("a column")
    let drivers = try fields["of"]?.names("columns", example: "[sat_room, sat_price]") ?? []
    guard !drivers.contains(rating) else {
      throw node.error(
        .conflict, "the overall rating cannot drive itself", hint: "take it out of the list")
    }
    self.init(rating: rating, drivers: drivers)
  }
}

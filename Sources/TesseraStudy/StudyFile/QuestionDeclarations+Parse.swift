internal import TesseraSurvey

extension PriceQuestions {
  /// Reads `{ too_cheap: COLUMN, cheap: COLUMN, expensive: COLUMN, too_expensive: COLUMN }`.
  init(node: StudyNode) throws(StudyError) {
    let keys = ["too_cheap", "cheap", "expensive", "too_expensive"]
    let fields = try node.fields(
      StudyReference.names(under: "price_questions"),
      of: "the questions about price",
      example: "{ too_cheap: p1, cheap: p2, expensive: p3, too_expensive: p4 }")
    var columns: [String] = []
    for key in keys {
      columns.append(try fields.required(key, example: "COLUMN").text("a column"))
    }
    self.init(
      tooCheap: columns[0], cheap: columns[1], expensive: columns[2], tooExpensive: columns[3])
    range = try fields["range"]?.word(Range.self, "a definition of the range") ?? .original
    intent = try Self.intent(fields)
  }

  /// Both questions on intent, or none.
  private static func intent(_ fields: StudyNode.Fields) throws(StudyError) -> Intent? {
    let chances = try fields["chances"].map(Self.chances)
    let cheap = try fields.text("intent_cheap", "a column")
    let expensive = try fields.text("intent_expensive", "a column")
    guard let cheap, let expensive else {
      let given = ["intent_cheap", "intent_expensive", "chances"].compactMap { fields[$0] }
      guard let first = given.first else { return nil }
      throw first.error(
        .missingKey, "the intent to buy needs both its questions",
        hint: "add intent_cheap: COLUMN and intent_expensive: COLUMN, or take "
          + "\(given.count == 1 ? "it" : "them") out")
    }
    return Intent(cheap: cheap, expensive: expensive, chances: chances)
  }

  /// Reads `{ 5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0 }`.
  private static func chances(_ node: StudyNode) throws(StudyError) -> [Double: Double] {
    let example = "{ 5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0 }"
    var result: [Double: Double] = [:]
    for entry in try node.entries("a chance for each answer", example: example) {
      guard let code = Double(entry.key), code.isFinite else {
        throw entry.value.error(
          .wrongType, "answers on intent are numbers, found '\(DisplayText.escaped(entry.key))'",
          hint: "write \(example)")
      }
      let chance = try entry.value.number("a chance", example: "0.7")
      guard (0...1).contains(chance) else {
        throw entry.value.error(
          .range, "a chance lies from 0 to 1, found \(entry.value.found)", hint: "write 0.7")
      }
      result[code] = chance
    }
    return result
  }
}

extension KanoQuestions {
  /// Reads one entry of `kano`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let fields = try entry.value.fields(
      StudyReference.names(under: "kano.*"), of: "a pair of Kano's questions",
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
      StudyReference.names(under: "drivers"), of: "drivers",
      example: "{ rating: overall, of: [sat_room, sat_price] }")
    let rating = try fields.required("rating", example: "COLUMN").text("a column")
    let drivers = try fields["of"]?.names("columns", example: "[sat_room, sat_price]") ?? []
    guard !drivers.contains(rating) else {
      throw node.error(
        .conflict, "the overall rating cannot drive itself", hint: "take it out of the list")
    }
    self.init(rating: rating, drivers: drivers)
  }
}

extension ReachDeclaration {
  /// Reads `{ force: [tv], exclude: [radio], budget: 50000 }`.
  init(node: StudyNode) throws(StudyError) {
    self.init()
    let fields = try node.fields(
      StudyReference.names(under: "reach"), of: "reach",
      example: "{ force: [tv], exclude: [radio] }")
    force = try fields["force"]?.names("items", example: "[tv]") ?? []
    exclude = try fields["exclude"]?.names("items", example: "[radio]") ?? []
    budget = try fields["budget"].map { node throws(StudyError) in
      try ChannelList.positive(node, "a budget", "50000")
    }
    if let both = force.first(where: exclude.contains) {
      throw node.error(
        .conflict, "'\(DisplayText.escaped(both))' is forced and excluded",
        hint: "take it out of one of the lists")
    }
  }
}

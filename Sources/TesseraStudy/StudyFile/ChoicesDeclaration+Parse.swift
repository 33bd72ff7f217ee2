internal import TesseraSurvey

extension ChoicesDeclaration {
  /// Reads what stands under `choices`: a mapping, or the survey's column alone.
  init(node: StudyNode) throws(StudyError) {
    if case .text = node.content, !node.isEmpty {
      self.init(layout: .survey, chosen: try node.text("the column of the product taken"))
      return
    }
    let fields = try node.fields(
      StudyReference.names(under: "choices"), of: "choices",
      example: "{ file: choices.csv, task: task, chosen: chosen }")
    let file = try fields.text("file", "a file of choices")
    let slots = try fields["slots"].map { node throws(StudyError) in
      try Self.whole(node, 2...1000, "the number of alternatives on a menu", "6")
    }
    let layout = try fields["layout"]?.word(Layout.self, "a layout of choices")
    let assumed: Layout =
      fields["design"] != nil
      ? .design : file == nil ? .survey : slots == nil ? .long : .slots
    let taken = try fields.required("chosen", example: "chosen")
    if layout ?? assumed == .design {
      let answers = try taken.names("a column for each task", example: "[task1, task2]")
      self.init(layout: .design, chosen: answers.first ?? "")
      self.answers = answers
      design = try Self.design(
        fields.required("design", example: "{ file: design.csv, version: version, task: task }"))
    } else {
      self.init(layout: layout ?? assumed, chosen: try taken.text("the name of a column"))
    }
    self.file = file
    self.slots = slots ?? 0
    respondent = try fields.text("respondent", "the name of a column")
    task = try fields.text("task", "the name of a column")
    product = try fields.text("product", "the name of a column")
    features =
      try fields["features"]?.names("columns named like features", example: "[price]") ?? []
    attributes = try fields["attributes"].map(Self.terms) ?? []
    controls = try fields["controls"].map(Self.terms) ?? []
    numeric =
      try fields["numeric"]?.names("attributes that are quantities", example: "[price]") ?? []
    bySegment = try fields["by_segment"]?.names("attributes", example: "[price]") ?? []
    price = try fields.text("price", "the name of an attribute")
    if let node = fields["exposure"] { try readExposure(node) }
    skip =
      try fields["skip"].map { node throws(StudyError) in
        try Self.whole(node, 0...1000, "a number of menus", "7")
      } ?? 0
    folds =
      try fields["folds"].map { node throws(StudyError) in
        try Self.whole(node, 2...1000, "a number of folds", "10")
      } ?? 10
    bar = try fields["bar"]?.word(Bar.self, "a bar") ?? .adds
    latentClasses = try fields["latent_classes"].map(Self.classes)
    try check(fields)
  }

  /// Refuses keys that cannot stand together.
  private func check(_ fields: StudyNode.Fields) throws(StudyError) {
    func conflict(_ key: String, _ message: String, _ hint: String) -> StudyError {
      (fields[key] ?? fields.node).error(.conflict, message, hint: hint)
    }
    if layout == .survey, file != nil {
      throw conflict("layout", "the layout 'survey' has no file of its own", "take file: out")
    }
    if layout != .survey, file == nil {
      throw conflict(
        "layout", "the layout '\(layout.rawValue)' needs the file of choices",
        "add file: choices.csv")
    }
    if layout == .slots, slots == 0 {
      throw conflict("layout", "the layout 'slots' must say how many", "add slots: 6")
    }
    if layout != .slots, slots > 0 {
      throw conflict(
        "slots", "'slots' means nothing in the layout '\(layout.rawValue)'", "take slots: out")
    }
    if layout != .design, let node = fields["design"] {
      throw node.error(
        .conflict, "'design' means nothing in the layout '\(layout.rawValue)'",
        hint: "take design: or layout: out")
    }
    for name in numeric
    where !attributes.contains(where: { $0.name == name || $0.expression == name }) {
      throw conflict(
        "numeric", "'\(DisplayText.escaped(name))' is not an attribute",
        NearestName.question(name, among: attributes.map(\.name)) ?? "name attributes")
    }
    if layout != .long, task != nil {
      throw conflict(
        "task", "'task' means nothing in the layout '\(layout.rawValue)': a row is a menu",
        "take task: out")
    }
    let names = (attributes + controls).map(\.name)
    for (position, name) in names.enumerated() where names[..<position].contains(name) {
      throw conflict(
        "controls", "'\(DisplayText.escaped(name))' is an attribute and a control",
        "name each term once")
    }
  }

  /// Reads `{ file: design.csv, version: version, task: task, alternative: concept }`.
  private static func design(_ node: StudyNode) throws(StudyError) -> DesignFile {
    let example = "{ file: design.csv, version: version, task: task, alternative: concept }"
    let fields = try node.fields(
      StudyReference.names(under: "choices.design"), of: "design",
      example: example)
    let version = try fields.text("version", "the name of a column")
    let respondent = try fields.text("respondent", "the name of a column")
    if version != nil, let both = fields["respondent"] {
      throw both.error(
        .conflict, "a design goes by version or by respondent", hint: "take one of them out")
    }
    return DesignFile(
      file: try fields.required("file", example: "design.csv").text("a file"),
      key: version ?? respondent, isByRespondent: respondent != nil,
      task: try fields.required("task", example: "task").text("the name of a column"),
      alternative: try fields.text("alternative", "the name of a column"),
      none: try fields.text("none", "the answer for none of these"))
  }

  private mutating func readExposure(_ node: StudyNode) throws(StudyError) {
    if case .text = node.content {
      exposureOf = try node.text("a column")
      return
    }
    let fields = try node.fields(
      StudyReference.names(under: "choices.exposure"), of: "exposure",
      example: "{ of: type, where: \"slot = 1\" }")
    exposureOf = try fields.required("of", example: "type").text("the name of a column")
    exposureWhere = try fields.text("where", "a condition")
  }

  /// A list of columns, or expressions by name.
  private static func terms(_ node: StudyNode) throws(StudyError) -> [Term] {
    guard case .map(let entries) = node.content else {
      return try node.names("columns", example: "[price, range]").map {
        Term(name: $0, expression: $0)
      }
    }
    var terms: [Term] = []
    for entry in entries {
      let text = try entry.value.text("an expression", example: "\"range / 100\"")
      terms.append(Term(name: entry.key, expression: text))
    }
    return terms
  }

  /// A number of classes, or `2-4`.
  private static func classes(_ node: StudyNode) throws(StudyError) -> ClosedRange<Int> {
    let text = try node.text("a number of classes or a range", example: "2-4")
    let ends = text.split(separator: "-").map { Int($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count < 3,
      (1...20).contains(first), (first...20).contains(last)
    else {
      throw node.error(
        .range, "expected a number of classes from 1 to 20, or a range, found \(node.found)",
        hint: "write 2-4")
    }
    return first...last
  }

  private static func whole(
    _ node: StudyNode, _ range: ClosedRange<Int>, _ expected: String, _ example: String
  ) throws(StudyError) -> Int {
    let number = try node.number(expected, example: example)
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw node.error(
        .range,
        "expected \(expected) from \(range.lowerBound) to \(range.upperBound), found \(node.found)",
        hint: "write \(example)")
    }
    return whole
  }
}

internal import TesseraSurvey

extension StudyFile {
  /// Reads a study file: YAML, or JSON with the same keys if the file is called `.json`.
  ///
  /// The form is checked throughout (keys, types, ranges); names of columns are bound when the
  /// study is loaded. Anchors, aliases and type tags are refused, and no word is taken for a
  /// boolean, a date or an octal number.
  ///
  /// - Parameters:
  ///   - text: The whole text.
  ///   - file: The file's name, for messages and, without its ending, for a missing title.
  /// - Returns: What the study declares.
  /// - Throws: ``StudyError`` (`E03xx`) naming the line, the keys that lead there, and what to
  ///   write.
  public static func parse(_ text: String, file: String) throws(StudyError) -> StudyFile {
    let root = try StudyNode.parse(text, file: file)
    let fields = try root.fields(
      StudyReference.names(), of: "a study", example: "title: and survey: to begin with")
    let survey = try SurveyDeclaration(
      fields.required("survey", example: "{ file: respondents.csv }"))
    var study = StudyFile(
      title: try fields.text("title", "a title") ?? stem(file), survey: survey,
      segments: try fields["segments"].map(SegmentsDeclaration.init(node:))
        ?? SegmentsDeclaration())
    study.needScale = try fields["need_scale"].map(RatingScale.init(node:))
    study.needs = try named(fields["needs"], "a need", NeedDeclaration.init(entry:))
    study.features = try named(fields["features"], "a feature", FeatureDeclaration.init(entry:))
    study.products = try fields["products"].map(TableDeclaration.init(node:))
    study.relations = try fields["relations"].map(TableDeclaration.init(node:))
    study.barriers = try named(fields["barriers"], "a barrier", BarrierDeclaration.init(entry:))
    study.edits = try named(fields["edits"], "an edit", EditDeclaration.init(entry:))
    if let node = fields["rho"] { study.rho = try exponent(node) }
    study.values = try fields["values"]?.names("columns", example: "[environment, roads]") ?? []
    study.channels = try fields["channels"]?.names("columns or sets", example: "[tv, radio]") ?? []
    study.population = try fields["population"].map(positive)
    study.funnel = try fields["funnel"].map(FunnelDeclaration.init(node:))
    study.choices = try fields["choices"].map(ChoicesDeclaration.init(node:))
    study.maxDiff = try fields["maxdiff"].map(MaxDiffDeclaration.init(node:))
    study.prices = try fields["price_questions"].map(PriceQuestions.init(node:))
    study.kano = try named(fields["kano"], "a pair of questions", KanoQuestions.init(entry:))
    study.drivers = try fields["drivers"].map(DriverDeclaration.init(node:))
    study.privacy = try fields["privacy"].map(Privacy.init(node:))
    study.sensitive =
      try fields["sensitive"]?.names("columns or sets", example: "[religion, health]") ?? []
    study.allowPersonal =
      try fields["allow_personal"]?.names("columns or sets", example: "[postcode]") ?? []
    if let node = fields["reach"] { study.reach = try ReachDeclaration(node: node) }
    study.lines = collectLines(root)
    return study
  }

  /// The line of a key path, or of the nearest key above it that is written.
  ///
  /// - Parameter path: Keys joined by points, such as `needs.carry_toddler.importance`.
  /// - Returns: From 1; `nil` if nothing of it is written.
  public func line(of path: String) -> Int? {
    var path = Substring(path)
    while true {
      if let line = lines[String(path)] { return line }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<cut]
    }
  }

  private static func named<Declaration>(
    _ node: StudyNode?, _ expected: String,
    _ make: (StudyNode.Entry) throws(StudyError) -> Declaration
  ) throws(StudyError) -> [Declaration] {
    var result: [Declaration] = []
    let entries = try node?.entries(
      "a mapping with a name for each", example: "NAME: { ... } for \(expected)")
    for entry in entries ?? [] {
      guard !entry.key.isEmpty else {
        throw entry.value.error(.wrongType, "\(expected) needs a name", line: entry.line)
      }
      result.append(try make(entry))
    }
    return result
  }

  private static func exponent(_ node: StudyNode) throws(StudyError) -> Double {
    let rho = try node.number("a number", example: "1")
    guard (-10...1).contains(rho) else {
      throw node.error(
        .range, "rho must lie between -10 and 1, found \(node.found)",
        hint: "1 is the plain mean of the needs; 0 is the geometric mean")
    }
    return rho
  }

  private static func positive(_ node: StudyNode) throws(StudyError) -> Double {
    let number = try node.number("a number of people", example: "1200000")
    guard number > 0 else {
      throw node.error(.range, "a population must be above 0, found \(node.found)")
    }
    return number
  }

  private static func stem(_ file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return name }
    return String(name[..<point])
  }

  private static func collectLines(_ root: StudyNode) -> [String: Int] {
    var lines: [String: Int] = [:]
    var pending = [root]
    while let node = pending.popLast() {
      switch node.content {
      case .text: break
      case .list(let nodes):
        for child in nodes { lines[child.path] = child.line }
        pending.append(contentsOf: nodes)
      case .map(let entries):
        for entry in entries { lines[entry.value.path] = entry.line }
        pending.append(contentsOf: entries.map(\.value))
      }
    }
    return lines
  }
}

extension RatingScale {
  /// Reads `[1, 5]`.
  init(node: StudyNode) throws(StudyError) {
    let (low, high) = try node.pair("the two ends of a scale", example: "[1, 5]")
    guard low < high else {
      throw node.error(
        .range, "the ends of a scale must rise",
        hint: "write the lower end first; where 1 means \"very\", turn the answers round first")
    }
    self.init(low: low, high: high)
  }
}

extension Privacy {
  /// Reads `standard`, `strict` or `none`.
  init(node: StudyNode) throws(StudyError) {
    let word = try node.text("a level of privacy", example: "standard")
    guard let level = Privacy(rawValue: word) else {
      throw node.error(
        .range, "privacy is standard, strict or none, found \(node.found)",
        hint: "standard hides groups of fewer than ten people; strict also small counts in large "
          + "groups; none hides nothing")
    }
    self = level
  }
}

extension FunnelDeclaration {
  /// Reads a list of steps, or a list for each product.
  init(node: StudyNode) throws(StudyError) {
    let example = "[aware, considered, bought]"
    guard case .map(let entries) = node.content else {
      self = .overall(try Self.steps(node, example))
      return
    }
    var funnels: [ProductFunnel] = []
    for entry in entries {
      funnels.append(
        ProductFunnel(product: entry.key, steps: try Self.steps(entry.value, example)))
    }
    self = .byProduct(funnels)
  }

  private static func steps(
    _ node: StudyNode, _ example: String
  ) throws(StudyError) -> [String] {
    let steps = try node.names("the steps, first to last", example: example)
    guard !steps.isEmpty else {
      throw node.error(.wrongType, "a funnel needs its steps", hint: "write \(example)")
    }
    return steps
  }
}

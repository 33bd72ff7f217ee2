internal import TesseraFiles
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
    try make(from: StudyNode.parse(text, file: file), file: file)
  }

  /// Reads a study: a text, or a workbook with the sheets that `tessera init --excel` writes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - path: Its path.
  /// - Returns: What the study declares.
  /// - Throws: ``StudyError`` (`E03xx`) with all faults, each with its line, or sheet and cell.
  static func read(_ bytes: [UInt8], path: String) throws(StudyError) -> StudyFile {
    if SheetGrid.isWorkbook(path) {
      let (root, faults) = try FormReader.read(path)
      return try make(from: root, file: path, after: faults)
    }
    if let kind = Self.foreignKind(bytes) {
      throw StudyError(
        code: StudyNode.Code.syntax.rawValue, message: "this is \(kind), not a study", file: path,
        hint: "tessera init \(path) drafts a study of it")
    }
    return try parse(StudyBytes.text(bytes, path), file: path)
  }

  /// What a file is whose first bytes are those of a survey or a workbook.
  private static func foreignKind(_ bytes: [UInt8]) -> String? {
    func begins(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
    if begins("PK\u{3}\u{4}") { return "a workbook or another zip archive" }
    if begins("$FL2") || begins("$FL3") { return "an SPSS file" }
    if begins("<stata_dta>") { return "a Stata file" }
    if begins("PAR1") { return "a Parquet file" }
    return nil
  }

  /// Takes a study from its tree, with all faults at once.
  private static func make(
    from tree: StudyNode, file: String, after earlier: StudyFaults = StudyFaults()
  ) throws(StudyError) -> StudyFile {
    let log = FaultLog()
    let root = tree.noting(log)
    var faults = earlier
    let fields = try root.fields(
      StudyReference.names(), of: "a study",
      example: "title: and survey: to begin with; of a survey tessera init FILE drafts a study")
    func part<Value>(
      _ key: String, _ make: (StudyNode) throws(StudyError) -> Value
    ) -> Value? {
      guard let node = fields[key] else { return nil }
      return faults.take { () throws(StudyError) in try make(node) }
    }
    func names(_ key: String, _ what: String, _ example: String) -> [String] {
      part(key) { node throws(StudyError) in try node.names(what, example: example) } ?? []
    }
    let title = part("title") { node throws(StudyError) in try node.text("a title") }
    let survey = faults.take { () throws(StudyError) in
      try SurveyDeclaration(fields.required("survey", example: "{ file: respondents.csv }"))
    }
    let segments = part("segments", SegmentsDeclaration.init(node:))
    var study = StudyFile(
      title: title ?? stem(file), survey: survey ?? SurveyDeclaration(files: []),
      segments: segments ?? SegmentsDeclaration())
    study.needScale = part("need_scale", RatingScale.init(node:))
    study.needs = named(fields["needs"], "a need", &faults, NeedDeclaration.init(entry:))
    study.features = named(
      fields["features"], "a feature", &faults, FeatureDeclaration.init(entry:))
    study.products = part("products", TableDeclaration.init(node:))
    study.relations = part("relations", TableDeclaration.init(node:))
    study.barriers = named(
      fields["barriers"], "a barrier", &faults, BarrierDeclaration.init(entry:))
    study.edits = named(fields["edits"], "an edit", &faults, EditDeclaration.init(entry:))
    if let rho = part("rho", exponent) { study.rho = rho }
    study.values = names("values", "columns", "[environment, roads]")
    if let channels = part("channels", ChannelList.init(node:)) {
      (study.channels, study.channelCosts) = (channels.names, channels.costs)
    }
    study.population = part("population", positive)
    study.funnel = part("funnel", FunnelDeclaration.init(node:))
    study.choices = part("choices", ChoicesDeclaration.init(node:))
    study.maxDiff = part("maxdiff", MaxDiffDeclaration.init(node:))
    study.prices = part("price_questions", PriceQuestions.init(node:))
    study.priceLadder = part("price_ladder", PriceLadder.init(node:))
    study.market = part("market", MarketDeclaration.init(node:))
    study.scenarios = named(
      fields["scenarios"], "a scenario", &faults, ScenarioDeclaration.init(entry:))
    study.kano = named(fields["kano"], "a pair of questions", &faults, KanoQuestions.init(entry:))
    study.drivers = part("drivers", DriverDeclaration.init(node:))
    study.privacy = part("privacy", Privacy.init(node:))
    study.sensitive = names("sensitive", "columns or sets", "[religion, health]")
    study.allowPersonal = names("allow_personal", "columns or sets", "[postcode]")
    if let reach = part("reach", ReachDeclaration.init(node:)) { study.reach = reach }
    if let say = part("say", StudyWordings.init(node:)) { study.say = say }
    study.tables =
      faults.take { () throws(StudyError) in
        try TablesDeclaration(banner: fields["banner"], stub: fields["stub"])
      } ?? nil
    faults.add(log.faults)
    faults.dropFollowers(isForm: !earlier.reports.isEmpty)
    try faults.end()
    (study.lines, study.cells) = places(root)
    return study
  }

  /// The line of a key path, or of the nearest key above it that is written.
  ///
  /// - Parameter path: Keys joined by points, such as `needs.carry_toddler.importance`.
  /// - Returns: From 1; `nil` if nothing of it is written.
  public func line(of path: String) -> Int? { nearest(path, in: lines) }

  /// Sheet and cell of a key path, or of the nearest key above it that is written.
  ///
  /// - Parameter path: Keys joined by points.
  /// - Returns: Such as `Needs!C4`; `nil` where no workbook holds the study.
  public func cell(of path: String) -> String? { nearest(path, in: cells) }

  private func nearest<Place>(_ path: String, in places: [String: Place]) -> Place? {
    var path = Substring(path)
    while true {
      if let place = places[String(path)] { return place }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<cut]
    }
  }

  private static func named<Declaration>(
    _ node: StudyNode?, _ expected: String, _ faults: inout StudyFaults,
    _ make: (StudyNode.Entry) throws(StudyError) -> Declaration
  ) -> [Declaration] {
    guard let node else { return [] }
    let entries = faults.take { () throws(StudyError) in
      try node.entries("a mapping with a name for each", example: "NAME: { ... } for \(expected)")
    }
    return faults.each(entries ?? []) { entry throws(StudyError) in
      guard !entry.key.isEmpty else {
        throw entry.value.error(.wrongType, "\(expected) needs a name", line: entry.line)
      }
      return try make(entry)
    }
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

  private static func places(
    _ root: StudyNode
  ) -> (lines: [String: Int], cells: [String: String]) {
    var lines: [String: Int] = [:]
    var cells: [String: String] = [:]
    var pending = [root]
    while let node = pending.popLast() {
      switch node.content {
      case .text: break
      case .list(let nodes):
        for child in nodes {
          lines[child.path] = child.line
          cells[child.path] = child.cell
        }
        pending.append(contentsOf: nodes)
      case .map(let entries):
        for entry in entries {
          lines[entry.value.path] = entry.line
          cells[entry.value.path] = entry.value.cell ?? entry.cell
        }
        pending.append(contentsOf: entries.map(\.value))
      }
    }
    return (lines, cells)
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

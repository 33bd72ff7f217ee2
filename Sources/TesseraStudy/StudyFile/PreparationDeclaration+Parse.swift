extension FilterDeclaration {
  /// Reads a condition, or a mapping with a name for each.
  static func read(_ node: StudyNode) throws(StudyError) -> [FilterDeclaration] {
    let example = "\"status = complete\" or { complete: \"status = complete\" }"
    guard case .map(let entries) = node.content else {
      let text = try node.text("a condition", example: example)
      return [FilterDeclaration(name: "filter", condition: text, key: node.path)]
    }
    var filters: [FilterDeclaration] = []
    for entry in entries {
      let text = try entry.value.text("a condition", example: "\"age >= 18\"")
      filters.append(FilterDeclaration(name: entry.key, condition: text, key: entry.value.path))
    }
    return filters
  }
}

extension DerivedVariable {
  private static let ruleKeys = [
    "bands", "net", "mean", "sum", "count", "top", "bottom", "when", "reverse",
    "one_of",
  ]

  /// Which other keys go with a rule.
  private static let otherKeys: [String: [String]] = [
    "bands": ["at", "labels"], "net": ["into", "else"], "mean": ["reverse", "at_least", "scale"],
    "sum": ["at_least"], "count": ["of"], "top": ["boxes", "scale"], "bottom": ["boxes", "scale"],
    "reverse": ["scale"],
    "one_of": ["else"],
  ]

  /// Every key that some rule takes.
  static var allKeys: Set<String> {
    Set(ruleKeys + otherKeys.values.flatMap { $0 } + ["label"])
  }

  /// Reads `age_band: { bands: age, at: [18, 30, 45, 60] }` and its like.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let node = entry.value
    let example = "{ bands: age, at: [18, 30, 45, 60] } or { when: \"children > 0\" }"
    let written = try node.entries("how the variable is made", example: example).map(\.key)
    // A mean may turn some of its items round: there `reverse` is no rule of its own.
    guard let rule = Self.ruleKeys.first(where: written.contains) else {
      throw node.error(
        .missingKey, "a derived variable must say how it is made",
        hint: "write one of \(Self.ruleKeys.joined(separator: ", ")); for example \(example)",
        line: entry.line)
    }
    let fields = try node.fields(
      [rule, "label"] + (Self.otherKeys[rule] ?? []), of: "a variable made by \(rule)",
      example: example)
    self.init(
      name: entry.key, label: try fields.text("label", "what readers see") ?? "",
      rule: try Self.rule(rule, fields), scale: try Self.scale(fields))
  }

  /// `scale: [1, 5]`.
  private static func scale(_ fields: StudyNode.Fields) throws(StudyError) -> RatingScale? {
    guard let node = fields["scale"] else { return nil }
    let (low, high) = try node.pair("the lowest and the highest answer on offer", example: "[1, 5]")
    guard low < high, low == low.rounded(), high == high.rounded() else {
      throw node.error(
        .range, "a scale runs from a whole number to a higher one", hint: "write scale: [1, 5]")
    }
    return RatingScale(low: low, high: high)
  }

  private static func rule(
    _ key: String, _ fields: StudyNode.Fields
  ) throws(StudyError) -> Rule {
    let source = try fields.required(key, example: "COLUMN")
    func column() throws(StudyError) -> String { try source.text("the name of a column") }
    switch key {
    case "bands":
      return try bands(of: column(), fields)
    case "net":
      let into = try fields.required("into", example: "{ North: [1, 2], South: [3, 4] }")
      var nets: [Net] = []
      for net in try into.entries("answers by new name", example: "{ North: [1, 2] }") {
        nets.append(
          Net(label: net.key, answers: try net.value.names("answers", example: "[1, 2]")))
      }
      guard !nets.isEmpty else {
        throw into.error(.wrongType, "a net needs names", hint: "write { North: [1, 2] }")
      }
      return .net(
        of: try column(), into: nets, rest: try fields.text("else", "a name for all others"))
    case "mean":
      let items = try source.names("columns or a set", example: "[q5_1, q5_2]")
      let reversed = try fields["reverse"]?.names("columns", example: "[q5_3]") ?? []
      if let stray = reversed.first(where: { !items.contains($0) }) {
        throw (fields["reverse"] ?? source).error(
          .conflict, "'\(stray)' is turned round but is not one of the items of the mean",
          hint: "add it to mean: [...]")
      }
      return .mean(of: items, reversed: reversed, atLeast: try atLeast(fields, items.count))
    case "sum":
      let items = try source.names("columns or a set", example: "[spend_1, spend_2]")
      return .sum(of: items, atLeast: try atLeast(fields, items.count))
    case "count":
      return .count(
        of: try source.names("columns or a set", example: "[q7_1, q7_2] or media"),
        answers: try fields["of"]?.names("answers that count", example: "[4, 5]") ?? [])
    case "top": return .top(of: try column(), boxes: try boxes(fields))
    case "bottom": return .bottom(of: try column(), boxes: try boxes(fields))
    case "one_of":
      let columns = try source.names("columns or a set", example: "[drive, bike, walk]")
      return .oneOf(columns, rest: try fields.text("else", "a name for where none says yes"))
    case "when": return .when(try source.text("a condition", example: "\"children > 0\""))
    default: return .reverse(of: try column())
    }
  }

  private static func bands(
    of column: String, _ fields: StudyNode.Fields
  ) throws(StudyError) -> Rule {
    let node = try fields.required("at", example: "[18, 30, 45, 60]")
    var bounds: [Double] = []
    for bound in try node.list("where bands begin", example: "[18, 30, 45, 60]") {
      bounds.append(try bound.number("a number"))
    }
    guard !bounds.isEmpty, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw node.error(
        .range, "the bounds of bands must rise", hint: "write for example [18, 30, 45, 60]")
    }
    let labels = try fields["labels"]?.names("a label for each band", example: "[young, old]") ?? []
    guard labels.isEmpty || labels.count == bounds.count else {
      throw (fields["labels"] ?? node).error(
        .conflict, "\(bounds.count) bands have \(labels.count) labels",
        hint: "give a label for each bound: the last band has no upper end")
    }
    return .bands(of: column, from: bounds, labels: labels)
  }

  private static func atLeast(
    _ fields: StudyNode.Fields, _ count: Int
  ) throws(StudyError) -> Int {
    guard let node = fields["at_least"] else { return 1 }
    let number = try node.number("how many answers are needed", example: "2")
    guard number >= 1, number == number.rounded(), number <= 1e6 else {
      throw node.error(.range, "at_least is a whole number from 1", hint: "write at_least: 2")
    }
    return Int(number)
  }

  private static func boxes(_ fields: StudyNode.Fields) throws(StudyError) -> Int {
    guard let node = fields["boxes"] else { return 2 }
    let number = try node.number("how many answers", example: "2")
    guard number >= 1, number == number.rounded(), number < 100 else {
      throw node.error(.range, "boxes is a whole number from 1", hint: "write boxes: 2")
    }
    return Int(number)
  }
}

extension RakingDeclaration {
  /// Reads `{ base: weight, targets: { gender: { F: 0.51, M: 0.49 } }, trim: [0.3, 3] }`.
  init(node: StudyNode) throws(StudyError) {
    let example = "{ targets: { gender: { F: 0.51, M: 0.49 } } }"
    let fields = try node.fields(
      StudyReference.names(under: "survey.weights"), of: "weights", example: example)
    let targetNode = try fields.required("targets", example: "{ gender: { F: 0.51, M: 0.49 } }")
    var targets: [RakingTarget] = []
    var file: String?
    if case .text = targetNode.content, !targetNode.isEmpty {
      file = try targetNode.text("a file of targets", example: "targets.csv")
    } else {
      for entry in try targetNode.entries("shares by variable", example: example) {
        targets.append(try RakingTarget(entry: entry))
      }
      guard !targets.isEmpty else {
        throw targetNode.error(.wrongType, "there are no targets", hint: "write \(example)")
      }
    }
    var trim: ClosedRange<Double>?
    if let bounds = fields["trim"] {
      let (low, high) = try bounds.pair("the two bounds of a weight", example: "[0.3, 3]")
      guard low > 0, low < 1, high > 1 else {
        throw bounds.error(
          .range, "the bounds lie around 1, the mean weight", hint: "write for example [0.3, 3]")
      }
      trim = low...high
    }
    var keeps = false
    if let missing = fields["missing"] {
      guard try missing.text("keep", example: "keep") == "keep" else {
        throw missing.error(
          .unknownWord, "missing: can only be keep", hint: "leave it out to refuse gaps")
      }
      keeps = true
    }
    self.init(
      base: try fields.text("base", "the name of a column"), targets: targets, file: file,
      trim: trim, keepsMissing: keeps)
  }
}

extension RakingTarget {
  fileprivate init(entry: StudyNode.Entry) throws(StudyError) {
    if case .text = entry.value.content, !entry.value.isEmpty {
      self.init(
        variable: entry.key, values: [],
        file: try entry.value.text("a file of targets", example: "targets.csv"))
      return
    }
    var values: [(answer: String, value: Double)] = []
    for share in try entry.value.entries(
      "shares or totals by answer", example: "{ F: 0.51, M: 0.49 }")
    {
      let value = try share.value.number("a share or a total", example: "0.51")
      guard value > 0 else {
        throw share.value.error(
          .range, "a target must be above 0", hint: "leave out answers that nobody may give")
      }
      values.append((share.key, value))
    }
    guard values.count > 1 else {
      throw entry.value.error(
        .range, "the target '\(entry.key)' needs two answers or more",
        hint: "write { F: 0.51, M: 0.49 }", line: entry.line)
    }
    self.init(variable: entry.key, values: values, file: nil)
  }
}

extension QualityDeclaration {
  /// Reads `{ speeders: { seconds: duration, below: 0.33 }, checks: { a1: agree }, remove: [checks] }`.
  init(node: StudyNode) throws(StudyError) {
    let example = "{ checks: { attention1: agree }, remove: [checks] }"
    let known = Rule.allCases.map(\.rawValue)
    let fields = try node.fields(
      StudyReference.names(under: "survey.quality"), of: "quality", example: example)
    if let node = fields["speeders"] {
      let example = "{ seconds: duration, below: 0.33 }"
      let speed = try node.fields(["seconds", "below"], of: "speeders", example: example)
      let below = try speed["below"]?.number("a part of the median", example: "0.33") ?? 1.0 / 3
      guard below > 0, below < 1 else {
        throw node.error(
          .range, "below is a part of the median, between 0 and 1", hint: "write \(example)")
      }
      let seconds = try speed.required("seconds", example: "duration")
      speeders = (try seconds.text("the name of a column"), below)
    }
    battery =
      try fields["straight_liners"]?.names("columns or a set", example: "[q5_1, q5_2]") ?? []
    for entry in try fields["checks"]?.entries("right answers by column", example: example) ?? [] {
      checks.append((entry.key, try entry.value.text("the right answer")))
    }
    for entry in try fields["contradictions"]?.entries(
      "conditions by name", example: "{ ages: \"kids > 0 and age < 14\" }") ?? []
    {
      contradictions.append((entry.key, try entry.value.text("a condition")))
    }
    duplicates = try fields["duplicates"]?.names("columns or a set", example: "[q1, q2, q3]") ?? []
    guard let node = fields["remove"] else { return }
    for name in try node.names("rules", example: "[checks]") {
      guard let rule = Rule(rawValue: name) else {
        throw node.unknownWord(name, "a rule of quality", known)
      }
      guard fields[name] != nil else {
        throw node.error(
          .conflict, "the rule '\(name)' is to remove people but is not declared",
          hint: "declare \(name): beside remove:")
      }
      removed.append(rule)
    }
  }
}

extension MergeDeclaration {
  /// Reads one mapping, or a list of them.
  static func read(_ node: StudyNode) throws(StudyError) -> [MergeDeclaration] {
    guard case .list(let nodes) = node.content else { return [try MergeDeclaration(node: node)] }
    var merges: [MergeDeclaration] = []
    for node in nodes { merges.append(try MergeDeclaration(node: node)) }
    return merges
  }

  /// Reads `{ file: crm.csv, by: respondent, columns: [tenure, spend] }`.
  private init(node: StudyNode) throws(StudyError) {
    let example = "{ file: crm.csv, by: respondent, columns: [tenure, spend] }"
    let fields = try node.fields(
      StudyReference.names(under: "survey.merge"), of: "merge", example: example)
    let by = try fields.required("by", example: "respondent").text("the survey's identifier")
    self.init(
      file: try fields.required("file", example: "crm.csv").text("a file"), by: by,
      key: try fields.text("key", "the identifier in the second file") ?? by,
      columns: try fields["columns"]?.names("columns", example: "[tenure, spend]") ?? [])
  }
}

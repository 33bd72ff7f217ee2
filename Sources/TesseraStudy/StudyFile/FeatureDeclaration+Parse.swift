internal import TesseraSurvey

extension FeatureDeclaration {
  /// Reads one entry of `features`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let example = "\(entry.key): { value: { linear: [0, 10] } }"
    let fields = try entry.value.fields(
      StudyReference.names(under: "features.*"), of: "a feature", example: example)
    let value: ValueFunction
    switch (fields["value"], fields["levels"]) {
    case (let node?, nil): value = try ValueFunction(node: node)
    case (nil, let node?): value = try ValueFunction(levels: node)
    case (_?, let node?):
      throw node.error(
        .conflict, "a feature has a value or levels, not both", hint: "keep the one you mean")
    case (nil, nil):
      throw entry.value.error(
        .missingKey, "a feature must say what its levels are worth: 'value' or 'levels'",
        hint: "write \(example)", line: entry.line)
    }
    self.init(
      name: entry.key, label: try fields.text("label", "a label"),
      unit: try fields.text("unit", "a unit") ?? "", value: value)
    if let node = fields["range"] { range = try Self.range(node, of: value) }
    if let node = fields["cost"] {
      if case .text = node.content, !node.isEmpty {
        costPerUnit = try Self.costPerUnit(node, of: value)
        return
      }
      for entry in try node.entries("what levels cost", example: "{ 4: 0, 5: 300 }") {
        costs.append(
          LevelCost(level: entry.key, cost: try entry.value.number("a cost", example: "300")))
      }
      try Self.check(costs, value, node)
    }
  }

  /// Reads `[FROM, TO, STEP]`.
  private static func range(
    _ node: StudyNode, of value: ValueFunction
  ) throws(StudyError) -> CandidateRange {
    let example = "[4, 8, 1]"
    if case .levels = value {
      throw node.error(
        .conflict, "a range is for numbers, and this feature has named levels",
        hint: "leave it out: all its levels are tried")
    }
    let items = try node.list("three numbers", example: example)
    var numbers: [Double] = []
    for item in items { numbers.append(try item.number("a number", example: example)) }
    guard numbers.count == 3, numbers[0] < numbers[1], numbers[2] > 0,
      (numbers[1] - numbers[0]) / numbers[2] <= 100
    else {
      throw node.error(
        .range, "a range is a lower end, a higher end and a step, at most 100 steps",
        hint: "write \(example)")
    }
    return CandidateRange(from: numbers[0], to: numbers[1], step: numbers[2])
  }

  /// Reads what one unit more costs.
  private static func costPerUnit(
    _ node: StudyNode, of value: ValueFunction
  ) throws(StudyError) -> Double {
    if case .levels(let levels) = value {
      let example = levels.last.map { "{ \($0.name): 90 }" } ?? "{ best: 90 }"
      throw node.error(
        .conflict, "this feature has named levels, so there is no cost of one unit",
        hint: "write what levels cost, such as \(example)")
    }
    return try node.number("a cost of one unit more", example: "120")
  }

  private static func check(
    _ costs: [LevelCost], _ value: ValueFunction, _ node: StudyNode
  ) throws(StudyError) {
    for one in costs {
      if case .levels(let levels) = value {
        guard !levels.contains(where: { $0.name == one.level }) else { continue }
        throw node.error(
          .unknownWord, "the feature has no level '\(one.level)'",
          hint: "its levels are \(levels.map(\.name).joined(separator: ", "))")
      } else if Double(one.level) == nil {
        throw node.error(
          .wrongType, "'\(one.level)' is not a number, as the levels of this feature are",
          hint: "write { 4: 0, 5: 300 }")
      }
    }
  }
}

extension ValueFunction {
  private static let kinds = [
    "linear", "target", "threshold", "diminishing", "rate", "levels", "burden",
  ]

  /// Reads `{ linear: [2, 5] }` and its relatives.
  init(node: StudyNode) throws(StudyError) {
    let fields = try node.fields(
      Self.kinds, of: "a value", example: "{ linear: [WORST, BEST] }")
    guard fields.entries.count == 1, let entry = fields.entries.first else {
      throw node.error(
        .conflict, "a value is exactly one of \(Self.kinds.joined(separator: ", "))",
        hint: "write { linear: [WORST, BEST] }")
    }
    let value = entry.value
    switch entry.key {
    case "linear":
      let (worst, best) = try value.pair("two levels", example: "[WORST, BEST]")
      guard worst != best else {
        throw value.error(.range, "worst and best must differ", hint: "write [WORST, BEST]")
      }
      self = .linear(worst, best)
    case "target":
      let (target, tolerance) = try value.pair("two numbers", example: "[LEVEL, TOLERANCE]")
      try Self.require(tolerance > 0, value, "a tolerance must be above 0", "[20, 5]")
      self = .target(target, tolerance: tolerance)
    case "threshold":
      let (level, ramp) = try value.pair("two numbers", example: "[LEVEL, RAMP]")
      try Self.require(ramp >= 0, value, "a ramp must be 0 or more", "[20, 5]")
      self = .threshold(level, ramp: ramp)
    case "diminishing": self = try Self.diminishing(value)
    case "rate": self = try Self.rate(value)
    case "levels": self = try ValueFunction(levels: value)
    case "burden": self = try Self.burden(value)
    default: throw value.unknownKey(entry, of: "a value", known: Self.kinds)
    }
  }

  /// Reads `{ none: 0, tight: 0.5, comfortable: 1 }`, worst to best as listed.
  init(levels node: StudyNode) throws(StudyError) {
    let example = "{ none: 0, tight: 0.5, comfortable: 1 }"
    var levels: [NamedLevel] = []
    for entry in try node.entries("named levels with their values", example: example) {
      levels.append(NamedLevel(name: entry.key, value: try Self.share(entry.value)))
    }
    try Self.require(!levels.isEmpty, node, "named levels are missing", example)
    self = .levels(levels)
  }

  private static func diminishing(_ node: StudyNode) throws(StudyError) -> ValueFunction {
    let example = "[[10, 0], [30, 0.8], [50, 1]]"
    if case .map = node.content {
      let fields = try node.fields(["rate"], of: "diminishing", example: example)
      return try rate(fields.required("rate", example: "[FROM, SCALE]"))
    }
    var knots: [Knot] = []
    for pair in try node.list("knots of level and value", example: example) {
      let (level, value) = try pair.pair("a level and its value", example: "[30, 0.8]")
      try require((0...1).contains(value), pair, "a value lies between 0 and 1", "[30, 0.8]")
      try require(
        knots.last.map { $0.level < level } ?? true, pair, "levels of knots must rise", example)
      knots.append(Knot(level: level, value: value))
    }
    try require(knots.count > 1, node, "at least two knots are needed", example)
    return .knots(knots)
  }

  private static func rate(_ node: StudyNode) throws(StudyError) -> ValueFunction {
    let (from, scale) = try node.pair("two numbers", example: "[FROM, SCALE]")
    try require(scale > 0, node, "the scale must be above 0", "[10, 20]")
    return .rate(from: from, scale: scale)
  }

  private static func burden(_ node: StudyNode) throws(StudyError) -> ValueFunction {
    let example = "{ income: COLUMN, full_at: 0.4, zero_at: 1.0 }"
    let fields = try node.fields(
      StudyReference.names(under: "features.*.value.burden"), of: "a burden", example: example)
    let income = try fields.required("income", example: "COLUMN").text("a column")
    let full = try fields.required("full_at", example: "0.4").number("a share of income")
    let zero = try fields.required("zero_at", example: "1.0").number("a share of income")
    try require(full >= 0 && full < zero, node, "zero_at must be above full_at", example)
    return .burden(income: income, fullAt: full, zeroAt: zero)
  }

  private static func share(_ node: StudyNode) throws(StudyError) -> Double {
    let value = try node.number("a value from 0 to 1", example: "0.5")
    try require((0...1).contains(value), node, "a value lies between 0 and 1", "0.5")
    return value
  }

  private static func require(
    _ holds: Bool, _ node: StudyNode, _ message: String, _ example: String
  ) throws(StudyError) {
    guard holds else {
      throw node.error(.range, "\(message)", hint: "write, for example, \(example)")
    }
  }
}

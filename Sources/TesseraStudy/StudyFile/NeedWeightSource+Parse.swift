internal import TesseraSurvey

extension NeedWeightSource {
  /// The keys of which a need has exactly one.
  static let keys = ["importance", "top2", "maxdiff", "rank", "points", "ticked", "assumed"]

  /// Reads what a need says of its weight.
  init(_ fields: StudyNode.Fields) throws(StudyError) {
    let given = Self.keys.filter { fields[$0] != nil }
    guard given.count < 2 else {
      throw fields.node.error(
        .conflict, "a need takes its weight from one of \(given.joined(separator: ", "))",
        hint: "keep the one you mean")
    }
    guard let key = given.first, let node = fields[key] else {
      throw fields.node.error(
        .missingKey, "a need must say its 'importance'",
        hint: "add importance: COLUMN, or one of \(Self.keys.dropFirst().joined(separator: ", "))")
    }
    switch key {
    case "importance": self = .importance(try node.text("a column"))
    case "top2": self = .topTwo(try node.text("a column"))
    case "rank": self = .rank(try node.text("a column"))
    case "points": self = .points(try node.text("a column"))
    case "ticked":
      self = .ticked(
        try node.text("a column or a statement", example: "\"pains includes child_seat\""))
    case "assumed":
      let weight = try node.number("a weight", example: "3")
      guard weight >= 0 else {
        throw node.error(.range, "a weight must be 0 or more, found \(node.found)")
      }
      self = .assumed(weight)
    default: self = try Self.maxDiff(node)
    }
  }

  private static func maxDiff(_ node: StudyNode) throws(StudyError) -> NeedWeightSource {
    let example = "{ best: COLUMN, worst: COLUMN, shown: 3 }"
    guard case .map = node.content else {
      return .maxDiffAnswer(
        try node.text("the answer that stands for the need", example: example))
    }
    let fields = try node.fields(
      StudyReference.names(under: "needs.*.maxdiff"), of: "best-worst scores", example: example)
    if let score = fields["score"] {
      guard fields.entries.count == 1 else {
        throw score.error(
          .conflict, "score stands alone, or best, worst and shown together",
          hint: "write \(example), or { score: COLUMN }")
      }
      return .maxDiffScore(try score.text("a column"))
    }
    return .maxDiffCounts(
      best: try fields.required("best", example: "COLUMN").text("a column"),
      worst: try fields.required("worst", example: "COLUMN").text("a column"),
      shown: try MaxDiffDeclaration.shown(fields))
  }
}

extension MaxDiffDeclaration {
  /// Reads `{ best: [b1, b2], worst: [w1, w2], shown: 3 }`.
  init(node: StudyNode) throws(StudyError) {
    let example = "{ best: [b1, b2], worst: [w1, w2], shown: 3 }"
    let fields = try node.fields(
      StudyReference.names(under: "maxdiff"), of: "best-worst tasks", example: example)
    let best = try fields.required("best", example: "[b1, b2]").names("columns", example: "[b1]")
    let worst = try fields.required("worst", example: "[w1, w2]").names("columns", example: "[w1]")
    guard best.count == worst.count, !best.isEmpty else {
      throw node.error(
        .conflict, "\(best.count) columns of best and \(worst.count) of worst do not match",
        hint: "a column of each for every task")
    }
    guard let node = fields["design"] else {
      self.init(best: best, worst: worst, shown: try Self.shown(fields))
      return
    }
    if let shown = fields["shown"] {
      throw shown.error(
        .conflict, "the design says how often each item was shown", hint: "take shown: out")
    }
    self.init(best: best, worst: worst, shown: nil)
    design = try Self.design(node)
  }

  /// Reads `{ file: design.csv, version: version, task: task, items: item }`.
  private static func design(_ node: StudyNode) throws(StudyError) -> Design {
    let example = "{ file: design.csv, version: version, task: task, items: item }"
    let fields = try node.fields(
      StudyReference.names(under: "maxdiff.design"), of: "design", example: example)
    let version = try fields.text("version", "the name of a column")
    let respondent = try fields.text("respondent", "the name of a column")
    if version != nil, let both = fields["respondent"] {
      throw both.error(
        .conflict, "a design goes by version or by respondent", hint: "take one of them out")
    }
    return Design(
      file: try fields.required("file", example: "design.csv").text("a file"),
      key: version ?? respondent, isByRespondent: respondent != nil,
      task: try fields.required("task", example: "task").text("the name of a column"),
      items: try fields.required("items", example: "item").names("columns", example: "[i1, i2]"))
  }

  /// How often each need was shown to a respondent.
  static func shown(_ fields: StudyNode.Fields) throws(StudyError) -> Double {
    let node = try fields.required("shown", example: "3")
    let shown = try node.number("how often each need was shown", example: "3")
    guard shown > 0 else {
      throw node.error(.range, "each need is shown more than 0 times, found \(node.found)")
    }
    return shown
  }
}

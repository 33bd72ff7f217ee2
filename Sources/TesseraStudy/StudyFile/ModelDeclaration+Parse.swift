extension SegmentsDeclaration {
  /// Keys that say how the model of answers is built.
  static let modelKeys = [
    "ordinal", "variances", "gaps", "blocks", "direct_effects", "zero_inflated", "response_style",
    "scale", "scale_use",
  ]
  /// Keys that ask for more evidence.
  static let evidenceKeys = [
    "blrt", "residuals", "folds", "structure", "choose", "outcomes", "correction", "flags",
  ]

  static func model(_ fields: StudyNode.Fields) throws(StudyError) -> ModelDeclaration {
    var model = ModelDeclaration()
    if let node = fields["ordinal"] {
      model.ordinal = try node.word(OrdinalDeclaration.self, "a form of ordered answers")
    }
    if let node = fields["variances"] {
      model.variances = try node.word(VarianceDeclaration.self, "a form of variances")
    }
    if let node = fields["gaps"] {
      model.gaps = try node.word(GapDeclaration.self, "a way with unanswered questions")
    }
    if let node = fields["blocks"] {
      model.blocks = try groups(node, "groups of numeric columns", example: "[[income, age]]")
    }
    if let node = fields["direct_effects"] {
      model.directEffects = try groups(
        node, "pairs of columns", example: "[[tv, radio]]", exactly: 2)
    }
    model.zeroInflated = try fields["zero_inflated"]?.names("columns", example: "[visits]") ?? []
    if let node = fields["response_style"] {
      model.responseStyle = try node.word(
        ResponseStyleDeclaration.self, "a correction of response style")
    }
    if let node = fields["scale_use"] {
      guard fields["response_style"] == nil else {
        throw node.error(
          .conflict, "'scale_use' and 'response_style' both say how ratings are corrected",
          hint: "keep scale_use and leave response_style out")
      }
      model.responseStyle = try node.word(
        ScaleUseDeclaration.self, "a way with the use of scales"
      ).correction
    }
    if let node = fields["scale"] {
      model.scale = try node.word(ScaleDeclaration.self, "a scale")
    }
    return model
  }

  static func evidence(_ fields: StudyNode.Fields) throws(StudyError) -> EvidenceDeclaration {
    var evidence = EvidenceDeclaration()
    func sets(_ key: String, _ expected: String, _ example: String) throws(StudyError) -> Int {
      guard let node = fields[key] else { return 0 }
      return try whole(node, 0...10_000, expected, example)
    }
    evidence.likelihoodRatioSets = try sets(
      "blrt", "a number of simulated sets", "99, or 0 for none")
    evidence.residualSets = try sets(
      "residuals", "a number of simulated sets", "99, or 0 for none")
    evidence.folds = try sets("folds", "a number of folds", "10, or 0 for none")
    if evidence.folds == 1, let node = fields["folds"] {
      throw node.error(.range, "one fold leaves nobody to fit", hint: "write 10, or 0 for none")
    }
    evidence.structureSets = try sets(
      "structure", "a number of sets without structure", "50, or 0 for none")
    if let node = fields["choose"] { evidence.choosesIndicators = try yesNo(node, "choose") }
    if let node = fields["flags"] { evidence.writesFlags = try yesNo(node, "flags") }
    evidence.outcomes =
      try fields["outcomes"]?.names("columns", example: "[satisfaction, spending]") ?? []
    if let node = fields["correction"] {
      evidence.correction = try node.word(CorrectionDeclaration.self, "a three-step correction")
    }
    return evidence
  }

  private static func yesNo(_ node: StudyNode, _ key: String) throws(StudyError) -> Bool {
    switch try node.text("true or false", example: "true") {
    case "true": return true
    case "false": return false
    default: throw node.wrongType("true or false", hint: "write \(key): true")
    }
  }

  /// Groups of names: lists, or names joined by `*`.
  private static func groups(
    _ node: StudyNode, _ expected: String, example: String, exactly size: Int? = nil
  ) throws(StudyError) -> [[String]] {
    var groups: [[String]] = []
    for entry in try node.list(expected, example: example) {
      var names: [String]
      if case .list = entry.content {
        names = try entry.names("names of columns", example: example)
      } else {
        names = grouped(try entry.text("names joined by *", example: "income*age"))
      }
      guard names.count >= 2, size.map({ names.count == $0 }) ?? true else {
        throw entry.error(
          .range,
          "expected \(size == 2 ? "two columns" : "two or more columns"), found "
            + "\(names.count)", hint: "write \(example)")
      }
      groups.append(names)
      names = []
    }
    return groups
  }

  /// The names in a text such as `income*age`, without the blanks around them.
  package static func grouped(_ text: String) -> [String] {
    text.split(separator: "*").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}

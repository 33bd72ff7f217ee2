internal import TesseraSurvey

extension SegmentsDeclaration {
  /// Reads what stands under `segments`.
  init(node: StudyNode) throws(StudyError) {
    self.init()
    let fields = try node.fields(
      StudyReference.names(under: "segments"), of: "segments",
      example: "segments: { active: [income, education] }")
    let example = "[income, education, activities]"
    var faults = StudyFaults()
    func part<Value>(
      _ key: String, _ make: (StudyNode) throws(StudyError) -> Value
    ) -> Value? {
      guard let node = fields[key] else { return nil }
      return faults.take { () throws(StudyError) in try make(node) }
    }
    func list(_ key: String, _ what: String) -> [String] {
      part(key) { node throws(StudyError) in try node.names(what, example: example) } ?? []
    }
    active = list("active", "columns or sets")
    passive = list("passive", "columns or sets")
    covariates = list("covariates", "columns")
    given = part("given") { node throws(StudyError) in try node.text("the name of a column") }
    if let read = part("count", SegmentCount.init(node:)) { count = read }
    let column = given
    let word = part("method") { node throws(StudyError) in
      try Self.isGiven(node, column) ? nil : node.word(SegmentationMethod.self, "a method")
    }
    if let read = word ?? nil { method = read }
    let entries = part("names") { node throws(StudyError) in
      try node.entries("names by segment", example: "{ S1: Families }")
    }
    names = faults.each(entries ?? []) { entry throws(StudyError) in
      SegmentName(id: entry.key, name: try entry.value.text("a name"))
    }
    starts = part("starts") { node throws(StudyError) in
      try Self.whole(node, 1...100_000, "a number of random starts", "20")
    }
    tolerance = part("tolerance", Self.smallPositive)
    prior =
      part("prior") { node throws(StudyError) in
        try node.word(PriorDeclaration.self, "a prior")
      } ?? .standard
    stability = part("stability") { node throws(StudyError) in
      try Self.whole(node, 0...100_000, "a number of bootstrap replicates", "100, or 0 for none")
    }
    if let read = faults.take({ () throws(StudyError) in try Self.model(fields) }) { model = read }
    if let read = faults.take({ () throws(StudyError) in try Self.evidence(fields) }) {
      evidence = read
    }
    _ = faults.take { () throws(StudyError) in try checkGiven(fields) }
    try faults.end()
  }

  private static func isGiven(_ node: StudyNode, _ given: String?) throws(StudyError) -> Bool {
    guard case .text("given", _) = node.content else { return false }
    guard given == nil else { return true }
    throw node.error(
      .conflict, "the method 'given' needs the column of the segments",
      hint: "write given: COLUMN instead of method: given")
  }

  private func checkGiven(_ fields: StudyNode.Fields) throws(StudyError) {
    guard given != nil else { return }
    let idle =
      ["count", "covariates", "starts", "tolerance", "prior", "stability"] + Self.modelKeys
      + Self.evidenceKeys
    for key in idle {
      guard let node = fields[key] else { continue }
      throw node.error(
        .conflict, "'\(key)' means nothing where the segments are given",
        hint: "leave \(key) out, or leave given out to make segments")
    }
  }

  static func whole(
    _ node: StudyNode, _ range: ClosedRange<Int>, _ expected: String, _ example: String
  ) throws(StudyError) -> Int {
    let number = try node.number(expected, example: example)
    guard let whole = Int(exactly: number), range.contains(whole) else {
      throw node.error(
        .range,
        "expected \(expected) from \(range.lowerBound) to \(range.upperBound), "
          + "found \(node.found)", hint: "write \(example)")
    }
    return whole
  }

  private static func smallPositive(_ node: StudyNode) throws(StudyError) -> Double {
    let number = try node.number("a tolerance", example: "1e-8")
    guard number > 0, number < 1 else {
      throw node.error(
        .range, "a tolerance lies between 0 and 1, found \(node.found)", hint: "write 1e-8")
    }
    return number
  }
}

extension SegmentCount {
  private static let example = "a number such as 4, or a range such as 2-8"

  /// Reads `4` or `2-8`.
  init(node: StudyNode) throws(StudyError) {
    guard case .text(let text, let isQuoted) = node.content, !node.isEmpty,
      let count = try Self.parse(text, node: node, isQuoted: isQuoted)
    else { throw node.wrongType("a number of segments", hint: "write \(Self.example)") }
    self = count
  }

  private static func parse(
    _ text: String, node: StudyNode, isQuoted: Bool
  ) throws(StudyError) -> SegmentCount? {
    if StudyNode.isDecimal(text), !isQuoted {
      return .exactly(try whole(text, node))
    }
    let ends = text.split(separator: text.contains("–") ? "–" : "-").map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard ends.count == 2, ends.allSatisfy(StudyNode.isDecimal) else { return nil }
    let low = try whole(ends[0], node)
    let high = try whole(ends[1], node)
    guard low <= high else {
      throw node.error(
        .range, "the range \(node.found) runs backwards", hint: "write \(high)-\(low)")
    }
    return low == high ? .exactly(low) : .between(low, high)
  }

  private static func whole(_ text: String, _ node: StudyNode) throws(StudyError) -> Int {
    let largest = SegmentCount.largest
    guard let number = Double(text), let whole = Int(exactly: number), (1...largest) ~= whole
    else {
      throw node.error(
        .range,
        "the number of segments must be a whole number from 1 to \(largest), "
          + "found '\(DisplayText.escaped(text))'", hint: "write \(example)")
    }
    return whole
  }
}

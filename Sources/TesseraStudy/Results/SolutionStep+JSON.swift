extension SolutionStep {
  /// The step as an element of `across_solutions`.
  var json: JSONValue {
    [
      "from_segments": fromSegments, "to_segments": toSegments,
      "flows": JSONValue.array(flows.map { .array($0.map { .optional($0) }) }),
      "from_shares": fromShares, "to_shares": toShares, "stability": stability,
    ]
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow([
      "from_segments", "to_segments", "flows", "from_shares", "to_shares", "stability",
    ])
    let from = try reader.integer("from_segments")
    let to = try reader.integer("to_segments")
    let flows = (reader.value["flows"]?.array ?? []).map { ($0.array ?? []).map(\.number) }
    guard flows.count == from, flows.allSatisfy({ $0.count == to }) else {
      throw reader.fault("a row for each segment before is expected", "flows")
    }
    let stability = (reader.value["stability"]?.array ?? []).map(\.number)
    guard stability.count == to else {
      throw reader.fault("a number for each segment after is expected", "stability")
    }
    self.init(
      fromSegments: from, toSegments: to, flows: flows,
      fromShares: try reader.numbers("from_shares", count: from),
      toShares: try reader.numbers("to_shares", count: to), stability: stability)
  }
}

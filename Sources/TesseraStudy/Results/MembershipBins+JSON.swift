extension MembershipBins {
  /// The counts as `gorge`.
  func json(_ known: [Segment]) -> JSONValue {
    [
      "measure": measure.rawValue, "bins": members.first?.count ?? 0, "rounded_to": base,
      "segments": JSONValue.list(known.indices) {
        ["id": known[$0].id, "members": members[$0], "others": others[$0], "sure": sure[$0]]
      },
    ]
  }

  init(_ reader: JSONReader, segments: Int) throws(StudyError) {
    try reader.allow(["measure", "bins", "rounded_to", "segments"])
    guard let measure = Measure(rawValue: try reader.text("measure")) else {
      throw reader.fault("must be posterior or similarity", "measure")
    }
    let bins = try reader.integer("bins")
    let rows = try reader.list("segments") { element throws(StudyError) in
      try element.allow(["id", "members", "others", "sure"])
      return (
        members: try element.numbers("members", count: bins),
        others: try element.numbers("others", count: bins),
        sure: try element.optionalNumber("sure")
      )
    }
    guard rows.count == segments else {
      throw reader.fault("\(segments) segments are expected, not \(rows.count)", "segments")
    }
    self.init(
      measure: measure, base: try reader.number("rounded_to"), members: rows.map(\.members),
      others: rows.map(\.others), sure: rows.map(\.sure))
  }
}

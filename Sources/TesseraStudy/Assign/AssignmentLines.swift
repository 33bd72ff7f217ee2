import TesseraMath

/// Writes assignments as JSON lines: an object a person, with the columns of the CSV.
enum AssignmentLines {
  /// The lines of some respondents.
  ///
  /// - Parameters:
  ///   - batch: Their segments.
  ///   - ids: Their identifiers; `nil` to number them.
  ///   - start: Respondents written before.
  ///   - advice: What else is told of each person.
  ///   - idName: What the member of identifiers is called.
  /// - Returns: UTF-8, a line each; who has no segment has a member `reason`.
  static func bytes(
    _ batch: AssignmentBatch, ids: [String]?, start: Int, advice: AssignmentAdvice?, idName: String
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for (row, label) in batch.labels.enumerated() {
      let isKnown = label != nil || batch.isDoubtful(row)
      let chances = batch.posterior.row(row)
      var members: JSONValue = [
        idName: ids.map { JSONValue.string($0[row]) } ?? .integer(start + row + 1),
        "segment": label.map { batch.segments[$0].id },
        "name": label.map { batch.segments[$0].name },
        "probability": isKnown ? JSONValue.optional(chances.max()) : .null,
      ]
      for (segment, chance) in zip(batch.segments, chances) {
        members.add(["p_\(segment.id)": isKnown ? JSONValue.number(chance) : .null])
      }
      if let advice {
        let values = advice.values(chances)
        for (name, value) in zip(advice.names, values) {
          members.add([name: isKnown ? value.json : .null])
        }
      }
      if label == nil { members.add(["reason": batch.reasons[row]]) }
      bytes += members.compactText.utf8
      bytes.append(0x0A)
    }
    return bytes
  }
}

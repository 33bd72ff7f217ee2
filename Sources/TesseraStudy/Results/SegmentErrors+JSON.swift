extension SegmentationResult {
  /// The segments as elements of `segments`, shares with their intervals.
  var segmentsJSON: [JSONValue] {
    segments.enumerated().map { place, segment in
      var members: JSONValue = [
        "id": segment.id, "name": segment.name, "share": segment.share,
        "respondents": segment.respondents,
      ]
      if let errors {
        let interval = errors.shares[place]
        members.add([
          "share_se": interval?.standardError, "share_interval": interval.json(errors.method),
        ])
      }
      return members
    }
  }

  /// The indicators as elements of `indicators`, answers with their intervals.
  var indicatorsJSON: [JSONValue] {
    indicators.enumerated().map { place, indicator in
      var members: JSONValue = [
        "name": indicator.name, "label": indicator.label, "level": indicator.level,
        "categories": indicator.categories, "codes": indicator.codes,
        "by_segment": indicator.bySegment,
      ]
      if let errors, errors.answers.indices.contains(place) {
        let rows = errors.answers[place]
        func numbers(_ part: (SegmentErrors.Interval) -> Double) -> JSONValue {
          .array(rows.map { .array($0.map { .optional($0.map(part)) }) })
        }
        members.add([
          "se": numbers(\.standardError), "low": numbers(\.low), "high": numbers(\.high),
        ])
      }
      return members
    }
  }
}

extension SegmentErrors {
  /// How the errors were found, as `errors`.
  var json: JSONValue {
    [
      "method": method.rawValue, "replicates": replicates, "unaligned": unaligned,
      "fresh_starts_won": freshStartsWon, "reason": reason,
    ]
  }

  /// Reads what ``json`` and the intervals beside shares and answers say.
  init(_ file: JSONReader) throws(StudyError) {
    let own = try file.object("errors")
    try own.allow(["method", "replicates", "unaligned", "fresh_starts_won", "reason"])
    guard let method = Method(rawValue: try own.text("method")) else {
      throw own.fault("must be bootstrap, sandwich, design or withheld", "method")
    }
    let shares = try file.list("segments") { element throws(StudyError) -> Interval? in
      guard element.has("share_interval") else { return nil }
      let ends = try element.object("share_interval")
      try ends.allow(["low", "high", "method"])
      return Interval(
        standardError: try element.number("share_se"), low: try ends.number("low"),
        high: try ends.number("high"))
    }
    let answers = try file.list("indicators") { element throws(StudyError) -> [[Interval?]] in
      let parts = ["se", "low", "high"].map { name in
        (element.value[name]?.array ?? []).map { ($0.array ?? []).map(\.number) }
      }
      return zip(parts[0], zip(parts[1], parts[2])).map { errors, ends in
        zip(errors, zip(ends.0, ends.1)).map { error, ends in
          guard let error, let low = ends.0, let high = ends.1 else { return nil }
          return Interval(standardError: error, low: low, high: high)
        }
      }
    }
    self.init(
      method: method, shares: shares, answers: answers,
      replicates: try own.integer("replicates"), unaligned: try own.optionalNumber("unaligned"),
      freshStartsWon: try own.optionalNumber("fresh_starts_won"),
      reason: own.has("reason") ? try own.text("reason") : nil)
  }
}

extension SegmentErrors.Interval? {
  /// The ends with the method's name, as `share_interval`.
  func json(_ method: SegmentErrors.Method) -> JSONValue {
    map { ["low": $0.low, "high": $0.high, "method": method.rawValue] } ?? .null
  }
}

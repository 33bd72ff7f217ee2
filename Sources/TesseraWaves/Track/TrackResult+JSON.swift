public import TesseraStudy

extension TrackResult {
  /// The result as `track.json` and `track --json` have it.
  public var json: JSONValue {
    .object([
      ("schema", .string("tessera.track/1")),
      (
        "waves",
        .array(
          waves.map {
            .object([
              ("name", .string($0.name)), ("respondents", .number($0.respondents)),
              ("effective_sample_size", .number(Self.rounded($0.effective))),
            ])
          })
      ),
      ("people_in_several_waves", panel.map { .integer($0) } ?? .null),
      ("weighted", .bool(isWeighted)),
      (
        "segments",
        .array(
          segments.map { .object([("id", .string($0.id)), ("name", .string($0.name))]) })
      ),
      ("sizes", .array(sizes.map(json))), ("moved", moved.map(json) ?? .null),
      ("measures", .array(measures.map(json))),
      (
        "tests",
        .object([
          ("made", .integer(tests.made)), ("changed", .integer(tests.found)),
          ("adjustment", .string("benjamini-hochberg")),
        ])
      ),
      ("notes", .strings(notes)),
    ])
  }

  private func json(_ series: TrackedSeries) -> JSONValue {
    .object([
      ("kind", .string(series.kind.rawValue)), ("name", .string(series.name)),
      ("label", .string(series.label)),
      ("answer", series.answer.isEmpty ? .null : .string(series.answer)),
      ("segment", .optional(series.segment.map { segments[$0].id })),
      ("unit", .string(series.unit.rawValue)),
      (
        "waves",
        .array(
          series.points.map { point in
            .object([
              ("value", .optional(point.value.map(Self.rounded))),
              ("low", .optional(point.low.map(Self.rounded))),
              ("high", .optional(point.high.map(Self.rounded))),
              ("base", .optional(point.base)), ("small_base", .bool(point.isSmall)),
            ])
          })
      ),
      (
        "change",
        series.change.map { change in
          .object([
            ("from", .string(waves[change.from].name)), ("to", .string(waves[change.to].name)),
            ("difference", .number(Self.rounded(change.difference))),
            ("low", .number(Self.rounded(change.low))),
            ("high", .number(Self.rounded(change.high))),
          ])
        } ?? .null
      ),
      ("p_value", .optional(series.pValue)), ("p_adjusted", .optional(series.pAdjusted)),
      ("changed", .bool(series.isChanged)), ("leads", .bool(series.leads)),
    ])
  }

  private func json(_ moved: SegmentsMoved) -> JSONValue {
    func test(_ test: SegmentsMoved.Test) -> JSONValue {
      .object([
        ("statistic", .number(test.statistic)), ("expected", .number(test.expected)),
        ("p_value", .number(test.pValue)),
      ])
    }
    return .object([
      ("sets", .integer(moved.sets)), ("size", test(moved.size)),
      ("profile", test(moved.profile)), ("profile_sum_p_value", .number(moved.profileSumP)),
      (
        "misfit",
        moved.misfit.map { misfit in
          .object([
            ("falls", .numbers(misfit.falls)), ("se", .numbers(misfit.errors)),
            ("p_value", .optional(misfit.pValue)),
          ])
        } ?? .null
      ),
      ("stay", .optional(moved.stay)),
      (
        "questions",
        .array(
          moved.questions.map {
            .object([
              ("segment", .string(segments[$0.segment].id)),
              ("name", .string(questions[$0.item].name)),
              ("label", .string(questions[$0.item].label)), ("ratio", .number($0.ratio)),
              ("p_adjusted", .number($0.pAdjusted)),
            ])
          })
      ),
    ])
  }

  static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

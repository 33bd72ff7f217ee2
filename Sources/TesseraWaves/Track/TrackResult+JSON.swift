public import TesseraStudy

extension TrackResult {
  /// The result as `track.json` and `track --json` have it.
  public var json: JSONValue {
    [
      "schema": "tessera.track/1",
      "waves": JSONValue.list(waves) {
        [
          "name": $0.name, "respondents": $0.respondents,
          "effective_sample_size": Self.rounded($0.effective),
        ]
      }, "people_in_several_waves": panel, "weighted": isWeighted,
      "segments": JSONValue.list(segments) { ["id": $0.id, "name": $0.name] },
      "sizes": sizes.map(json), "moved": moved.map(json), "measures": measures.map(json),
      "tests": ["made": tests.made, "changed": tests.found, "adjustment": "benjamini-hochberg"]
        as JSONValue, "notes": notes,
    ]
  }

  private func json(_ series: TrackedSeries) -> JSONValue {
    [
      "kind": series.kind.rawValue, "name": series.name, "label": series.label,
      "answer": series.answer.isEmpty ? JSONValue.null : .string(series.answer),
      "segment": series.segment.map { segments[$0].id }, "unit": series.unit.rawValue,
      "waves": JSONValue.list(series.points) { point in
        [
          "value": point.value.map(Self.rounded), "low": point.low.map(Self.rounded),
          "high": point.high.map(Self.rounded), "base": point.base, "small_base": point.isSmall,
        ]
      },
      "change": series.change.map { change in
        [
          "from": waves[change.from].name, "to": waves[change.to].name,
          "difference": Self.rounded(change.difference), "low": Self.rounded(change.low),
          "high": Self.rounded(change.high),
        ] as JSONValue
      }, "p_value": series.pValue, "p_adjusted": series.pAdjusted, "changed": series.isChanged,
      "leads": series.leads,
    ]
  }

  private func json(_ moved: SegmentsMoved) -> JSONValue {
    func test(_ test: SegmentsMoved.Test) -> JSONValue {
      ["statistic": test.statistic, "expected": test.expected, "p_value": test.pValue]
    }
    return [
      "sets": moved.sets, "size": test(moved.size), "profile": test(moved.profile),
      "profile_sum_p_value": moved.profileSumP,
      "misfit": moved.misfit.map { misfit in
        ["falls": misfit.falls, "se": misfit.errors, "p_value": misfit.pValue] as JSONValue
      }, "stay": moved.stay,
      "questions": JSONValue.list(moved.questions) {
        [
          "segment": segments[$0.segment].id, "name": questions[$0.item].name,
          "label": questions[$0.item].label, "ratio": $0.ratio, "p_adjusted": $0.pAdjusted,
        ]
      },
    ]
  }

  static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

public import TesseraStudy

extension TypingResult {
  /// What `typing.json` holds under `typing`, and `--json` prints.
  public var json: JSONValue {
    [
      "schema": "tessera.typing/1", "cannot_tell_below": threshold, "questions": chosen.questions,
      "always_needed": alwaysNeeded, "evidence": evidence.rawValue, "people": people,
      "folds": folds, "full_questions": questions,
      "full_expected_truth": fullTruth.map(Self.rounded),
      "sizes": JSONValue.array(
        sizes.map { size in
          [
            "count": size.questions.count, "questions": size.questions,
            "agreement": Self.rounded(size.agreement),
            "agreement_low": Self.rounded(size.interval.low),
            "agreement_high": Self.rounded(size.interval.high),
            "expected_truth": size.truth.map(Self.rounded), "told": size.told.map(Self.rounded),
            "told_agreement": size.toldAgreement.map(Self.rounded),
            "by_segment": JSONValue.list(zip(segments, size.bySegment)) { segment, share in
              ["id": segment.id, "agreement": share.map(Self.rounded)]
            },
          ]
        }),
      "adaptive": adaptive.map { adaptive in
        [
          "questions": Self.rounded(adaptive.questions),
          "agreement": Self.rounded(adaptive.agreement), "stop_at": adaptive.stopAt,
          "saved": Self.rounded(adaptive.saved),
          "first": JSONValue.list(adaptive.first) {
            ["question": $0.name, "share": Self.rounded($0.share)]
          },
        ] as JSONValue
      },
    ]
  }

  /// Four decimals, as shares have them everywhere.
  private static func rounded(_ value: Double) -> Double {
    (value * 10_000).rounded() / 10_000
  }
}

public import TesseraStudy

extension TypingResult {
  /// What `typing.json` holds under `typing`, and `--json` prints.
  public var json: JSONValue {
    .object(members)
  }

  var members: [(String, JSONValue)] {
    [
      ("schema", .string("tessera.typing/1")),
      ("cannot_tell_below", .optional(threshold)),
      ("questions", .strings(chosen.questions)),
      ("always_needed", .strings(alwaysNeeded)),
      ("evidence", .string(evidence.rawValue)),
      ("people", .integer(people)), ("folds", .integer(folds)),
      ("full_questions", .integer(questions)),
      ("full_expected_truth", .optional(fullTruth.map(Self.rounded))),
      (
        "sizes",
        .array(
          sizes.map { size in
            .object([
              ("count", .integer(size.questions.count)), ("questions", .strings(size.questions)),
              ("agreement", .number(Self.rounded(size.agreement))),
              ("agreement_low", .number(Self.rounded(size.interval.low))),
              ("agreement_high", .number(Self.rounded(size.interval.high))),
              ("expected_truth", .optional(size.truth.map(Self.rounded))),
              ("told", .optional(size.told.map(Self.rounded))),
              ("told_agreement", .optional(size.toldAgreement.map(Self.rounded))),
              (
                "by_segment",
                .array(
                  zip(segments, size.bySegment).map { segment, share in
                    .object([
                      ("id", .string(segment.id)),
                      ("agreement", .optional(share.map(Self.rounded))),
                    ])
                  })
              ),
            ])
          })
      ),
      (
        "adaptive",
        adaptive.map { adaptive in
          .object([
            ("questions", .number(Self.rounded(adaptive.questions))),
            ("agreement", .number(Self.rounded(adaptive.agreement))),
            ("stop_at", .number(adaptive.stopAt)),
            ("saved", .number(Self.rounded(adaptive.saved))),
            (
              "first",
              .array(
                adaptive.first.map {
                  .object([
                    ("question", .string($0.name)), ("share", .number(Self.rounded($0.share))),
                  ])
                })
            ),
          ])
        } ?? .null
      ),
    ]
  }

  /// Four decimals, as shares have them everywhere.
  private static func rounded(_ value: Double) -> Double {
    (value * 10_000).rounded() / 10_000
  }
}

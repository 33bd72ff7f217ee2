public import TesseraStudy

extension BridgeResult {
  /// What `bridge.json` holds under `bridge`, and `--json` prints.
  public var json: JSONValue {
    .object([
      ("schema", .string("tessera.bridge/1")),
      ("cannot_tell_below", .optional(threshold)),
      ("active_columns", .strings(active)), ("shared_columns", .strings(shared)),
      ("people", .integer(people)), ("left_out", .integer(leftOut)),
      ("folds", .integer(folds)), ("replicates", .integer(replicates)),
      ("ridge", .number(ridge)),
      ("agreement", .number(Self.rounded(agreement))),
      ("agreement_low", .optional((agreementInterval?.low).map(Self.rounded))),
      ("agreement_high", .optional((agreementInterval?.high).map(Self.rounded))),
      ("largest_segment", .number(Self.rounded(largest))),
      ("can_tell", .bool(lines.contains(where: \.isFound))),
      (
        "segments",
        .array(
          lines.map { line in
            .object([
              ("id", .string(line.segment.id)), ("name", .string(line.segment.name)),
              ("share", .number(Self.rounded(line.segment.share))),
              ("can_tell", .bool(line.isFound)),
              ("lift_by_decile", .array(line.lift.map { .number(Self.rounded($0)) })),
              ("top_lift_low", .optional((line.topInterval?.low).map(Self.rounded))),
              ("top_lift_high", .optional((line.topInterval?.high).map(Self.rounded))),
              ("gain_per_100", .number(Self.rounded(line.gain))),
              ("gain_low", .optional((line.gainInterval?.low).map(Self.rounded))),
              ("gain_high", .optional((line.gainInterval?.high).map(Self.rounded))),
              ("calibration_slope", .optional(line.slope.map(Self.rounded))),
            ])
          })
      ),
    ])
  }

  /// Four decimals, as shares have them everywhere.
  private static func rounded(_ value: Double) -> Double {
    (value * 10_000).rounded() / 10_000
  }
}

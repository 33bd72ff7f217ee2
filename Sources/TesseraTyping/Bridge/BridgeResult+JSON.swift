public import TesseraStudy

extension BridgeResult {
  /// What `bridge.json` holds under `bridge`, and `--json` prints.
  public var json: JSONValue {
    [
      "schema": "tessera.bridge/1", "cannot_tell_below": threshold, "active_columns": active,
      "shared_columns": shared, "people": people, "left_out": leftOut, "folds": folds,
      "replicates": replicates, "ridge": ridge, "agreement": Self.rounded(agreement),
      "agreement_low": (agreementInterval?.low).map(Self.rounded),
      "agreement_high": (agreementInterval?.high).map(Self.rounded),
      "largest_segment": Self.rounded(largest), "can_tell": lines.contains(where: \.isFound),
      "segments": JSONValue.list(lines) { line in
        [
          "id": line.segment.id, "name": line.segment.name,
          "share": Self.rounded(line.segment.share), "can_tell": line.isFound,
          "lift_by_decile": line.lift.map { Self.rounded($0) },
          "top_lift_low": (line.topInterval?.low).map(Self.rounded),
          "top_lift_high": (line.topInterval?.high).map(Self.rounded),
          "gain_per_100": Self.rounded(line.gain),
          "gain_low": (line.gainInterval?.low).map(Self.rounded),
          "gain_high": (line.gainInterval?.high).map(Self.rounded),
          "calibration_slope": line.slope.map(Self.rounded),
        ]
      },
    ]
  }

  /// Four decimals, as shares have them everywhere.
  private static func rounded(_ value: Double) -> Double {
    (value * 10_000).rounded() / 10_000
  }
}

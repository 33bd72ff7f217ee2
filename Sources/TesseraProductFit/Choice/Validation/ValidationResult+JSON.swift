public import TesseraStudy

extension ValidationResult {
  /// What `validate.json` holds and `tessera validate --json` prints.
  public var json: JSONValue {
    [
      "schema": "tessera.validate/1",
      "choices": [
        "file": file, "respondents": respondents, "menus": menus, "alternatives": alternatives,
        "folds": folds,
      ] as JSONValue,
      "verdict": [
        "bar": verdict.bar.rawValue, "passed": verdict.isPassed,
        "adds_to_market_shares": verdict.adds, "predicts": verdict.predicts,
        "sentence": verdict.sentence,
      ] as JSONValue, "fit": fit?.json, "predictors": predictors.map(\.json),
      "gains": JSONValue.list(gains) {
        ["predictor": $0.id, "versus": $0.versus, "log_likelihood_per_choice": $0.difference.json]
      }, "logit": logit?.json,
      "part_worths": JSONValue.list(partWorths) {
        [
          "attribute": $0.attribute, "level": $0.level, "value": $0.value, "se": $0.se,
          "reference": $0.se == nil,
        ]
      }, "tests": tests.map(\.json), "latent_classes": classes.map { $0.json(segments) },
      "latent_classes_chosen": classChosen, "taken": taken?.json(segments),
      "exposure": exposure?.json(segments, hidden: exposureHidden), "notes": notes,
      "warnings": warnings,
    ]
  }
}

extension MenuMean {
  var json: JSONValue {
    ["value": value, "se": se, "low": low, "high": high]
  }
}

extension ValidationResult.Interval {
  var json: JSONValue {
    ["value": value, "low": low, "high": high]
  }
}

extension ValidationResult.Predictor {
  var json: JSONValue {
    [
      "predictor": id, "label": label, "parameters": parameters,
      "log_likelihood_per_choice": logLikelihood.json, "hit_rate": hitRate.json,
      "fit_coefficient": fitCoefficient,
    ]
  }
}

extension ValidationResult.FitRanking {
  var json: JSONValue {
    [
      "hit_rate": hitRate.json, "hit_rate_by_chance": chanceHitRate,
      "concordance": concordance.json, "rank_correlation": rankCorrelation?.json,
      "contrast_correlation": contrastCorrelation?.json, "slope_per_10_points": slope,
      "share_of_logit": shareOfLogit,
    ]
  }
}

extension ValidationResult.LogitResult {
  var json: JSONValue {
    [
      "log_likelihood": logLikelihood, "null_log_likelihood": nullLogLikelihood,
      "rho_squared": rhoSquared, "parameters": rows.count, "aic": aic, "bic": bic, "steps": steps,
      "converged": isConverged, "coefficients": rows.map(\.json),
      "by_segment": bySegment.map(\.json), "by_segment_log_likelihood": bySegmentLogLikelihood,
    ]
  }
}

extension ValidationResult.LogitResult.Row {
  var json: JSONValue {
    [
      "term": term, "control": isControl, "value": value, "se": se, "se_robust": robust,
      "se_clustered": clustered, "p_value": p, "willingness_to_pay": willingness?.json,
    ]
  }
}

extension ValidationResult.TasteTest {
  var json: JSONValue {
    [
      "test": "tastes differ by segment", "with_controls": withControls,
      "likelihood_ratio": statistic, "degrees_of_freedom": degreesOfFreedom, "p_value": p,
      "wald_clustered": wald, "wald_p_value": waldP,
    ]
  }
}

extension ValidationResult.ClassResult {
  func json(_ segments: [Segment]) -> JSONValue {
    [
      "classes": classes, "log_likelihood": logLikelihood, "parameters": parameters, "bic": bic,
      "aic": aic, "entropy_r2": entropyR2, "converged": isConverged, "starts": starts,
      "starts_at_best": startsAtBest, "starts_finished": startsFinished, "terms": terms,
      "shares_and_coefficients": JSONValue.list(shares.indices) { kind in
        [
          "share": shares[kind], "coefficients": coefficients[kind],
          "standard_errors": standardErrors[kind],
        ]
      },
      "by_segment": JSONValue.list(zip(segments, bySegment)) { segment, shares in
        ["segment": segment.id, "shares": shares]
      },
    ]
  }
}

extension ValidationResult.TakenTable {
  func json(_ segments: [Segment]) -> JSONValue {
    [
      "chi_square": chiSquare, "degrees_of_freedom": degreesOfFreedom, "p_value": p,
      "options": JSONValue.list(options.indices) { option in
        [
          "option": options[option], "everybody": Self.json(cells[option].last ?? nil),
          "segments": JSONValue.array(
            segments.indices.map { segment in
              guard case .object(let members) = Self.json(cells[option][segment]) else {
                return [
                  "segment": segments[segment].id, "choices": JSONValue.null,
                  "share": JSONValue.null, "index": JSONValue.null, "when_offered": JSONValue.null,
                ]
              }
              return .object([("segment", .string(segments[segment].id))] + members)
            }),
        ]
      },
    ]
  }

  private static func json(_ cell: Cell?) -> JSONValue {
    guard let cell else { return .null }
    return [
      "choices": cell.choices, "share": cell.share, "index": cell.index,
      "when_offered": cell.whenOffered,
    ]
  }
}

extension ExposureAudit {
  func json(_ segments: [Segment], hidden: [[Bool]]) -> JSONValue {
    [
      "chi_square": chiSquare, "degrees_of_freedom": degreesOfFreedom, "p_value": p,
      "cramers_v": cramersV, "options": options,
      "segments": JSONValue.list(segments.indices) { segment in
        [
          "segment": segments[segment].id,
          "shares": JSONValue.array(
            options.indices.map { option in
              hidden[option][segment] ? .null : .number(shares[segment][option])
            }),
        ]
      }, "warning": warning,
    ]
  }
}

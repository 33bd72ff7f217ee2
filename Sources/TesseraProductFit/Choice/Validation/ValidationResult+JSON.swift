public import TesseraStudy

extension ValidationResult {
  /// What `validate.json` holds and `tessera validate --json` prints.
  public var json: JSONValue {
    .object([
      ("schema", .string("tessera.validate/1")),
      (
        "choices",
        .object([
          ("file", .string(file)), ("respondents", .integer(respondents)),
          ("menus", .integer(menus)), ("alternatives", .integer(alternatives)),
          ("folds", .integer(folds)),
        ])
      ),
      (
        "verdict",
        .object([
          ("bar", .string(verdict.bar.rawValue)),
          ("passed", verdict.isPassed.map { .bool($0) } ?? .null),
          ("adds_to_market_shares", verdict.adds.map { .bool($0) } ?? .null),
          ("predicts", verdict.predicts.map { .bool($0) } ?? .null),
          ("sentence", .string(verdict.sentence)),
        ])
      ),
      ("fit", fit?.json ?? .null),
      ("predictors", .array(predictors.map(\.json))),
      (
        "gains",
        .array(
          gains.map {
            .object([
              ("predictor", .string($0.id)), ("versus", .string($0.versus)),
              ("log_likelihood_per_choice", $0.difference.json),
            ])
          })
      ),
      ("logit", logit?.json ?? .null),
      (
        "part_worths",
        .array(
          partWorths.map {
            .object([
              ("attribute", .string($0.attribute)), ("level", .string($0.level)),
              ("value", .number($0.value)), ("se", .optional($0.se)),
              ("reference", .bool($0.se == nil)),
            ])
          })
      ),
      ("tests", .array(tests.map(\.json))),
      ("latent_classes", .array(classes.map { $0.json(segments) })),
      ("latent_classes_chosen", classChosen.map { .integer($0) } ?? .null),
      ("taken", taken?.json(segments) ?? .null),
      ("exposure", exposure?.json(segments, hidden: exposureHidden) ?? .null),
      ("notes", .strings(notes)),
      ("warnings", .strings(warnings)),
    ])
  }
}

extension MenuMean {
  var json: JSONValue {
    .object([
      ("value", .number(value)), ("se", .number(se)), ("low", .number(low)),
      ("high", .number(high)),
    ])
  }
}

extension ValidationResult.Interval {
  var json: JSONValue {
    .object([("value", .number(value)), ("low", .number(low)), ("high", .number(high))])
  }
}

extension ValidationResult.Predictor {
  var json: JSONValue {
    .object([
      ("predictor", .string(id)), ("label", .string(label)), ("parameters", .integer(parameters)),
      ("log_likelihood_per_choice", logLikelihood.json), ("hit_rate", hitRate.json),
      ("fit_coefficient", .optional(fitCoefficient)),
    ])
  }
}

extension ValidationResult.FitRanking {
  var json: JSONValue {
    .object([
      ("hit_rate", hitRate.json), ("hit_rate_by_chance", .number(chanceHitRate)),
      ("concordance", concordance.json),
      ("rank_correlation", rankCorrelation?.json ?? .null),
      ("contrast_correlation", contrastCorrelation?.json ?? .null),
      ("slope_per_10_points", .optional(slope)),
      ("share_of_logit", .optional(shareOfLogit)),
    ])
  }
}

extension ValidationResult.LogitResult {
  var json: JSONValue {
    .object([
      ("log_likelihood", .number(logLikelihood)),
      ("null_log_likelihood", .number(nullLogLikelihood)),
      ("rho_squared", .number(rhoSquared)), ("parameters", .integer(rows.count)),
      ("aic", .number(aic)), ("bic", .number(bic)), ("steps", .integer(steps)),
      ("converged", .bool(isConverged)), ("coefficients", .array(rows.map(\.json))),
      ("by_segment", .array(bySegment.map(\.json))),
      ("by_segment_log_likelihood", .optional(bySegmentLogLikelihood)),
    ])
  }
}

extension ValidationResult.LogitResult.Row {
  var json: JSONValue {
    .object([
      ("term", .string(term)), ("control", .bool(isControl)), ("value", .number(value)),
      ("se", .number(se)), ("se_robust", .number(robust)), ("se_clustered", .number(clustered)),
      ("p_value", .number(p)), ("willingness_to_pay", willingness?.json ?? .null),
    ])
  }
}

extension ValidationResult.TasteTest {
  var json: JSONValue {
    .object([
      ("test", .string("tastes differ by segment")), ("with_controls", .bool(withControls)),
      ("likelihood_ratio", .number(statistic)),
      ("degrees_of_freedom", .integer(degreesOfFreedom)), ("p_value", .number(p)),
      ("wald_clustered", .optional(wald)), ("wald_p_value", .optional(waldP)),
    ])
  }
}

extension ValidationResult.ClassResult {
  func json(_ segments: [Segment]) -> JSONValue {
    .object([
      ("classes", .integer(classes)), ("log_likelihood", .number(logLikelihood)),
      ("parameters", .integer(parameters)), ("bic", .number(bic)), ("aic", .number(aic)),
      ("entropy_r2", .number(entropyR2)), ("converged", .bool(isConverged)),
      ("starts", .integer(starts)), ("starts_at_best", .integer(startsAtBest)),
      ("starts_finished", .integer(startsFinished)),
      ("terms", .strings(terms)),
      (
        "shares_and_coefficients",
        .array(
          shares.indices.map { kind in
            .object([
              ("share", .number(shares[kind])),
              ("coefficients", .numbers(coefficients[kind])),
              ("standard_errors", .numbers(standardErrors[kind])),
            ])
          })
      ),
      (
        "by_segment",
        .array(
          zip(segments, bySegment).map { segment, shares in
            .object([
              ("segment", .string(segment.id)), ("shares", shares.map { .numbers($0) } ?? .null),
            ])
          })
      ),
    ])
  }
}

extension ValidationResult.TakenTable {
  func json(_ segments: [Segment]) -> JSONValue {
    .object([
      ("chi_square", .number(chiSquare)), ("degrees_of_freedom", .integer(degreesOfFreedom)),
      ("p_value", .number(p)),
      (
        "options",
        .array(
          options.indices.map { option in
            .object([
              ("option", .string(options[option])),
              ("everybody", Self.json(cells[option].last ?? nil)),
              (
                "segments",
                .array(
                  segments.indices.map { segment in
                    guard case .object(let members) = Self.json(cells[option][segment]) else {
                      return .object([
                        ("segment", .string(segments[segment].id)), ("choices", .null),
                        ("share", .null), ("index", .null), ("when_offered", .null),
                      ])
                    }
                    return .object([("segment", .string(segments[segment].id))] + members)
                  })
              ),
            ])
          })
      ),
    ])
  }

  private static func json(_ cell: Cell?) -> JSONValue {
    guard let cell else { return .null }
    return .object([
      ("choices", cell.choices.map { .integer($0) } ?? .null), ("share", .number(cell.share)),
      ("index", .number(cell.index)), ("when_offered", .optional(cell.whenOffered)),
    ])
  }
}

extension ExposureAudit {
  func json(_ segments: [Segment], hidden: [[Bool]]) -> JSONValue {
    .object([
      ("chi_square", .number(chiSquare)), ("degrees_of_freedom", .integer(degreesOfFreedom)),
      ("p_value", .number(p)), ("cramers_v", .number(cramersV)),
      ("options", .strings(options)),
      (
        "segments",
        .array(
          segments.indices.map { segment in
            .object([
              ("segment", .string(segments[segment].id)),
              (
                "shares",
                .array(
                  options.indices.map { option in
                    hidden[option][segment] ? .null : .number(shares[segment][option])
                  })
              ),
            ])
          })
      ),
      ("warning", .optional(warning)),
    ])
  }
}

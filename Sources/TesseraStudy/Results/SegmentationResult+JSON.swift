public import TesseraSegmentation

extension SegmentationResult {
  /// The result as the keys of `segments.json`, without the model's own parameters.
  public var json: JSONValue { .object(jsonMembers) }

  var jsonMembers: [(String, JSONValue)] {
    [
      ("method", .string(method)),
      ("seed", seed <= 1 << 53 ? .integer(Int(seed)) : .string(String(seed))),
      ("respondents", .number(respondents)),
      ("weighted_respondents", .number(weightedRespondents)),
      ("effective_sample_size", .number(effectiveSampleSize)),
      ("log_likelihood", .optional(logLikelihood)),
      ("parameters", parameters.map { .integer($0) } ?? .null),
      ("aic", .optional(aic)),
      ("bic", .optional(bic)),
      ("sabic", .optional(sabic)),
      ("icl", .optional(icl)),
      ("entropy_r2", .optional(entropyR2)),
      ("converged", .bool(converged)),
      (
        "starts",
        .object([("run", .integer(starts.run)), ("reached_best", .integer(starts.reachedBest))])
      ),
      ("verdict", verdict?.json ?? .null),
      ("scale_use", scaleUse?.json ?? .null),
      ("segments", .array(segmentsJSON)),
      ("indicators", .array(indicatorsJSON)),
      ("count_rule", countRule?.json ?? .null),
      ("selection", .array(selection.map(\.json))),
      ("stability", stability?.json(segments) ?? .null),
      ("gorge", gorge?.json(segments) ?? .null),
      ("across_solutions", .array(acrossSolutions.map(\.json))),
      ("errors", errors?.json ?? .null),
      ("criteria", .object(criteria.map { ($0.name, .optional($0.value)) })),
      ("recommendation", .strings(recommendation)),
      ("warnings", .strings(warnings)),
    ]
  }
}

extension CountRule {
  /// The rule for the number of segments as `count_rule`.
  public var json: JSONValue {
    .object([
      ("name", .string("max(AIC3.5, SABIC)")), ("criterion", .string(criterionName)),
      ("penalty", .number(penalty)), ("respondents", .number(respondents)),
      ("effective", .bool(usesEffectiveSize)),
    ])
  }
}

extension SelectionRow {
  /// The row as an element of `selection`.
  var json: JSONValue {
    .object(
      [
        ("segments", .integer(segments)),
        ("log_likelihood", .optional(logLikelihood)),
        ("parameters", parameters.map { .integer($0) } ?? .null),
        ("aic", .optional(aic)),
        ("bic", .optional(bic)),
        ("sabic", .optional(sabic)),
        ("icl", .optional(icl)),
        ("entropy_r2", .optional(entropyR2)),
        ("stability", .optional(stability)),
        ("smallest_share", .number(smallestShare)),
      ] + others.map { ($0.name, .optional($0.value)) })
  }
}

extension StabilityResult {
  /// The result as `stability`.
  func json(_ segments: [Segment]) -> JSONValue {
    .object([
      ("replicates", .integer(replicates)),
      (
        "global_ari",
        .object([("median", .number(median)), ("low", .number(low)), ("high", .number(high))])
      ),
      (
        "segments",
        .array(
          zip(segments, jaccard).map {
            .object([("id", .string($0.id)), ("jaccard", .number($1))])
          })
      ),
    ])
  }
}

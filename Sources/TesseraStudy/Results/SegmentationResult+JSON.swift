public import TesseraSegmentation

extension SegmentationResult {
  /// The result as the keys of `segments.json`, without the model's own parameters.
  public var json: JSONValue {
    [
      "method": method,
      "seed": seed <= 1 << 53 ? JSONValue.integer(Int(seed)) : .string(String(seed)),
      "respondents": respondents, "weighted_respondents": weightedRespondents,
      "effective_sample_size": effectiveSampleSize, "log_likelihood": logLikelihood,
      "parameters": parameters, "aic": aic, "bic": bic, "sabic": sabic, "icl": icl,
      "entropy_r2": entropyR2, "converged": converged,
      "starts": ["run": starts.run, "reached_best": starts.reachedBest] as JSONValue,
      "verdict": verdict?.json,
      "scale_use": scaleUse?.json, "basis": basis?.json, "segments": JSONValue.array(segmentsJSON),
      "indicators": JSONValue.array(indicatorsJSON), "count_rule": countRule?.json,
      "selection": selection.map(\.json), "stability": stability?.json(segments),
      "gorge": gorge?.json(segments), "across_solutions": acrossSolutions.map(\.json),
      "errors": errors?.json,
      "criteria": JSONValue.object(criteria.map { ($0.name, .optional($0.value)) }),
      "recommendation": recommendation, "warnings": warnings, "name_warnings": nameWarnings,
    ]
  }
}

extension CountRule {
  /// The rule for the number of segments as `count_rule`.
  public var json: JSONValue {
    [
      "name": "max(AIC3.5, SABIC)", "criterion": criterionName, "penalty": penalty,
      "respondents": respondents, "effective": usesEffectiveSize,
    ]
  }
}

extension SelectionRow {
  /// The row as an element of `selection`.
  var json: JSONValue {
    let row: JSONValue = [
      "segments": segments, "log_likelihood": logLikelihood, "parameters": parameters, "aic": aic,
      "bic": bic, "sabic": sabic, "icl": icl, "entropy_r2": entropyR2, "stability": stability,
      "smallest_share": smallestShare,
    ]
    return row.adding(.object(others.map { ($0.name, .optional($0.value)) }))
  }
}

extension StabilityResult {
  /// The result as `stability`.
  func json(_ segments: [Segment]) -> JSONValue {
    [
      "replicates": replicates,
      "global_ari": ["median": median, "low": low, "high": high] as JSONValue,
      "segments": JSONValue.list(zip(segments, jaccard)) { ["id": $0.id, "jaccard": $1] },
    ]
  }
}

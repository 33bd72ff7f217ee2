extension ProfileResult {
  /// The profiles as `profiles.json` has them.
  public var json: JSONValue {
    ["segments": segments.map(\.json), "notes": notes]
  }
}

extension SegmentProfile {
  /// The profile as an element of `segments`.
  var json: JSONValue {
    var members: JSONValue = [
      "id": id, "name": name, "share": share, "share_se": shareInterval?.standardError,
      "share_interval": shareInterval.json(shareMethod), "respondents": respondents,
    ]
    members.add([
      "sentence": sentence, "description": description, "markers": markers.map(\.json),
      "typical": typical.map(\.json), "traits": traits.map(\.json),
      "variables": variables.map(\.json),
    ])
    return members
  }
}

extension SegmentMarker {
  /// The marker as an element of `markers`.
  var json: JSONValue {
    ["name": name, "answer": answer, "share": share, "precision": precision, "lift": lift]
  }
}

extension TypicalAnswer {
  /// The answer as an element of `typical`.
  var json: JSONValue {
    ["name": name, "label": label, "answer": answer, "share": share]
  }
}

extension VariableProfile {
  /// The variable as an element of `variables`; what is hidden is `null`.
  var json: JSONValue {
    var members: JSONValue = ["name": name, "label": label, "level": level, "role": role.rawValue]
    if categories.isEmpty {
      members.add(["mean": mean, "total_mean": totalMean])
      if let meanInterval { members.add(meanInterval.members("mean_")) }
    } else {
      members.add(["categories": categories.map(\.json)])
    }
    members.add([
      "base": base, "small_base": smallBase, "effect_size": effectSize, "p_value": pValue,
      "p_adjusted": pAdjusted, "distinctive": distinctive,
    ])
    return members
  }
}

extension CategoryProfile {
  /// The answer as an element of `categories`; what is hidden is `null`.
  var json: JSONValue {
    var members: JSONValue = [
      "code": code, "label": label, "share": share, "total_share": totalShare, "index": index,
    ]
    if let shareBounds {
      members.add(["share_bounds": ["low": shareBounds.low, "high": shareBounds.high] as JSONValue])
    }
    if let hidden { members.add(["hidden": hidden.rawValue]) }
    return interval.map { members.adding($0.members("")) } ?? members
  }
}

extension SegmentErrors.Interval {
  /// The standard error and the ends.
  func members(_ prefix: String) -> JSONValue {
    ["\(prefix)se": standardError, "\(prefix)low": low, "\(prefix)high": high]
  }
}

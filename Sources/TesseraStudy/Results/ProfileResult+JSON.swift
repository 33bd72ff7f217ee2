extension ProfileResult {
  /// The profiles as `profiles.json` has them.
  public var json: JSONValue {
    .object([("segments", .array(segments.map(\.json))), ("notes", .strings(notes))])
  }
}

extension SegmentProfile {
  /// The profile as an element of `segments`.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("name", .string(name)), ("share", .number(share)),
      ("share_se", .optional(shareInterval?.standardError)),
      ("share_interval", shareInterval.json(shareMethod)), ("respondents", .number(respondents)),
    ]
    members.append(("sentence", .string(sentence)))
    members.append(("description", .strings(description)))
    members.append(("markers", .array(markers.map(\.json))))
    members.append(("typical", .array(typical.map(\.json))))
    members.append(("traits", .array(traits.map(\.json))))
    members.append(("variables", .array(variables.map(\.json))))
    return .object(members)
  }
}

extension SegmentMarker {
  /// The marker as an element of `markers`.
  var json: JSONValue {
    .object([
      ("name", .string(name)), ("answer", .string(answer)), ("share", .number(share)),
      ("precision", .number(precision)), ("lift", .number(lift)),
    ])
  }
}

extension TypicalAnswer {
  /// The answer as an element of `typical`.
  var json: JSONValue {
    .object([
      ("name", .string(name)), ("label", .string(label)), ("answer", .string(answer)),
      ("share", .optional(share)),
    ])
  }
}

extension VariableProfile {
  /// The variable as an element of `variables`; what is hidden is `null`.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("label", .string(label)), ("level", .string(level)),
      ("role", .string(role.rawValue)),
    ]
    if categories.isEmpty {
      members.append(("mean", .optional(mean)))
      members.append(("total_mean", .optional(totalMean)))
      if let meanInterval { members += meanInterval.members("mean_") }
    } else {
      members.append(("categories", .array(categories.map(\.json))))
    }
    members += [
      ("base", .number(base)), ("small_base", .bool(smallBase)),
      ("effect_size", .optional(effectSize)), ("p_value", .optional(pValue)),
      ("p_adjusted", .optional(pAdjusted)), ("distinctive", .bool(distinctive)),
    ]
    return .object(members)
  }
}

extension CategoryProfile {
  /// The answer as an element of `categories`; what is hidden is `null`.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("code", .string(code)), ("label", .string(label)), ("share", .optional(share)),
      ("total_share", .optional(totalShare)), ("index", .optional(index)),
    ]
    if let shareBounds {
      members.append(
        (
          "share_bounds",
          .object([("low", .number(shareBounds.low)), ("high", .number(shareBounds.high))])
        ))
    }
    if let hidden { members.append(("hidden", .string(hidden.rawValue))) }
    return .object(members + (interval?.members("") ?? []))
  }
}

extension SegmentErrors.Interval {
  /// The standard error and the ends.
  func members(_ prefix: String) -> [(String, JSONValue)] {
    [
      ("\(prefix)se", .number(standardError)), ("\(prefix)low", .number(low)),
      ("\(prefix)high", .number(high)),
    ]
  }
}

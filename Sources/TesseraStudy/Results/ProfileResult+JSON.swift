extension ProfileResult {
  /// The profiles as `profiles.json` has them.
  public var json: JSONValue {
    .object([("segments", .array(segments.map(\.json))), ("notes", .strings(notes))])
  }
}

extension SegmentProfile {
  /// The profile as an element of `segments`.
  var json: JSONValue {
    .object([
      ("id", .string(id)), ("name", .string(name)), ("share", .number(share)),
      (
        "share_interval",
        shareInterval.map { .object([("low", .number($0.low)), ("high", .number($0.high))]) }
          ?? .null
      ),
      ("respondents", .number(respondents)),
      ("description", .strings(description)),
      ("variables", .array(variables.map(\.json))),
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
    .object([
      ("code", .string(code)), ("label", .string(label)), ("share", .optional(share)),
      ("total_share", .optional(totalShare)), ("index", .optional(index)),
    ])
  }
}

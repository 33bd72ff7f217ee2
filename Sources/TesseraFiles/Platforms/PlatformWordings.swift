internal import TesseraSurvey

/// Wordings as readers should see them, without what platforms write for themselves.
enum PlatformWordings {
  /// Mends the wordings of a survey.
  ///
  /// Decipher writes "Q3r2: I drink it before a workout - Q3: How much do you agree?": the item comes
  /// behind its question, without codes. Piped text, `{{field:7fa1}}` and `[question("value"), id="14"]`,
  /// is what somebody answered before.
  static func clean(_ survey: inout Survey) {
    let coded = survey.variables.count { $0.label.hasPrefix($0.name + ": ") }
    let isDecipher = coded >= 3 && coded * 2 >= survey.variables.count
    for variable in survey.variables {
      var label = isDecipher ? plain(variable.label, of: variable.name) : variable.label
      if label.isEmpty, isPiped(variable.name) { label = variable.name }
      if isPiped(label) { label = withoutPiped(label) }
      guard label != variable.label else { continue }
      var changed = variable
      changed.label = label
      survey.put(changed)
    }
  }

  private static func plain(_ label: String, of name: String) -> String {
    guard label.hasPrefix(name + ": ") else { return label }
    var rest = label.dropFirst(name.count + 2)
    if rest.hasPrefix("HIDDEN: ") { rest = rest.dropFirst(8) }
    // The question's code is what the column's name begins with.
    for mark in rest.ranges(of: " - ").reversed() {
      let question = rest[mark.upperBound...]
      guard let colon = question.firstRange(of: ": ") else { continue }
      let code = question[..<colon.lowerBound]
      guard !code.isEmpty, code.count < name.count, name.hasPrefix(code) else { continue }
      let item = rest[..<mark.lowerBound]
      let stem = question[colon.upperBound...]
      return stem.isEmpty || item.isEmpty ? String(rest) : "\(stem) - \(item)"
    }
    return String(rest)
  }

  private static func isPiped(_ text: String) -> Bool {
    text.contains("{{") && text.contains("}}") || text.contains("[question(")
      || text.contains("${") && text.contains("}")
  }

  private static func withoutPiped(_ text: String) -> String {
    var text = text
    for (open, close) in [("{{", "}}"), ("[question(", "]"), ("${", "}")] {
      while let start = text.firstRange(of: open),
        let end = text[start.upperBound...].firstRange(of: close)
      {
        text.replaceSubrange(start.lowerBound..<end.upperBound, with: "...")
      }
    }
    return text
  }
}

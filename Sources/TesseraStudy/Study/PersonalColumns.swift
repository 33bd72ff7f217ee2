import TesseraSurvey

extension StudyNameCheck {
  /// Refuses to describe or divide people by what names a single one of them.
  mutating func checkPersonal() {
    let segments = study.segments
    for (key, names) in [
      ("segments.active", segments.active), ("segments.passive", segments.passive),
      ("segments.covariates", segments.covariates), ("values", study.values),
    ] {
      for name in names where !study.allowPersonal.contains(name) {
        guard let variable = data.survey[name], Self.looksPersonal(variable) else { continue }
        faults.add(
          origin.error(
            "E0416",
            "'\(DisplayText.escaped(name))' looks like personal data (names, addresses, numbers of "
              + "people)", at: key,
            hint: "take it out, or say allow_personal: [\(name)] in the study"))
      }
    }
  }

  /// Whether a column holds texts that differ from person to person and is called like personal data,
  /// or holds addresses or numbers of people.
  static func looksPersonal(_ variable: Variable) -> Bool {
    guard !variable.isNumeric, variable.answers.isCoded else { return false }
    let looked = variable.categories.prefix(200)
    let personal = looked.count { PersonalText.looksPersonal($0.code.text) }
    if personal > 0, personal * 5 >= looked.count { return true }
    let words = variable.name.lowercased().split { !$0.isLetter }.map(String.init)
    return looked.count >= fewestOwn
      && (DraftWords.personal.contains(words.joined())
        || DraftWords.personal.contains { words.contains($0) })
  }

  /// Fewer different answers are a question about a thing, not people's own words.
  private static let fewestOwn = 8
}

extension Study {
  /// Whether whom products suit rests on answers that are shown by counts only.
  ///
  /// - Parameter settings: Which columns these are.
  /// - Returns: True if a need or a barrier names one of them.
  public func fitRestsOnSensitive(_ settings: RunSettings) -> Bool {
    let sensitive = settings.privacy == .none ? [] : settings.sensitive
    guard !sensitive.isEmpty else { return false }
    let texts =
      file.barriers.flatMap { [$0.violatedWhen, $0.heldBy ?? ""] }
      + file.needs.flatMap { [$0.satisfaction ?? ""] } + file.channels
    return sensitive.contains { name in texts.contains { $0.contains(name) } }
  }
}

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

  /// Whether a column of texts names or numbers a single person, by the rule of inspections and drafts.
  static func looksPersonal(_ variable: Variable) -> Bool {
    !variable.isNumeric && variable.answers.isCoded && PersonalData.reason(variable) != nil
  }
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

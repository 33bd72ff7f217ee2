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

extension Variable {
  /// The answers that a message may list: offered by the file with a label, or given by ten people or
  /// more; none of a column of texts, or of one that names people.
  var tellableAnswers: [String] {
    guard level != .text, !StudyNameCheck.looksPersonal(self) else { return [] }
    var holders = [Int](repeating: 0, count: categories.count + 1)
    for row in 0..<answers.count where answers.isCoded { holders[answers.position(row)] += 1 }
    return categories.enumerated().filter { place, category in
      let isOffered = !category.label.isEmpty && category.label != category.code.text
      return isOffered || holders[place + 1] >= DataWords.fewestHolders
    }.map { $0.element.label.isEmpty ? $0.element.code.text : $0.element.label }
  }
}

extension StudyData {
  /// A condition as reports and ledgers may show it: not where it speaks of what names people.
  ///
  /// - Parameters:
  ///   - condition: The condition as written.
  ///   - names: The names that it speaks of.
  /// - Returns: The condition, or what it is about.
  func shown(_ condition: String, names: [String]) -> String {
    let personal = names.filter { survey[$0].map(StudyNameCheck.looksPersonal) ?? false }
    return personal.isEmpty ? condition : "a condition on \(personal.joined(separator: ", "))"
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

import TesseraStudy
import TesseraSurvey

/// Reads Kano's pairs of questions.
struct KanoBinder {
  let source: FitSource
  let segmented: SegmentedSurvey

  /// One pair with everybody's kind; `nil` without both answers.
  struct Pair {
    let name: String
    let label: String
    let kinds: [KanoKind?]
    /// The two columns that hold the answers.
    let columns: [String]

    /// 1 for people of some kinds, 0 for the others that count for better and worse, NaN for the
    /// rest.
    func shares(of wanted: [KanoKind]) -> [Double] {
      kinds.map { kind in
        guard let kind, kind != .reverse, kind != .questionable else { return .nan }
        return wanted.contains(kind) ? 1 : 0
      }
    }
  }

  /// All pairs of the study.
  func pairs() throws(StudyError) -> [Pair] {
    var pairs: [Pair] = []
    for declared in source.file.kano { pairs.append(try pair(declared)) }
    return pairs
  }

  /// The pair with a name.
  func pair(named name: String, at key: String) throws(StudyError) -> Pair {
    guard let declared = source.file.kano.first(where: { $0.name == name }) else {
      throw source.error(
        "E0614", "there is no pair of Kano's questions '\(DisplayText.escaped(name))'", at: key,
        hint: NearestName.question(name, among: source.file.kano.map(\.name))
          ?? "declare it under kano:")
    }
    return try pair(declared)
  }

  private func pair(_ declared: KanoQuestions) throws(StudyError) -> Pair {
    let with = try answers(declared.functional, at: "kano.\(declared.name).functional")
    let without = try answers(declared.dysfunctional, at: "kano.\(declared.name).dysfunctional")
    return Pair(
      name: declared.name, label: declared.label,
      kinds: zip(with, without).map { one, other in
        guard let one, let other else { return nil }
        return KanoKind(functional: one, dysfunctional: other)
      }, columns: [declared.functional, declared.dysfunctional])
  }

  private func answers(_ column: String, at key: String) throws(StudyError) -> [KanoKind.Answer?] {
    guard let variable = segmented.survey[column] else {
      throw source.error(
        "E0607", "the survey has no column '\(DisplayText.escaped(column))'", at: key,
        hint: NearestName.question(column, among: segmented.survey.variables.map(\.name)))
    }
    let count = segmented.survey.respondentCount
    if variable.isNumeric {
      var result: [KanoKind.Answer?] = []
      for (respondent, number) in variable.numbers.enumerated() {
        guard number.isNaN || (number == number.rounded() && (1...5).contains(number)) else {
          throw source.error(
            "E0614", "an answer to '\(DisplayText.escaped(column))' is none of 1 to 5",
            column: column, sourceRow: segmented.sourceRows[respondent],
            hint:
              "1 like, 2 must be, 3 neutral, 4 can live with it, 5 dislike; declare other codes "
              + "missing")
        }
        result.append(number.isNaN ? nil : KanoKind.Answer(rawValue: Int(number)))
      }
      return result
    }
    guard variable.level == .ordinal, variable.categories.count == 5 else {
      throw source.error(
        "E0614", "'\(DisplayText.escaped(column))' does not hold five answers in order", at: key,
        hint:
          "code them 1 (like) to 5 (dislike), or list the five under survey.levels in this order")
    }
    return (0..<count).map { KanoKind.Answer(rawValue: variable.answers.position($0)) }
  }
}

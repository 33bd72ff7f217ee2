internal import TesseraFiles
internal import TesseraSurvey

/// Joins the columns of a second file to a survey by an identifier.
struct SurveyMerge {
  let declared: MergeDeclaration
  let origin: DeclarationOrigin

  /// Joins columns; people who are not in the second file have no answers there.
  ///
  /// - Parameters:
  ///   - other: The second file.
  ///   - survey: The survey, with the columns behind its own afterwards.
  /// - Returns: How many people were found.
  /// - Throws: ``StudyError`` `E0401` for a column that is not there, `E0426` for an identifier
  ///   that stands twice in the second file, or a name that both files have.
  func join(
    _ other: SurveyFile, to survey: inout Survey
  ) throws(StudyError) -> PreparationStep {
    let theirs = other.survey.variables.map(\.name)
    guard let own = survey[declared.by] else {
      throw origin.unknownColumn(
        declared.by, at: "survey.merge.by", among: survey.variables.map(\.name))
    }
    guard let key = other.survey[declared.key] else {
      throw missing(declared.key, at: "survey.merge.key", among: theirs)
    }
    var rows: [String: Int] = [:]
    for (row, id) in Self.keys(key).enumerated() where !id.isEmpty {
      guard rows.updateValue(row, forKey: id) == nil else {
        let place = other.place(ofRespondent: row)
        throw StudyError(
          code: "E0426", message: "an identifier stands twice in this file", file: place.file,
          row: place.row, column: declared.key,
          hint: "keep one row a person: which of them is meant cannot be guessed")
      }
    }
    let found = Self.keys(own).map { rows[$0] }
    for name in declared.columns.isEmpty ? theirs.filter({ $0 != declared.key }) : declared.columns
    {
      guard let variable = other.survey[name] else {
        throw missing(name, at: "survey.merge.columns", among: theirs)
      }
      guard survey[name] == nil else {
        throw origin.error(
          "E0426", "both files have a column '\(DisplayText.escaped(name))'", at: "survey.merge",
          hint: "list the columns to take: columns: [...]")
      }
      survey.put(Self.spread(variable, found))
    }
    let matched = found.count { $0 != nil }
    guard matched > 0 else {
      throw origin.error(
        "E0426", "nobody of the survey is in \(DisplayText.escaped(declared.file))",
        at: "survey.merge", hint: "by: and key: must name the same identifiers")
    }
    return PreparationStep(
      kind: .merge, name: declared.by, rule: declared.file, people: found.count,
      answered: matched, unknown: found.count - matched)
  }

  /// A column that the second file lacks, told of that file.
  private func missing(_ name: String, at key: String, among theirs: [String]) -> StudyError {
    origin.error(
      "E0401",
      "there is no column '\(DisplayText.escaped(name))' in \(DisplayText.escaped(declared.file))",
      at: key,
      hint: NearestName.question(name, among: theirs)
        ?? "its columns are \(theirs.prefix(8).joined(separator: ", "))"
        + (theirs.count > 8 ? " and \(theirs.count - 8) more" : "")
        + (key == "survey.merge.key" || declared.key == declared.by
          ? "; key: names its column of identifiers" : ""))
  }

  /// Identifiers as text, equal where they are equal as numbers; empty without one.
  private static func keys(_ variable: Variable) -> [String] {
    if case .numbers(let numbers) = variable.answers {
      return numbers.map { $0.isNaN ? "" : AnswerCode.number($0).text }
    }
    let texts = [""] + variable.categories.map { ChoiceKey.of($0.code.text) }
    return (0..<variable.answers.count).map { texts[variable.answers.position($0)] }
  }

  /// A column for the survey's people, in their order.
  private static func spread(_ variable: Variable, _ found: [Int?]) -> Variable {
    var result = variable
    if case .numbers(let numbers) = variable.answers {
      result.answers = .numbers(found.map { $0.map { numbers[$0] } ?? .nan })
    } else {
      result.answers = AnswerColumn(
        positions: found.map { $0.map { variable.answers.position($0) } ?? 0 },
        categoryCount: variable.categories.count)
    }
    result.missing = []
    if !variable.missing.isEmpty {
      result.missing = found.map { $0.map { variable.missing[$0] } ?? 0 }
    }
    return result
  }
}

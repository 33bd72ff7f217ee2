import TesseraSurvey

/// What a study refers to by one name: a column, or a set with all of its members.
struct StudyQuestion {
  /// The name.
  let name: String
  /// What a reader sees.
  let label: String
  /// The columns; one, unless it is a set.
  let variables: [Variable]
  /// The set; absent for a column.
  let set: MultipleResponseSet?
}

extension Survey {
  /// Finds what a name stands for; sets come before columns.
  ///
  /// - Parameters:
  ///   - name: The name of a set or a column.
  ///   - key: The key of the study it stands under, for messages.
  /// - Returns: The column, or the set with its members.
  /// - Throws: ``StudyError`` that suggests the nearest name.
  func question(_ name: String, under key: String) throws(StudyError) -> StudyQuestion {
    if let set = sets.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      let members = set.members.compactMap { self[$0] }
      if !members.isEmpty {
        return StudyQuestion(
          name: name, label: set.title, variables: members, set: set)
      }
    }
    if let variable = self[name] {
      return StudyQuestion(
        name: name, label: variable.label.isEmpty ? name : variable.label, variables: [variable],
        set: nil)
    }
    let names = variables.map(\.name) + sets.map(\.name)
    throw StudyError(
      code: "E0501",
      message: "\(key) names '\(DisplayText.escaped(name))', which is not a column of the survey",
      column: name,
      hint: NearestName.question(name, among: names)
        ?? "tessera inspect lists the columns and the sets")
  }

  /// The set that a column is a member of.
  func set(holding member: String) -> MultipleResponseSet? {
    sets.first { $0.members.contains { $0.utf8.elementsEqual(member.utf8) } }
  }
}

extension MultipleResponseSet {
  /// The code by which a member says "chosen".
  var chosenCode: AnswerCode {
    if case .dichotomy(let chosen) = coding { chosen } else { .number(1) }
  }
}

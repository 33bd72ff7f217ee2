internal import TesseraFiles
internal import TesseraSurvey

/// Turns multiple-response questions, however a file holds them, into 0/1 variables.
///
/// Of a respondent who chose nothing and whose columns are all blank, nothing is known: the
/// question was not asked. Where something was chosen, blank columns say "no".
struct SetBinding {
  let file: SurveyFile
  let origin: DeclarationOrigin

  /// The categories of a member: 0 and 1.
  static let categories = [
    Category(code: .number(0), label: "no"), Category(code: .number(1), label: "yes"),
  ]
  /// More different answers than this are open text, not answers on offer.
  static let mostAnswers = 500
  fileprivate static let noWords: Set<String> = [
    "no", "n", "false", "0", "off", "nein", "non", "not selected", "not chosen", "not mentioned",
    "unchecked", "unselected", "nicht genannt", "nicht gewählt", "nicht ausgewählt",
    "non sélectionné", "non coché", "no seleccionado", "no mencionado",
  ]
  /// Whether a label says yes, in a language that is known.
  static func saysYes(_ label: String) -> Bool { yesWords.contains(label.lowercased()) }

  private static let yesWords: Set<String> = [
    "yes", "y", "true", "1", "on", "ja", "oui", "sí", "si", "selected", "chosen", "mentioned",
    "checked", "genannt", "gewählt", "ausgewählt", "sélectionné", "coché", "seleccionado",
  ]

  /// A set, its members, and the columns that are replaced by them.
  struct Result {
    var set: MultipleResponseSet
    var members: [Variable]
    var replaced: [String] = []
  }

  // MARK: - Sets of the study

  /// Binds a set that the study declares.
  ///
  /// - Throws: ``StudyError`` for columns that do not exist or do not say yes and no.
  func bind(_ declared: SetDeclaration, in survey: Survey) throws(StudyError) -> Result {
    switch declared.source {
    case .columns(let patterns, let chosen):
      let names = try columns(patterns, declared.name, survey)
      return try bind(
        names.compactMap { survey[$0] }, name: declared.name, label: "",
        chosen: chosen.map { .word($0) } ?? .usual)
    case .delimited(let column, let separator, let options):
      guard let variable = survey[column] else {
        throw origin.unknownColumn(
          column, at: "survey.sets.\(declared.name).column", among: survey.variables.map(\.name))
      }
      return try split(
        variable, name: declared.name, separator: separator, options: options)
    }
  }

  private func columns(
    _ patterns: [String], _ name: String, _ survey: Survey
  ) throws(StudyError) -> [String] {
    let key = "survey.sets.\(name).columns"
    let all = survey.variables.map(\.name)
    var names: [String] = []
    for (position, pattern) in patterns.enumerated() {
      let place = patterns.count > 1 ? "\(key)[\(position)]" : key
      if survey[pattern] != nil {
        names.append(pattern)
        continue
      }
      guard pattern.contains(where: { $0 == "*" || $0 == "?" }) else {
        throw origin.unknownColumn(pattern, at: place, among: all)
      }
      let found = all.filter { NamePattern.matches(pattern, $0) }
      guard !found.isEmpty else {
        throw origin.error(
          "E0408", "no column matches '\(DisplayText.escaped(pattern))'", at: place,
          hint: "tessera inspect lists the columns of the survey")
      }
      names += found.filter { !names.contains($0) }
    }
    return names
  }

  // MARK: - Sets of the file

  /// Binds a set that the survey's own file declares; `nil` if it has no members.
  func bind(_ set: MultipleResponseSet, in survey: Survey) throws(StudyError) -> Result? {
    let members = set.members.compactMap { survey[$0] }
    guard !members.isEmpty else { return nil }
    switch set.coding {
    case .dichotomy(let chosen):
      let worded = members.map { Self.worded($0, chosen, set.optionLabels) }
      return try bind(worded, name: set.name, label: set.label, chosen: .code(chosen))
    case .category: return mentions(members, set)
    }
  }

  /// A member under the label that the set gives its answer.
  private static func worded(
    _ member: Variable, _ chosen: AnswerCode, _ labels: MultipleResponseSet.OptionLabels
  ) -> Variable {
    guard labels != .wordings,
      let category = member.categories.first(where: { $0.code == chosen }),
      category.label != category.code.text
    else { return member }
    var worded = member
    worded.label = category.label
    return worded
  }

  /// How a column of a set says "chosen".
  private enum Chosen {
    /// 1, yes, true, or any text other than no.
    case usual
    case word(String)
    case code(AnswerCode)
  }

  private func bind(
    _ members: [Variable], name: String, label: String, chosen: Chosen
  ) throws(StudyError) -> Result {
    var answers: [[UInt8]] = []
    var anyChosen = false
    for member in members {
      let (says, meanings) = try meaning(member, name, chosen)
      anyChosen = anyChosen || meanings.contains(true)
      answers.append(says)
    }
    if !anyChosen, case .word(let word) = chosen {
      throw origin.error(
        "E0408",
        "no column of the set '\(DisplayText.escaped(name))' holds "
          + "'\(DisplayText.escaped(word))'", at: "survey.sets.\(name).chosen",
        hint: "write the code that says \"chosen\" in these columns")
    }
    return Result(
      set: MultipleResponseSet(
        name: name, label: label, members: members.map(\.name),
        coding: .dichotomy(chosen: .number(1))),
      members: Self.variables(members, answers))
  }

  /// What each respondent says in a column, as positions among ``categories``, and what its codes
  /// mean.
  private func meaning(
    _ member: Variable, _ name: String, _ chosen: Chosen
  ) throws(StudyError) -> (says: [UInt8], meanings: [Bool]) {
    func judge(_ category: Category) throws(StudyError) -> Bool {
      switch chosen {
      case .word(let word): return category.isNamed(word)
      case .code(let code): return category.code == code
      case .usual:
        if let usual = Self.usual(category, beside: member) { return usual }
        throw origin.error(
          "E0408",
          "the set '\(DisplayText.escaped(name))' does not say which number in "
            + "\(DisplayText.escaped(member.name)) means \"chosen\"", at: "survey.sets.\(name)",
          hint: "add chosen: CODE to the set")
      }
    }
    let answers = CategoricalAnswers(member)
    var meanings: [Bool] = []
    for (category, isGiven) in zip(answers.categories, answers.isGiven) {
      meanings.append(isGiven ? try judge(category) : false)
    }
    return (answers.column.values(of: [0] + meanings.map { $0 ? 2 : 1 }), meanings)
  }

  private static func usual(_ category: Category, beside member: Variable) -> Bool? {
    let label = category.label.lowercased()
    if noWords.contains(label) { return false }
    if yesWords.contains(label) { return true }
    switch category.code {
    case .number(0): return false
    case .number(1): return true
    case .number(2):
      // 1 yes, 2 no is the other usual coding.
      return member.numbers.contains(1) && !member.numbers.contains(0) ? false : nil
    case .number: return nil
    // "Not.tea time" beside "tea time".
    case .text: return member.categories.count != 2 || !isDenied(category, beside: member)
    }
  }

  private static func isDenied(_ category: Category, beside member: Variable) -> Bool {
    let labels = member.categories.map(\.label)
    return DeniedAnswer.place(in: labels).map { labels[$0] == category.label } ?? false
  }

  /// The columns as 0/1 variables, where blank beside something chosen is "no".
  private static func variables(_ members: [Variable], _ answers: [[UInt8]]) -> [Variable] {
    let rows = members.first?.answers.count ?? 0
    // 2 where anything was chosen, 1 where the question was answered at all.
    var most = [UInt8](repeating: 0, count: rows)
    for says in answers {
      for row in 0..<rows { most[row] = max(most[row], says[row]) }
    }
    return zip(members, answers).map { member, says in
      var result = member
      result.level = .nominal
      let labels = member.categories.map(\.label)
      if member.label.isEmpty, let denied = DeniedAnswer.place(in: labels) {
        result.label = labels[1 - denied]
      }
      result.categories = categories
      var positions = says
      for row in 0..<rows where says[row] == 0 {
        if most[row] == 2, member.reason(row)?.kind != .declared {
          positions[row] = 1
          if !result.missing.isEmpty { result.missing[row] = 0 }
        } else if most[row] == 0, member.reason(row) == nil {
          result.setMissing(row, .notAsked, nil, "not asked")
        }
      }
      result.answers = .codes8(positions)
      return result
    }
  }
}

/// Words of columns that are ticked or not.
package enum SetWords {
  /// Labels that say "no", in the languages that are known, in lower case.
  package static var no: [String] { SetBinding.noWords.sorted() }
}

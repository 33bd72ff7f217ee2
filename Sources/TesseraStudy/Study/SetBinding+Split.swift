internal import TesseraSurvey

extension SetBinding {
  /// A 0/1 variable for each answer that a column lists; of known options, in their order, with one
  /// more for what is not on offer.
  func split(
    _ variable: Variable, name: String, separator: String, options: [String]
  ) throws(StudyError) -> Result {
    let texts: [String]
    var positions: [Int]
    if case .numbers(let numbers) = variable.answers {
      let distinct = Set(numbers.lazy.filter { !$0.isNaN }).sorted()
      var places: [Double: Int] = [:]
      for (place, value) in distinct.enumerated() { places[value] = place + 1 }
      texts = distinct.map { AnswerCode.number($0).text }
      positions = numbers.map { $0.isNaN ? 0 : places[$0] ?? 0 }
    } else {
      texts = variable.categories.map(\.code.text)
      positions = (0..<variable.answers.count).map { variable.answers.position($0) }
    }
    let offered = Set(options.map { AnswerCode.text($0) })
    let parts = texts.map { text in
      options.isEmpty
        ? Self.parts(of: text, separator)
        : JoinedAnswers.split(text, separator, options: offered)
    }
    var seen: Set<AnswerCode> = []
    for part in parts.joined() { seen.insert(.text(part)) }
    let others = seen.subtracting(offered).sorted().map(\.text)
    let answers = options + others
    guard !answers.isEmpty, answers.count <= Self.mostAnswers else {
      throw origin.error(
        "E0408",
        "\(DisplayText.escaped(variable.name)) lists "
          + "\(DataWords.counted(answers.count, "different answer")): this is no set",
        at: "survey.sets.\(name).separator",
        hint: "check the separator; open answers cannot be a set")
    }
    let members = answers.map { answer in
      let choices =
        [0]
        + parts.map { list in
          list.contains { $0.utf8.elementsEqual(answer.utf8) } ? 2 : 1
        }
      return member("\(name): \(answer)", answer, positions.map { choices[$0] }, variable)
    }
    return Result(
      set: MultipleResponseSet(
        name: name, label: variable.label, members: members.map(\.name),
        coding: .dichotomy(chosen: .number(1))),
      members: members, replaced: [variable.name])
  }

  private static func parts(of text: String, _ separator: String) -> [String] {
    text.split(separator: separator).compactMap { part in
      let trimmed = part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
      return trimmed.isEmpty ? nil : String(trimmed)
    }
  }

  /// A 0/1 variable for each code that columns of mentions hold.
  func mentions(_ members: [Variable], _ set: MultipleResponseSet) -> Result {
    var categories: [Category] = []
    for category in members.flatMap(\.categories)
    where !categories.contains(where: { $0.code == category.code }) {
      categories.append(category)
    }
    categories.sort { $0.code < $1.code }
    let rows = members.first?.answers.count ?? 0
    let variables = categories.map { category in
      var positions = [Int](repeating: 0, count: rows)
      for member in members {
        let place = member.categories.firstIndex { $0.code == category.code }.map { $0 + 1 } ?? -1
        for row in 0..<rows where member.answers.isAnswered(row) {
          let isChosen = member.answers.position(row) == place
          positions[row] = max(positions[row], isChosen ? 2 : 1)
        }
      }
      return member("\(set.name): \(category.label)", category.label, positions, members[0])
    }
    return Result(
      set: MultipleResponseSet(
        name: set.name, label: set.label, members: variables.map(\.name),
        coding: .dichotomy(chosen: .number(1))),
      members: variables, replaced: members.map(\.name))
  }

  private func member(
    _ name: String, _ label: String, _ positions: [Int], _ source: Variable
  ) -> Variable {
    var variable = Variable(
      name: name, label: label, level: .nominal, categories: Self.categories,
      answers: AnswerColumn(positions: positions, categoryCount: 2), reasons: source.reasons,
      missing: source.missing)
    for (row, position) in positions.enumerated() where position == 0 && source.reason(row) == nil {
      variable.setMissing(row, .notAsked, nil, "not asked")
    }
    return variable
  }
}

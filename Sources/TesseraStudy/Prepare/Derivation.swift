internal import TesseraSurvey

/// Makes new variables from others, row by row.
///
/// What cannot be known stays missing: a band of an age that was not told, the top box of a
/// question that was not asked.
struct Derivation {
  let data: StudyData
  let origin: DeclarationOrigin

  /// The answers to a flag: 0 and 1.
  private static let flag = SetBinding.categories

  /// Makes a variable.
  ///
  /// - Parameter declared: What the study says of it.
  /// - Returns: A variable as long as the survey.
  /// - Throws: ``StudyError`` `E0401`, `E0420` or `E0421`, with the line of the study.
  func make(_ declared: DerivedVariable) throws(StudyError) -> Variable {
    let key = "survey.derive.\(declared.name)"
    var made =
      switch declared.rule {
      case .bands(let source, let bounds, let labels):
        try bands(try variable(source, "\(key).bands"), bounds, labels, key)
      case .net(let source, let nets, let rest):
        try net(try variable(source, "\(key).net"), nets, rest, key)
      case .mean(let names, let reversed, let atLeast):
        try total(names, reversed, atLeast, "\(key).mean", isMean: true, scale: declared.scale)
      case .sum(let names, let atLeast):
        try total(names, [], atLeast, "\(key).sum", isMean: false)
      case .count(let names, let answers): try count(names, answers, key)
      case .top(let source, let boxes):
        try boxed(try variable(source, "\(key).top"), boxes, "top", key, declared.scale)
      case .bottom(let source, let boxes):
        try boxed(try variable(source, "\(key).bottom"), boxes, "bottom", key, declared.scale)
      case .when(let condition):
        flagged(try Self.truths(condition, data, origin, at: "\(key).when"), label: condition)
      case .reverse(let source):
        try reversed(
          try variable(source, "\(key).reverse"), "\(key).reverse", declared.scale)
      case .oneOf(let names, let rest): try chosen(names, rest, "\(key).one_of")
      }
    if !declared.label.isEmpty { made.label = declared.label }
    var result = Variable(
      name: declared.name, label: made.label, level: made.level, categories: made.categories,
      answers: made.answers)
    (result.reasons, result.missing) = (made.reasons, made.missing)
    return result
  }

  /// The truth of a condition for each respondent.
  static func truths(
    _ condition: String, _ data: StudyData, _ origin: DeclarationOrigin, at key: String
  ) throws(StudyError) -> [UInt8] {
    do throws(ExpressionProblem) {
      return try ColumnStatements(data: data).truths(try Expression.parse(condition))
    } catch {
      let shown = DisplayText.escaped(condition, limit: 120)
      throw origin.error(
        "E0420", "\(error.message), at letter \(error.offset + 1) of \"\(shown)\"", at: key,
        hint: error.hint ?? "write for example: status = complete")
    }
  }

  // MARK: - Rules

  private func bands(
    _ source: Variable, _ bounds: [Double], _ labels: [String], _ key: String
  ) throws(StudyError) -> Variable {
    let numbers = try numbers(source, "\(key).bands", "bands are made of numbers")
    let isWhole =
      numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() }
      && bounds.allSatisfy { $0 == $0.rounded() }
    let texts = bounds.indices.map { band in
      if !labels.isEmpty { return labels[band] }
      let from = AnswerCode.number(bounds[band]).text
      guard band + 1 < bounds.count else { return "\(from) or more" }
      let next = bounds[band + 1]
      if !isWhole { return "\(from) to under \(AnswerCode.number(next).text)" }
      let last = AnswerCode.number(next - 1).text
      return last == from ? from : "\(from) to \(last)"
    }
    var result = Variable(
      name: source.name, label: Self.words(source), level: .ordinal,
      categories: texts.enumerated().map { Category(code: .number(Double($0 + 1)), label: $1) },
      answers: AnswerColumn(
        positions: numbers.map { number in
          number.isNaN ? 0 : bounds.count { $0 <= number }
        }, categoryCount: bounds.count))
    let reason = "below \(AnswerCode.number(bounds[0]).text)"
    for (row, number) in numbers.enumerated() where number < bounds[0] {
      result.setMissing(row, .declared, nil, reason)
    }
    return result
  }

  private func net(
    _ source: Variable, _ nets: [DerivedVariable.Net], _ rest: String?, _ key: String
  ) throws(StudyError) -> Variable {
    let source = source.withCategories
    var places = [Int](repeating: 0, count: source.categories.count + 1)
    for (place, net) in nets.enumerated() {
      for answer in net.answers {
        let at = "\(key).into.\(net.label)"
        let found = source.categories.indices.filter { source.categories[$0].isNamed(answer) }
        guard let position = found.first, found.count == 1 else {
          throw origin.error(
            "E0421",
            "'\(DisplayText.escaped(answer))' is \(found.isEmpty ? "no" : "more than one") answer "
              + "to '\(DisplayText.escaped(source.name))'", at: at,
            hint: found.isEmpty
              ? NearestName.question(answer, among: source.tellableAnswers)
                ?? (source.tellableAnswers.isEmpty
                  ? "tessera inspect tells of its answers"
                  : "its answers are \(listed(source.tellableAnswers))")
              : "write codes instead of labels")
        }
        guard places[position + 1] == 0 else {
          throw origin.error(
            "E0421", "'\(DisplayText.escaped(answer))' stands in two nets", at: at,
            hint: "take it out of one of them")
        }
        places[position + 1] = place + 1
      }
    }
    if rest != nil {
      for position in places.indices.dropFirst() where places[position] == 0 {
        places[position] = nets.count + 1
      }
    }
    let labels = nets.map(\.label) + [rest].compactMap { $0 }
    return Variable(
      name: source.name, label: Self.words(source), level: .nominal,
      categories: labels.enumerated().map { Category(code: .number(Double($0 + 1)), label: $1) },
      answers: AnswerColumn(
        positions: (0..<source.answers.count).map { places[source.answers.position($0)] },
        categoryCount: labels.count))
  }

  private func total(
    _ names: [String], _ reversed: [String], _ atLeast: Int, _ key: String, isMean: Bool,
    scale: RatingScale? = nil
  ) throws(StudyError) -> Variable {
    var items: [[Double]] = []
    let columns = data.columns(names)
    var sources: [Variable] = []
    for name in columns { sources.append(try variable(name, key)) }
    for source in sources {
      items.append(
        try numbers(source, key, isMean ? "a mean needs numbers" : "a sum needs numbers"))
    }
    guard atLeast <= items.count else {
      throw origin.error(
        "E0421", "\(atLeast) answers are asked of \(items.count) items", at: key,
        hint: "lower at_least")
    }
    for name in reversed {
      guard let place = columns.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        continue
      }
      let ends =
        scale ?? Self.offered(sources[place]) ?? common(sources) ?? Self.given(items[place])
      items[place] = items[place].map { ends.low + ends.high - $0 }
    }
    let values = (0..<data.survey.respondentCount).map { row in
      var (sum, count) = (0.0, 0)
      for item in items where !item[row].isNaN { (sum, count) = (sum + item[row], count + 1) }
      return count < atLeast ? .nan : isMean ? sum / Double(count) : sum
    }
    return Variable(name: "", level: .numeric, answers: .numbers(values))
  }

  private func count(
    _ names: [String], _ answers: [String], _ key: String
  ) throws(StudyError) -> Variable {
    var chosen: [[UInt8]] = []
    for name in data.columns(names) {
      let source = try variable(name, "\(key).count").withCategories
      let words = answers.isEmpty ? ["1", "yes"] : answers
      let isChosen =
        [false]
        + source.categories.map { category in
          words.contains { category.isNamed($0) || category.label.lowercased() == $0.lowercased() }
        }
      chosen.append(
        (0..<source.answers.count).map { row in
          let position = source.answers.position(row)
          return position == 0 ? Truth.unanswered : Truth.of(isChosen[position])
        })
    }
    let values = (0..<data.survey.respondentCount).map { row -> Double in
      let said = chosen.lazy.map { $0[row] }
      if said.allSatisfy({ $0 == Truth.unanswered }) { return .nan }
      return Double(said.count { $0 == Truth.yes })
    }
    return Variable(name: "", level: .count, answers: .numbers(values))
  }

  private func boxed(
    _ source: Variable, _ boxes: Int, _ end: String, _ key: String, _ scale: RatingScale?
  ) throws(StudyError) -> Variable {
    let numbers = try numbers(source, "\(key).\(end)", "boxes are counted on a scale")
    let steps = Self.steps(source, numbers, scale ?? common([source]))
    guard steps.count > boxes, steps.count <= 101 else {
      throw origin.error(
        "E0421",
        "'\(DisplayText.escaped(source.name))' has \(steps.count) different answers, and \(boxes) "
          + "of them are asked for", at: "\(key).\(end)",
        hint: "name a rating scale, or write a condition: when: \"\(source.name) >= 4\"")
    }
    let isTop = end == "top"
    let bound = isTop ? steps[steps.count - boxes] : steps[boxes - 1]
    return flagged(
      numbers.map { $0.isNaN ? Truth.unanswered : Truth.of(isTop ? $0 >= bound : $0 <= bound) },
      label: "\(Self.words(source)): \(end) \(boxes)")
  }

  private func reversed(
    _ source: Variable, _ key: String, _ scale: RatingScale?
  ) throws(StudyError) -> Variable {
    let numbers = try numbers(source, key, "only a scale can be turned round")
    let ends =
      scale ?? Self.offered(source) ?? common([source]) ?? Self.given(numbers)
    var result = source
    result.label = Self.words(source) + " (turned round)"
    guard source.answers.isCoded else {
      result.answers = .numbers(numbers.map { ends.low + ends.high - $0 })
      return result
    }
    // The label stays with the people who gave the answer.
    result.categories = zip(source.categories, Self.codes(source).dropFirst()).reversed().map {
      Category(
        code: .number(ends.low + ends.high - $1),
        label: $0.label == $0.code.text ? nil : $0.label)
    }
    let count = source.categories.count
    result.answers = AnswerColumn(
      positions: (0..<source.answers.count).map { row in
        let position = source.answers.position(row)
        return position == 0 ? 0 : count + 1 - position
      }, categoryCount: count)
    return result
  }

  // MARK: - Sources

  func variable(_ name: String, _ key: String) throws(StudyError) -> Variable {
    if let variable = data.survey[name] { return variable }
    if data.set(name) != nil {
      throw origin.error(
        "E0421", "'\(DisplayText.escaped(name))' is a question with several answers", at: key,
        hint: "count: \(name) counts them; when: \"\(name) includes ANSWER\" asks for one")
    }
    throw origin.unknownColumn(name, at: key, among: data.survey.variables.map(\.name))
  }

  /// The answers as numbers: the codes, or the steps of an ordered question.
  private func numbers(
    _ variable: Variable, _ key: String, _ need: String
  ) throws(StudyError) -> [Double] {
    try refuseNoAnswer(variable, key)
    if variable.isNumeric || variable.missingCount == variable.answers.count {
      return variable.numbers
    }
    guard variable.level == .ordinal else {
      throw origin.error(
        "E0421", "\(need), and '\(DisplayText.escaped(variable.name))' holds none", at: key,
        hint: "give its answers an order under survey.levels")
    }
    let codes = Self.codes(variable)
    return (0..<variable.answers.count).map { codes[variable.answers.position($0)] }
  }

  /// NaN, then the numbers of the answers: their codes, or their places from 1.
  static func codes(_ variable: Variable) -> [Double] {
    [.nan]
      + (variable.isNumeric
        ? variable.categories.map { $0.code.number ?? .nan }
        : variable.categories.indices.map { Double($0 + 1) })
  }

  private func flagged(_ truths: [UInt8], label: String) -> Variable {
    Variable(
      name: "", label: label, level: .nominal, categories: Self.flag,
      answers: AnswerColumn(
        positions: truths.map { $0 == Truth.yes ? 2 : $0 == Truth.no ? 1 : 0 }, categoryCount: 2))
  }

  private static func words(_ variable: Variable) -> String {
    variable.label.isEmpty ? variable.name : variable.label
  }
}

extension DerivedVariable {
  /// The names that its rule speaks of: columns, sets, or parts of a condition.
  var sources: [String] {
    switch rule {
    case .bands(let source, _, _), .net(let source, _, _), .top(let source, _),
      .bottom(let source, _), .reverse(let source):
      [source]
    case .mean(let names, _, _), .sum(let names, _), .count(let names, _), .oneOf(let names, _):
      names
    // `complete: { when: "status = complete" }` asks for an answer, not for itself.
    case .when(let condition):
      conditionNames.filter {
        $0 != name || (try? Expression.parse(condition))?.asked.contains(name) == true
      }
    }
  }

  /// All names that its condition speaks of, answers among them; empty for other rules.
  var conditionNames: [String] {
    guard case .when(let condition) = rule else { return [] }
    return (try? Expression.parse(condition))?.names ?? []
  }
}

extension FilterDeclaration {
  /// The names that its condition speaks of.
  var names: [String] { (try? Expression.parse(condition))?.names ?? [] }
}

extension Expression {
  /// The names that are asked about.
  fileprivate var asked: [String] {
    switch self {
    case .and(let one, let two), .or(let one, let two): one.asked + two.asked
    case .not(let inner): inner.asked
    case .isMissing(let name), .comparison(let name, _, _), .includes(let name, _): [name.text]
    }
  }

  /// All names, on either side.
  fileprivate var names: [String] {
    switch self {
    case .and(let one, let two), .or(let one, let two): one.names + two.names
    case .not(let inner): inner.names
    case .isMissing(let name): [name.text]
    case .comparison(let name, _, let operand), .includes(let name, let operand):
      [name.text, operand.text]
    }
  }
}

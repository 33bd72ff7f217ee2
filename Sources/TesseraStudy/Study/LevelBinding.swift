internal import TesseraFiles
internal import TesseraSurvey

/// Gives variables the measurement levels and orders that a study declares.
struct LevelBinding {
  let file: SurveyFile
  let origin: DeclarationOrigin

  /// The most different numbers that can be categories.
  private static let mostCategories = 65_535

  /// The variable at its declared level.
  ///
  /// - Parameters:
  ///   - variable: The variable, without answers declared missing.
  ///   - declared: What the study says of it.
  /// - Returns: Numbers for numeric levels and counts, categories for ordinal and nominal ones.
  /// - Throws: ``StudyError`` naming the line of a cell that does not suit the level.
  func applied(to variable: Variable, _ declared: LevelDeclaration) throws(StudyError) -> Variable {
    var result = variable
    result.level = declared.level
    switch declared.level {
    case .numeric, .count:
      guard variable.isNumeric || variable.categories.isEmpty else {
        throw notNumeric(variable)
      }
      result.answers = .numbers(variable.numbers)
      result.categories = []
      if declared.level == .count { try checkCounts(result) }
    case .ordinal, .nominal:
      result = try categorical(result)
      if !declared.order.isEmpty { result = try ordered(result, declared) }
    case .text, .date: break
    }
    return result
  }

  private func notNumeric(_ variable: Variable) -> StudyError {
    if let error = file.numberError(inColumn: variable.name) { return StudyError(error.report) }
    return origin.error(
      "E0407", "\(DisplayText.escaped(variable.name)) does not hold numbers",
      at: "survey.levels.\(variable.name)", hint: "declare it nominal or ordinal")
  }

  private func checkCounts(_ variable: Variable) throws(StudyError) {
    let numbers = variable.numbers
    guard
      let row = numbers.firstIndex(where: { !$0.isNaN && ($0 < 0 || $0 != $0.rounded()) })
    else { return }
    let place = file.place(ofRespondent: row)
    throw StudyError(
      code: "E0407", message: "a count must be a whole number from 0", file: place.file,
      row: place.row, column: variable.name,
      hint: "correct the cell, declare it missing, or declare the column numeric")
  }

  /// The variable with a category for each different number.
  private func categorical(_ variable: Variable) throws(StudyError) -> Variable {
    let result = variable.withCategories
    guard result.categories.count <= Self.mostCategories else {
      throw origin.error(
        "E0407",
        "\(DisplayText.escaped(variable.name)) has \(result.categories.count) different numbers",
        at: "survey.levels.\(variable.name)", hint: "declare it numeric")
    }
    return result
  }

  /// The variable with its categories in the declared order.
  private func ordered(
    _ variable: Variable, _ declared: LevelDeclaration
  ) throws(StudyError) -> Variable {
    var places = [Int](repeating: 0, count: variable.categories.count + 1)
    var categories: [Category] = []
    for (step, word) in declared.order.enumerated() {
      let matches = variable.categories.indices.filter { variable.categories[$0].isNamed(word) }
      if matches.count > 1 || matches.contains(where: { places[$0 + 1] > 0 }) {
        throw origin.error(
          "E0406", "'\(DisplayText.escaped(word))' means more than one answer, or one twice",
          at: "survey.levels.\(variable.name)[\(step)]", hint: "list codes instead of labels")
      }
      if let match = matches.first {
        places[match + 1] = step + 1
        categories.append(variable.categories[match])
      } else {
        // An answer on offer that nobody gave.
        let code: AnswerCode = Double(word).map { .number($0) } ?? .text(word)
        categories.append(Category(code: variable.isNumeric ? code : .text(word), label: word))
      }
    }
    var result = variable
    let positions = (0..<variable.answers.count).map { variable.answers.position($0) }
    if let row = positions.firstIndex(where: { $0 > 0 && places[$0] == 0 }) {
      throw notListed(variable, positions, row, declared)
    }
    result.categories = categories
    result.answers = AnswerColumn(
      positions: positions.map { places[$0] }, categoryCount: categories.count)
    return result
  }

  private func notListed(
    _ variable: Variable, _ positions: [Int], _ row: Int, _ declared: LevelDeclaration
  ) -> StudyError {
    let category = variable.categories[positions[row] - 1]
    let holders = positions.count { $0 == positions[row] }
    let place = file.place(ofRespondent: row)
    let found = DataWords.shown(category, holders: holders)
    return StudyError(
      code: "E0406",
      message: "\(found) is not among the levels that the study lists for this column",
      file: place.file, row: place.row, column: variable.name,
      hint: NearestName.question(category.code.text, among: declared.order).map {
        "\($0) else add it to survey: levels, or declare it missing"
      } ?? "add it to survey: levels: \(variable.name), or declare it missing")
  }
}

extension Variable {
  /// The variable with a category for each different number, where it holds numbers.
  var withCategories: Variable {
    guard case .numbers(let numbers) = answers else { return self }
    let distinct = Set(numbers.lazy.filter { !$0.isNaN }).sorted()
    var places: [Double: Int] = [:]
    for (place, value) in distinct.enumerated() { places[value] = place + 1 }
    var result = self
    result.categories = distinct.map { Category(code: .number($0)) }
    result.answers = AnswerColumn(
      positions: numbers.map { $0.isNaN ? 0 : places[$0] ?? 0 }, categoryCount: distinct.count)
    return result
  }
}

/// How answers may be told in a message.
enum DataWords {
  /// Answers held by fewer respondents are told by kind and length only.
  static let fewestHolders = 10

  /// An answer as it may be told.
  ///
  /// - Parameters:
  ///   - category: The answer.
  ///   - holders: How many respondents gave it.
  /// - Returns: The answer itself, or its kind and length.
  static func shown(_ category: Category, holders: Int) -> String {
    guard holders < fewestHolders else { return "'\(DisplayText.escaped(category.code.text))'" }
    switch category.code {
    case .number: return "a number"
    case .text(let text):
      return "a text of \(text.count) character\(text.count == 1 ? "" : "s")"
    }
  }

  /// A number of things with its noun.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

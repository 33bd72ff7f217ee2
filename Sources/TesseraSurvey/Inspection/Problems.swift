/// Collects what an analyst should look at.
struct Problems {
  let survey: Survey
  let summaries: [Inspection.VariableSummary]
  let rows: [Int]
  private let options: Set<AnswerCode>
  /// What was found, in the order of the variables, then of the rows.
  private(set) var found: [Inspection.Problem] = []

  init(survey: Survey, summaries: [Inspection.VariableSummary], rows: [Int]) {
    self.survey = survey
    self.summaries = summaries
    self.rows = rows
    options = Set(survey.sets.flatMap(\.members).map { .text($0) })
  }

  /// Looks for everything there is to find.
  mutating func findAll(grids: [QuestionBlock], weight: Inspection.WeightSummary?) {
    for place in survey.variables.indices {
      findPoor(place)
      findSuspectedMissing(place)
      findPersonal(place)
      findLookalikes(place)
      findReserved(place)
      findRepeatedIdentifiers(place)
    }
    findCopies()
    findRepeatedRows()
    for grid in grids { findStraightLiners(grid) }
    findSpeeders()
    if let weight { judge(weight) }
  }

  /// Notes a problem.
  mutating func note(row: Int?, column: String?, _ message: String) {
    found.append(Inspection.Problem(row: row, column: column, message: message))
  }

  private mutating func tell(_ place: Int, _ message: String, row: Int? = nil) {
    found.append(
      Inspection.Problem(row: row, column: survey.variables[place].name, message: message))
  }

  // MARK: - Variables by themselves

  private mutating func findPoor(_ place: Int) {
    let summary = summaries[place]
    let answered = survey.respondentCount - summary.missing
    if answered == 0 {
      tell(place, "nobody answered")
    } else if summary.distinct == 1, survey.respondentCount > 1, !isOption(place) {
      tell(place, "constant: every answer is the same")
    } else if answered >= 50, let most = summary.categories.map(\.count).max(),
      most * 100 >= answered * 98, !isOption(place)
    {
      tell(place, "nearly constant: \(most) of \(answered) answers are the same")
    } else if summary.level == .nominal || (summary.level == .text && summary.role.role != .id),
      summary.categories.count > 50, summary.categories.count * 2 > answered,
      summary.distinct < answered
    {
      tell(
        place,
        "\(summary.categories.count) different answers among \(answered): too many for categories")
    }
  }

  /// Whether a variable is one of the options of a question, which is chosen or left blank.
  private func isOption(_ place: Int) -> Bool {
    summaries[place].missing > 0 && options.contains(.text(survey.variables[place].name))
  }

  private static let codes: Set<Double> = [
    -1, -2, -8, -9, -77, -88, -97, -98, -99, -999, 77, 88, 97, 98, 99, 888, 998, 999, 9998, 9999,
    99999, 999999,
  ]
  private static let phrases = [
    "prefer not to", "rather not say", "don't know", "dont know", "do not know", "refused",
    "not applicable", "keine angabe", "weiß nicht", "weiss nicht", "ne sait pas",
    "sans réponse", "ne souhaite pas", "no sabe", "no contesta", "prefiero no",
  ]

  private mutating func findSuspectedMissing(_ place: Int) {
    let variable = survey.variables[place]
    guard variable.level != .text, variable.level != .date else { return }
    for category in summaries[place].categories where category.count > 0 {
      let label = category.label.lowercased()
      if let phrase = Self.phrases.first(where: label.contains) {
        tell(
          place,
          "'\(DisplayText.escaped(category.label))' (\(category.count)) says '\(phrase)': "
            + "declare it missing?")
      }
    }
    guard variable.isNumeric, let moments = summaries[place].moments else { return }
    let suspects = [moments.minimum, moments.maximum].filter(Self.codes.contains)
    for suspect in suspects where standsAlone(suspect, variable) {
      let code = AnswerCode.number(suspect).text
      tell(place, "\(code) stands far from the other answers: declare it missing?")
    }
  }

  /// Whether a code is farther from its neighbour than the other answers are from each other.
  private func standsAlone(_ code: Double, _ variable: Variable) -> Bool {
    var low = Double.infinity
    var high = -Double.infinity
    if case .numbers(let numbers) = variable.answers {
      for number in numbers where !number.isNaN && number != code {
        low = min(low, number)
        high = max(high, number)
      }
    } else {
      let others = variable.categories.compactMap(\.code.number).filter { $0 != code }
      low = others.min() ?? .infinity
      high = others.max() ?? -.infinity
    }
    guard low <= high else { return false }
    let gap = code < low ? low - code : code - high
    if code < 0, low >= 0 { return true }
    return gap > max(1, (high - low) * 2) || (gap > 1 && code >= 97 && high <= 12)
  }

  private mutating func findPersonal(_ place: Int) {
    let isOnMap = survey["x"] != nil && survey["y"] != nil
    if let reason = PersonalData.reason(survey.variables[place], isOnMap: isOnMap) {
      tell(place, "may hold \(reason)")
    }
  }

  private mutating func findLookalikes(_ place: Int) {
    let variable = survey.variables[place]
    guard !variable.isNumeric, variable.categories.count <= 5000, variable.level != .text,
      variable.level != .date
    else { return }
    var first: [AnswerCode: Int] = [:]
    var pairs = 0
    var example = ""
    for (position, category) in variable.categories.enumerated() {
      let folded = AnswerCode.text(LookalikeText.folded(category.code.text))
      if let other = first[folded] {
        pairs += 1
        if example.isEmpty {
          example =
            "'\(DisplayText.escaped(variable.categories[other].label))' and "
            + "'\(DisplayText.escaped(category.label))'"
        }
      } else {
        first[folded] = position
      }
    }
    if pairs > 0 {
      tell(place, "\(pairs + 1) answers look alike but differ, such as \(example)")
    }
  }

  private mutating func findReserved(_ place: Int) {
    let name = survey.variables[place].name
    let lower = name.lowercased()
    if ["segment", "probability"].contains(lower)
      || (lower.hasPrefix("p_s") && lower.count <= 6
        && lower.dropFirst(3).allSatisfy(\.isNumber) && lower.count > 3)
    {
      tell(place, "has the name of a column that assignments write")
    }
  }

  private mutating func findRepeatedIdentifiers(_ place: Int) {
    let variable = survey.variables[place]
    let words = variable.name.lowercased().split { !$0.isLetter && !$0.isNumber }
    let isNamed = words.last == "id" || words.last == "uuid"
    guard isNamed || summaries[place].role.role == .id else { return }
    let answered = survey.respondentCount - summaries[place].missing
    guard summaries[place].distinct < answered else { return }
    var seen = Set<AnswerCode>()
    let first = (0..<survey.respondentCount).first { respondent in
      guard variable.answers.isAnswered(respondent) else { return false }
      let code: AnswerCode
      if variable.answers.isCoded {
        code = variable.categories[variable.answers.position(respondent) - 1].code
      } else {
        code = .number(variable.number(respondent))
      }
      return !seen.insert(code).inserted
    }
    tell(
      place,
      "\(answered - summaries[place].distinct) identifiers occur again",
      row: first.map { rows[$0] })
  }
}

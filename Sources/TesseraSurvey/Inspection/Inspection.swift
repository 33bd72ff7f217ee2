/// What is in a survey: its variables, and what an analyst should look at first.
public struct Inspection: Sendable, Equatable {
  /// How often a category was chosen.
  public struct CategoryCount: Sendable, Equatable {
    /// What stands in the file.
    public let code: AnswerCode
    /// What a reader sees.
    public let label: String
    /// Number of respondents, unweighted.
    public let count: Int
  }

  /// How often answers are absent for one reason.
  public struct MissingCount: Sendable, Equatable {
    /// What a reader sees, such as "refused"; "no answer" for an empty cell.
    public let label: String
    /// Which of the meanings of an empty answer.
    public let kind: MissingReason.Kind
    /// Number of respondents.
    public let count: Int
  }

  /// Moments of a variable that holds numbers, unweighted.
  public struct Moments: Sendable, Equatable {
    /// The mean.
    public let mean: Double
    /// The standard deviation, with n − 1 below; 0 for one answer.
    public let standardDeviation: Double
    /// The smallest answer.
    public let minimum: Double
    /// The largest answer.
    public let maximum: Double
  }

  /// One variable.
  public struct VariableSummary: Sendable, Equatable {
    /// The name in the file.
    public let name: String
    /// The wording.
    public let label: String
    /// What may be computed.
    public let level: MeasurementLevel
    /// Whether answers are numbers rather than texts.
    public let isNumeric: Bool
    /// Number of respondents without an answer.
    public let missing: Int
    /// Why, by reason.
    public let missingReasons: [MissingCount]
    /// Number of different answers that occur.
    public let distinct: Int
    /// The categories; empty for plain numbers.
    public let categories: [CategoryCount]
    /// Mean and range; `nil` for texts and identifiers.
    public let moments: Moments?
    /// What the variable is probably for.
    public let role: RoleGuess
  }

  /// Something an analyst should look at.
  public struct Problem: Sendable, Equatable {
    /// The physical line in the file, where there is one.
    public let row: Int?
    /// The variable, where there is one.
    public let column: String?
    /// What was found, in one sentence.
    public let message: String

    /// Makes a problem.
    public init(row: Int? = nil, column: String? = nil, message: String) {
      self.row = row
      self.column = column
      self.message = message
    }
  }

  /// What the weights come to.
  public struct WeightSummary: Sendable, Equatable {
    /// The variable.
    public let variable: String
    /// Kish's effective number of respondents, over those with a weight above 0.
    public let effectiveSampleSize: Double
    /// The smallest weight.
    public let minimum: Double
    /// The largest weight.
    public let maximum: Double
    /// Respondents whose weight is 0.
    public let zeros: Int
    /// Respondents without a weight, or with a negative one.
    public let invalid: Int
  }

  /// Number of respondents.
  public let respondents: Int
  /// Respondents who answered every question that is asked of nearly everyone.
  public let completes: Int
  /// The variables, in the order of the file.
  public let variables: [VariableSummary]
  /// Questions of which several answers may be chosen.
  public let sets: [MultipleResponseSet]
  /// Questions of which several answers stand in one cell.
  public let joined: [JoinedAnswers]
  /// Questions that belong together: grids on one scale, and loops.
  public let blocks: [QuestionBlock]
  /// The weights, if a variable holds them.
  public let weight: WeightSummary?
  /// What an analyst should look at.
  public let problems: [Problem]

  /// Rows of questions on one scale, by the names of their variables.
  public var grids: [[String]] { blocks.filter { $0.kind == .grid }.map(\.members) }

  /// Number of variables of each level that occurs, in the order of the levels.
  public var levels: [(level: MeasurementLevel, count: Int)] {
    MeasurementLevel.allCases.compactMap { level in
      let count = variables.count { $0.level == level }
      return count > 0 ? (level, count) : nil
    }
  }

  /// Looks at a survey.
  ///
  /// - Parameters:
  ///   - survey: Any survey.
  ///   - rows: For each respondent the physical line; empty to count respondents from 1.
  ///   - roles: What is known of the roles of some variables, by name; the others are guessed.
  /// - Complexity: O(cells).
  public init(_ survey: Survey, rows: [Int] = [], roles: [AnswerCode: RoleGuess] = [:]) {
    let rows = rows.isEmpty ? Array(1..<survey.respondentCount + 1) : rows
    respondents = survey.respondentCount
    variables = survey.variables.map { variable in
      Self.summary(
        of: variable,
        role: roles[.text(variable.name)]
          ?? RoleGuess(variable, isWeight: variable.name == survey.weightVariable))
    }
    sets = survey.sets
    joined = survey.variables.compactMap(JoinedAnswers.recognise)
    blocks = QuestionBlock.find(in: survey)
    weight = Weights.summary(survey, variables)
    completes = Self.completes(survey, variables)
    var problems = Problems(survey: survey, summaries: variables, rows: rows)
    problems.findAll(grids: blocks.filter { $0.kind == .grid }, weight: weight)
    self.problems = problems.found
  }

  private static func summary(of variable: Variable, role: RoleGuess) -> VariableSummary {
    var counts = [Int](repeating: 0, count: variable.categories.count + 1)
    var distinct = 0
    var missing = 0
    if case .numbers(let numbers) = variable.answers {
      var seen = Set<Double>()
      for number in numbers {
        if number.isNaN { missing += 1 } else { seen.insert(number) }
      }
      distinct = seen.count
    } else {
      for respondent in 0..<variable.answers.count {
        counts[variable.answers.position(respondent)] += 1
      }
      missing = counts[0]
      distinct = counts.dropFirst().count { $0 > 0 }
    }
    let categories = variable.categories.enumerated().map { position, category in
      CategoryCount(
        code: category.code, label: category.label, count: counts[position + 1])
    }
    return VariableSummary(
      name: variable.name, label: variable.label, level: variable.level,
      isNumeric: variable.isNumeric, missing: missing,
      missingReasons: reasons(variable, missing), distinct: distinct, categories: categories,
      moments: moments(variable, counts), role: role)
  }

  private static func reasons(_ variable: Variable, _ missing: Int) -> [MissingCount] {
    guard missing > 0 else { return [] }
    var counts = [Int](repeating: 0, count: variable.reasons.count + 1)
    for place in variable.missing { counts[Int(place)] += 1 }
    let known = counts.dropFirst().reduce(0, +)
    var result = variable.reasons.enumerated().map { position, reason in
      MissingCount(label: reason.label, kind: reason.kind, count: counts[position + 1])
    }
    if missing > known {
      result.append(MissingCount(label: "no answer", kind: .notAnswered, count: missing - known))
    }
    return result.filter { $0.count > 0 }
  }

  private static func moments(_ variable: Variable, _ counts: [Int]) -> Moments? {
    guard variable.isNumeric, variable.level != .text, variable.level != .nominal else {
      return nil
    }
    var sum = 0.0
    var count = 0.0
    var low = Double.infinity
    var high = -Double.infinity
    func each(_ body: (Double, Double) -> Void) {
      if case .numbers(let numbers) = variable.answers {
        for number in numbers where !number.isNaN { body(number, 1) }
      } else {
        for (position, category) in variable.categories.enumerated()
        where counts[position + 1] > 0 {
          if let number = category.code.number { body(number, Double(counts[position + 1])) }
        }
      }
    }
    each { number, times in
      sum += number * times
      count += times
      low = min(low, number)
      high = max(high, number)
    }
    guard count > 0 else { return nil }
    let mean = sum / count
    var squares = 0.0
    each { number, times in squares += (number - mean) * (number - mean) * times }
    return Moments(
      mean: mean, standardDeviation: count > 1 ? (squares / (count - 1)).squareRoot() : 0,
      minimum: low, maximum: high)
  }

  /// Respondents who finished, where a platform says so; else those without a gap in the questions
  /// that at least 90% of respondents answered.
  private static func completes(_ survey: Survey, _ summaries: [VariableSummary]) -> Int {
    if let finished = Completion.finished(in: survey) { return finished.count { $0 } }
    let asked = summaries.indices.filter {
      summaries[$0].missing * 10 <= survey.respondentCount && summaries[$0].missing > 0
    }
    guard !asked.isEmpty else { return survey.respondentCount }
    var isComplete = [Bool](repeating: true, count: survey.respondentCount)
    for place in asked {
      let answers = survey.variables[place].answers
      for respondent in isComplete.indices where !answers.isAnswered(respondent) {
        isComplete[respondent] = false
      }
    }
    return isComplete.count { $0 }
  }
}

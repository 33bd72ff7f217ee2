/// A question of which several answers may be chosen, spread over several variables.
public struct MultipleResponseSet: Sendable, Equatable {
  /// The name a study refers to.
  public let name: String
  /// The question's wording; empty if there is none.
  public let label: String
  /// Names of the variables, one for each answer on offer.
  public let members: [String]
  /// How a member says "chosen".
  public let coding: Coding
  /// Where the answers on offer have their labels.
  public let optionLabels: OptionLabels
  /// Whether the file tells which columns belong to the question.
  ///
  /// False for neighbouring columns that could as well be two questions, one after the other.
  public let isBounded: Bool

  /// What readers see: the wording, or the name without the ending that a draft gives it.
  public var title: String {
    guard label.isEmpty else { return label }
    return name.hasSuffix("_set") && name.count > 4 ? String(name.dropLast(4)) : name
  }

  /// How the members of a set hold what was chosen.
  public enum Coding: Sendable, Equatable {
    /// Each member is one answer; it was chosen if the member holds this code.
    case dichotomy(chosen: AnswerCode)
    /// Each member is a mention; it holds the code of one of the answers chosen.
    case category
  }

  /// Where the answers on offer have their labels, as SPSS tells it of dichotomies.
  public enum OptionLabels: Sendable, Equatable {
    /// Each member's wording is the label.
    case wordings
    /// The label of the code that says "chosen" is the label, member by member.
    ///
    /// The set's own wording may be that of its first member.
    case chosenCodes(isWordedByFirst: Bool)
  }

  /// Makes a set.
  ///
  /// - Parameters:
  ///   - name: The name a study refers to.
  ///   - label: The wording.
  ///   - members: Names of the variables.
  ///   - coding: How a member says "chosen".
  ///   - optionLabels: Where the answers on offer have their labels.
  ///   - isBounded: Whether the file tells which columns belong to the question.
  public init(
    name: String, label: String, members: [String], coding: Coding,
    optionLabels: OptionLabels = .wordings, isBounded: Bool = true
  ) {
    self.name = name
    self.label = label
    self.members = members
    self.coding = coding
    self.optionLabels = optionLabels
    self.isBounded = isBounded
  }
}

/// Respondents and their answers, as a file gave them.
///
/// Knows no file and no algorithm: what belongs together travels together, and nothing else.
public struct Survey: Sendable, Equatable {
  /// Number of respondents: the length of every column.
  public let respondentCount: Int
  /// The columns, in the order of the file.
  public private(set) var variables: [Variable]
  /// Questions of which several answers may be chosen.
  public var sets: [MultipleResponseSet]
  /// Name of the variable that the file itself declares to be a weight.
  public var weightVariable: String?

  // By bytes: two spellings of "é" are two names.
  private var positions: [AnswerCode: Int]

  /// Makes a survey.
  ///
  /// - Parameters:
  ///   - variables: The columns, all of one length, no two of one name.
  ///   - sets: Questions of which several answers may be chosen.
  ///   - weightVariable: The variable that the file declares to be a weight.
  public init(
    variables: [Variable], sets: [MultipleResponseSet] = [], weightVariable: String? = nil
  ) {
    respondentCount = variables.first?.answers.count ?? 0
    for variable in variables {
      precondition(
        variable.answers.count == respondentCount,
        "\(variable.name) has \(variable.answers.count) answers, not \(respondentCount)")
    }
    self.variables = variables
    self.sets = sets
    self.weightVariable = weightVariable
    positions = [:]
    for (position, variable) in variables.enumerated() {
      precondition(
        positions[.text(variable.name)] == nil, "two variables are called \(variable.name)")
      positions[.text(variable.name)] = position
    }
  }

  /// The variable with a name, if there is one.
  public subscript(name: String) -> Variable? {
    positions[.text(name)].map { variables[$0] }
  }

  /// Puts a variable in the place of the one with the same name, or behind the others.
  ///
  /// - Parameter variable: As long as the others.
  public mutating func put(_ variable: Variable) {
    precondition(variables.isEmpty || variable.answers.count == respondentCount)
    if let position = positions[.text(variable.name)] {
      variables[position] = variable
    } else {
      positions[.text(variable.name)] = variables.count
      variables.append(variable)
    }
  }

  /// The survey of some respondents, in the order given.
  ///
  /// - Parameter respondents: Which, from 0; a respondent may stand more than once.
  /// - Returns: A survey of that many respondents.
  public func selecting(_ respondents: [Int]) -> Survey {
    Survey(
      variables: variables.map { $0.selecting(respondents) }, sets: sets,
      weightVariable: weightVariable)
  }
}

/// What may be computed with the answers to a variable.
public enum MeasurementLevel: String, Sendable, CaseIterable {
  /// Categories without an order.
  case nominal
  /// Categories in an order.
  case ordinal
  /// Numbers whose differences mean something.
  case numeric
  /// Whole numbers from 0 that count something.
  case count
  /// Words of the respondent's own, or an identifier: never analysed.
  case text
  /// A day or a moment.
  case date
}

/// One of the answers a variable offers.
public struct Category: Sendable, Equatable {
  /// What stands in the file.
  public let code: AnswerCode
  /// What a reader sees; the code's text where the file has no label.
  public let label: String

  /// Makes a category.
  ///
  /// - Parameters:
  ///   - code: What stands in the file.
  ///   - label: What a reader sees; the code's text if left out, an interval such as `(35,45]` in
  ///     words.
  public init(code: AnswerCode, label: String? = nil) {
    self.code = code
    self.label = label ?? IntervalLabel.words(code.text) ?? code.text
  }
}

/// Why an answer is absent.
public struct MissingReason: Sendable, Equatable {
  /// The three meanings of an answer that is not there.
  public enum Kind: String, Sendable {
    /// The question was not put to the respondent.
    case notAsked
    /// The question was put, and there is no answer.
    case notAnswered
    /// The respondent chose an answer that the study declares missing ("refused", 99).
    case declared
  }

  /// Which of the three it is.
  public let kind: Kind
  /// What stands in the file; `nil` for an empty cell.
  public let code: AnswerCode?
  /// What a reader sees, such as "refused".
  public let label: String

  /// Makes a reason.
  ///
  /// - Parameters:
  ///   - kind: Which of the three meanings.
  ///   - code: What stands in the file; `nil` for an empty cell.
  ///   - label: What a reader sees.
  public init(kind: Kind, code: AnswerCode?, label: String) {
    self.kind = kind
    self.code = code
    self.label = label
  }
}

/// A rule by which a file declares some answers missing.
public enum MissingRule: Sendable, Equatable {
  /// One code.
  case code(AnswerCode)
  /// All numbers from the first to the second, both included; either may be infinite.
  case range(Double, Double)

  /// Whether the rule covers a code.
  ///
  /// - Parameter other: The code in question.
  /// - Returns: True if answers with this code are missing.
  public func covers(_ other: AnswerCode) -> Bool {
    switch self {
    case .code(let code): code == other
    case .range(let low, let high): other.number.map { low <= $0 && $0 <= high } ?? false
    }
  }
}

/// One column of a survey: a question, or one answer option of a question.
public struct Variable: Sendable, Equatable {
  /// The name in the file: what a study refers to.
  public let name: String
  /// The question's wording, or what else the file says of the variable; empty if nothing.
  public var label: String
  /// What may be computed with the answers.
  public var level: MeasurementLevel
  /// The substantive answers, in the order of the file's codes; empty for plain numbers.
  public var categories: [Category]
  /// The answers, one for each respondent.
  public var answers: AnswerColumn
  /// The file's or the study's rules of what is missing.
  public var missingRules: [MissingRule]
  /// The reasons that occur, to which ``missing`` points.
  public var reasons: [MissingReason]
  /// For each respondent the position (from 1) in ``reasons`` if the answer is absent, else 0.
  ///
  /// Empty if no reasons are known: every absent answer is then plainly not answered.
  public var missing: [UInt8]
  /// How the file shows and counts the answers; `nil` if it does not say.
  public var format: ValueFormat?
  /// Labels of codes that are no category: of codes declared missing, and of single values in a
  /// column of plain numbers.
  public var otherLabels: [Category] = []
  /// The measure that the file states, from 1 nominal, 2 ordinal and 3 scale, 0 where it states
  /// none; `nil` in files that cannot state one, and where the user says more than the file.
  public var statedMeasure: Int?
  /// How a program shows the column; `nil` in files that do not say.
  public var display: ColumnDisplay?
  /// What else the file says of the variable, by name.
  public var attributes: [FileAttribute] = []

  /// Makes a variable.
  ///
  /// - Parameters:
  ///   - name: The name in the file.
  ///   - label: The wording; empty if there is none.
  ///   - level: What may be computed.
  ///   - categories: The substantive answers; empty for plain numbers.
  ///   - answers: One answer for each respondent.
  ///   - missingRules: What counts as missing.
  ///   - reasons: The reasons that occur.
  ///   - missing: For each respondent the position of the reason, or empty.
  public init(
    name: String, label: String = "", level: MeasurementLevel, categories: [Category] = [],
    answers: AnswerColumn, missingRules: [MissingRule] = [], reasons: [MissingReason] = [],
    missing: [UInt8] = []
  ) {
    self.name = name
    self.label = label
    self.level = level
    self.categories = categories
    self.answers = answers
    self.missingRules = missingRules
    self.reasons = reasons
    self.missing = missing
  }

  /// A respondent's answer as a number: the number itself, or the code of the category.
  ///
  /// - Parameter respondent: Which respondent, from 0.
  /// - Returns: The number; NaN without an answer, or where the code is a text.
  public func number(_ respondent: Int) -> Double {
    if case .numbers(let numbers) = answers { return numbers[respondent] }
    let position = answers.position(respondent)
    guard position > 0 else { return .nan }
    return categories[position - 1].code.number ?? .nan
  }

  /// All answers as numbers; see ``number(_:)``.
  public var numbers: [Double] {
    if case .numbers(let numbers) = answers { return numbers }
    let codes = [Double.nan] + categories.map { $0.code.number ?? .nan }
    return (0..<answers.count).map { codes[answers.position($0)] }
  }

  /// Whether every substantive answer is a number.
  public var isNumeric: Bool {
    !answers.isCoded || (!categories.isEmpty && categories.allSatisfy { $0.code.number != nil })
  }

  /// How many respondents gave no answer.
  public var missingCount: Int {
    switch answers {
    case .codes8(let codes): codes.count { $0 == 0 }
    case .codes16(let codes): codes.count { $0 == 0 }
    case .codes32(let codes): codes.count { $0 == 0 }
    case .numbers(let numbers): numbers.count { $0.isNaN }
    }
  }

  /// The variable for some respondents, in the order given.
  ///
  /// - Parameter respondents: Which, from 0; a respondent may stand more than once.
  /// - Returns: The same variable with that many answers.
  public func selecting(_ respondents: [Int]) -> Variable {
    var result = self
    result.answers = answers.selecting(respondents)
    result.missing = missing.isEmpty ? [] : respondents.map { missing[$0] }
    return result
  }
}

public import TesseraSurvey

/// How one column, or one member of a set, enters a model: fixed when the model is fitted, and
/// used unchanged for every respondent assigned later.
public struct IndicatorEncoding: Sendable, Equatable {
  /// The column.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// The set it is a member of.
  public let set: String?
  /// What its answers become.
  public let form: Form
  /// Numbers outside are told as implausible; `nil` for categories, and where nothing is known.
  public var plausible: ClosedRange<Double>?
  /// Of a question that is taken as numbers, what the codes mean that enough people gave; empty where
  /// they have no words.
  public var scale: [Category] = []

  /// Makes an encoding.
  public init(name: String, label: String, set: String? = nil, form: Form) {
    self.name = name
    self.label = label
    self.set = set
    self.form = form
  }

  /// What answers become.
  public enum Form: Sendable, Equatable {
    /// Categories without an order.
    case nominal([EncodedCategory])
    /// Categories in their order.
    case ordinal([EncodedCategory])
    /// Chosen or not; the code that says chosen.
    case chosen(AnswerCode)
    /// Numbers.
    case numeric
    /// Counts from 0.
    case count
  }

  /// The level as outputs write it.
  public var level: String {
    switch form {
    case .nominal: "nominal"
    case .ordinal: "ordinal"
    case .chosen: "multiple"
    case .numeric: "numeric"
    case .count: "count"
    }
  }

  /// The categories of the model; two for a member of a set, none for numbers.
  public var categories: [EncodedCategory] {
    switch form {
    case .nominal(let categories), .ordinal(let categories): categories
    case .chosen(let code):
      [
        EncodedCategory(label: "not chosen", codes: []),
        EncodedCategory(label: "chosen", codes: [code]),
      ]
    case .numeric, .count: []
    }
  }
}

extension IndicatorEncoding {
  /// Numbers with more different values than this are no scale of answers.
  static let longestScale = 12

  /// Whether another column that divides people alike may be a question of its own, on the same scale.
  ///
  /// Questions that agree for everybody show groups as clear as can be. The same answers in other
  /// words are a recode, and the same measurements a copy.
  ///
  /// - Parameters:
  ///   - other: The other column.
  ///   - answers: What was answered here.
  /// - Returns: Whether the scale is the same.
  func sharesScale(with other: IndicatorEncoding, _ answers: EncodedAnswers) -> Bool {
    if case .numbers(let numbers) = answers {
      return Set(numbers.filter { !$0.isNaN }).count <= Self.longestScale
    }
    return Set(categories.map(\.label)) == Set(other.categories.map(\.label))
  }
}

/// A category of a model, and the answers that fall into it.
public struct EncodedCategory: Sendable, Equatable {
  /// What a reader sees.
  public let label: String
  /// The answers that fall into it; empty for the category that takes all answers not listed.
  ///
  /// Rare answers are not listed, so that the model does not say what a few people answered.
  public let codes: [AnswerCode]
  /// The label of each answer where there are several; empty where they have none.
  public let labels: [String]

  /// Makes a category.
  ///
  /// - Parameters:
  ///   - label: What a reader sees.
  ///   - codes: The answers that fall into it; empty for all that are not listed.
  ///   - labels: The label of each answer, where there are several.
  public init(label: String, codes: [AnswerCode], labels: [String] = []) {
    self.label = label
    self.codes = codes
    self.labels = labels
  }

  /// Whether this category takes all answers that no other lists.
  public var isOther: Bool { codes.isEmpty }

  /// The code as outputs write it.
  public var codeText: String {
    isOther ? "other" : codes.map(\.text).joined(separator: "|")
  }
}

extension IndicatorEncoding {
  /// The answers of a column, as the model reads them, and how many it does not know.
  ///
  /// - Parameter variable: The column with this encoding's name, in any survey.
  /// - Returns: Category codes from 1 (0 missing) or numbers (NaN missing); and for how many
  ///   respondents an answer stands there that the model has no category or number for.
  /// - Complexity: O(respondents + categories).
  func read(_ variable: Variable) -> (answers: EncodedAnswers, unseen: Int) {
    switch form {
    case .numeric:
      return readNumbers(variable) { $0.isFinite }
    case .count:
      return readNumbers(variable) { $0.isFinite && $0 >= 0 && $0 == $0.rounded() }
    case .nominal, .ordinal, .chosen:
      let answers = CategoricalAnswers(variable)
      let places: [Int] =
        if case .chosen(let chosen) = form {
          answers.categories.map {
            EncodedCategory(label: "", codes: [chosen]).lists($0) ? 2 : 1
          }
        } else {
          answers.match(categories).places
        }
      let codes = answers.column.values(of: [0] + places.map { UInt16($0) })
      let unseen =
        places.contains(0)
        ? codes.indices.count { codes[$0] == 0 && answers.column.position($0) > 0 } : 0
      return (.codes(codes), unseen)
    }
  }

  private func readNumbers(
    _ variable: Variable, _ isAllowed: (Double) -> Bool
  ) -> (answers: EncodedAnswers, unseen: Int) {
    var unseen = 0
    let places = scaleMatch(variable)?.places ?? []
    // A file with enough words among the numbers holds texts; those that are numbers still count.
    let written = variable.categories.enumerated().map { position, category in
      if places.indices.contains(position), places[position] > 0,
        let meant = scale[places[position] - 1].code.number
      {
        return meant
      }
      return category.code.number ?? Self.number(category.code.text)
    }
    let numbers = (0..<variable.answers.count).map { row -> Double in
      guard variable.answers.isAnswered(row) else { return .nan }
      let number =
        variable.answers.isCoded
        ? written[variable.answers.position(row) - 1] : variable.number(row)
      guard isAllowed(number) else {
        unseen += 1
        return .nan
      }
      return number
    }
    return (.numbers(numbers), unseen)
  }

  /// A number written in plain digits; NaN for any other text.
  private static func number(_ text: String) -> Double {
    text.utf8.allSatisfy { "0123456789+-.eE ".utf8.contains($0) }
      ? Double(text.filter { $0 != " " }) ?? .nan : .nan
  }

  /// Which of the labelled codes of a column of numbers are which of the model's; `nil` where a side has
  /// no words.
  private func scaleMatch(_ variable: Variable) -> AnswerMatch? {
    guard !scale.isEmpty, variable.answers.isCoded else { return nil }
    let answers = CategoricalAnswers(variable)
    return AnswerMatch(
      answers.categories, isGiven: answers.isGiven,
      categories: scale.map { EncodedCategory(label: $0.label, codes: [$0.code]) })
  }

  /// Why numbers mean something else in a new file; `nil` where they do not, or nobody can tell.
  private func scaleConflict(_ variable: Variable) -> String? {
    guard !scale.isEmpty else { return nil }
    if let match = scaleMatch(variable) {
      // Codes that the model has no words for are numbers like others.
      return match.places.contains { $0 > 0 } ? match.conflict : nil
    }
    // Of plain numbers only some codes have words; those between cannot be put right.
    let turned = variable.otherLabels.contains { label in
      guard let words = AnswerMatch.words(label) else { return false }
      return scale.contains { AnswerMatch.words($0) == words && $0.code != label.code }
    }
    return turned ? "its codes are numbered anew, and not all of them have labels" : nil
  }

  /// Whether several different answers stand in a column of numbers, and not one is a number.
  private func hasNoNumber(_ variable: Variable) -> Bool {
    guard variable.answers.isCoded else { return false }
    let given = CategoricalAnswers(variable).isGiven
    return given.count { $0 } > 1 && readNumbers(variable, \.isFinite).answers.isAllMissing
  }

  /// Why a column of a new file cannot be read as this one; `nil` if it can.
  ///
  /// - Parameter variable: The column, with everybody's answers.
  /// - Returns: The reason in words.
  func conflict(_ variable: Variable) -> String? {
    if let conflict = scaleConflict(variable) { return conflict }
    if categories.isEmpty, hasNoNumber(variable) { return "none of its answers is a number" }
    guard case .nominal(let categories) = form.unordered else { return nil }
    let answers = CategoricalAnswers(variable)
    return answers.match(categories).conflict
  }

  /// Whether a column of a new file has bare codes where this one has labels, so that nothing but the
  /// codes says what an answer means.
  ///
  /// - Parameter variable: The column.
  /// - Returns: Whether it does; a member of a set is read by the set's own rule.
  func lacksLabels(_ variable: Variable) -> Bool {
    guard set == nil, case .nominal(let categories) = form.unordered else { return false }
    let own = categories.flatMap(\.members)
    return own.contains { $0.code.number != nil && !$0.label.isEmpty && $0.label != $0.code.text }
      && variable.categories.allSatisfy {
        $0.code.number != nil && ($0.label.isEmpty || $0.label == $0.code.text)
      }
  }
}

extension IndicatorEncoding.Form {
  /// Categories whether or not they have an order; other forms as they are.
  fileprivate var unordered: Self {
    if case .ordinal(let categories) = self { .nominal(categories) } else { self }
  }
}

extension CategoricalAnswers {
  /// The model's categories of the answers.
  func match(_ categories: [EncodedCategory]) -> AnswerMatch {
    AnswerMatch(self.categories, isGiven: isGiven, categories: categories)
  }
}

extension EncodedCategory {
  /// Whether an answer is one of those listed.
  func lists(_ answer: Category) -> Bool {
    codes.contains { $0 == answer.code }
      || codes.contains { $0.text.utf8.elementsEqual(answer.code.text.utf8) }
  }

  /// The answers that fall into it, with their labels where these are known.
  package var members: [Category] {
    codes.enumerated().map { place, code in
      let label =
        codes.count == 1 ? self.label : labels.indices.contains(place) ? labels[place] : ""
      return Category(code: code, label: label)
    }
  }
}

/// Answers as a model reads them.
enum EncodedAnswers: Equatable {
  /// Categories from 1; 0 is missing.
  case codes([UInt16])
  /// Numbers; NaN is missing.
  case numbers([Double])

  /// Whether nobody has an answer that a model takes.
  var isAllMissing: Bool {
    switch self {
    case .codes(let codes): codes.allSatisfy { $0 == 0 }
    case .numbers(let numbers): numbers.allSatisfy(\.isNaN)
    }
  }
}

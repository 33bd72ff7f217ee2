internal import TesseraSurvey

/// On which scale ratings are turned round or counted by boxes.
///
/// What nobody answered is still on offer: a scale is what the study says, else what labels say, else
/// that of the questions beside it, and only then what was answered. A model keeps the scale it was
/// made with, so that a file of few people is read alike.
extension Derivation {
  /// The scale that a rule rests on where nothing but answers says it.
  ///
  /// - Parameter declared: What the study says of the variable.
  /// - Returns: Its ends; `nil` where it needs none.
  func scale(of declared: DerivedVariable) -> RatingScale? {
    if let scale = declared.scale { return scale }
    let names: [String]
    switch declared.rule {
    case .mean(let items, let reversed, _):
      guard !reversed.isEmpty else { return nil }
      names = data.columns(items)
    case .top(let source, _), .bottom(let source, _), .reverse(let source): names = [source]
    default: return nil
    }
    let sources = names.compactMap { data.survey[$0] }
    guard !sources.isEmpty, sources.allSatisfy(Self.isPlain) else { return nil }
    let found = common(sources) ?? Self.given(sources.flatMap(\.numbers))
    return found.low < found.high ? found : nil
  }

  /// Refuses to compute with an answer that says there is none, such as 99 "Don't know" beside 1 to 5.
  ///
  /// Between other answers ("disagree", "don't know", "agree") it may be the middle of the scale.
  func refuseNoAnswer(_ variable: Variable, _ key: String) throws(StudyError) {
    guard !variable.categories.isEmpty else { return }
    let codes = Self.codes(variable).dropFirst()
    let isNone = variable.categories.map { category in
      !category.label.isEmpty && category.label != category.code.text
        && NoAnswer.says(category.label)
    }
    guard isNone.contains(true) else { return }
    let others = Self.given(zip(codes, isNone).filter { !$0.1 }.map(\.0))
    let given = Set((0..<variable.answers.count).map { variable.answers.position($0) })
    for (place, (category, code)) in zip(variable.categories, codes).enumerated()
    where isNone[place] && given.contains(place + 1) && !(code > others.low && code < others.high) {
      let shown = DisplayText.escaped(category.label, limit: 40)
      let number = category.code.text
      throw origin.error(
        "E0674",
        "the answer \(number) '\(shown)' to '\(DisplayText.escaped(variable.name))' would be counted "
          + "as a number", at: key,
        hint:
          "declare it under survey: missing: { \(Expression.quoted(variable.name)): [\(number)] }")
    }
  }

  /// Whether nothing but the answers themselves says which were on offer: numbers without labels, each
  /// of them answered.
  static func isPlain(_ variable: Variable) -> Bool {
    guard !variable.categories.isEmpty else { return variable.isNumeric }
    guard variable.isNumeric,
      variable.categories.allSatisfy({ $0.label.isEmpty || $0.label == $0.code.text })
    else { return false }
    let given = Set((0..<variable.answers.count).map { variable.answers.position($0) })
    return given.subtracting([0]).count == variable.categories.count
  }

  /// The ends of the answers on offer; `nil` for plain numbers.
  static func offered(_ variable: Variable) -> RatingScale? {
    guard !isPlain(variable) else { return nil }
    return given(Array(codes(variable).dropFirst()))
  }

  /// The ends of the answers that were given.
  static func given(_ numbers: [Double]) -> RatingScale {
    let known = numbers.filter { !$0.isNaN }
    return RatingScale(low: known.min() ?? 0, high: known.max() ?? 0)
  }

  /// The answers that boxes are counted among, rising.
  static func steps(_ source: Variable, _ numbers: [Double], _ scale: RatingScale?) -> [Double] {
    guard isPlain(source) else { return codes(source).dropFirst().sorted() }
    guard let scale, scale.high - scale.low <= 100 else {
      return Set(numbers.lazy.filter { !$0.isNaN }).sorted()
    }
    return Array(stride(from: scale.low, through: scale.high, by: 1))
  }

  /// The scale that plain numbers share with each other and with the questions beside them.
  ///
  /// Beside them stand columns of the same name up to a number: `q3` among `q1` to `q6`. Their scale
  /// is taken where most of them run from one whole number to another, and the answers lie within.
  ///
  /// - Parameter sources: Columns of one scale.
  /// - Returns: `nil` where nothing is shared.
  func common(_ sources: [Variable]) -> RatingScale? {
    guard sources.allSatisfy(Self.isPlain) else { return nil }
    func ends(_ variable: Variable) -> RatingScale? {
      let numbers = variable.numbers.filter { !$0.isNaN }
      guard let low = numbers.min(), let high = numbers.max(), high - low <= 10,
        numbers.allSatisfy({ $0 == $0.rounded() })
      else { return nil }
      return RatingScale(low: low, high: high)
    }
    let own = sources.compactMap(ends)
    guard own.count == sources.count, let first = own.first else { return nil }
    let all = own.reduce(first) {
      RatingScale(low: min($0.low, $1.low), high: max($0.high, $1.high))
    }
    let stems = Set(sources.map { Self.stem($0.name) })
    guard stems.count == 1, let stem = stems.first, !stem.isEmpty else {
      return sources.count > 1 ? all : nil
    }
    let beside = data.survey.variables.filter {
      Self.isPlain($0) && Self.stem($0.name) == stem
    }
    .compactMap(ends)
    guard beside.count > 2 else { return sources.count > 1 ? all : nil }
    let usual = beside.filter { one in
      beside.count { $0 == one } * 2 > beside.count && one.low <= all.low && one.high >= all.high
    }
    return usual.first ?? (sources.count > 1 ? all : nil)
  }

  /// A name without the number at its end; empty where it has none.
  private static func stem(_ name: String) -> String {
    let stem = name.reversed().drop { $0.isASCII && $0.isNumber }
    return stem.count < name.count ? String(stem.reversed()) : ""
  }
}

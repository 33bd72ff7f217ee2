import TesseraStudy
import TesseraSurvey

/// Holds expressions against the features of a catalogue and the columns of a survey.
struct ExpressionBinder {
  /// Where names on the left are looked for.
  enum Speech {
    /// On the left features, columns with `column.`: `violated_when`.
    case productsAndRespondents
    /// Columns only: `held_by`.
    case respondents
  }

  let features: [FitFeature]
  let data: StudyData
  let speech: Speech

  /// Binds an expression.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - isTrue: False to bind its opposite.
  /// - Returns: The expression with all names found.
  /// - Throws: What is wrong and where.
  func bind(
    _ expression: Expression, isTrue: Bool = true
  ) throws(ExpressionProblem) -> BoundExpression {
    if speech == .respondents {
      return .respondents(try columns.truths(expression, isTrue: isTrue))
    }
    switch expression {
    case .not(let inner): return try bind(inner, isTrue: !isTrue)
    case .and(let one, let two):
      let (left, right) = (try bind(one, isTrue: isTrue), try bind(two, isTrue: isTrue))
      return isTrue ? .and(left, right) : .or(left, right)
    case .or(let one, let two):
      let (left, right) = (try bind(one, isTrue: isTrue), try bind(two, isTrue: isTrue))
      return isTrue ? .or(left, right) : .and(left, right)
    case .comparison(let name, let comparison, let operand):
      let comparison = isTrue ? comparison : comparison.opposite
      if let feature = try feature(name) {
        return try bind(feature, comparison, operand)
      }
      return .respondents(try columns.compare(name, comparison, operand))
    case .includes(let name, let operand):
      if try feature(name) != nil {
        throw ExpressionProblem(
          message: "'\(name.text)' is a feature, which has one level only", offset: name.offset,
          hint: "compare it with =; 'includes' is for questions with several answers")
      }
      let truths = try columns.includes(name, operand)
      return .respondents(isTrue ? truths : truths.map(Truth.opposite))
    case .isMissing(let name):
      if let feature = try feature(name) { return .unknownLevel(feature: feature, isTrue: isTrue) }
      let truths = try columns.isMissing(name)
      return .respondents(isTrue ? truths : truths.map(Truth.opposite))
    }
  }

  private var columns: ColumnStatements { ColumnStatements(data: data) }

  /// The feature a name on the left stands for; `nil` if it stands for a column.
  private func feature(_ name: Expression.Name) throws(ExpressionProblem) -> Int? {
    if name.isColumn { return nil }
    if let found = features.firstIndex(where: { $0.name == name.text }) { return found }
    var hint = NearestName.question(name.text, among: features.map(\.name))
    if data.survey[name.text] != nil || data.set(name.text) != nil {
      hint = "write column.\(name.text) to speak of the respondents' column"
    }
    throw ExpressionProblem(
      message: "no feature is called '\(name.text)'", offset: name.offset,
      hint: hint ?? "the features are \(listed(features.map(\.name)))")
  }

  private func bind(
    _ feature: Int, _ comparison: Comparison, _ operand: Expression.Operand
  ) throws(ExpressionProblem) -> BoundExpression {
    let declared = features[feature]
    let name: Expression.Name
    switch operand {
    case .number(let value, let text, let offset):
      if declared.levelNames.isEmpty { return .level(feature: feature, comparison, value) }
      if let level = declared.levelNames.firstIndex(of: text) {
        return .level(feature: feature, comparison, Double(level))
      }
      throw unknownLevel(text, of: declared, offset: offset)
    case .name(let written): name = written
    }
    if !name.isColumn {
      if let level = declared.position(ofLevel: name.text) {
        return .level(feature: feature, comparison, Double(level))
      }
      if name.isQuoted, data.survey[name.text] == nil {
        throw unknownLevel(name.text, of: declared, offset: name.offset)
      }
    }
    guard let variable = data.survey[name.text] else {
      throw unknownRight(name, of: declared)
    }
    if declared.levelNames.isEmpty {
      guard variable.isNumeric else {
        throw ExpressionProblem(
          message: "'\(name.text)' holds no numbers to compare '\(declared.name)' with",
          offset: name.offset, hint: "name a numeric column")
      }
      return .levelAgainst(feature: feature, comparison, variable.numbers)
    }
    return .levelAgainst(
      feature: feature, comparison, try levelPositions(variable, of: declared, name))
  }

  /// The position of the level each respondent named.
  private func levelPositions(
    _ variable: Variable, of feature: FitFeature, _ name: Expression.Name
  ) throws(ExpressionProblem) -> [Double] {
    guard variable.answers.isCoded else {
      throw ExpressionProblem(
        message: "'\(name.text)' holds numbers, '\(feature.name)' has named levels",
        offset: name.offset, hint: "the levels are \(listed(feature.levelNames))")
    }
    var positions = [Double.nan]
    for category in variable.categories {
      guard
        let position = feature.position(ofLevel: category.label)
          ?? feature.position(ofLevel: category.code.text)
      else {
        throw ExpressionProblem(
          message:
            "'\(DisplayText.escaped(category.label))', an answer of '\(name.text)', "
            + "is no level of '\(feature.name)'",
          offset: name.offset, hint: "the levels are \(listed(feature.levelNames))")
      }
      positions.append(Double(position))
    }
    return (0..<variable.answers.count).map { positions[variable.answers.position($0)] }
  }

  private func unknownLevel(
    _ text: String, of feature: FitFeature, offset: Int
  ) -> ExpressionProblem {
    if feature.levelNames.isEmpty {
      return ExpressionProblem(
        message: "'\(feature.name)' is compared with numbers, and '\(text)' is none",
        offset: offset)
    }
    return ExpressionProblem(
      message: "'\(text)' is no level of '\(feature.name)'", offset: offset,
      hint: NearestName.question(text, among: feature.levelNames)
        ?? "the levels are \(listed(feature.levelNames))")
  }

  private func unknownRight(
    _ name: Expression.Name, of feature: FitFeature
  ) -> ExpressionProblem {
    let known = feature.levelNames + data.survey.variables.map(\.name)
    let isLevelled = !feature.levelNames.isEmpty && !name.isColumn
    return ExpressionProblem(
      message: isLevelled
        ? "'\(name.text)' is neither a level of '\(feature.name)' nor a column of the survey"
        : "the survey has no column '\(name.text)'",
      offset: name.offset,
      hint: NearestName.question(name.text, among: known)
        ?? (isLevelled ? "the levels are \(listed(feature.levelNames))" : nil))
  }
}

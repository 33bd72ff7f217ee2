import TesseraDesign
internal import TesseraSurvey

/// Weights that were made to fit, and what is to be told of them.
struct FittedWeights {
  let weights: [Double]
  let margins: KnownMargins
  let step: PreparationStep
}

/// Binds targets to a survey and makes its weights fit them.
struct WeightFitting {
  let declared: RakingDeclaration
  let survey: Survey
  /// The rows that count, from 0.
  let rows: [Int]
  let origin: DeclarationOrigin

  private static let mostPasses = 5_000
  /// How near margins must come.
  private static let tolerance = 1e-6

  /// Fits weights.
  ///
  /// - Parameter base: The weights to begin with, one for each row that counts.
  /// - Returns: Weights whose sums are the targets; where those are shares, their mean is that of
  ///   the base.
  /// - Throws: ``StudyError`` `E0424` for a target that does not suit the answers, `E0425` where
  ///   no weights within the bounds fit.
  func fit(_ base: [Double]) throws(StudyError) -> FittedWeights {
    let sum = base.reduce(0, +)
    var margins: [KnownMargins.Margin] = []
    var whole: (total: Double, variable: String)?
    for target in declared.targets {
      let margin = try bind(target, sum)
      let total = margin.totals.reduce(0, +)
      if let known = whole, abs(known.total / total - 1) > 1e-6 {
        throw origin.error(
          "E0424",
          "the targets of '\(target.variable)' add up to \(DataWords.plain(total)), those of "
            + "'\(known.variable)' to \(DataWords.plain(known.total))", at: key(target),
          hint: "all targets describe the same population: use shares, or correct the totals")
      }
      whole = whole ?? (total, target.variable)
      margins.append(margin)
    }
    let known = KnownMargins(base: base, margins: margins, bounds: declared.trim)
    let result = Raking(known).weights(base, passes: Self.mostPasses)
    guard result.worst.distance <= Self.tolerance else {
      throw origin.error(
        "E0425",
        "no weights fit all targets\(declared.trim == nil ? "" : " within the bounds of trim"): "
          + "'\(result.worst.variable)' stays \(DataWords.percent(result.worst.distance)) away",
        at: "survey.weights.targets.\(result.worst.variable)",
        hint: declared.trim == nil
          ? "two targets contradict each other in these answers: join small answers, or drop one"
          : "widen trim: [LOW, HIGH], or join small answers")
    }
    return FittedWeights(weights: result.weights, margins: known, step: step(result, base))
  }

  private func key(_ target: RakingTarget) -> String {
    "survey.weights.targets.\(target.variable)"
  }

  /// Binds the values of a target to the answers of its variable.
  private func bind(
    _ target: RakingTarget, _ sum: Double
  ) throws(StudyError) -> KnownMargins.Margin {
    guard let variable = survey[target.variable] else {
      throw origin.unknownColumn(
        target.variable, at: key(target), among: survey.variables.map(\.name))
    }
    let shown = DisplayText.escaped(target.variable)
    let answers = rows.map { variable.category($0) }
    var places: [AnswerCode: Int] = [:]
    var held = [Int](repeating: 0, count: target.values.count)
    let row = answers.map { answer -> Int in
      guard let answer else { return -1 }
      if let known = places[answer.code] { return known }
      let place = target.values.firstIndex { answer.isNamed($0.answer) } ?? -2
      places[answer.code] = place
      return place
    }
    for place in row where place >= 0 { held[place] += 1 }
    if let stray = row.firstIndex(of: -2), let answer = answers[stray] {
      let count = row.count { $0 == -2 }
      throw origin.error(
        "E0424",
        "\(DataWords.shown(answer, holders: count)), an answer to '\(shown)', has no target",
        at: key(target), hint: "add it, or declare it missing with missing: keep")
    }
    if let empty = held.firstIndex(of: 0) {
      throw origin.error(
        "E0424",
        "nobody answered '\(DisplayText.escaped(target.values[empty].answer))' to '\(shown)'",
        at: "\(key(target)).\(target.values[empty].answer)",
        hint: "join it with another answer: weights cannot stand for people who are not there")
    }
    let silent = row.count { $0 == -1 }
    guard silent == 0 || declared.keepsMissing else {
      throw origin.error(
        "E0424", "\(DataWords.counted(silent, "respondent")) did not answer '\(shown)'",
        at: key(target),
        hint: "add missing: keep to weights, and the other targets decide their weight; or filter "
          + "them out")
    }
    let total = target.values.reduce(0) { $0 + $1.value }
    // Shares, parts of 100, or numbers of people.
    let isShare = abs(total - 1) < 0.005 || abs(total - 100) < 0.5
    guard isShare || total > 1.5 else {
      throw origin.error(
        "E0424", "the shares of '\(shown)' add up to \(DataWords.plain(total)), not to 1",
        at: key(target), hint: "correct them, or add the answer that is left out")
    }
    let scale = isShare ? sum / total : 1
    return KnownMargins.Margin(
      variable: target.variable, places: row, totals: target.values.map { $0.value * scale })
  }

  private func step(_ result: Raking.Result, _ base: [Double]) -> PreparationStep {
    let design = SurveyDesign(kind: .sampling, weights: result.weights)
    let effective = design.effectiveSampleSize
    let (low, high) = (design.weights.min() ?? 1, design.weights.max() ?? 1)
    let names = declared.targets.map { DisplayText.escaped($0.variable) }
    return PreparationStep(
      kind: .weights, name: "weights",
      rule: "Weights fit the known \(names.count == 1 ? "shares" : "margins") of "
        + "\(listed(names)): \(rows.count) people tell as much as \(Int(effective.rounded())) of equal weight "
        + "(design effect \(DataWords.short(Double(rows.count) / effective))), weights from "
        + "\(DataWords.short(low)) to \(DataWords.short(high)) times the mean.",
      answered: rows.count)
  }
}

extension Variable {
  /// A respondent's answer as a category; `nil` without one.
  fileprivate func category(_ row: Int) -> Category? {
    if case .numbers(let numbers) = answers {
      return numbers[row].isNaN ? nil : Category(code: .number(numbers[row]))
    }
    let position = answers.position(row)
    return position > 0 ? categories[position - 1] : nil
  }
}

extension DataWords {
  /// A number without needless digits.
  static func plain(_ value: Double) -> String {
    AnswerCode.number((value * 1e4).rounded() / 1e4).text
  }

  /// A number with two digits behind the point.
  static func short(_ value: Double) -> String {
    AnswerCode.number((value * 100).rounded() / 100).text
  }

  /// A share in percent.
  static func percent(_ share: Double) -> String { "\(short(share * 100))%" }
}

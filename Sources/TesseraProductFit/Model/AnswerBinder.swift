import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Reads what respondents say about needs and how they are hindered.
struct AnswerBinder {
  let source: FitSource
  let segmented: SegmentedSurvey
  /// Needs that fewer people ticked weigh nothing.
  let minimumCell: Int

  private func variable(_ name: String, at key: String) throws(StudyError) -> Variable {
    if let found = segmented.survey[name] { return found }
    let names = segmented.survey.variables.map(\.name)
    throw source.error(
      "E0607", "the survey has no column '\(DisplayText.escaped(name))'", at: key,
      hint: NearestName.question(name, among: names))
  }

  /// Ratings as shares of their scale, NaN without an answer.
  private func shares(
    _ column: String, _ scale: RatingScale, at key: String
  ) throws(StudyError) -> [Double] {
    let variable = try variable(column, at: key)
    guard variable.isNumeric || variable.missingCount == segmented.survey.respondentCount else {
      throw source.error(
        "E0607", "'\(column)' holds no ratings: its answers are not numbers", at: key,
        hint: "name the column that asks for a rating")
    }
    let ratings = variable.numbers
    for (respondent, rating) in ratings.enumerated()
    where rating < scale.low || rating > scale.high {
      throw source.error(
        "E0608",
        "a rating of \(FitFeature.number(rating)) lies outside the scale from "
          + "\(FitFeature.number(scale.low)) to \(FitFeature.number(scale.high))",
        column: column, sourceRow: segmented.sourceRows[respondent],
        hint: "correct need_scale, or declare the code missing")
    }
    return ratings.map { scale.share($0) }
  }

  private func scale(of need: NeedDeclaration) throws(StudyError) -> RatingScale {
    guard let scale = need.scale ?? source.file.needScale, scale.high > scale.low else {
      throw source.error(
        "E0608", "need '\(need.name)' has no scale", at: "needs.\(need.name)",
        hint: "say need_scale: [lowest, highest]")
    }
    return scale
  }

  /// The respondents' answers to all needs.
  func respondents(
    features: [FitFeature], warnings: inout [String]
  ) throws(StudyError) -> FitRespondents {
    let needs = source.file.needs
    let count = segmented.survey.respondentCount
    let asked = try NeedImportance(
      source: source, segmented: segmented, minimumCell: minimumCell,
      variable: { (name, key) throws(StudyError) in try variable(name, at: key) },
      ratings: { (need, column, key) throws(StudyError) in
        try shares(column, try scale(of: need), at: key)
      }
    ).answer(&warnings)
    var satisfaction = Matrix(rows: count, columns: needs.count, repeating: .nan)
    var topSatisfaction = satisfaction
    let alone = needs.filter { $0.satisfaction == nil && $0.weight.rating != nil }.map(\.label)
    if !alone.isEmpty {
      warnings.append(
        (alone.count == 1
          ? "Satisfaction was not asked of the need \(alone[0]): it counts"
          : alone.count == needs.count
            ? "Satisfaction was not asked: needs count"
            : "Satisfaction was not asked of the needs \(alone.joined(separator: ", ")): they count")
          + " by importance alone.")
    }
    for (k, need) in needs.enumerated() {
      guard let column = need.satisfaction else { continue }
      let scale = try scale(of: need)
      let top = scale.share(scale.topBox) - 1e-12
      let ratings = try shares(column, scale, at: "needs.\(need.name).satisfaction")
      for (respondent, rating) in ratings.enumerated() where !rating.isNaN {
        satisfaction[respondent, k] = rating
        topSatisfaction[respondent, k] = rating >= top ? 1 : 0
      }
    }
    let weights = NeedWeights(
      importance: asked.importance, satisfaction: satisfaction,
      isSatisfactionAsked: needs.map { $0.satisfaction != nil && !$0.weight.isIpsative },
      posterior: segmented.posterior,
      weights: segmented.design.weights)
    if !needs.isEmpty { warnings += weights.warnings(needs: needs.map(\.label)) }
    return FitRespondents(
      count: count, needWeights: weights.shares, importance: asked.importance,
      satisfaction: satisfaction, topImportance: asked.top,
      topSatisfaction: topSatisfaction,
      isUsable: needs.isEmpty ? [Bool](repeating: true, count: count) : weights.isUsable,
      bestWorst: (asked.net, asked.shown), bestWorstMenus: asked.menus,
      incomes: try incomes(features, &warnings))
  }

  private func incomes(
    _ features: [FitFeature], _ warnings: inout [String]
  ) throws(StudyError) -> [[Double]] {
    var incomes: [[Double]] = []
    for feature in features {
      guard case .burden(let column, _, _) = feature.value else {
        incomes.append([])
        continue
      }
      let key = "features.\(feature.name).value"
      let variable = try variable(column, at: key)
      guard variable.isNumeric else {
        throw source.error("E0607", "income '\(column)' holds no numbers", at: key)
      }
      let numbers = variable.numbers
      if let bad = numbers.firstIndex(where: { $0 < 0 }) {
        throw source.error(
          "E0608", "an income is below 0", column: column, sourceRow: segmented.sourceRows[bad],
          hint: "declare the code missing")
      }
      let missing = numbers.count { $0.isNaN }
      if missing > 0 {
        warnings.append(
          "\(missing) respondents gave no income: what \(feature.label) is worth to them is "
            + "unknown, so their fit is taken midway between its bounds.")
      }
      incomes.append(numbers)
    }
    return incomes
  }

  /// The barriers of the study.
  func barriers(
    features: [FitFeature], warnings: inout [String]
  ) throws(StudyError) -> [FitBarrier] {
    let declared = source.file.barriers
    guard declared.count <= BarrierSet.most else {
      throw source.error(
        "E0609", "there are \(declared.count) barriers, and at most \(BarrierSet.most) can be",
        at: "barriers")
    }
    let data = segmented.data
    var barriers: [FitBarrier] = []
    var asked: [(held: Truths, label: String, columns: String)] = []
    for barrier in declared {
      let key = "barriers.\(barrier.name)"
      guard (0...1).contains(barrier.strength) else {
        throw source.error(
          "E0609", "the strength of barrier '\(barrier.name)' must be from 0 to 1", at: key)
      }
      let violated = try bind(
        barrier.violatedWhen,
        ExpressionBinder(features: features, data: data, speech: .productsAndRespondents),
        at: "\(key).violated_when")
      var held = Truths.same(Truth.yes)
      if let text = barrier.heldBy {
        let bound = try bind(
          text, ExpressionBinder(features: features, data: data, speech: .respondents),
          at: "\(key).held_by")
        held = bound.truths(levels: [])
      }
      if let name = barrier.mustBe {
        let pair = try KanoBinder(source: source, segmented: segmented)
          .pair(named: name, at: "\(key).must_be")
        held = held.and(
          .each(pair.kinds.map { $0.map { Truth.of($0 == .mustBe) } ?? Truth.unanswered }))
      }
      if barrier.heldBy != nil || barrier.mustBe != nil {
        asked.append((held, barrier.label, labels(in: barrier.heldBy ?? barrier.mustBe ?? "")))
      }
      barriers.append(
        FitBarrier(
          name: barrier.name, label: barrier.label, violated: violated, held: held,
          strength: barrier.strength, statements: statements(violated, features, barrier),
          columns: columns(of: barrier), asked: labels(in: barrier.violatedWhen)))
    }
    warnings += self.warnings(asked)
    return barriers
  }

  /// Columns and sets that a barrier's expressions name; a name inside another is taken as well.
  private func columns(of barrier: BarrierDeclaration) -> [String] {
    let text = barrier.violatedWhen + " " + (barrier.heldBy ?? "")
    let survey = segmented.survey
    return (survey.variables.map(\.name) + survey.sets.map(\.name)).filter { text.contains($0) }
  }

  private func bind(
    _ text: String, _ binder: ExpressionBinder, at key: String
  ) throws(StudyError) -> BoundExpression {
    do throws(ExpressionProblem) {
      return try binder.bind(try Expression.parse(text))
    } catch {
      throw source.error(error, in: text, at: key)
    }
  }

  /// What the questions are called that an expression about people names.
  private func labels(in text: String) -> String {
    func find(_ expression: Expression) -> [String] {
      switch expression {
      case .comparison(let name, _, .name(let right)): [name.text, right.text]
      case .comparison(let name, _, _), .includes(let name, _), .isMissing(let name): [name.text]
      case .and(let one, let two), .or(let one, let two): find(one) + find(two)
      case .not(let inner): find(inner)
      }
    }
    let survey = segmented.survey
    var told: [String] = []
    for name in (try? Expression.parse(text)).map(find) ?? [text] {
      let label =
        survey[name].map { $0.label.isEmpty ? $0.name : $0.label }
        ?? survey.sets.first { $0.name == name }.map { $0.label.isEmpty ? $0.name : $0.label }
      guard let label, !told.contains(label) else { continue }
      told.append(label)
    }
    return told.map { "\"\($0)\"" }.joined(separator: " and ")
  }

  /// One warning for barriers that rest on the same questions and that some did not answer, and one for
  /// each that nobody holds.
  private func warnings(
    _ asked: [(held: Truths, label: String, columns: String)]
  ) -> [String] {
    let count = segmented.survey.respondentCount
    var gaps: [(columns: String, unanswered: Int, labels: [String])] = []
    for one in asked {
      let unanswered = (0..<count).count { one.held($0) == Truth.unanswered }
      guard unanswered > 0 else { continue }
      if let place = gaps.firstIndex(where: {
        $0.columns == one.columns && $0.unanswered == unanswered
      }) {
        gaps[place].labels.append(one.label)
      } else {
        gaps.append((one.columns, unanswered, [one.label]))
      }
    }
    var warnings = gaps.map { gap in
      FitBarrier.unanswered(gap.unanswered, gap.columns, gap.labels)
    }
    for one in asked where !(0..<count).contains(where: { one.held($0) == Truth.yes }) {
      warnings.append("Nobody holds the barrier \(one.label).")
    }
    return warnings
  }

  /// What an expression says of features, in a reader's words.
  private func statements(
    _ violated: BoundExpression, _ features: [FitFeature], _ barrier: BarrierDeclaration
  ) -> [FitBarrier.Statement] {
    var columns = columnNames(in: barrier.violatedWhen, features: features)[...]
    return violated.featureStatements.compactMap { statement in
      switch statement {
      case .level(let feature, let comparison, let bound):
        return FitBarrier.Statement(
          feature: feature, comparison: comparison, bound: features[feature].text(bound),
          isPersonal: false)
      case .levelAgainst(let feature, let comparison, _):
        let variable = columns.popFirst().flatMap { segmented.survey[$0] }
        let label = variable.map { $0.label.isEmpty ? $0.name : $0.label } ?? "their own limit"
        return FitBarrier.Statement(
          feature: feature, comparison: comparison, bound: label, isPersonal: true)
      default: return nil
      }
    }
  }

  /// The columns that an expression compares features with, from left to right.
  private func columnNames(in text: String, features: [FitFeature]) -> [String] {
    func find(_ expression: Expression) -> [String] {
      switch expression {
      case .comparison(let name, _, .name(let right)):
        guard !name.isColumn, let feature = features.first(where: { $0.name == name.text }),
          right.isColumn || feature.position(ofLevel: right.text) == nil
        else { return [] }
        return [right.text]
      case .comparison, .includes, .isMissing: return []
      case .and(let one, let two), .or(let one, let two): return find(one) + find(two)
      case .not(let inner): return find(inner)
      }
    }
    return (try? Expression.parse(text)).map(find) ?? []
  }
}

import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
  /// Van Westendorp's price points in every audience.
  ///
  /// An interval's ends lie where the two curves are 1.96 (or t's) errors of their gap apart: the
  /// error at the point, just below it or at the end, whichever is largest, because curves vary more
  /// at a step than on the flat before it (test inversion, after Woodruff 1952, *JASA* 47, 635–646).
  func prices(_ source: FitSource) throws(StudyError) -> [PriceSummary] {
    guard let questions = source.file.prices else { return [] }
    let answers = try priceAnswers(questions, source)
    let intents = try priceIntents(questions, source)
    let isValid = answers.map(\.isOrdered)
    return audiences.map { audience in
      let valid = base(of: audience, isValid)
      let isTold = isTold(audience, base: valid)
      var summary = PriceSummary(segment: audience.id)
      summary.definition = questions.range
      guard isTold else { return summary }
      summary.valid = valid
      // Counts within a segment would tell of few people.
      if audience.segment == nil || suppression.minimum <= 1 {
        summary.disordered = counted(
          base(of: audience, answers.map { $0.isComplete && !$0.isOrdered }))
        summary.incomplete = counted(base(of: audience, answers.map { !$0.isComplete }))
      }
      let weights = weights(of: audience)
      guard let curves = PriceCurves(answers, weights: weights),
        let points = PriceSensitivity(curves)
      else { return summary }
      summary.points = points
      summary.intervals = PriceSensitivity.Point.allCases.map {
        interval($0, points[$0], curves, answers, audience)
      }
      for point in PriceSensitivity.Point.allCases {
        summary.severalCrossings[point] = curves.lastCrossing(point)
      }
      addDemand(&summary, points, answers, intents, questions, weights, audience)
      return summary
    }
  }

  /// The four prices of each respondent.
  func priceAnswers(
    _ questions: PriceQuestions, _ source: FitSource
  ) throws(StudyError) -> [PriceSensitivity.Answer] {
    var columns: [[Double]] = []
    for column in questions.columns { columns.append(try priceNumbers(column, source)) }
    return columns[0].indices.map { row in PriceSensitivity.Answer(columns.map { $0[row] }) }
  }

  /// The chances to buy at the bargain and at the expensive price; `nil` where intent was not asked.
  func priceIntents(
    _ questions: PriceQuestions, _ source: FitSource
  ) throws(StudyError) -> [(cheap: Double, expensive: Double)]? {
    guard let intent = questions.intent else { return nil }
    return zip(
      try chances(intent.cheap, intent, source), try chances(intent.expensive, intent, source)
    ).map { (cheap: $0, expensive: $1) }
  }

  private func interval(
    _ point: PriceSensitivity.Point, _ price: Double, _ curves: PriceCurves,
    _ answers: [PriceSensitivity.Answer], _ audience: Audience
  ) -> PriceSummary.PriceInterval {
    func lead(at price: Double) -> Double {
      max(1e-9, criticalValue * gapError(answers, point, at: price, of: audience))
    }
    let near = max(lead(at: price), curves.before(price).map(lead) ?? 0)
    func end(_ sign: Double) -> Double? {
      guard let first = curves.price(point, lead: sign * near) else { return nil }
      return curves.price(point, lead: sign * max(near, lead(at: first)))
    }
    return PriceSummary.PriceInterval(low: end(1), high: end(-1))
  }

  /// Who accepts each point, what would be bought, and how demand gives way around the optimal point.
  private func addDemand(
    _ summary: inout PriceSummary, _ points: PriceSensitivity,
    _ answers: [PriceSensitivity.Answer], _ intents: [(cheap: Double, expensive: Double)]?,
    _ questions: PriceQuestions, _ weights: [Double], _ audience: Audience
  ) {
    guard let accepted = PriceDemand(answers, weights: weights) else { return }
    summary.acceptance = PriceSensitivity.Point.allCases.map { accepted.demand(at: points[$0]) }
    summary.elasticity = accepted.elasticity(at: points.optimal)
    guard let intent = questions.intent, let intents else { return }
    let isAsked = zip(answers, intents).map {
      $0.isOrdered && !$1.cheap.isNaN && !$1.expensive.isNaN
    }
    let respondents = base(of: audience, isAsked)
    guard isTold(audience, base: respondents),
      let bought = PriceDemand(answers, intents: intents, weights: weights)
    else { return }
    let best = bought.best
    summary.elasticity = bought.elasticity(at: points.optimal)
    summary.purchases = PriceSummary.Purchases(
      mostBuyersAt: best.demand, mostBuyers: bought.demand(at: best.demand) ?? 0,
      mostRevenueAt: best.revenue, buyersAtMostRevenue: bought.demand(at: best.revenue) ?? 0,
      respondents: respondents,
      chances: intent.chances.sorted { ($1.value, $1.key) < ($0.value, $0.key) }
        .map { (answer: $0.key, chance: $0.value) }, areAssumed: intent.areAssumed)
  }

  /// A number of people, if there are none or enough of them.
  private func counted(_ people: Double) -> Double? {
    people > 0 && people < suppression.minimum ? nil : people
  }

  private func priceNumbers(
    _ column: String, _ source: FitSource
  ) throws(StudyError) -> [Double] {
    guard let variable = segmented.survey[column],
      variable.isNumeric || variable.missingCount == segmented.survey.respondentCount
    else {
      throw source.error(
        "E0607", "'\(DisplayText.escaped(column))' holds no numbers", at: "price_questions",
        hint: "name columns of numbers, or declare words in them as missing")
    }
    let numbers = variable.numbers
    if let bad = numbers.firstIndex(where: { $0 < 0 }) {
      throw source.error(
        "E0608", "a price is below 0", column: column, sourceRow: segmented.sourceRows[bad],
        hint: "declare the code missing, or correct the cell")
    }
    return numbers
  }

  /// Answers on intent as chances to buy.
  private func chances(
    _ column: String, _ intent: PriceQuestions.Intent, _ source: FitSource
  ) throws(StudyError) -> [Double] {
    let numbers = try priceNumbers(column, source)
    var result: [Double] = []
    for (respondent, answer) in numbers.enumerated() {
      guard !answer.isNaN else {
        result.append(.nan)
        continue
      }
      guard let chance = intent.chances[answer] else {
        throw source.error(
          "E0608", "no chance to buy is known for the answer \(FitFeature.number(answer))",
          column: column, sourceRow: segmented.sourceRows[respondent],
          hint: "say chances: { 5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0 } with every answer, or "
            + "declare the code missing")
      }
      result.append(chance)
    }
    return result
  }

  /// Error of the gap between two curves just above a price.
  private func gapError(
    _ answers: [PriceSensitivity.Answer], _ point: PriceSensitivity.Point, at price: Double,
    of audience: Audience
  ) -> Double {
    let (falling, rising) = point.curves
    let gaps = answers.map { answer -> Double in
      guard answer.isOrdered else { return .nan }
      return (answer.prices[falling] > price ? 1 : 0) - (answer.prices[rising] <= price ? 1 : 0)
    }
    return observed(gaps).errors[audience.place]
  }
}

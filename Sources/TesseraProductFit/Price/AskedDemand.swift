import TesseraStudy
import TesseraSurvey

/// What one set of questions says of demand at a price, person by person.
struct AskedDemand: Sendable {
  let source: PriceSource
  /// Prices that it speaks of.
  let span: ClosedRange<Double>
  /// Who answered.
  let isUsed: [Bool]
  /// The product that was asked about; `nil` for any.
  let product: Int?
  /// What there is to know of the answers.
  let notes: [String]
  /// Columns whose answers it rests on.
  let columns: [String]
  /// Prices that were asked; none where people named their own.
  var prices: [Double] = []
  /// The range that everybody finds acceptable; `nil` where the questions do not ask for one.
  var acceptable: ClosedRange<Double>?
  private let demand: @Sendable (Double) -> [Double]

  init(
    _ source: PriceSource, span: ClosedRange<Double>, isUsed: [Bool], product: Int? = nil,
    notes: [String] = [], columns: [String], demand: @escaping @Sendable (Double) -> [Double]
  ) {
    self.source = source
    self.span = span
    self.isUsed = isUsed
    self.product = product
    self.notes = notes
    self.columns = columns
    self.demand = demand
  }

  /// Demand of each respondent at a price, 0 for those without an answer; `nil` outside the prices
  /// asked.
  func callAsFunction(_ price: Double) -> [Double]? { span.contains(price) ? demand(price) : nil }
}

extension FitAnalysis {
  /// What van Westendorp's questions and a price ladder say, where the study asks.
  func askedDemand(_ source: FitSource) throws(StudyError) -> [AskedDemand] {
    try westendorp(source) + ladder(source)
  }

  private var heads: [Double] {
    (0..<model.respondents.count).map { segmented.design.heads($0) }
  }

  private func westendorp(_ source: FitSource) throws(StudyError) -> [AskedDemand] {
    guard let questions = source.file.prices else { return [] }
    let answers = try priceAnswers(questions, source)
    let isOrdered = answers.map(\.isOrdered)
    func ends(_ question: Int) -> ClosedRange<Double>? {
      PriceGrid.span(
        answers.map { $0.isOrdered ? $0.prices[question] : .nan }, heads: heads,
        minimum: suppression.minimum)
    }
    guard let low = ends(0), let high = ends(3), low.lowerBound < high.upperBound else { return [] }
    let span = low.lowerBound...high.upperBound
    let columns = questions.columns
    var result = [
      AskedDemand(.vanWestendorp, span: span, isUsed: isOrdered, columns: columns) { price in
        answers.map {
          $0.isOrdered ? PriceDemand.demand(at: price, between: $0.prices, chances: nil) : 0
        }
      }
    ]
    if let curves = PriceCurves(answers, weights: weights(of: audiences[0])),
      let range = PriceSensitivity(curves)?.range(questions.range), range.low <= range.high
    {
      result[0].acceptable = range.low...range.high
    }
    guard let intents = try priceIntents(questions, source) else { return result }
    let isUsed = zip(isOrdered, intents).map { $0 && !$1.cheap.isNaN && !$1.expensive.isNaN }
    guard isUsed.contains(true) else { return result }
    let assumed = questions.intent.map(\.areAssumed) ?? false
    result.append(
      AskedDemand(
        .purchases, span: span, isUsed: isUsed,
        notes: assumed
          ? ["Chances to buy by stated intent are an assumption; declare your own with chances:."]
          : [], columns: columns + questions.intentColumns
      ) { price in
        answers.indices.map { person in
          guard isUsed[person] else { return 0 }
          return PriceDemand.demand(
            at: price, between: answers[person].prices,
            chances: [0, intents[person].cheap, intents[person].expensive, 0])
        }
      })
    return result
  }

  private func ladder(_ source: FitSource) throws(StudyError) -> [AskedDemand] {
    guard let declared = source.file.priceLadder else { return [] }
    var columns: [[Double]] = []
    for step in declared.steps {
      columns.append(try yes(step.column, declared.yes, source))
    }
    guard columns.contains(where: { $0.contains(1) }) else {
      throw source.error(
        "E0643", "no answer to the price ladder is a yes", at: "price_ladder",
        hint: "say which answers are: yes: [1] or yes: [\"would buy\"]; 1 and yes are by themselves"
      )
    }
    let demand = LadderDemand(
      prices: declared.steps.map(\.price),
      answers: (0..<model.respondents.count).map { row in columns.map { $0[row] } })
    let isUsed = demand.paid.map { $0 != nil }
    guard let low = demand.prices.first, let high = demand.prices.last, isUsed.contains(true)
    else { return [] }
    let reversed = demand.reversed
    let isTold = Double(reversed) >= suppression.minimum
    var asked = AskedDemand(
      .ladder, span: low...high, isUsed: isUsed,
      product: declared.product.flatMap { name in
        model.products.firstIndex { $0.name == name || $0.label == name }
      },
      notes: reversed > 0 && isTold
        ? [
          "\(reversed) people said no to a price below one to which they said yes: the highest "
            + "yes counts."
        ] : [], columns: declared.columns, demand: demand.demand(at:))
    asked.prices = demand.prices
    return [asked]
  }

  /// 1 for those who say yes, 0 for the others, NaN without an answer.
  private func yes(
    _ column: String, _ wanted: [String], _ source: FitSource
  ) throws(StudyError) -> [Double] {
    guard let variable = segmented.survey[column] else {
      throw source.error(
        "E0607", "the survey has no column '\(DisplayText.escaped(column))'", at: "price_ladder",
        hint: NearestName.question(column, among: segmented.survey.variables.map(\.name)))
    }
    let words = (wanted.isEmpty ? ["1", "yes"] : wanted).map { $0.lowercased() }
    func isYes(_ texts: [String]) -> Bool {
      texts.contains { text in
        words.contains(text.lowercased())
          || Double(text).map { number in words.contains { Double($0) == number } } ?? false
      }
    }
    guard variable.answers.isCoded else {
      return variable.numbers.map {
        $0.isNaN ? .nan : isYes([AnswerCode.number($0).text]) ? 1 : 0
      }
    }
    return variable.answers.values(
      of: [Double.nan] + variable.categories.map { isYes([$0.label, $0.code.text]) ? 1 : 0 })
  }
}

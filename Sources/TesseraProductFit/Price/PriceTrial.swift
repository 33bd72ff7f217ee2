import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A product scored at every price of a grid, respondent by respondent.
struct PriceTrial: Sendable {
  let product: Int
  /// The price now; `nil` if unknown.
  let present: Double?
  /// What a piece costs; `nil` if not said.
  let cost: Double?
  /// The prices, rising.
  let prices: [Double]
  /// Positions of the prices of which the fit may speak.
  let spoken: [Int]
  /// Spoken prices × respondents.
  let fit: Matrix
  let acceptance: Matrix
  let share: Matrix
  let first: Matrix
  /// Shares at 5% below and above each spoken price.
  let below: Matrix
  let above: Matrix
  /// Whether both lie within the prices of which the fit may speak.
  let hasArc: [Bool]
  /// What other questions say of this product.
  let asked: [AskedDemand]
  let notes: [String]

  /// How far from a price an elasticity looks.
  static let reach = 0.05

  /// What is looked at.
  struct Request: Sendable {
    var product: Int
    /// First price; `nil` for what the study suggests.
    var from: Double?
    /// Last price.
    var to: Double?
    /// How many prices.
    var steps: Int
  }
}

extension FitAnalysis {
  /// Scores a product at prices.
  ///
  /// - Parameters:
  ///   - request: The product and the prices.
  ///   - feature: The feature that people pay.
  ///   - asked: What other questions say.
  ///   - source: What the study declares.
  /// - Returns: The product at these prices.
  /// - Throws: `StudyError` E0642 for prices of which no answer speaks.
  func trial(
    _ request: PriceTrial.Request, feature: Int, asked: [AskedDemand], source: FitSource
  ) throws(StudyError) -> PriceTrial {
    let product = request.product
    let own = model.products[product].levels
    let present = own[feature].isNaN ? nil : own[feature]
    let asked = asked.filter { $0.product == nil || $0.product == product }
    let stated = model.statements(against: feature)
    let heads = (0..<model.respondents.count).map { segmented.design.heads($0) }
    let fitSpan = PriceGrid.span(
      stated.flatMap { $0 }, heads: stated.flatMap { _ in heads }, minimum: suppression.minimum)
    let span = try span(request, feature, fitSpan, asked)
    let isRound = request.from == nil && request.to == nil
    let prices = PriceGrid(span, steps: request.steps, present: present, isRound: isRound).prices
    let spoken = prices.indices.filter { fitSpan?.contains(prices[$0]) ?? true }
    func scored(_ factor: Double) -> ProductScores {
      scorer.scores(
        spoken.map { place in
          var levels = own
          levels[feature] = factor * prices[place]
          return levels
        })
    }
    let rivals = PriceRivals(
      scores.fit, model.products.indices.filter { $0 != product && source.isOnMarket(model, $0) },
      scale: Self.scales.middle)
    func shares(_ fit: Matrix, _ chances: (ArraySlice<Double>) -> [Double]) -> Matrix {
      Matrix(
        rows: fit.rows, columns: fit.columns,
        values: (0..<fit.rows).flatMap { chances(fit.row($0)) })
    }
    let now = scored(1)
    let ends = [1 - PriceTrial.reach, 1 + PriceTrial.reach]
    return PriceTrial(
      product: product, present: present,
      cost: source.products.flatMap { table in
        table.costs.indices.contains(product) ? table.costs[product] : nil
      },
      prices: prices, spoken: spoken, fit: now.fit, acceptance: now.acceptance,
      share: shares(now.fit, rivals.preference), first: shares(now.fit, rivals.first),
      below: shares(scored(ends[0]).fit, rivals.preference),
      above: shares(scored(ends[1]).fit, rivals.preference),
      hasArc: spoken.map { place in
        ends.allSatisfy { fitSpan?.contains($0 * prices[place]) ?? true }
      }, asked: asked, notes: notes(feature, present, fitSpan, stated))
  }

  /// The prices to look at.
  private func span(
    _ request: PriceTrial.Request, _ feature: Int, _ fitSpan: ClosedRange<Double>?,
    _ asked: [AskedDemand]
  ) throws(StudyError) -> ClosedRange<Double> {
    let known = [fitSpan].compactMap(\.self) + asked.map(\.span)
    let words = model.features[feature]
    func impossible(_ message: String, _ hint: String) -> StudyError {
      StudyError(code: "E0642", message: message, hint: hint, exitStatus: 64)
    }
    let low = known.map(\.lowerBound).min()
    let high = known.map(\.upperBound).max()
    let own = model.products[request.product].levels[feature]
    // A car of 28,000 is not to be sold at the price of another.
    let catalogue =
      own > 0 ? [own] : model.products.map { $0.levels[feature] }.filter { $0 > 0 }
    let range = words.declaredRange ?? []
    let least = (catalogue + range).min().map { $0 * Self.widening.lowerBound }
    let most = (catalogue + range).max().map { $0 * Self.widening.upperBound }
    var from = max(least ?? 0, low ?? 0)
    var to = min(most ?? .infinity, high ?? .infinity)
    // A catalogue beyond what was asked: all that was asked.
    if from >= to, let low, let high { (from, to) = (low, high) }
    from = request.from ?? from
    to = request.to ?? to
    let text = { (price: Double) in words.text(price) }
    guard to.isFinite, from > 0 || low == 0 else {
      throw impossible(
        "no price says where to begin and where to end",
        "say --from and --to, both above 0: neither products nor answers hold a price")
    }
    guard from < to || request.from == nil || request.to != nil else {
      throw impossible(
        "the answers speak of prices up to \(text(to)), not of \(text(from))",
        "choose --from below that: what people would do beyond is not known")
    }
    guard from < to else {
      throw impossible(
        "prices from \(text(from)) to \(text(to)) are none",
        "--from must be below --to")
    }
    if let low, let high, from < low - 1e-9 * abs(low) || to > high + 1e-9 * abs(high) {
      throw impossible(
        "the answers speak of prices from \(text(low)) to \(text(high)), not of "
          + text(from < low ? from : to),
        "choose --from and --to within these: what people would do beyond is not known")
    }
    return from...to
  }

  /// How far beyond the catalogue's prices one looks unasked.
  private static let widening = 0.5...1.5

  private func notes(
    _ feature: Int, _ present: Double?, _ span: ClosedRange<Double>?, _ stated: [[Double]]
  ) -> [String] {
    let price = model.features[feature]
    var notes: [String] = []
    if let span {
      notes.append(
        "By the fit a price counts between \(price.text(span.lowerBound)) and "
          + "\(price.text(span.upperBound)): the least and the greatest price that "
          + (suppression.minimum > 1 ? "at least \(Int(suppression.minimum)) people " : "people ")
          + "stated.")
    } else if stated.isEmpty {
      notes.append(
        price.isBurden
          ? "Nobody was asked for the most they would pay: the fit rests on what a price is worth "
            + "against \(price.incomeLabel)."
          : "Nobody was asked for the most they would pay: the fit rests on the value of "
            + "\(price.label) that the study declares.")
    }
    if present == nil { notes.append("The price now is not known.") }
    notes.append(
      "Shares are shares of preference at \(Int(Self.scales.middle)) points of noise, an assumption, "
        + "with full awareness and distribution.")
    return notes
  }
}

extension FitSource {
  /// Whether a product is on the market; all are where the study does not say.
  func isOnMarket(_ model: FitModel, _ product: Int) -> Bool {
    guard let market = file.market, let competitors = market.competitors else { return true }
    return (market.own + competitors).contains(model.products[product].name)
  }
}

import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A product scored at every price of a grid, respondent by respondent.
struct PriceTrial: Sendable {
  /// The product; `nil` for what a price ladder asks about in a study without products.
  let product: Int?
  /// The price now; `nil` if unknown.
  let present: Double?
  /// What a piece costs; `nil` if not said.
  let cost: Double?
  /// The prices that are told, rising.
  let prices: [Double]
  /// All prices that are looked at, rising: those that are told and those among which the best is sought.
  let tried: [Double]
  /// The prices among which the best is sought, however many are told.
  let sought: Set<Double>
  /// Positions of the tried prices of which the fit may speak.
  let spoken: [Int]
  /// The prices of which the fit may speak; `nil` for all.
  let span: ClosedRange<Double>?
  /// Spoken prices × respondents.
  let fit: Matrix
  let acceptance: Matrix
  /// For each spoken price the shares by the rule that the study counts by, and by the other.
  let share: [MarketColumn]
  let other: [MarketColumn]
  /// For each spoken price who takes anything; `nil` where shares are of everybody.
  let taking: [MarketColumn?]
  /// What levels that nobody knows leave open; `nil` where they leave nothing.
  let bounds: PriceBounds?
  /// What the product stands against; `nil` without a product.
  let rivals: PriceRivals?
  /// What other questions say of this product.
  let asked: [AskedDemand]
  let notes: [String]

  /// How far from a price an elasticity looks.
  static let reach = 0.05

  /// The elasticity between the shares at either end.
  static func arc(_ below: Double, _ above: Double) -> Double {
    (above - below) / ((above + below) / 2) / (2 * reach)
  }

  /// The prices at the ends of an elasticity; `nil` where the fit may not speak of both.
  func ends(of price: Double) -> [Double]? {
    let ends = [price * (1 - Self.reach), price * (1 + Self.reach)]
    return ends.allSatisfy { span?.contains($0) ?? true } ? ends : nil
  }

  /// What is looked at.
  struct Request: Sendable {
    /// The product; `nil` without products.
    var product: Int?
    /// First price; `nil` for what the study suggests.
    var from: Double?
    /// Last price.
    var to: Double?
    /// How many prices are told.
    var steps: Int
  }
}

extension FitAnalysis {
  /// Prices among which the best is sought, however few are told.
  private static let searchSteps = 60

  /// A product at some prices.
  func levels(of product: Int, at prices: [Double]) -> [[Double]] {
    prices.map { price in
      var levels = model.products[product].levels
      if let feature = model.priceFeature { levels[feature] = price }
      return levels
    }
  }

  /// Scores a product at prices.
  ///
  /// - Parameters:
  ///   - request: The product and the prices.
  ///   - market: What it stands against.
  ///   - asked: What other questions say.
  ///   - source: What the study declares.
  /// - Returns: The product at these prices.
  /// - Throws: `StudyError` E0642 for prices of which no answer speaks.
  func trial(
    _ request: PriceTrial.Request, market: MarketAnalysis, asked: [AskedDemand], source: FitSource
  ) throws(StudyError) -> PriceTrial {
    let product = request.product
    let feature = product == nil ? nil : model.priceFeature
    let now = feature.flatMap { feature in product.map { model.products[$0].levels[feature] } }
    let present = now.flatMap { $0.isNaN ? nil : $0 }
    let asked = asked.filter { $0.product == nil || $0.product == product }
    let stated = feature.map { model.statements(against: $0) } ?? []
    let heads = (0..<model.respondents.count).map { segmented.design.heads($0) }
    let fitSpan = PriceGrid.span(
      stated.flatMap { $0 }, heads: stated.flatMap { _ in heads }, minimum: suppression.minimum)
    let span = try span(request, feature, fitSpan, asked)
    let isRound = request.from == nil && request.to == nil
    var prices = PriceGrid(span, steps: request.steps, present: present, isRound: isRound).prices
    if isRound {
      prices += asked.flatMap(\.prices).filter(span.contains)
      prices = Set(prices).sorted()
    }
    let grid = PriceGrid(span, steps: Self.searchSteps, present: present, isRound: true).prices
    let ends = isRound ? [] : [span.lowerBound, span.upperBound]
    let sought = Set(grid + ends + asked.flatMap(\.prices).filter(span.contains))
    // What is said of the lowest and the highest price looked at can be seen.
    if isRound, let first = sought.min(), let last = sought.max() {
      prices = Set(prices.filter { first <= $0 && $0 <= last } + [first, last]).sorted()
    }
    let tried = sought.union(prices).sorted()
    let spoken =
      product == nil ? [] : tried.indices.filter { fitSpan?.contains(tried[$0]) ?? true }
    let offered = product.map { levels(of: $0, at: spoken.map { tried[$0] }) } ?? []
    let scored = scorer.scores(offered)
    let bounds = product.flatMap { PriceBounds($0, offered, scored, market) }
    let rules = [market.rule, market.rule == .first ? .preference : .first]
    let rivals = product.map { product in
      rules.map { PriceRivals(market, product, rule: $0) }
    }
    let rows = settings.workers.map(spoken.count) { place in
      let row = scored.fit.row(place)
      return (
        share: rivals?[0].shares(row) ?? [], other: rivals?[1].shares(row) ?? [],
        taking: rivals?[0].taking(row)
      )
    }
    return PriceTrial(
      product: product, present: present,
      cost: product.flatMap { market.market.today.offers[$0].cost }, prices: prices, tried: tried,
      sought: sought, spoken: spoken, span: fitSpan, fit: scored.fit, acceptance: scored.acceptance,
      share: rows.map(\.share), other: rows.map(\.other), taking: rows.map(\.taking),
      bounds: bounds, rivals: rivals?[0], asked: asked,
      notes: feature.map { notes($0, present, fitSpan, stated, market) } ?? [])
  }

  /// The prices to look at.
  private func span(
    _ request: PriceTrial.Request, _ feature: Int?, _ fitSpan: ClosedRange<Double>?,
    _ asked: [AskedDemand]
  ) throws(StudyError) -> ClosedRange<Double> {
    let known = [fitSpan].compactMap(\.self) + asked.map(\.span)
    let words = feature.map { model.features[$0] }
    func impossible(_ message: String, _ hint: String) -> StudyError {
      StudyError(code: "E0642", message: message, hint: hint, exitStatus: 64)
    }
    let low = known.map(\.lowerBound).min()
    let high = known.map(\.upperBound).max()
    let sold = feature.map { feature in model.products.map { $0.levels[feature] } } ?? []
    let own = request.product.flatMap { sold.isEmpty ? nil : sold[$0] } ?? .nan
    // A car of 28,000 is not to be sold at the price of another.
    let catalogue = own > 0 ? [own] : sold.filter { $0 > 0 }
    let range = words?.declaredRange ?? []
    let least = (catalogue + range).min().map { $0 * Self.widening.lowerBound }
    let most = (catalogue + range).max().map { $0 * Self.widening.upperBound }
    var from = max(least ?? 0, low ?? 0)
    var to = min(most ?? .infinity, high ?? .infinity)
    // A catalogue beyond what was asked: all that was asked.
    if from >= to, let low, let high { (from, to) = (low, high) }
    from = request.from ?? from
    to = request.to ?? to
    let text = { (price: Double) in words?.text(price) ?? FitFeature.number(price) }
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
    _ feature: Int, _ present: Double?, _ span: ClosedRange<Double>?, _ stated: [[Double]],
    _ market: MarketAnalysis
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
    notes.append(market.countedWords)
    return notes
  }
}

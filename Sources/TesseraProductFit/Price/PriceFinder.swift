import TesseraDesign
public import TesseraStudy

/// Answers what people do at the prices of a product, for a study at hand.
public struct PriceFinder: StudyQuestion {
  private let analysis: FitAnalysis
  private let source: FitSource

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) { (analysis, source) = (study.analysis, study.source) }

  /// What people do at the prices of a product; see ``pricings(of:from:to:steps:)``.
  public func pricing(
    product: String, from: Double? = nil, to: Double? = nil, steps: Int = 50
  ) throws(StudyError) -> ProductPricing {
    try pricings(of: [product], from: from, to: to, steps: steps)[0]
  }

  /// What people do at the prices of products, each by itself while the others stay as they are.
  ///
  /// - Parameters:
  ///   - names: Names or labels of the products; empty for all.
  ///   - from: The first price; `nil` for one that suits the answers and the catalogue.
  ///   - to: The last price.
  ///   - steps: How many prices; fewer where they are round.
  /// - Returns: For each acceptance, share, revenue and profit, for everybody and each segment.
  /// - Throws: `StudyError` E0606 for an unknown product, E0641 where nothing speaks of prices,
  ///   E0642 for prices beyond those that the answers speak of.
  public func pricings(
    of names: [String], from: Double? = nil, to: Double? = nil, steps: Int = 50
  ) throws(StudyError) -> [ProductPricing] {
    let model = analysis.model
    var places: [Int?] = []
    for name in names {
      guard
        let place = model.products.firstIndex(where: { $0.name == name })
          ?? model.products.firstIndex(where: { $0.label == name })
      else { throw CatalogueBinder.unknownProduct(name, model.products, exitStatus: 64) }
      places.append(place)
    }
    let asked = try analysis.askedDemand(source)
    if names.isEmpty {
      places = model.products.isEmpty ? [nil] : model.products.indices.map(\.self)
    }
    guard model.products.isEmpty ? !asked.isEmpty : model.priceFeature != nil else {
      throw StudyError(
        code: "E0641",
        message: model.products.isEmpty
          ? "the study has no products, and nobody was asked about prices"
          : "the products have no price that decides anything", file: source.path,
        hint: "add a feature with a number called price (or in a unit of money) that a need or a "
          + "barrier uses, such as violated_when: \"price > max_price\"; or price_ladder:")
    }
    try refuseStrict(asked)
    let market = try MarketAnalysis(analysis, source)
    var trials: [PriceTrial] = []
    for place in places {
      trials.append(
        try analysis.trial(
          .init(product: place, from: from, to: to, steps: steps), market: market, asked: asked,
          source: source))
    }
    return analysis.pricing(trials, market, source)
  }

  /// Neighbouring prices differ by few people, which counts may not show.
  private func refuseStrict(_ asked: [AskedDemand]) throws(StudyError) {
    guard analysis.hidesPrices(asked) else { return }
    throw StudyError(
      code: "E0644",
      message: "price curves are not given under strict privacy: neighbouring prices would tell of "
        + "single people", file: source.path,
      hint:
        "with privacy: standard they are, unless a sensitive column stands behind prices or barriers"
    )
  }
}

extension FitAnalysis {
  /// Whether what people do at prices may not be told, because counts decide what is shown.
  func hidesPrices(_ asked: [AskedDemand]) -> Bool {
    let columns = model.barriers.flatMap(\.columns) + asked.flatMap(\.columns)
    return CellRules(settings, columns: columns).isStrict
  }

  /// What people do at the prices of all products, where the study says something of prices.
  func pricings(
    _ source: FitSource, _ market: MarketAnalysis
  ) throws(StudyError) -> [ProductPricing] {
    guard model.respondents.count <= Self.mostPricedPeople, !suppression.isTotalHidden
    else { return [] }
    let asked = try askedDemand(source)
    guard !hidesPrices(asked), model.products.isEmpty ? !asked.isEmpty : model.priceFeature != nil
    else { return [] }
    let products: [Int?] =
      model.products.isEmpty ? [nil] : model.products.indices.prefix(Self.mostPriced).map(\.self)
    let trials = products.compactMap { product in
      try? trial(
        .init(product: product, steps: Self.pricedSteps), market: market, asked: asked,
        source: source)
    }
    return pricing(trials, market, source)
  }

  /// Products and prices that a run looks at unasked, and the people up to whom it does.
  private static let (mostPriced, pricedSteps, mostPricedPeople) = (20, 16, 100_000)
}

import TesseraDesign
public import TesseraStudy

/// Answers what people do at the prices of a product, for a study at hand.
public struct PriceFinder: Sendable {
  private let analysis: FitAnalysis
  private let source: FitSource

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents, their segments and replicates.
  ///   - settings: Threads and the smallest cell; nothing is drawn.
  /// - Throws: `StudyError` E0601 to E0611.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    self.source = source
    analysis = try FitAnalysis(bare: source, segmented, settings: settings)
  }

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
    var places = names.isEmpty ? Array(model.products.indices) : []
    for name in names {
      guard
        let place = model.products.firstIndex(where: { $0.name == name })
          ?? model.products.firstIndex(where: { $0.label == name })
      else { throw CatalogueBinder.unknownProduct(name, model.products, exitStatus: 64) }
      places.append(place)
    }
    guard let feature = model.priceFeature else {
      throw StudyError(
        code: "E0641",
        message: "the products have no price that decides anything", file: source.path,
        hint: "add a feature with a number called price (or in a unit of money) that a need or a "
          + "barrier uses, such as violated_when: \"price > max_price\"")
    }
    let asked = try analysis.askedDemand(source)
    try refuseStrict(asked, feature)
    var trials: [PriceTrial] = []
    for place in places {
      trials.append(
        try analysis.trial(
          .init(product: place, from: from, to: to, steps: steps), feature: feature, asked: asked,
          source: source))
    }
    return analysis.pricing(trials, source)
  }

  /// Neighbouring prices differ by few people, which counts may not show.
  private func refuseStrict(_ asked: [AskedDemand], _ feature: Int) throws(StudyError) {
    guard analysis.hidesPrices(asked, feature) else { return }
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
  fileprivate func pricing(_ trials: [PriceTrial], _ source: FitSource) -> [ProductPricing] {
    var found = pricing(trials, population: source.file.population)
    if source.file.choices != nil {
      for place in found.indices {
        found[place].notes.append(
          "The real choices of the study do not enter: tessera validate holds the fit against them."
        )
      }
    }
    if let market = source.file.market, !market.shares.isEmpty {
      for place in found.indices {
        found[place].notes.append(
          "The known market shares do not enter: tessera scenario holds changes against them.")
      }
    }
    return found
  }

  /// Whether what people do at prices may not be told, because counts decide what is shown.
  func hidesPrices(_ asked: [AskedDemand], _ feature: Int) -> Bool {
    let columns = model.barriers.flatMap(\.columns) + asked.flatMap(\.columns)
    return CellRules(settings, columns: columns).isStrict
  }

  /// What people do at the prices of all products, where the study says something of prices.
  func pricings(_ source: FitSource) throws(StudyError) -> [ProductPricing] {
    guard let feature = model.priceFeature, model.respondents.count <= Self.mostPricedPeople,
      !suppression.isTotalHidden
    else { return [] }
    let asked = try askedDemand(source)
    guard !hidesPrices(asked, feature) else { return [] }
    var trials: [PriceTrial] = []
    for product in model.products.indices.prefix(Self.mostPriced) {
      guard
        let trial = try? self.trial(
          .init(product: product, steps: Self.pricedSteps), feature: feature, asked: asked,
          source: source)
      else { continue }
      trials.append(trial)
    }
    return pricing(trials, source)
  }

  /// Products and prices that a run looks at unasked, and the people up to whom it does.
  private static let (mostPriced, pricedSteps, mostPricedPeople) = (20, 24, 100_000)
}

public import TesseraStudy
import TesseraSurvey

/// Scores every product of a study against every segment.
public enum ProductFit {
  /// Computes everything that `fit.json` tells.
  ///
  /// - Parameters:
  ///   - study: The study: a catalogue with needs, features, products and relations, or questions
  ///     and channels alone.
  ///   - segmented: Its respondents and their segments.
  ///   - settings: Seed, threads, replicates, the smallest cell.
  /// - Returns: Cells, ledgers, contrasts, mismatches, opportunities, improvements; the same for
  ///   any number of threads.
  /// - Throws: `StudyError` E0601 to E0611 for a catalogue that does not suit the study.
  /// - Complexity: Linear in respondents; O(replicates × one segmentation) for the intervals.
  public static func run(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) -> FitResult {
    try run(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Every product is held against every other, segment by segment.
  private static let mostProducts = 2_000

  /// Computes a result from declarations that need not stand in files.
  package static func run(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) -> FitResult {
    if let count = source.products?.names.count, count > mostProducts {
      throw StudyError(
        code: "E0604",
        message: "there are \(count) products; at most \(mostProducts) can be compared with each "
          + "other", file: source.products?.file,
        hint: "leave out what nobody could buy, or run parts of the catalogue one by one")
    }
    let model = try FitModel.bind(
      source, segmented, minimumCell: settings.minimumCell)
    let binder = ColumnBinder(source: source, segmented: segmented)
    let asked = try binder.channels()
    // What fewer people of the whole survey named than may be shown is told of nowhere.
    let channels = asked.filter { !ReachTable.isRare($0, segmented, settings) }
    let funnels = try binder.funnels(products: model.products.map(\.name))
    var settings = settings
    // Only what products and needs are told with is resampled.
    if model.products.isEmpty, model.needs.isEmpty { settings.replicates = 0 }
    let analysis = FitAnalysis(
      model: model, segmented: segmented, settings: settings)
    let reach = ReachTable(
      segmented, active: source.file.segments.active, suppression: analysis.suppression,
      settings: settings)
    let search = try ReachSearch(
      analysis: analysis, channels: channels, known: asked, source: source)
    let contrasts = analysis.contrasts()
    let losses = analysis.largeLosses()
    let ranks = analysis.ranks()
    // What may be the best of a segment does not fit it badly.
    let beaten = Set(contrasts.filter(\.isClearlyBehind).map(SegmentProduct.init))
      .subtracting(ranks.filter { $0.best == 1 }.map(SegmentProduct.init))
    var result = FitResult(
      products: model.products.map { product in
        ProductSummary(
          name: product.name, label: product.label,
          levels: model.features.indices.map { feature in
            let level = product.levels[feature]
            return level.isNaN ? nil : model.features[feature].text(level)
          })
      },
      segments: segmented.segments,
      needs: model.needs.map { NeedSummary(name: $0.name, label: $0.label) },
      features: model.features.map {
        FeatureSummary(
          name: $0.name, label: $0.label, unit: $0.unit, isMoney: $0.isBurden, isPrice: $0.isPrice)
      },
      barriers: model.barriers.map {
        BarrierSummary(name: $0.name, label: $0.label, strength: $0.strength)
      },
      cells: analysis.cells(), contrasts: contrasts, ranks: ranks,
      mismatches: losses.filter { beaten.contains(.init($0)) },
      opportunities: analysis.opportunities(),
      improvements: analysis.improvements(), channels: reach.channels(channels),
      funnel: reach.funnel(funnels), notes: analysis.notes(),
      warnings: analysis.warnings() + reach.unnested(funnels))
    if channels.count < asked.count {
      result.notes.append(
        "\(asked.count - channels.count) of \(asked.count) channels are left out: fewer than "
          + "\(settings.minimumCell) people of the survey named them.")
    }
    if settings.privacy == .none { result.notes.append(Privacy.unprotected) }
    result.shortfalls = losses.filter { !beaten.contains(.init($0)) }
    result.reachSets = ReachSet.Kind.allCases.flatMap {
      search.sets($0, upTo: mostReachItems, for: analysis.audiences)
    }
    result.channelPlans = try search.plans(source, for: analysis.audiences)
    result.needWeights = analysis.needWeights(source.file.needs)
    result.bestWorst = analysis.bestWorst()
    result.importancePerformance = analysis.importancePerformance()
    result.kano = analysis.kano(
      try KanoBinder(source: source, segmented: segmented).pairs())
    result.prices = try analysis.prices(source)
    result.drivers = try analysis.drivers(source, &result.warnings)
    if !model.products.isEmpty { addProducts(&result, analysis) }
    try addDecisions(&result, analysis, source)
    return result
  }

  /// What is told of products alone.
  private static func addProducts(_ result: inout FitResult, _ analysis: FitAnalysis) {
    result.shares = analysis.preferenceShares()
    let search = ImprovementSearch(
      analysis,
      most: analysis.model.products.count > FitAnalysis.pairedProducts ? fewBundles : manyBundles)
    (result.proposals, result.proposalsPerCost) = search.best(
      each: proposalsEach, limit: mostProposals)
    result.changesTried = search.candidateCount
    // Each is scored for everybody.
    result.singleLevels = search.singleLevels(
      limit: max(20, min(mostLevels, 4_000_000 / max(1, analysis.model.respondents.count))))
    result.houses = analysis.houses()
    result.sensitivity = Array(SensitivityAudit(analysis: analysis).results().prefix(mostMoves))
    result.catalogueGaps = analysis.catalogueGaps()
  }

  /// Prices, targets and scenarios; a warning where known shares cannot be reached.
  private static func addDecisions(
    _ result: inout FitResult, _ analysis: FitAnalysis, _ source: FitSource
  ) throws(StudyError) {
    let market: MarketAnalysis
    do throws(StudyError) {
      market = try MarketAnalysis(analysis, source)
    } catch {
      guard error.report.code == "E0653" else { throw error }
      result.warnings.append(
        "There are no prices, targets and scenarios: \(error.report.message).")
      return
    }
    result.pricesByProduct = try analysis.pricings(source, market)
    if !analysis.model.products.isEmpty { result.targets = try analysis.targets(source, market) }
    guard !source.file.scenarios.isEmpty else { return }
    guard !analysis.hidesStops else {
      result.warnings.append("There are no scenarios under strict privacy.")
      return
    }
    result.scenarios = try ScenarioFinder(market, source.file.population).scenarios()
  }

  /// Bundles of one product that are tried unasked, and where there are many products.
  private static let (manyBundles, fewBundles) = (100_000.0, 500.0)
  /// Proposals told of one product, and in all.
  private static let (proposalsEach, mostProposals) = (4, 40)
  /// Single levels told.
  private static let mostLevels = 400
  /// Items of the largest set that is looked for unasked.
  private static let mostReachItems = 4
  /// Judgements told of: those that move a fit most.
  private static let mostMoves = 60
}

/// A product in a segment.
private struct SegmentProduct: Hashable {
  let segment: String
  let product: String

  init(_ contrast: Contrast) { (segment, product) = (contrast.segment, contrast.product) }

  init(_ mismatch: Mismatch) { (segment, product) = (mismatch.segment, mismatch.product) }

  init(_ rank: RankSet) { (segment, product) = (rank.segment, rank.product) }
}

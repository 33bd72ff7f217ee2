import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// Holds the scenarios of a study against its market of today.
public struct ScenarioFinder: Sendable {
  private let market: MarketAnalysis
  private let population: Double?

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents and their segments, with replicates for intervals.
  ///   - settings: Threads and the smallest cell; nothing is drawn.
  /// - Throws: `StudyError` E0601 to E0610, E0652, E0653.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitAnalysis(bare: source, segmented, settings: settings), source)
  }

  /// Looks into an analysis at hand.
  init(_ analysis: FitAnalysis, _ source: FitSource) throws(StudyError) {
    market = try MarketAnalysis(analysis, source)
    population = source.file.population
  }

  /// The scenarios beside today.
  ///
  /// - Parameter names: Which scenarios, by name or label; all where none are named.
  /// - Returns: Shares, fit, acceptance, people, revenue and profit, with intervals of the changes.
  /// - Throws: `StudyError` E0654 for a scenario that does not exist, or where there is none.
  public func scenarios(_ names: [String] = []) throws(StudyError) -> ScenarioResult {
    let all = market.market.scenarios
    guard !all.isEmpty else {
      throw StudyError(
        code: "E0654", message: "the study declares no scenarios",
        hint: "add scenarios: { rival: { products: { PRODUCT: { FEATURE: LEVEL } } } }")
    }
    var chosen: [MarketState] = names.isEmpty ? all : []
    for name in names {
      guard let one = all.first(where: { $0.name == name || $0.label == name }) else {
        let known = all.map(\.name)
        throw StudyError(
          code: "E0654", message: "there is no scenario '\(DisplayText.escaped(name))'",
          hint: NearestName.question(name, among: known)
            ?? "the scenarios are \(known.joined(separator: ", "))", exitStatus: 64)
      }
      if !chosen.contains(where: { $0.name == one.name }) { chosen.append(one) }
    }
    return ScenarioTable(market, [market.market.today] + chosen, people: population ?? 1000)
      .result(isPopulation: population != nil)
  }
}

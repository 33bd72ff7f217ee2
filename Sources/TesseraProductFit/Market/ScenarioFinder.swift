import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// Holds the scenarios of a study against its market of today.
public struct ScenarioFinder: StudyQuestion {
  private let market: MarketAnalysis
  private let population: Double?

  /// Puts the question to a study.
  ///
  /// - Throws: `StudyError` E0644 under strict privacy, E0652, E0653.
  public init(_ study: FinishedStudy) throws(StudyError) {
    self.init(
      try MarketAnalysis(open: study.analysis, study.source), study.source.file.population)
  }

  /// Looks into a market at hand.
  init(_ market: MarketAnalysis, _ population: Double?) {
    (self.market, self.population) = (market, population)
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

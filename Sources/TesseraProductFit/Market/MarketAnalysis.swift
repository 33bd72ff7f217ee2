import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A market with everybody's chances of taking each product, by three rules of choice.
struct MarketAnalysis: Sendable {
  let analysis: FitAnalysis
  let market: MarketModel
  /// What products have beyond their fit; all 0 where no shares are known.
  let constants: [Double]
  /// For each segment its group of equal chances.
  let groupOf: [Int]
  let groups: [[Int]]

  /// Points of noise of shares of preference.
  static let scale = FitAnalysis.scales.middle

  /// Binds the market of a study where scenarios and lines may be told.
  ///
  /// - Throws: `StudyError` E0644 under strict privacy, E0652, E0653.
  init(open analysis: FitAnalysis, _ source: FitSource) throws(StudyError) {
    guard !analysis.hidesStops else {
      throw StudyError(
        code: "E0644",
        message: "scenarios and lines are not given under strict privacy: two that differ a little "
          + "would tell of single people", file: source.path,
        hint: "with privacy: standard they are, unless a sensitive column stands behind barriers")
    }
    try self.init(analysis, source)
  }

  /// Binds the market of a study, and tunes it to known shares.
  ///
  /// - Throws: `StudyError` E0652, E0653.
  init(_ analysis: FitAnalysis, _ source: FitSource) throws(StudyError) {
    self.analysis = analysis
    market = try MarketModel(source, analysis.model, segments: analysis.segmented.segments)
    (groups, groupOf) = market.groups
    let none = [Double](repeating: 0, count: analysis.model.products.count)
    guard market.shares.contains(where: { $0 != nil }) else {
      constants = none
      return
    }
    let (groups, market) = (groups, market)
    let people = Self.people(analysis, groups)
    constants = try MarketTuning(
      known: market.shares, names: analysis.model.products.map(\.name), source
    ) { constants in
      var bought = none
      for (group, segments) in groups.enumerated() {
        let chances = MarketChoice(chances: Self.chances(market.today, market, segments[0]))
          .preference(analysis.scores.fit, scale: Self.scale, constants: constants)
        let sums = chances.multiplied(by: people[group])
        for product in bought.indices { bought[product] += sums[product] }
      }
      let all = bought.reduce(0, +)
      return bought.map { all > 0 ? $0 / all : 0 }
    }.constants
  }

  /// Whether shares of preference are tuned to known shares: then they are what is counted with.
  var isTuned: Bool { market.shares.contains { $0 != nil } }

  /// The rule that people, revenue and profit are counted with, in prices, targets, lines and scenarios.
  var rule: ChoiceRule {
    guard let declared = market.countedBy else { return isTuned ? .preference : .first }
    return declared == .first ? .first : .preference
  }

  /// How people are counted, in a sentence.
  var countedWords: String {
    switch rule {
    case .first: "People are counted by first choice: each takes the product of the highest fit."
    default:
      "People are counted by \(isTuned ? "the tuned " : "")share of preference, at "
        + "\(Int(Self.scale)) points of noise: an assumption."
    }
  }

  /// Weights of the people of each group of segments.
  private static func people(_ analysis: FitAnalysis, _ groups: [[Int]]) -> [[Double]] {
    let isUsable = analysis.model.respondents.isUsable
    return groups.map { segments in
      isUsable.indices.map { person in
        guard isUsable[person] else { return 0 }
        return analysis.segmented.design.weights[person]
          * segments.reduce(0) { $0 + analysis.segmented.posterior[person, $1] }
      }
    }
  }

  /// The chance of each product of a market to be among those that people of a segment choose from.
  static func chances(
    _ state: MarketState, _ market: MarketModel, _ segment: Int
  ) -> [Double] {
    state.offers.map { offer in
      guard offer.isPresent else { return 0 }
      return offer.product.map { market.chances[segment, $0] } ?? 1
    }
  }

  /// What people would take in a market: products and none, by group of segments.
  func chances(_ state: MarketState, _ rule: ChoiceRule, _ fit: Matrix) -> [Matrix] {
    groups.map { segments in
      let choice = MarketChoice(
        chances: Self.chances(state, market, segments[0]),
        versions: state.offers.indices.map { state.offers[$0].product ?? -1 - $0 })
      switch rule {
      case .first: return choice.first(fit)
      case .preference:
        return choice.preference(
          fit, scale: Self.scale,
          constants: state.offers.map { offer in offer.product.map { constants[$0] } ?? 0 })
      case .randomised:
        guard analysis.canRandomise(choice.chances) else {
          return Matrix(rows: fit.rows + 1, columns: fit.columns, repeating: .nan)
        }
        return analysis.randomisedFirstChoice(
          state.offers.map(\.levels), chances: choice.chances
        ).chances(analysis.blur(scale: Self.scale), workers: analysis.settings.workers)
      }
    }
  }

  /// Fit of the offers of a market: that of the study's products where nothing has changed.
  func scores(_ state: MarketState) -> ProductScores {
    analysis.scorer.scores(state.offers.map(\.levels))
  }

  /// What is said of a market that is not declared, of tuning and of what is not known.
  var notes: [String] {
    var notes: [String] = []
    if !market.isDeclared {
      notes.append(
        "The study declares no market: all products count as own, and everybody knows them and can "
          + "get them.")
    }
    if isTuned {
      notes.append(
        "Shares of preference are tuned to the known shares of what is bought by a constant for each "
          + "product (ten points of noise). The constants are kept in every scenario and resample.")
    }
    if groups.count > 1 || market.chances.values.contains(where: { $0 < 1 }) {
      notes.append(
        "Awareness times distribution is the chance that a product is among those a person chooses "
          + "from, independently of the others.")
    }
    if !market.hasOutside {
      notes.append("Shares are of the people who take a product (outside: false).")
    }
    return notes
  }
}

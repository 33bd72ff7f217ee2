import TesseraMath
import TesseraStudy
import TesseraSurvey

/// The people of a study as lines are compared on them.
struct LineRows: Sendable {
  let value: LineValue
  /// For each row its share of all people: lines are worth a mean over everybody.
  let weights: [Double]
  private let people: Int
  private let groups: Int

  /// Lays out the rows.
  ///
  /// - Parameters:
  ///   - market: The market, whose competitors stay as they are.
  ///   - goal: What is looked for.
  ///   - offers: The candidates.
  ///   - names: Their names, for messages.
  /// - Throws: `StudyError` E0656 where a price or a cost is not known.
  init(
    _ market: MarketAnalysis, _ goal: LineGoal, _ offers: [MarketOffer], names: [String]
  ) throws(StudyError) {
    let analysis = market.analysis
    let worth = try Self.worth(market.market, goal, offers, names)
    let isShared = goal != .reach && market.rule == .preference
    let scores = analysis.scorer.scores(offers.map(\.levels))
    let rivals = market.market.today.offers.indices.filter {
      market.market.today.offers[$0].isPresent && !market.market.today.offers[$0].isOwn
    }
    let groups = market.groups
    let chances = market.market.chances
    let (posterior, design) = (
      analysis.segmented.posterior, analysis.segmented.design.weights
    )
    var (person, group): ([Int], [Int]) = ([], [])
    var (best, ties, chance, weights): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    /// For each group of segments the competitors that may be known together.
    let sets = groups.map { segments in
      MarketChoice(chances: rivals.map { chances[segments[0], $0] })
    }
    if isShared, let open = sets.map(\.open.count).max(), open > Self.mostOpen {
      throw StudyError(
        code: "E0655",
        message: "\(open) competitors that not everybody knows are too many to count lines by "
          + "share of preference",
        hint: "take awareness or distribution out of all but \(Self.mostOpen), or count by first "
          + "choice", exitStatus: 65)
    }
    @Sendable func pull(_ fit: Double, _ product: Int?) -> Double {
      let constant = product.map { market.constants[$0] } ?? 0
      return fit > 0 ? (fit / MarketAnalysis.scale + constant).exponential : 0
    }
    let known = isShared ? sets.map(\.sets) : []
    var total = 0.0
    for row in analysis.model.respondents.isUsable.indices
    where analysis.model.respondents.isUsable[row] {
      total += design[row]
      for (place, segments) in groups.enumerated() {
        let own = design[row] * segments.reduce(0) { $0 + posterior[row, $1] }
        guard own > 0 else { continue }
        let outcomes: [(best: Double, ties: Double, chance: Double)]
        if goal == .reach {
          outcomes = [(0, 0, 1)]
        } else if isShared {
          outcomes = known[place].map { set in
            let sum = set.products.reduce(0.0) {
              $0 + pull(analysis.scores.fit[rivals[$1], row], rivals[$1])
            }
            return (0, sum, set.chance)
          }
        } else {
          outcomes = LineValue.rivals(
            rivals.map { analysis.scores.fit[$0, row] },
            rivals.map { chances[segments[0], $0] })
        }
        for one in outcomes {
          person.append(row)
          group.append(place)
          best.append(one.best)
          ties.append(one.ties)
          chance.append(one.chance)
          weights.append(own * one.chance)
        }
      }
    }
    let table = goal == .reach ? scores.acceptance : scores.fit
    let rows = person
    let fit = analysis.settings.workers.map(offers.count) { offer in
      isShared
        ? rows.map { pull(table[offer, $0], offers[offer].product) }
        : rows.map { table[offer, $0] }
    }
    value = LineValue(
      isReach: goal == .reach, isShared: isShared, person: person, group: group, best: best,
      ties: ties, chance: chance, fit: fit,
      known: offers.map { offer in
        groups.map { segments in offer.product.map { chances[segments[0], $0] } ?? 1 }
      }, version: offers.indices.map { offers[$0].product ?? -1 - $0 }, worth: worth)
    self.weights = total > 0 ? weights.map { $0 / total } : weights
    people = analysis.model.respondents.count
    self.groups = groups.count
  }

  /// Competitors that not everybody knows, at most, by share of preference: all sets are looked at.
  private static let mostOpen = 6

  private static func worth(
    _ market: MarketModel, _ goal: LineGoal, _ offers: [MarketOffer], _ names: [String]
  ) throws(StudyError) -> [Double] {
    var result: [Double] = []
    for (offer, name) in zip(offers, names) {
      switch goal {
      case .reach, .share: result.append(1)
      case .revenue, .profit:
        guard let price = market.price(of: offer) else {
          throw StudyError(
            code: "E0656",
            message: market.price == nil
              ? "no feature of the study is a price"
              : "the price of '\(DisplayText.escaped(name))' is not known",
            hint:
              "a price is a feature with a burden value, a currency as its unit, or called price",
            exitStatus: 65)
        }
        guard goal == .profit else {
          result.append(price)
          continue
        }
        guard let cost = offer.cost else {
          throw StudyError(
            code: "E0656", message: "what '\(DisplayText.escaped(name))' costs is not known",
            hint:
              "add a column cost to the products, in the unit of the price, and cost: to features "
              + "whose levels change it", exitStatus: 65)
        }
        result.append(price - cost)
      }
    }
    return result
  }

  /// What a line is worth for each person, by group of segments.
  func column(_ line: [Int]) -> MarketColumn {
    var column = [[Double]](
      repeating: [Double](repeating: 0, count: people), count: groups)
    for row in weights.indices {
      column[value.group[row]][value.person[row]] += value.chance[row] * value.value(line, row)
    }
    return column
  }
}

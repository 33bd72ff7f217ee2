import Foundation
import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Plans of channels that cost something.
extension ReachSearch {
  /// Most channels of which every set is looked at.
  private static let mostPlanned = 16
  /// Sets within a budget that are looked at once more by the numbers that are shown.
  private static let planned = 12
  /// Reach that a dearer set must add to be told.
  private static let leastStep = 0.01

  /// A channel that can be bought.
  private struct Offer {
    /// Its position among the items.
    let item: Int
    let cost: Double
    /// Contacts of a person who uses it.
    let contacts: Double
    /// The chance that such a person has none: nobody, or that of a Poisson number with that mean.
    let missed: Double
  }

  /// What each audience's budget buys, every set of channels looked at.
  ///
  /// A person who uses a channel is reached by it; where contacts are bought (`impressions`) they are
  /// spread over its users by chance, so that e^-m of them have none, m being their mean.
  ///
  /// - Parameters:
  ///   - source: The study, with the costs.
  ///   - budget: What a set may cost; `nil` for that of the study.
  ///   - audiences: For whom.
  /// - Returns: One for each audience; none where no channel has a cost.
  /// - Throws: `StudyError` E0673 for costs that cannot be planned with.
  /// - Complexity: O(audiences × (people + 2^channels × channels)).
  func plans(
    _ source: FitSource, budget: Double? = nil, for audiences: [FitAnalysis.Audience]
  ) throws(StudyError) -> [ChannelPlan] {
    let declared = source.file.channelCosts
    guard !declared.isEmpty else { return [] }
    for one in declared where !columns.contains(one.channel) {
      throw source.error(
        "E0673",
        "'\(DisplayText.escaped(one.channel))' is a set, and a cost belongs to one channel",
        at: "channels.\(one.channel)",
        hint: "name its columns: \(columns.sorted().prefix(4).joined(separator: ", "))")
    }
    guard let items = items(.channels) else { return [] }
    let everyone = estimators(FitAnalysis.Audience(segment: nil, id: nil), items)
    var offers: [Offer] = []
    for (place, name) in items.names.enumerated() {
      guard let one = declared.first(where: { $0.channel == name }) else { continue }
      var contacts = 1.0
      if let impressions = one.impressions {
        guard let population = source.file.population else {
          throw source.error(
            "E0673", "contacts are spread over the people of the market, whose number is not said",
            at: "channels.\(name).impressions", hint: "add population: 1200000 to the study")
        }
        let users = everyone.plain.means(items.reached[place].map { $0 ? 1 : 0 })[0]
        contacts = users > 0 ? impressions / (users * population) : 0
      }
      offers.append(
        Offer(
          item: place, cost: one.cost, contacts: contacts,
          missed: one.impressions == nil ? 0 : exp(-contacts)))
    }
    guard !offers.isEmpty else { return [] }
    guard offers.count <= Self.mostPlanned else {
      throw source.error(
        "E0673",
        "\(offers.count) channels have a cost; every set of at most \(Self.mostPlanned) is looked at",
        at: "channels", hint: "leave some out with reach: { exclude: [...] }")
    }
    let plan = Plan(
      offers: offers, items: items, everyone: everyone, budget: budget ?? declaredBudget,
      population: source.file.population)
    let audiences = audiences.filter(analysis.isTold)
    return analysis.settings.workers.map(audiences.count) { self.plan(plan, audiences[$0]) }
  }

  private var declaredBudget: Double? { declared.budget }

  private struct Plan: Sendable {
    let offers: [Offer]
    let items: Items
    let everyone: Estimators
    let budget: Double?
    let population: Double?
  }

  private func plan(_ plan: Plan, _ audience: FitAnalysis.Audience) -> ChannelPlan {
    let own = estimators(audience, plan.items)
    let base = analysis.base(of: audience, plan.items.isUsed)
    let rules = CellRules(analysis.settings, columns: plan.items.columns)
    let isTold = analysis.isTold(audience, base: base)
    let isExact = base >= rules.small && !rules.isStrict
    let reaches = reaches(plan, own)
    let costs = costs(plan)
    func sold(_ set: Int) -> Sold { self.sold(set, plan, own) }
    func told(_ sold: Sold) -> ChannelPlan.Purchase {
      purchase(sold, plan, audience, base: base, rules, isTold: isTold, isExact: isExact)
    }
    var result = ChannelPlan(segment: audience.id, budget: plan.budget)
    result.channels = plan.offers.indices.map { told(sold(1 << $0)) }
    let forced = plan.offers.indices.reduce(0) { mask, place in
      plan.items.forced.contains(plan.offers[place].item) ? mask | 1 << place : mask
    }
    let allowed = reaches.indices.filter { $0 > 0 && $0 & forced == forced }
    if let budget = plan.budget {
      let found = allowed.filter { costs[$0] <= budget * (1 + 1e-12) }
        .sorted { (reaches[$1], costs[$0], $0) < (reaches[$0], costs[$1], $1) }
        .prefix(Self.planned).map(sold)
        .sorted { ($1.reach, $1.frequency) < ($0.reach, $0.frequency) }
      if let best = found.first {
        result.best = told(best)
        if isExact, isTold {
          result.level = found.dropFirst().filter { isLevel($0, with: best) }
            .sorted { $0.cost < $1.cost }.prefix(Self.runnersUp).map(told)
        }
      }
    }
    guard isTold, isExact else { return result }
    var last = 0.0
    for set in allowed.sorted(by: { (costs[$0], reaches[$1], $0) < (costs[$1], reaches[$0], $1) })
    where reaches[set] >= last + Self.leastStep {
      last = reaches[set]
      result.steps.append(told(sold(set)))
    }
    return result
  }

  /// Reach of every set of offers, a bit each, by the chances of belonging to an audience.
  private func reaches(_ plan: Plan, _ own: Estimators) -> [Double] {
    let offers = plan.offers
    var missed = [Double](repeating: 0, count: 1 << offers.count)
    for row in plan.items.isUsed.indices where plan.items.isUsed[row] {
      let used = offers.indices.reduce(0) { mask, place in
        plan.items.reached[offers[place].item][row] ? mask | 1 << place : mask
      }
      missed[used] += own.plain.shares[row, 0]
    }
    // Behind each offer in turn: who has it in the set and uses it is missed with its chance alone.
    for (place, offer) in offers.enumerated() {
      let bit = 1 << place
      for set in missed.indices where set & bit == 0 {
        let (others, users) = (missed[set], missed[set | bit])
        missed[set] = others + users
        missed[set | bit] = others + offer.missed * users
      }
    }
    return missed.map { missed[0] - $0 }
  }

  private func costs(_ plan: Plan) -> [Double] {
    var costs = [Double](repeating: 0, count: 1 << plan.offers.count)
    for set in costs.indices.dropFirst() {
      let place = set.trailingZeroBitCount
      costs[set] = costs[set & (set - 1)] + plan.offers[place].cost
    }
    return costs
  }

  /// A set with the numbers that are shown of it.
  private struct Sold {
    let items: [Int]
    let cost: Double
    let estimator: DomainEstimator
    /// For each person the chance to be reached.
    let column: [Double]
    let reach: Double
    let contacts: Double

    var frequency: Double { reach > 0 ? contacts / reach : 0 }
  }

  private func sold(_ set: Int, _ plan: Plan, _ own: Estimators) -> Sold {
    let bought = plan.offers.indices.filter { set >> $0 & 1 == 1 }.map { plan.offers[$0] }
    let estimator = own.of(bought.map(\.item), plan.items)
    var column = [Double](repeating: 0, count: plan.items.isUsed.count)
    var contacts = column
    for row in column.indices {
      var missed = 1.0
      for offer in bought where plan.items.reached[offer.item][row] {
        missed *= offer.missed
        contacts[row] += offer.contacts
      }
      column[row] = 1 - missed
    }
    return Sold(
      items: bought.map(\.item), cost: bought.reduce(0) { $0 + $1.cost }, estimator: estimator,
      column: column, reach: min(1, max(0, estimator.means(column)[0])),
      contacts: max(0, estimator.means(contacts)[0]))
  }

  /// Whether a set's reach is not clearly below that of the best, person by person.
  private func isLevel(_ one: Sold, with best: Sold) -> Bool {
    let gaps = zip(best.column, one.column).map { $0 - $1 }
    let means = best.estimator.means(gaps)
    let error = best.estimator.errors(gaps, means: means)[0]
    return best.reach - one.reach <= max(1e-9, error.isFinite ? 1.96 * error : 0)
  }

  private func purchase(
    _ sold: Sold, _ plan: Plan, _ audience: FitAnalysis.Audience, base: Double, _ rules: CellRules,
    isTold: Bool, isExact: Bool
  ) -> ChannelPlan.Purchase {
    var told = ChannelPlan.Purchase(
      items: sold.items.map { plan.items.names[$0] }, cost: sold.cost)
    guard isTold, let reach = rules.told(sold.reach, base: base) else { return told }
    told.reach = reach
    let error = sold.estimator.errors(sold.column, means: [sold.reach])[0]
    let interval = WilsonInterval.of(reach, error: isExact ? error : 0, sold.estimator, 0)
    (told.low, told.high) = (interval.low, interval.high)
    if isExact {
      told.frequency = sold.frequency
      told.ratingPoints = 100 * sold.contacts
    }
    guard reach > 0 else { return told }
    told.costPerPoint = sold.cost / (100 * reach)
    guard let population = plan.population else { return told }
    let all = population * (audience.segment.map { analysis.segmented.segments[$0].share } ?? 1)
    told.people = all * reach
    told.costPerPerson = sold.cost / (all * reach)
    if isExact, sold.contacts > 0 {
      told.costPerThousand = 1000 * sold.cost / (all * sold.contacts)
    }
    return told
  }
}

import TesseraDesign
import TesseraMath
import TesseraStudy

/// What changes to one product gain over everybody, worked out for many sets of changes.
///
/// Levels that every respondent sees alike move the fit by Σ_k c_k Δq_k, where Δq_k is what a
/// need's fulfilment gains and c_k the mean over respondents of acceptance × weight: no respondent
/// has to be looked at. Only *personal* features (those of barriers, prices against income, and what
/// shares a need with such a price) change acceptance or fulfilment person by person; for each set
/// of changes to them the means are worked out once and kept.
struct ChangeGains {
  /// Everything that does not depend on levels which all see alike, under some personal changes.
  private struct Ground {
    let scenario: Scenario
    /// The product's levels with the personal changes.
    let levels: [Double]
    /// Mean of 100 × acceptance × weight, by need.
    let reach: [Double]
    /// Mean fit.
    let fit: Double
  }

  private let analysis: FitAnalysis
  private let product: Int
  private let scenarios: [Scenario]
  /// Features on which people differ: what a price is worth against an income, and what shares a
  /// need with it.
  private let isPersonal: [Bool]
  /// Features that barriers look at and that are not ``isPersonal``: only the side of each barrier's
  /// bounds matters to people.
  private let isBarred: [Bool]
  /// What barriers say of each feature.
  private let statements: [[BoundExpression]]
  /// By feature and sides of its bounds, a level that stands for all such.
  private var representatives: [SideKey: Double] = [:]

  private struct SideKey: Hashable {
    let feature: Int
    let sides: [Int]
  }

  private let needs: [[Int]]
  private let shares: [Double]
  private var grounds: [[FitEdit.Change]: [Ground]] = [:]
  private var base = 0.0

  /// Prepares a product.
  ///
  /// - Complexity: O(respondents × needs).
  init(_ analysis: FitAnalysis, product: Int) {
    let model = analysis.model
    self.analysis = analysis
    self.product = product
    let levels = model.products[product].levels
    scenarios = model.hasUnknowns(levels: levels) ? [.worst, .best] : [.worst]
    var isPersonal = [Bool](repeating: false, count: model.features.count)
    var isBarred = isPersonal
    var statements = [[BoundExpression]](repeating: [], count: model.features.count)
    for barrier in model.barriers where barrier.strength > 0 {
      for feature in barrier.violated.features { isBarred[feature] = true }
      for statement in barrier.violated.featureStatements {
        for feature in statement.features { statements[feature].append(statement) }
      }
    }
    for need in model.needs.indices {
      let related = model.features(of: need)
      guard related.contains(where: { model.features[$0].isBurden }) else { continue }
      for feature in related { isPersonal[feature] = true }
    }
    self.isPersonal = isPersonal
    self.isBarred = isBarred
    self.statements = statements
    needs = model.features.indices.map { feature in
      model.needs.indices.filter { model.relations[$0, feature] != 0 }
    }
    shares = (0..<model.respondents.count).map { analysis.population.shares[$0, 0] }
    base = mean(ground([])) { $0.fit }
  }

  /// The gain of a set of changes, in points over everybody.
  ///
  /// - Complexity: O(needs touched), and O(respondents × needs) for personal changes not seen before.
  mutating func gain(_ changes: [FitEdit.Change]) -> Double {
    let model = analysis.model
    let own = model.products[product].levels
    var personal: [FitEdit.Change] = []
    var shared: [FitEdit.Change] = []
    for change in changes {
      if isPersonal[change.feature] {
        personal.append(change)
        continue
      }
      shared.append(change)
      guard isBarred[change.feature] else { continue }
      let sides = sides(change.feature, change.level)
      guard own[change.feature].isNaN || sides != self.sides(change.feature, own[change.feature])
      else { continue }
      let key = SideKey(feature: change.feature, sides: sides)
      let level = representatives[key] ?? change.level
      representatives[key] = level
      personal.append(FitEdit.Change(feature: change.feature, level: level))
    }
    personal.sort { ($0.feature, $0.level) < ($1.feature, $1.level) }
    var touched: [Int] = []
    for change in shared {
      for need in needs[change.feature] where !touched.contains(need) { touched.append(need) }
    }
    let found = ground(personal)
    return mean(found) { ground in
      var levels = ground.levels
      for change in shared { levels[change.feature] = change.level }
      var fit = ground.fit
      for need in touched {
        let after = model.fulfilment(of: need, levels: levels, ground.scenario).value
        let before = model.fulfilment(of: need, levels: ground.levels, ground.scenario).value
        guard case .same(let one) = before, case .same(let other) = after else {
          preconditionFailure("needs that look at incomes have personal features only")
        }
        fit += ground.reach[need] * (other - one)
      }
      return fit
    } - base
  }

  /// On which side of every bound that barriers hold against a feature a level lies: of bounds that
  /// differ by respondent, how many it passes.
  func sides(_ feature: Int, _ level: Double) -> [Int] {
    statements[feature].map { statement in
      switch statement {
      case .level(_, let comparison, let bound): comparison.holds(level, bound) ? 1 : 0
      case .levelAgainst(_, let comparison, let bounds):
        bounds.count { !$0.isNaN && comparison.holds(level, $0) }
      default: 0
      }
    }
  }

  private func mean(_ grounds: [Ground], _ value: (Ground) -> Double) -> Double {
    var sum = 0.0
    for ground in grounds { sum += value(ground) }
    return sum / Double(grounds.count)
  }

  private mutating func ground(_ personal: [FitEdit.Change]) -> [Ground] {
    if let known = grounds[personal] { return known }
    let model = analysis.model
    let levels = model.levels(of: product, with: personal)
    let found = scenarios.map { scenario in
      var parts = shares
      var memory = BarrierMemory(BarrierSet(strengths: model.barriers.map(\.strength)))
      for (respondent, hit) in analysis.scorer.hits(levels: levels, scenario).enumerated()
      where hit != 0 {
        parts[respondent] *= memory.acceptance(hit)
      }
      let reach = model.respondents.needWeights.transposedMultiplied(by: parts).map { 100 * $0 }
      var fit = 0.0
      for need in model.needs.indices {
        switch model.fulfilment(of: need, levels: levels, scenario).value {
        case .same(let value): fit += reach[need] * value
        case .each(let values):
          for (respondent, value) in values.enumerated() where parts[respondent] != 0 {
            fit += 100 * parts[respondent] * model.respondents.needWeights[respondent, need] * value
          }
        }
      }
      return Ground(scenario: scenario, levels: levels, reach: reach, fit: fit)
    }
    grounds[personal] = found
    return found
  }
}

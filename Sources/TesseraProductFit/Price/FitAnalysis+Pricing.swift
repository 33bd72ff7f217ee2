import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// What people do at the prices of products, with intervals that carry the segmentation where
  /// there are replicates.
  ///
  /// - Parameters:
  ///   - trials: Products at their prices.
  ///   - population: People in the market; `nil` if not said.
  /// - Returns: One for each trial.
  func pricing(_ trials: [PriceTrial], population: Double?) -> [ProductPricing] {
    var columns = PricingPlan.Columns(groups: [model.respondents.isUsable])
    let plans = trials.map { PricingPlan($0, self, into: &columns) }
    let sampler = AudienceSampler(self, groups: columns.groups, columns: columns.columns)
    return settings.workers.map(plans.count) { number in
      let plan = plans[number]
      let product = model.products[plan.trial.product]
      var result = ProductPricing(
        product: product.name, label: product.label,
        unit: priceUnit, present: plan.trial.present, cost: plan.trial.cost,
        population: population, prices: plan.trial.prices,
        audiences: audiences.map { audience($0, plan, sampler, population) })
      result.disagreements = disagreements(plan, sampler, result)
      result.replicates = isGiven ? 0 : bootstrap.replicates.count
      result.notes = plan.trial.notes + plan.trial.asked.flatMap(\.notes)
      return result
    }
  }

  /// The unit of prices; empty if not said.
  var priceUnit: String { model.priceFeature.map { model.features[$0].unit } ?? "" }

  private func audience(
    _ audience: Audience, _ plan: PricingPlan, _ sampler: AudienceSampler, _ population: Double?
  ) -> ProductPricing.Audience {
    let place = audience.place
    let people = population.map { all in
      all * (audience.segment.map { segmented.segments[$0].share } ?? 1)
    }
    var result = ProductPricing.Audience(segment: audience.id, people: people)
    let base = audience.segment.map { suppression.bases[$0] } ?? suppression.bases.reduce(0, +)
    guard isTold(audience, base: base), plan.means[place].share.allSatisfy(\.isFinite) else {
      return result
    }
    let rules = CellRules(settings, columns: [])
    let isExact = rules.minimum <= 1 || base >= rules.small
    let trial = plan.trial
    result.points = trial.spoken.enumerated().map { position, number in
      let price = trial.prices[number]
      var point = ProductPricing.Point(price: price, fit: plan.means[place].fit[position])
      guard isExact else {
        // Of few people shares are rounded, and what is made of them with them.
        point.acceptance = rules.told(sampler.mean(plan.acceptance[position], place), base: base)
          .map { IntervalEstimate($0) }
        point.share = rules.told(sampler.mean(plan.share[position], place), base: base)
          .map { IntervalEstimate($0) }
        point.firstChoice = rules.told(plan.means[place].first[position], base: base)
        point.revenue = point.share?.times(price * (people ?? 1))
        point.profit = plan.margin(.profit, price).flatMap {
          point.share?.times($0 * (people ?? 1))
        }
        return point
      }
      point.acceptance = sampler.estimate([(plan.acceptance[position], 1)], place)
      point.share = sampler.estimate([(plan.share[position], 1)], place)
      point.firstChoice = plan.means[place].first[position]
      let money = buyers(plan.share[position], place, people, sampler)
      point.revenue = money.times(price)
      point.profit = plan.margin(.profit, price).map(money.times)
      let (below, above) = (
        plan.means[place].below[position], plan.means[place].above[position]
      )
      if trial.hasArc[position], below + above > 0 {
        point.elasticity = (above - below) / ((above + below) / 2) / (2 * PriceTrial.reach)
      }
      return point
    }
    guard isExact else { return result }
    result.elasticities = plan.arcs.keys.sorted().compactMap { position in
      guard let arc = plan.arcs[position],
        let estimate = sampler.elasticity(arc.below, arc.above, place)
      else { return nil }
      return ProductPricing.Elasticity(
        price: trial.prices[trial.spoken[position]], estimate: estimate)
    }
    let fitRows = trial.spoken.indices.map { (price: trial.spoken[$0], row: plan.share[$0]) }
    result.best = ProductPricing.Aim.allCases.compactMap {
      best($0, .fit, fitRows, plan, place, people, sampler)
    }
    for (demand, rows) in plan.asked {
      let answered = self.base(of: audience, demand.isUsed)
      guard isTold(audience, base: answered), rules.minimum <= 1 || answered >= rules.small,
        !rows.isEmpty, rows.allSatisfy({ sampler.mean($0.row, place).isFinite })
      else { continue }
      let buys = demand.source.saysPurchases
      result.curves.append(
        ProductPricing.Curve(
          source: demand.source, base: answered,
          demand: rows.map { number, row in
            ProductPricing.Demand(
              price: trial.prices[number], share: sampler.estimate([(row, 1)], place),
              revenue: buys
                ? buyers(row, place, people, sampler).times(trial.prices[number]) : nil)
          }))
      guard buys else { continue }
      result.best += ProductPricing.Aim.allCases.compactMap {
        best($0, demand.source, rows, plan, place, people, sampler)
      }
    }
    return result
  }

  /// How many people of an audience buy; their share where the population is not known.
  private func buyers(
    _ row: Int, _ place: Int, _ people: Double?, _ sampler: AudienceSampler
  ) -> IntervalEstimate {
    guard let people, place > 0 else {
      return sampler.estimate([(row, 1)], place).times(people ?? 1)
    }
    let share = segmented.segments[place - 1].share
    let market = share > 0 ? people / share : 0
    let drawn = zip(sampler.drawn(row, place), sampler.prevalences(place)).map {
      $0 * $1 * market
    }
    return sampler.told(
      people * sampler.mean(row, place), drawn: drawn,
      linear: drawn.isEmpty ? [(row, people)] : [], place)
  }

  /// The price that brings most, and all prices that may bring as much.
  private func best(
    _ aim: ProductPricing.Aim, _ source: PriceSource, _ rows: [(price: Int, row: Int)],
    _ plan: PricingPlan, _ place: Int, _ people: Double?, _ sampler: AudienceSampler
  ) -> ProductPricing.Best? {
    let prices = rows.map { plan.trial.prices[$0.price] }
    let margins = prices.compactMap { plan.margin(aim, $0) }
    guard margins.count == rows.count,
      let top = PricingPlan.top(
        rows.indices.map { margins[$0] * sampler.mean(rows[$0].row, place) }),
      margins[top] * sampler.mean(rows[top].row, place) > 0
    else { return nil }
    let flat = rows.indices.filter { position in
      guard position != top else { return true }
      return !sampler.isAbove(
        [(rows[top].row, margins[top]), (rows[position].row, -margins[position])], place)
    }
    return ProductPricing.Best(
      source: source, aim: aim, price: prices[top],
      value: buyers(rows[top].row, place, people, sampler).times(margins[top]),
      flat: flat.map { prices[$0] }, isAtEnd: top == 0 || top == rows.count - 1)
  }
}

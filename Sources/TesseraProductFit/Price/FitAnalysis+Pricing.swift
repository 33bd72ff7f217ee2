import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// What people do at the prices of products, with intervals that carry the segmentation where
  /// there are replicates.
  ///
  /// - Parameters:
  ///   - trials: Products at their prices.
  ///   - market: The market of today.
  ///   - source: What the study declares.
  /// - Returns: One for each trial.
  func pricing(
    _ trials: [PriceTrial], _ market: MarketAnalysis, _ source: FitSource
  ) -> [ProductPricing] {
    var columns = AudienceSampler.Columns(self)
    let plans = trials.map { PricingPlan($0, self, market, into: &columns) }
    let sampler = AudienceSampler(self, groupOf: market.groupOf, columns)
    let population = source.file.population
    return settings.workers.map(plans.count) { number in
      let plan = plans[number]
      let product = plan.trial.product.map { model.products[$0] }
      let asked = source.file.priceLadder?.product
      var result = ProductPricing(
        product: product?.name ?? asked ?? "", label: product?.label ?? asked ?? "the product",
        unit: priceUnit, present: plan.trial.present, cost: plan.trial.cost,
        population: population, prices: plan.trial.prices,
        audiences: audiences.map { audience($0, plan, market, sampler, population) })
      result.tried = plan.trial.sought.sorted()
      result.openWords = plan.trial.bounds?.words
      result.countedBy = market.rule.rawValue
      result.disagreements = disagreements(plan, market, sampler, result)
      result.replicates = isGiven ? 0 : bootstrap.replicates.count
      result.notes = plan.trial.notes + plan.trial.asked.flatMap(\.notes)
      if source.file.choices != nil {
        result.notes.append(
          "The real choices of the study do not enter: tessera validate holds the fit against them."
        )
      }
      if product != nil { result.notes += market.notes }
      return result
    }
  }

  /// The unit of prices; empty if not said.
  var priceUnit: String { model.priceFeature.map { model.features[$0].unit } ?? "" }

  private func audience(
    _ audience: Audience, _ plan: PricingPlan, _ market: MarketAnalysis,
    _ sampler: AudienceSampler, _ population: Double?
  ) -> ProductPricing.Audience {
    let place = audience.place
    let people = population.map { all in
      all * (audience.segment.map { segmented.segments[$0].share } ?? 1)
    }
    var result = ProductPricing.Audience(segment: audience.id, people: people)
    let base = audience.segment.map { suppression.bases[$0] } ?? suppression.bases.reduce(0, +)
    guard isTold(audience, base: base), plan.means[place].allSatisfy(\.isFinite) else {
      return result
    }
    let rules = CellRules(settings, columns: [])
    let isExact = rules.minimum <= 1 || base >= rules.small
    let trial = plan.trial
    let isFirst = market.rule == .first
    result.points = plan.acceptance.keys.sorted().map { position in
      let price = plan.price(position)
      var point = ProductPricing.Point(
        price: price, fit: plan.fit[position].map { sampler.mean($0, place) })
      let money = buyers(plan.share[position], place, people, sampler)
      /// A share, as few people let it be told.
      func told(_ row: Int?) -> IntervalEstimate? {
        guard let row else { return nil }
        guard !isExact else { return sampler.estimate([(row, 1)], place) }
        return rules.told(sampler.mean(row, place), base: base).map { IntervalEstimate($0) }
      }
      func mean(_ row: Int) -> Double? {
        isExact ? sampler.mean(row, place) : rules.told(sampler.mean(row, place), base: base)
      }
      let (own, other) = (plan.share[position], plan.other[position])
      point.acceptance = told(plan.acceptance[position])
      point.share = told(own)
      if let open = plan.bounds[position] {
        (point.fitMin, point.fitMax) = (
          sampler.mean(open.fit.low, place), sampler.mean(open.fit.high, place)
        )
        point.acceptance = point.acceptance?.widened(
          to: mean(open.acceptance.low), mean(open.acceptance.high))
        point.share = point.share?.widened(to: mean(open.share.low), mean(open.share.high))
      }
      if trial.bounds == nil {
        point.firstChoice = mean(isFirst ? own : other)
        point.preference = mean(isFirst ? other : own)
      }
      // Of few people shares are rounded, and what is made of them with them.
      let isExactly = isExact && plan.bounds[position] == nil
      let bought = isExactly ? money : point.share?.times(people ?? 1)
      point.revenue = bought?.times(price)
      point.profit = plan.margin(.profit, price).flatMap { bought?.times($0) }
      if isExact, let arc = plan.arcs[position] {
        let (below, above) = (sampler.mean(arc.below, place), sampler.mean(arc.above, place))
        if below + above > 0 { point.elasticity = PriceTrial.arc(below, above) }
      }
      return point
    }
    guard isExact else { return result }
    result.elasticities = plan.isFirm.sorted().compactMap { position in
      guard let arc = plan.arcs[position],
        let estimate = sampler.elasticity(arc.below, arc.above, place)
      else { return nil }
      return ProductPricing.Elasticity(price: plan.price(position), estimate: estimate)
    }
    let fitRows = trial.spoken.indices.filter(plan.isSought).map {
      (price: trial.spoken[$0], row: plan.share[$0])
    }
    // Which price brings most hangs on what is not known.
    result.best =
      trial.bounds != nil
      ? []
      : ProductPricing.Aim.allCases.compactMap {
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
          demand: rows.filter { trial.prices.contains(trial.tried[$0.price]) }.map { number, row in
            ProductPricing.Demand(
              price: trial.tried[number], share: sampler.estimate([(row, 1)], place),
              revenue: buys
                ? buyers(row, place, people, sampler).times(trial.tried[number]) : nil)
          }))
      guard buys else { continue }
      let sought = rows.filter { trial.sought.contains(trial.tried[$0.price]) }
      result.best += ProductPricing.Aim.allCases.compactMap {
        best($0, demand.source, sought, plan, place, people, sampler)
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
    let drawn =
      sampler.count == 0
      ? []
      : zip(sampler.drawn(row, place), sampler.prevalences(place)).map { $0 * $1 * market }
    return sampler.spread(
      people * sampler.mean(row, place), drawn: drawn, linear: [(row, people)], place
    ).told
  }

  /// The price that brings most, and all prices that may bring as much.
  private func best(
    _ aim: ProductPricing.Aim, _ source: PriceSource, _ rows: [(price: Int, row: Int)],
    _ plan: PricingPlan, _ place: Int, _ people: Double?, _ sampler: AudienceSampler
  ) -> ProductPricing.Best? {
    let prices = rows.map { plan.trial.tried[$0.price] }
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

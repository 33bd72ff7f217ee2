import Foundation
import TesseraStudy

extension FitAnalysis {
  /// Where sources say clearly different things of everybody, a sentence each.
  func disagreements(
    _ plan: PricingPlan, _ market: MarketAnalysis, _ sampler: AudienceSampler,
    _ pricing: ProductPricing
  ) -> [String] {
    acceptanceDisagreements(plan, sampler, pricing) + bestDisagreements(pricing)
      + questionDisagreements(plan, pricing)
      + choiceDisagreements(plan, market, sampler, pricing)
  }

  /// Where the other rule of choice finds another best price for everybody.
  private func choiceDisagreements(
    _ plan: PricingPlan, _ market: MarketAnalysis, _ sampler: AudienceSampler,
    _ pricing: ProductPricing
  ) -> [String] {
    ProductPricing.Aim.allCases.compactMap { aim -> String? in
      let sought = plan.other.indices.filter(plan.isSought)
      let money = sought.compactMap { position in
        plan.margin(aim, plan.price(position)).map { $0 * sampler.mean(plan.other[position], 0) }
      }
      guard let own = pricing.audiences.first?.best(aim), money.count == sought.count,
        let top = PricingPlan.top(money), money[top] > 0
      else { return nil }
      let price = plan.price(sought[top])
      guard !own.flat.contains(price) else { return nil }
      let rule = market.rule == .first ? "share of preference" : "first choice"
      return "Counted by \(rule), \(aim.rawValue) is highest at \(priceText(price)) and not at "
        + "\(priceText(own.price)): it depends on how people choose among products that fit nearly "
        + "alike, and that was not asked."
    }
  }

  /// Who accepts one and the same price: the present one, or the nearest that both speak of.
  private func acceptanceDisagreements(
    _ plan: PricingPlan, _ sampler: AudienceSampler, _ pricing: ProductPricing
  ) -> [String] {
    let trial = plan.trial
    guard let everybody = pricing.audiences.first, !everybody.points.isEmpty, trial.bounds == nil
    else { return [] }
    let middle =
      trial.present ?? ((trial.tried.first ?? 0) + (trial.tried.last ?? 0)) / 2
    return plan.asked.compactMap { demand, rows -> String? in
      // Chances to buy are no acceptance.
      guard demand.source != .purchases,
        everybody.curves.contains(where: { $0.source == demand.source })
      else { return nil }
      let both = rows.filter { row in
        trial.spoken.firstIndex(of: row.price).map { plan.acceptance[$0] != nil } ?? false
      }
      guard
        let row = both.min(by: {
          abs(trial.tried[$0.price] - middle) < abs(trial.tried[$1.price] - middle)
        }), let position = trial.spoken.firstIndex(of: row.price),
        let acceptance = plan.acceptance[position]
      else { return nil }
      let difference = sampler.estimate(
        [(acceptance, 1), (row.row, -1)], 0)
      guard let low = difference.low, let high = difference.high, low > 0 || high < 0 else {
        return nil
      }
      let verb = demand.source == .ladder ? "would buy" : "accept it"
      return "At \(priceText(trial.tried[row.price])) "
        + "\(percent(sampler.mean(acceptance, 0))) accept it by the fit and "
        + "\(percent(sampler.mean(row.row, 0))) \(verb) by \(demand.source.words)."
    }
  }

  /// Which price brings most revenue.
  private func bestDisagreements(_ pricing: ProductPricing) -> [String] {
    guard let everybody = pricing.audiences.first, let own = everybody.best(.revenue) else {
      return []
    }
    return everybody.best.compactMap { other -> String? in
      guard other.aim == .revenue, other.source != .fit, !own.flat.contains(other.price),
        !other.flat.contains(own.price)
      else { return nil }
      return "Revenue is highest at \(priceText(own.price)) by the fit, beside the other products, "
        + "and at \(priceText(other.price)) by \(other.source.words)."
    }
  }

  /// Where van Westendorp's acceptable range does not hold the price at which other questions find
  /// most revenue.
  private func questionDisagreements(
    _ plan: PricingPlan, _ pricing: ProductPricing
  ) -> [String] {
    guard let everybody = pricing.audiences.first,
      let range = plan.asked.compactMap({ $0.demand.acceptable }).first
    else { return [] }
    return everybody.best.compactMap { other -> String? in
      guard other.aim == .revenue, other.source != .purchases,
        other.flat.allSatisfy({ !range.contains($0) })
      else { return nil }
      return "Revenue is highest at \(priceText(other.price)) by \(other.source.words), while "
        + "\(priceText(range.lowerBound)) to \(priceText(range.upperBound)) is acceptable by van Westendorp's "
        + "questions: the two do not speak of one price."
    }
  }

  private func priceText(_ price: Double) -> String {
    model.priceFeature.map { model.features[$0].text(price) } ?? FitFeature.number(price)
  }
}

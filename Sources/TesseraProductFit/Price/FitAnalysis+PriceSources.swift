import Foundation
import TesseraStudy

extension FitAnalysis {
  /// Where sources say clearly different things of everybody, a sentence each.
  func disagreements(
    _ plan: PricingPlan, _ sampler: AudienceSampler, _ pricing: ProductPricing
  ) -> [String] {
    acceptanceDisagreements(plan, sampler, pricing) + bestDisagreements(pricing)
      + choiceDisagreements(plan, pricing)
  }

  /// Where first choice, by which scenarios and lines count, finds another best price for everybody.
  private func choiceDisagreements(
    _ plan: PricingPlan, _ pricing: ProductPricing
  ) -> [String] {
    let trial = plan.trial
    let first = plan.means[0].first
    return ProductPricing.Aim.allCases.compactMap { aim -> String? in
      let money = trial.spoken.indices.compactMap { position in
        plan.margin(aim, trial.prices[trial.spoken[position]]).map { $0 * first[position] }
      }
      guard let own = pricing.audiences.first?.best(aim), money.count == trial.spoken.count,
        let top = PricingPlan.top(money), money[top] > 0
      else { return nil }
      let price = trial.prices[trial.spoken[top]]
      guard !own.flat.contains(price) else { return nil }
      return "Counted by first choice, as scenarios and lines count, \(aim.rawValue) is highest at "
        + "\(priceText(price)) and not at \(priceText(own.price)): it depends on how people choose "
        + "among products that fit nearly alike, and that was not asked."
    }
  }

  /// Who accepts one and the same price: the present one, or the nearest that both speak of.
  private func acceptanceDisagreements(
    _ plan: PricingPlan, _ sampler: AudienceSampler, _ pricing: ProductPricing
  ) -> [String] {
    let trial = plan.trial
    guard let everybody = pricing.audiences.first, !everybody.points.isEmpty else { return [] }
    let middle =
      trial.present ?? ((trial.prices.first ?? 0) + (trial.prices.last ?? 0)) / 2
    return plan.asked.compactMap { demand, rows -> String? in
      // Chances to buy are no acceptance.
      guard demand.source != .purchases,
        everybody.curves.contains(where: { $0.source == demand.source })
      else { return nil }
      let both = rows.filter { row in trial.spoken.contains(row.price) }
      guard
        let row = both.min(by: {
          abs(trial.prices[$0.price] - middle) < abs(trial.prices[$1.price] - middle)
        }), let position = trial.spoken.firstIndex(of: row.price)
      else { return nil }
      let difference = sampler.estimate(
        [(plan.acceptance[position], 1), (row.row, -1)], 0)
      guard let low = difference.low, let high = difference.high, low > 0 || high < 0 else {
        return nil
      }
      let verb = demand.source == .ladder ? "would buy" : "accept it"
      return "At \(priceText(trial.prices[row.price])) "
        + "\(Self.percent(sampler.mean(plan.acceptance[position], 0))) accept it by the fit and "
        + "\(Self.percent(sampler.mean(row.row, 0))) \(verb) by \(demand.source.words)."
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

  private func priceText(_ price: Double) -> String {
    model.priceFeature.map { model.features[$0].text(price) } ?? FitFeature.number(price)
  }

  private static func percent(_ share: Double) -> String {
    // 55.5% may be stored as a little less: a reader rounds what is meant.
    "\(Int((100 * share + 1e-9).rounded()))%"
  }
}

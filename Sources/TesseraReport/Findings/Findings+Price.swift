import TesseraProductFit
import TesseraStudy

/// What is said of a change that is only another price.
///
/// A lower price always raises the fit, so that it never is the first thing to do by the fit alone: what it
/// does to revenue is told beside it.
extension Findings {
  /// Whether a change sets nothing but a price.
  func isOnlyPrice(_ one: Improvement, _ fit: FitResult) -> Bool {
    !one.set.isEmpty
      && one.set.allSatisfy { setting in
        fit.features.first { $0.name == setting.feature }?.isPrice == true
      }
  }

  /// What a price does to revenue from the product, as the end of a sentence; `nil` where that is not known.
  func revenueWords(_ one: Improvement, _ fit: FitResult) -> String? {
    guard one.set.count == 1, isOnlyPrice(one, fit), let setting = one.set.first,
      let price = Double(setting.level),
      let pricing = fit.pricesByProduct.first(where: { $0.product == one.product }),
      pricing.openWords == nil, let everybody = pricing.audiences.first,
      let now = everybody.revenue(at: pricing.present), let then = everybody.revenue(at: price),
      now.value > 0
    else { return nil }
    let change = then.value / now.value - 1
    guard let low = then.low, let high = then.high, high < now.value || low > now.value,
      abs(change) >= 0.005
    else { return "revenue from it would not clearly change" }
    return "revenue from it would \(change < 0 ? "fall" : "rise") by about "
      + numbers.percent(abs(change))
  }
}

extension ProductPricing.Audience {
  /// Revenue at a price, between the prices that are told as a straight line; `nil` outside of them.
  func revenue(at price: Double?) -> IntervalEstimate? {
    guard let price else { return nil }
    if let point = point(at: price) { return point.revenue }
    guard let below = points.last(where: { $0.price < price }),
      let above = points.first(where: { $0.price > price }), let low = below.revenue,
      let high = above.revenue
    else { return nil }
    let part = (price - below.price) / (above.price - below.price)
    func between(_ one: Double, _ other: Double) -> Double { one + part * (other - one) }
    var estimate = low
    estimate.value = between(low.value, high.value)
    estimate.low = low.low.flatMap { own in high.low.map { between(own, $0) } }
    estimate.high = low.high.flatMap { own in high.high.map { between(own, $0) } }
    return estimate
  }
}

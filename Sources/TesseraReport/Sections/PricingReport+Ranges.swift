import TesseraProductFit

extension PricingReport {
  /// The prices that may bring as much, in runs without another price between them.
  func pieces(
    _ best: ProductPricing.Best, _ audience: ProductPricing.Audience
  ) -> [(low: Double, high: Double)] {
    let tried = pricing.tried.isEmpty ? pricing.prices : pricing.tried
    func brings(_ price: Double) -> Double? {
      best.aim == .revenue
        ? audience.revenue(at: price)?.value : audience.point(at: price)?.profit?.value
    }
    // A price between others that is not level with the best, yet brings more than some that are, is no gap.
    let least = best.flat.compactMap(brings).min()
    func isNoGap(_ price: Double) -> Bool {
      guard let own = brings(price), let least else { return false }
      return own >= least
    }
    var pieces: [(low: Double, high: Double)] = []
    var isOpen = false
    for price in tried {
      guard best.flat.contains(price) else {
        isOpen = isOpen && isNoGap(price)
        continue
      }
      if isOpen {
        pieces[pieces.count - 1].high = price
      } else {
        pieces.append((price, price))
        isOpen = true
      }
    }
    return pieces
  }

  /// Up to three runs of prices; of more the ends and how many there are.
  func told(_ pieces: [(low: Double, high: Double)]) -> String {
    func told(_ piece: (low: Double, high: Double)) -> String {
      piece.low == piece.high
        ? amount(piece.low) : "\(amount(piece.low)) to \(amount(piece.high))"
    }
    guard pieces.count > 3, let first = pieces.first, let last = pieces.last else {
      return Findings.list(pieces.map(told))
    }
    return "\(pieces.count) ranges between \(amount(first.low)) and \(amount(last.high))"
  }
}

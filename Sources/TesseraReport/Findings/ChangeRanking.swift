import TesseraMath
import TesseraProductFit

/// Which change comes first: by its gain for its cost where every change has a cost, else by its gain.
struct ChangeRanking {
  /// Whether costs decide.
  let isByCost: Bool
  /// The changes, the best first.
  let order: [Improvement]
  /// Those that clearly gain something and may come first, by their errors; the best first.
  let first: [Improvement]

  /// Ranks changes.
  ///
  /// - Parameter all: The changes by their gain, as a run holds them.
  /// - Complexity: O(n log n).
  init(_ all: [Improvement]) {
    isByCost = !all.isEmpty && all.allSatisfy { ($0.cost ?? 0) > 0 }
    guard isByCost else {
      order = all
      first = all.filter { $0.least > 1e-9 && $0.mayBeFirst }
      return
    }
    func worth(_ one: Improvement) -> Double { one.gain / (one.cost ?? 1) }
    order = all.enumerated()
      .sorted { (worth($1.element), $0.offset) < (worth($0.element), $1.offset) }.map(\.element)
    let gaining = order.filter { $0.least > 1e-9 }
    guard let best = gaining.first, let cost = best.cost else {
      first = []
      return
    }
    // As many comparisons with the best as there are others; gains are taken as independent.
    let critical = NormalDistribution.standard.quantile(
      1 - 0.025 / Double(max(1, gaining.count - 1)))
    first = gaining.filter { one in
      let own = one.cost ?? 1
      let error =
        ((best.se / cost) * (best.se / cost) + (one.se / own) * (one.se / own)).squareRoot()
      let unknown =
        (best.unknownRange.map { best.gain - $0.low } ?? 0) / cost
        + (one.unknownRange.map { $0.high - one.gain } ?? 0) / own
      return worth(best) - worth(one) <= critical * error + unknown
    }
  }

  /// The change that gains most whatever it costs, where it is not the first for its cost.
  var largest: Improvement? {
    guard isByCost, let most = order.max(by: { $0.gain < $1.gain }), most.least > 1e-9,
      !first.contains(where: { $0.product == most.product && $0.set == most.set })
    else { return nil }
    return most
  }
}

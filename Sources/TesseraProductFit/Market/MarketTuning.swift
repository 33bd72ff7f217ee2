import TesseraMath
import TesseraStudy

/// What each product has beyond its fit, so that shares of preference are those known.
///
/// A constant for each product with a known share is moved by ln(known/computed) until all agree
/// within a millionth. What is not measured (habit, price promotions, looks) stands in the constants;
/// products without a known share have none and divide what is left.
struct MarketTuning: Sendable {
  /// By product, in units of the noise.
  let constants: [Double]

  /// Tunes shares of what is bought.
  ///
  /// - Parameters:
  ///   - known: Known shares by product.
  ///   - names: The products' names.
  ///   - source: Where the shares are declared.
  ///   - shares: Given constants, the shares of what is bought.
  /// - Throws: `StudyError` E0653 for a share that cannot be reached.
  init(
    known: [Double?], names: [String], _ source: FitSource, shares: ([Double]) -> [Double]
  ) throws(StudyError) {
    var constants = [Double](repeating: 0, count: known.count)
    let sum = known.reduce(0) { $0 + ($1 ?? 0) }
    // Shares that are rounded and cover everything add up to nearly 1.
    let targets = known.map { share in
      abs(sum - 1) < 0.005 ? share.map { $0 / sum } : share
    }
    var farthest = (product: 0, known: 0.0, found: 0.0)
    for _ in 0..<2000 {
      let found = shares(constants)
      var worst = 0.0
      for (product, target) in targets.enumerated() {
        guard let target else { continue }
        guard found[product] > 0 else {
          throw source.error(
            "E0653", "\(names[product]) has a market share, but nobody would accept it",
            at: "market.shares.\(names[product])",
            hint: "look at its barriers with tessera explain, or take the share out")
        }
        if abs(found[product] - target) > worst {
          farthest = (product, target, found[product])
        }
        worst = max(worst, abs(found[product] - target))
        constants[product] += (target / found[product]).logarithm
      }
      if worst < 1e-6 {
        self.constants = constants
        return
      }
    }
    func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))%" }
    throw source.error(
      "E0653",
      "these market shares cannot be reached: \(names[farthest.product]) is said to have "
        + "\(percent(farthest.known)), and comes no nearer to it than \(percent(farthest.found))",
      at: "market.shares.\(names[farthest.product])",
      hint:
        "too many people accept only one of the products, by barriers; look with tessera explain, "
        + "or take the share out")
  }
}

import Foundation
package import TesseraMath
import TesseraStudy

/// How products fit respondents, one row a product and one column a respondent.
package struct ProductScores: Sendable {
  /// Fit φ, 0 to 100; midway between its bounds where something is unknown.
  package var fit: Matrix
  /// Acceptance E, 0 to 1.
  package var acceptance: Matrix
  /// Lowest and highest fit by product; `nil` for products without unknowns.
  package var bounds: [Bounds?]

  /// The fit if all that is unknown turns out for the worst, and for the best.
  package struct Bounds: Sendable {
    package let low: [Double]
    package let high: [Double]
  }
}

/// Scores products, or edited products, against all respondents.
///
/// What a need is worth to a respondent times how far a product fulfils it, summed over needs, is
/// one matrix product for all products at once; only needs that look at the respondent's income,
/// and barriers, are worked out one by one.
package struct Scorer: Sendable {
  package let model: FitModel
  package let workers: Workers

  package init(_ model: FitModel, workers: Workers = .single) {
    self.model = model
    self.workers = workers
  }

  /// One way the unknown turns out for one product.
  struct Outcome: Sendable {
    /// Compensatory part M, 0 to 1, one for each respondent.
    var quality: [Double]
    /// The barriers that each respondent's are hit; empty if none is for anybody.
    var hits: [UInt64]
  }

  /// Scores products.
  ///
  /// - Parameters:
  ///   - products: One row of levels for each; NaN is unknown.
  ///   - rho: Exponent of the mean over needs; 1 is compensatory, 0 geometric.
  /// - Returns: Products × respondents; respondents without weights have a fit of 0.
  /// - Complexity: O(products × respondents × needs), by matrix products.
  package func scores(_ products: [[Double]], rho: Double = 1) -> ProductScores {
    let count = model.respondents.count
    var result = ProductScores(
      fit: Matrix(rows: products.count, columns: count),
      acceptance: Matrix(rows: products.count, columns: count),
      bounds: [ProductScores.Bounds?](repeating: nil, count: products.count))
    let isUncertain = products.map { model.hasUnknowns(levels: $0) }
    let worst = outcomes(products, .worst, rho: rho)
    let uncertain = products.indices.filter { isUncertain[$0] }
    let best = outcomes(uncertain.map { products[$0] }, .best, rho: rho)
    let set = BarrierSet(strengths: model.barriers.map(\.strength))
    let rows = workers.map(products.count) { product in
      var memory = BarrierMemory(set)
      let low = fitAndAcceptance(worst[product], &memory)
      guard let position = uncertain.firstIndex(of: product) else {
        return (fit: low.fit, acceptance: low.acceptance, bounds: ProductScores.Bounds?.none)
      }
      let high = fitAndAcceptance(best[position], &memory)
      return (
        fit: (0..<count).map { (low.fit[$0] + high.fit[$0]) / 2 },
        acceptance: (0..<count).map { (low.acceptance[$0] + high.acceptance[$0]) / 2 },
        bounds: ProductScores.Bounds(low: low.fit, high: high.fit)
      )
    }
    for (product, row) in rows.enumerated() {
      result.fit.values.replaceSubrange(product * count..<(product + 1) * count, with: row.fit)
      result.acceptance.values.replaceSubrange(
        product * count..<(product + 1) * count, with: row.acceptance)
      result.bounds[product] = row.bounds
    }
    return result
  }

  /// Acceptance of products, each with the unknown turned out one way.
  func acceptances(_ products: [[Double]], _ sides: [Scenario]) -> [[Double]] {
    let set = BarrierSet(strengths: model.barriers.map(\.strength))
    return workers.map(products.count) { product in
      var memory = BarrierMemory(set)
      let hits = hits(levels: products[product], sides[product])
      return hits.isEmpty
        ? [Double](repeating: 1, count: model.respondents.count)
        : hits.map { memory.acceptance($0) }
    }
  }

  private func fitAndAcceptance(
    _ outcome: Outcome, _ memory: inout BarrierMemory
  ) -> (fit: [Double], acceptance: [Double]) {
    var fit = outcome.quality
    var acceptance = [Double](repeating: 1, count: fit.count)
    if outcome.hits.isEmpty {
      for respondent in fit.indices { fit[respondent] *= 100 }
      return (fit, acceptance)
    }
    for respondent in fit.indices {
      acceptance[respondent] = memory.acceptance(outcome.hits[respondent])
      fit[respondent] *= 100 * acceptance[respondent]
    }
    return (fit, acceptance)
  }

  /// The compensatory part and the barriers hit, for each product in one scenario.
  func outcomes(_ products: [[Double]], _ scenario: Scenario, rho: Double = 1) -> [Outcome] {
    let (needs, count) = (model.needs.count, model.respondents.count)
    guard !products.isEmpty else { return [] }
    let fulfilments = workers.map(products.count) { product in
      (0..<needs).map { model.fulfilment(of: $0, levels: products[product], scenario) }
    }
    var shared = Matrix(rows: products.count, columns: needs)
    for (product, row) in fulfilments.enumerated() {
      for (need, fulfilment) in row.enumerated() {
        if case .same(let value) = fulfilment.value {
          shared[product, need] = Self.transformed(value, rho: rho)
        }
      }
    }
    let sums = shared.multiplied(byTransposed: model.respondents.needWeights)
    return workers.map(products.count) { product in
      var quality = Array(sums.row(product))
      for (need, fulfilment) in fulfilments[product].enumerated() {
        guard case .each(let values) = fulfilment.value else { continue }
        for respondent in 0..<count {
          quality[respondent] +=
            model.respondents.needWeights[respondent, need]
            * Self.transformed(values[respondent], rho: rho)
        }
      }
      if rho != 1 {
        for respondent in 0..<count where model.respondents.isUsable[respondent] {
          quality[respondent] = Self.restored(quality[respondent], rho: rho)
        }
      }
      return Outcome(quality: quality, hits: hits(levels: products[product], scenario))
    }
  }

  /// Fulfilment under the exponent; below 0.01 it counts as 0.01, so that one need cannot annihilate.
  private static func transformed(_ value: Double, rho: Double) -> Double {
    if rho == 1 { return value }
    let raised = max(value, 0.01)
    return rho == 0 ? log(raised) : pow(raised, rho)
  }

  private static func restored(_ sum: Double, rho: Double) -> Double {
    rho == 0 ? exp(sum) : pow(sum, 1 / rho)
  }

  /// The barriers that a product hits, respondent by respondent; empty if it hits none.
  func hits(levels: [Double], _ scenario: Scenario) -> [UInt64] {
    var result: [UInt64] = []
    for (position, barrier) in model.barriers.enumerated() where barrier.strength > 0 {
      let truths = barrier.violated.truths(levels: levels).and(barrier.held)
      let bit = UInt64(1) << UInt64(position)
      func isHit(_ truth: UInt8) -> Bool {
        truth == Truth.yes || (truth == Truth.unlevelled && scenario == .worst)
      }
      if case .same(let truth) = truths, !isHit(truth) { continue }
      if result.isEmpty { result = [UInt64](repeating: 0, count: model.respondents.count) }
      switch truths {
      case .same: for respondent in result.indices { result[respondent] |= bit }
      case .each(let each):
        for respondent in result.indices where isHit(each[respondent]) {
          result[respondent] |= bit
        }
      }
    }
    return result
  }
}

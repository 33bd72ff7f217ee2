import TesseraDesign
import TesseraMath

/// What takes points from a product.
enum LossCause: Sendable, Equatable {
  /// A feature that leaves a need unfulfilled.
  case need(Int, feature: Int)
  /// A barrier.
  case barrier(Int)
}

/// Points that one cause takes from one product, segment by segment.
struct Loss: Sendable {
  let cause: LossCause
  /// Mean points lost, one for each segment.
  let means: [Double]
  /// Linearised standard errors of the means.
  let errors: [Double]
  /// For a barrier the weighted share whom it stops or slows; for a need the share who lose at
  /// least ``LossTable/threshold`` points, worked out only where the mean is as large somewhere.
  let affected: [Double]
  /// For a barrier the share whom it stops or slows however unknown levels turn out, and the share
  /// whom it does if they turn out for the worst; empty for a need.
  var range: (least: [Double], most: [Double]) = ([], [])
}

/// Where the points of each product go: with the fit they sum to 100 in every segment.
struct LossTable: Sendable {
  /// Points from which a loss is told as a mismatch.
  static let threshold = 3.0

  /// Whether points are as many as are told as a mismatch; sums of thirds may miss 3 by a rounding.
  static func isTold(_ points: Double) -> Bool { points >= threshold - 1e-9 }

  /// For each product its losses: needs in their order with their features, then barriers.
  private(set) var losses: [[Loss]]

  /// Works out all losses.
  ///
  /// - Parameters:
  ///   - scorer: The model's scorer.
  ///   - products: One row of levels for each product.
  ///   - sides: For each product which way the unknown turns out; both by default.
  ///   - estimator: Means over segments.
  /// - Complexity: O(products × respondents × (barriers + needs that depend on income) × segments).
  init(
    _ scorer: Scorer, products: [[Double]], _ sides: [Scenario] = [], estimator: DomainEstimator
  ) {
    let model = scorer.model
    let weightColumns = (0..<model.needs.count).map { model.respondents.needWeights.column($0) }
    let weightMeans = weightColumns.map { estimator.means($0) }
    let weightErrors = weightColumns.indices.map {
      estimator.errors(weightColumns[$0], means: weightMeans[$0])
    }
    let single = Scorer(model)
    losses = scorer.workers.map(products.count) { product in
      let levels = products[product]
      let scenarios: [Scenario] =
        !sides.isEmpty
        ? [sides[product]] : model.hasUnknowns(levels: levels) ? [.worst, .best] : [.worst]
      var result: [Loss] = []
      for need in model.needs.indices {
        let fulfilments = scenarios.map {
          model.fulfilment(of: need, levels: levels, $0)
        }
        for (part, feature) in fulfilments[0].features.enumerated() {
          let column = Self.average(fulfilments.map { $0.losses[part] })
          let cause = LossCause.need(need, feature: feature)
          switch column {
          case .same(let share):
            let means = weightMeans[need].map { 100 * share * $0 }
            var affected = [Double](repeating: 0, count: means.count)
            if means.contains(where: Self.isTold) {
              affected = estimator.means(
                weightColumns[need].map { Self.isTold(100 * share * $0) ? 1 : 0 })
            }
            result.append(
              Loss(
                cause: cause, means: means,
                errors: weightErrors[need].map { 100 * share * $0 }, affected: affected))
          case .each(let shares):
            let points = zip(weightColumns[need], shares).map { 100 * $0 * $1 }
            let means = estimator.means(points)
            result.append(
              Loss(
                cause: cause, means: means, errors: estimator.errors(points, means: means),
                affected: estimator.means(points.map { Self.isTold($0) ? 1 : 0 })))
          }
        }
      }
      return result + Self.barrierLosses(single, levels: levels, scenarios, estimator)
    }
  }

  private static func barrierLosses(
    _ scorer: Scorer, levels: [Double], _ scenarios: [Scenario], _ estimator: DomainEstimator
  ) -> [Loss] {
    let model = scorer.model
    let barriers = model.barriers.count
    guard barriers > 0 else { return [] }
    let count = model.respondents.count
    var memory = BarrierMemory(BarrierSet(strengths: model.barriers.map(\.strength)))
    var points = [[Double]](repeating: [Double](repeating: 0, count: count), count: barriers)
    var affected = points
    var sure = points
    var ever = points
    let part = 1 / Double(scenarios.count)
    for scenario in scenarios {
      let outcome = scorer.outcomes([levels], scenario)[0]
      for (respondent, hit) in outcome.hits.enumerated() where hit != 0 {
        let split = memory.split(hit)
        for barrier in 0..<barriers where hit >> UInt64(barrier) & 1 == 1 {
          points[barrier][respondent] +=
            part * 100 * outcome.quality[respondent] * split[barrier]
          affected[barrier][respondent] += part
          ever[barrier][respondent] = 1
          if scenario == scenarios.last { sure[barrier][respondent] = 1 }
        }
      }
    }
    return (0..<barriers).map { barrier in
      let means = estimator.means(points[barrier])
      return Loss(
        cause: .barrier(barrier), means: means,
        errors: estimator.errors(points[barrier], means: means),
        affected: estimator.means(affected[barrier]),
        range: (estimator.means(sure[barrier]), estimator.means(ever[barrier])))
    }
  }

  /// Takes the losses of a product, in each segment, from the mean of two rows of another table.
  ///
  /// - Parameters:
  ///   - product: The product.
  ///   - table: Rows 2s and 2s + 1 stand for segment s.
  mutating func replace(_ product: Int, with table: LossTable) {
    losses[product] = losses[product].indices.map { place in
      let old = losses[product][place]
      func middle(_ value: (Loss) -> [Double]) -> [Double] {
        old.means.indices.map { segment in
          (value(table.losses[2 * segment][place])[segment]
            + value(table.losses[2 * segment + 1][place])[segment]) / 2
        }
      }
      return Loss(
        cause: old.cause, means: middle(\.means), errors: middle(\.errors),
        affected: middle(\.affected), range: old.range)
    }
  }

  /// The mean of one or two columns.
  static func average(_ columns: [Fulfilment.Column]) -> Fulfilment.Column {
    guard columns.count == 2 else { return columns[0] }
    switch (columns[0], columns[1]) {
    case (.same(let one), .same(let two)): return .same((one + two) / 2)
    case (.same(let one), .each(let many)), (.each(let many), .same(let one)):
      return .each(many.map { ($0 + one) / 2 })
    case (.each(let one), .each(let two)): return .each(zip(one, two).map { ($0 + $1) / 2 })
    }
  }

  /// The account of one cell.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - product: The product.
  ///   - segment: The segment.
  ///   - told: A share of people whom a loss hits, as it may be shown.
  ///   - points: The points of a loss, as they may be shown.
  /// - Returns: Losses by need, feature and barrier.
  func ledger(
    of model: FitModel, product: Int, segment: Int, told: (Double, Loss) -> Double?,
    points: (Loss) -> Double
  ) -> Ledger {
    var needs = model.needs.map { Ledger.NeedLoss(need: $0.name, loss: 0, features: []) }
    var barriers: [Ledger.BarrierLoss] = []
    for loss in losses[product] {
      switch loss.cause {
      case .need(let need, let feature):
        needs[need].loss += loss.means[segment]
        needs[need].features.append(
          Ledger.FeatureLoss(feature: model.features[feature].name, loss: loss.means[segment]))
      case .barrier(let barrier):
        barriers.append(
          Ledger.BarrierLoss(
            barrier: model.barriers[barrier].name, loss: points(loss),
            shareAffected: told(loss.affected[segment], loss),
            shareLeast: told(loss.range.least[segment], loss),
            shareMost: told(loss.range.most[segment], loss)))
      }
    }
    return Ledger(needs: needs, barriers: barriers)
  }
}

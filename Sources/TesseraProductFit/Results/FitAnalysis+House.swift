import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// The classic House of Quality of every audience.
  func houses() -> [FeatureImportance] {
    let relations = model.needs.indices.map { Array(model.relations.row($0)) }
    let errors = houseErrors()
    return audiences.flatMap { audience in
      let house = HouseOfQuality(
        importance: needWeights(of: audience).map { 100 * $0 }, relations: relations)
      let isTold = isTold(audience)
      let ranks = Self.ranks(house.importance)
      let normalised = Self.ranks(house.normalised)
      return model.features.indices.map { feature in
        FeatureImportance(
          segment: audience.id, feature: model.features[feature].name,
          importance: told(house.importance[feature], of: audience),
          importanceSE: told(errors[feature][audience.segment.map { $0 + 1 } ?? 0], of: audience),
          share: told(house.shares[feature], of: audience),
          normalised: told(house.normalised[feature], of: audience),
          rank: isTold ? ranks[feature] : nil,
          normalisedRank: isTold ? normalised[feature] : nil)
      }
    }
  }

  /// For each feature the errors of its column sum, over everybody and over each segment.
  private func houseErrors() -> [[Double]] {
    var strengths = model.relations
    for index in strengths.values.indices {
      strengths.values[index] = 100 * abs(strengths.values[index])
    }
    let sums = strengths.transposed.multiplied(byTransposed: model.respondents.needWeights)
    return settings.workers.map(model.features.count) { feature in
      let column = Array(sums.row(feature))
      return population.errors(column, means: population.means(column))
        + estimator.errors(column, means: estimator.means(column))
    }
  }

  /// How much each need weighs in every audience, with linearised errors.
  func needWeights(_ declared: [NeedDeclaration]) -> [NeedWeight] {
    let columns = model.needs.indices.map { model.respondents.needWeights.column($0) }
    let wide = columns.map { population.means($0) }
    let narrow = columns.map { estimator.means($0) }
    let errors = columns.indices.map {
      population.errors(columns[$0], means: wide[$0])
        + estimator.errors(columns[$0], means: narrow[$0])
    }
    return audiences.flatMap { audience in
      model.needs.indices.map { need in
        NeedWeight(
          segment: audience.id, need: model.needs[need].name,
          source: declared[need].weight.key,
          weight: told((wide[need] + narrow[need])[audience.place], of: audience),
          weightSE: told(errors[need][audience.place], of: audience))
      }
    }
  }

  /// Mean weight of every need in an audience, summing to 1.
  func needWeights(of audience: Audience) -> [Double] {
    let estimator = audience.segment == nil ? population : estimator
    let means = model.respondents.needWeights.transposedMultiplied(by: estimator.shares)
    return model.needs.indices.map { means[$0, audience.segment ?? 0] }
  }

  /// Ranks from 1 for the largest; ties take the best.
  private static func ranks(_ values: [Double]) -> [Int] {
    values.map { value in 1 + values.count { $0 > value * (1 + 1e-12) } }
  }

  /// Needs that no product serves well, and features that no need asks for.
  func catalogueGaps() -> [CatalogueGap] {
    var gaps: [CatalogueGap] = []
    let levels = model.productLevels
    let fulfilments = settings.workers.map(model.products.count) { product in
      model.needs.indices.map { meanFulfilment($0, levels[product]) }
    }
    for audience in audiences where isTold(audience) {
      let weights = needWeights(of: audience)
      for need in model.needs.indices {
        let column = audience.segment.map { $0 + 1 } ?? 0
        let best = model.products.indices.max {
          fulfilments[$0][need][column] < fulfilments[$1][need][column]
        }
        guard let best, fulfilments[best][need][column] < 0.5 else { continue }
        gaps.append(
          .need(
            CatalogueGap.UnservedNeed(
              segment: audience.id, need: model.needs[need].name,
              best: model.products[best].name, fulfilment: fulfilments[best][need][column],
              weight: weights[need])))
      }
    }
    let house = HouseOfQuality(
      importance: needWeights(of: Audience(segment: nil, id: nil)),
      relations: model.needs.indices.map { Array(model.relations.row($0)) })
    for feature in model.features.indices
    where house.shares[feature] < 0.01 && !suppression.isTotalHidden {
      gaps.append(
        .feature(
          CatalogueGap.IdleFeature(
            feature: model.features[feature].name, share: house.shares[feature],
            isUsedByBarrier: model.barriers.contains { $0.violated.features.contains(feature) })))
    }
    return gaps
  }

  /// Mean fulfilment of a need over everybody and over each segment.
  private func meanFulfilment(_ need: Int, _ levels: [Double]) -> [Double] {
    let scenarios: [Scenario] = model.hasUnknowns(levels: levels) ? [.worst, .best] : [.worst]
    var sums = [Double](repeating: 0, count: segments + 1)
    for scenario in scenarios {
      switch model.fulfilment(of: need, levels: levels, scenario).value {
      case .same(let value):
        for column in sums.indices { sums[column] += value / Double(scenarios.count) }
      case .each(let values):
        let means = population.means(values) + estimator.means(values)
        for column in sums.indices { sums[column] += means[column] / Double(scenarios.count) }
      }
    }
    return sums
  }
}

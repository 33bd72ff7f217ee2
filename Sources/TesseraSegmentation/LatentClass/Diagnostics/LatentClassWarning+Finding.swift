extension LatentClassWarning {
  /// All that should be said of a fit.
  static func all(
    _ em: EM, _ outcome: LatentSearch.Outcome, _ identifiability: Identifiability,
    model: LatentClassModel, size: Double, effective: Double
  ) -> [LatentClassWarning] {
    var result: [LatentClassWarning] = []
    if outcome.tally.reachedBest == 1, outcome.tally.run > 1 {
      result.append(.bestReachedOnce(starts: outcome.tally.run))
    }
    if !outcome.arrived {
      result.append(.notConverged(rounds: em.rounds))
    }
    if case .notIdentified(let rank, let parameters) = identifiability {
      result.append(.notIdentified(rank: rank, parameters: parameters))
    }
    let boundary = boundaryCount(em)
    if boundary > 0 {
      result.append(.boundary(count: boundary))
    }
    result += floors(em)
    for (segment, share) in model.prevalence.enumerated() where share * effective < 30 {
      result.append(.smallSegment(segment: segment, respondents: share * size))
    }
    if effective > 0, size / effective > 1.2 {
      result.append(.designEffect(size / effective))
    }
    return result
  }

  /// Chances that stand at 0 or 1 though the category was observed.
  private static func boundaryCount(_ em: EM) -> Int {
    var result = 0
    for (factor, offset) in zip(em.layout.factors, em.layout.offsets) {
      guard case .categorical(let categories) = factor.kind else { continue }
      for latent in 0..<em.layout.classes {
        for category in 0..<categories
        where em.marginals.shares[factor.firstCell + 1 + category] > 0 {
          let chance = em.theta[offset + latent * categories + category]
          if chance < 1e-5 || chance > 1 - 1e-5 {
            result += 1
          }
        }
      }
    }
    return result
  }

  private static func floors(_ em: EM) -> [LatentClassWarning] {
    var result: [LatentClassWarning] = []
    let classes = em.layout.classes
    for (factor, offset) in zip(em.layout.factors, em.layout.offsets) {
      guard case .normal(let form) = factor.kind else { continue }
      let floor = em.data.columns[factor.firstColumn].floor
      for latent in 0..<(form == .equal ? 1 : classes)
      where em.theta[offset + classes + latent] <= floor * 1.000_001 {
        result.append(
          .varianceAtFloor(item: em.data.table.items[factor.items[0]].name, segment: latent))
      }
    }
    return result
  }
}

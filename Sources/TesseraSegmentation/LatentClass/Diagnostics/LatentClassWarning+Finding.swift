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
    let boundary = em.layout.factors.reduce(0) { $0 + $1.family.boundaryCount($1, em) }
    if boundary > 0 {
      result.append(.boundary(count: boundary))
    }
    for factor in em.layout.factors {
      result += factor.family.classesAtFloor(factor, em).map {
        .varianceAtFloor(item: em.data.table.items[factor.items[0]].name, segment: $0)
      }
    }
    for (segment, share) in model.prevalence.enumerated() where share * effective < 30 {
      result.append(.smallSegment(segment: segment, respondents: share * size))
    }
    if effective > 0, size / effective > 1.2 {
      result.append(.designEffect(size / effective))
    }
    return result
  }
}

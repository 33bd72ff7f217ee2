import Foundation

extension LatentSearch {
  /// Share of the objective that a round of a rough run gains less than when it ends.
  private static let roughly = 1e-6
  /// Rounds of a rough run at most.
  private static let roughRounds = 500

  /// The log-likelihood that a few short runs come to, the best two of them carried on roughly, and
  /// the certainty there: enough to compare tables that are all searched alike.
  ///
  /// - Parameter starts: Number of starts.
  /// - Returns: The log-likelihood, in nats, and the sum of respondents' entropies below 0.
  func rough(starts: Int) -> (logLikelihood: Double, certainty: Double) {
    let short = shortRuns(0..<(settings.segments > 1 ? starts : 1), best: nil)
    let em = makeEM(patterns: data.livePatterns, workers: settings.workers)
    var best = (objective: -Double.infinity, logLikelihood: -Double.infinity)
    var theta = em.theta
    for run in short.sorted(by: { $0.objective > $1.objective }).prefix(2) {
      em.theta = run.theta
      em.run(
        precision, tolerance: Self.roughly, rounds: Self.roughRounds, rival: best.objective,
        outlook: LatentSearch.outlook)
      if em.objective > best.objective {
        best = (em.objective, em.logLikelihood)
        theta = em.theta
      }
    }
    em.theta = theta
    em.expectation(.double)
    return (best.logLikelihood + marginals.constant, em.certainty)
  }
}

extension EM {
  /// Σ w Σ p ln p over respondents and classes: 0 where everybody's class is certain.
  fileprivate var certainty: Double {
    let posterior = score().posterior
    let classes = shape.classes
    var sum = 0.0
    for pattern in 0..<patterns {
      for chance in posterior[pattern * classes..<(pattern + 1) * classes] where chance > 0 {
        sum += weights[pattern] * chance * log(chance)
      }
    }
    return sum
  }
}

extension LatentClass {
  /// What classes add to a single one, by a rough search.
  ///
  /// - Parameters:
  ///   - data: A table made ready.
  ///   - starts: Starts of the search.
  /// - Returns: LL_K − LL₁ in nats, and how certain memberships are (0 is certain); for comparing
  ///   tables that are searched alike.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  package func roughGain(
    _ data: LatentClassData, starts: Int
  ) throws(SegmentationError) -> [Double] {
    try validate(for: data)
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    var single = self
    single.segments = 1
    let many = LatentSearch(data: data, settings: self, weights: weights).rough(starts: starts)
    let one = LatentSearch(data: data, settings: single, weights: weights).rough(starts: 1)
    return [many.logLikelihood - one.logLikelihood, many.certainty]
  }
}

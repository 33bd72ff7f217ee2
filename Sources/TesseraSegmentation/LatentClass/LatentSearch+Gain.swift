import TesseraMath

extension LatentSearch {
  /// Share of the objective that a round of a rough run gains less than when it ends.
  private static let roughly = 1e-6
  /// Rounds of a rough run at most.
  private static let roughRounds = 500

  /// The log-likelihood that a few short runs come to, the best two of them carried on roughly:
  /// enough to compare tables that are all searched alike.
  ///
  /// - Parameter starts: Number of starts.
  /// - Returns: The log-likelihood, in nats.
  func rough(starts: Int) -> Double {
    let short = shortRuns(0..<(settings.classes > 1 ? starts : 1), best: nil)
    let em = makeEM(patterns: data.livePatterns, workers: settings.workers)
    var best = (objective: -Double.infinity, logLikelihood: -Double.infinity)
    for run in short.sorted(by: { $0.objective > $1.objective }).prefix(2) {
      em.theta = run.theta
      em.run(
        precision, tolerance: Self.roughly, rounds: Self.roughRounds, rival: best.objective,
        outlook: LatentSearch.outlook)
      if em.objective > best.objective { best = (em.objective, em.logLikelihood) }
    }
    return best.logLikelihood + marginals.constant
  }
}

extension LatentClassSettings {
  /// What classes add to a single one: LL_K − LL₁, by a rough search.
  ///
  /// - Parameters:
  ///   - data: A table made ready.
  ///   - starts: Starts of the search.
  /// - Returns: The gain in nats; for comparing tables that are searched alike.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  package func roughGain(
    _ data: LatentClassData, starts: Int
  ) throws(SegmentationError) -> Double {
    try validate(for: data)
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    var single = self
    single.classes = 1
    return LatentSearch(data: data, settings: self, weights: weights).rough(starts: starts)
      - LatentSearch(data: data, settings: single, weights: weights).rough(starts: 1)
  }
}

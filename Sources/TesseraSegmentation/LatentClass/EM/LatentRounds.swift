import TesseraMath

/// How many rounds a start needs to come near its optimum, with and without acceleration.
package struct LatentRounds: Sendable {
  /// E-steps of the accelerated run, those of proposals that were dropped included.
  package let accelerated: Int
  /// E-steps of plain EM from the same start.
  package let plain: Int
  /// The optimum that both come to.
  package let objective: Double

  /// Tries one start both ways.
  ///
  /// - Parameters:
  ///   - data: A table made ready.
  ///   - settings: Classes, priors and stream of chance.
  ///   - start: Number of the start.
  ///   - distance: How near to the optimum counts as there, in units of the objective.
  ///   - limit: Rounds of plain EM at most.
  /// - Returns: `nil` if the two come to different optima, or plain EM not there in time.
  package static func compare(
    _ data: LatentClassData, settings: LatentClass, start: Int, distance: Double = 1e-4,
    limit: Int = 20_000
  ) -> LatentRounds? {
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    let search = LatentSearch(data: data, settings: settings, weights: weights)
    let em = search.makeEM(patterns: data.livePatterns, workers: .single)
    LatentStart.fill(em, number: start, best: nil, stream: settings.stream)
    let theta = em.theta

    func accelerated(_ rounds: Int) -> (objective: Double, rounds: Int) {
      em.theta = theta
      em.rounds = 0
      em.run(.double, tolerance: 1e-13, rounds: rounds)
      return (em.objective, em.rounds)
    }
    let goal = accelerated(limit).objective - distance
    var (low, high) = (1, limit)
    while low < high {
      let middle = (low + high) / 2
      if accelerated(middle).objective >= goal { high = middle } else { low = middle + 1 }
    }
    let needed = accelerated(low).rounds

    em.theta = theta
    var last = -Double.infinity
    for round in 1...limit {
      em.iterate(.double)
      if em.objective >= goal {
        // Plain EM may have gone past, to a better optimum.
        return em.objective > goal + 2 * distance
          ? nil : LatentRounds(accelerated: needed, plain: round, objective: goal + distance)
      }
      if em.objective - last < 1e-12 * em.objective.magnitude { return nil }
      last = em.objective
      swap(&em.theta, &em.image)
    }
    return nil
  }
}

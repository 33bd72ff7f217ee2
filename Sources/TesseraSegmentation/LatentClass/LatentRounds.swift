import TesseraMath

/// How many rounds a start needs to come near its optimum, with and without acceleration.
package struct LatentRounds: Sendable {
  /// E-steps of the accelerated climb, those of proposals that were dropped included.
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
    _ data: LatentClassData, settings: LatentClassSettings, start: Int, distance: Double = 1e-4,
    limit: Int = 20_000
  ) -> LatentRounds? {
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    let search = LatentSearch(data: data, settings: settings, weights: weights)
    let climb = search.makeClimb(patterns: data.livePatterns, workers: .single)
    LatentStart.fill(climb, number: start, best: nil, stream: settings.stream)
    let theta = climb.theta

    func accelerated(_ rounds: Int) -> (objective: Double, rounds: Int) {
      climb.theta = theta
      climb.rounds = 0
      climb.climb(.double, tolerance: 1e-13, rounds: rounds)
      return (climb.objective, climb.rounds)
    }
    let goal = accelerated(limit).objective - distance
    var (low, high) = (1, limit)
    while low < high {
      let middle = (low + high) / 2
      if accelerated(middle).objective >= goal { high = middle } else { low = middle + 1 }
    }
    let needed = accelerated(low).rounds

    climb.theta = theta
    var last = -Double.infinity
    for round in 1...limit {
      climb.expect(.double)
      if climb.objective >= goal {
        // Plain EM may have climbed past, to a better optimum.
        return climb.objective > goal + 2 * distance
          ? nil : LatentRounds(accelerated: needed, plain: round, objective: goal + distance)
      }
      if climb.objective - last < 1e-12 * climb.objective.magnitude { return nil }
      last = climb.objective
      swap(&climb.theta, &climb.image)
    }
    return nil
  }
}

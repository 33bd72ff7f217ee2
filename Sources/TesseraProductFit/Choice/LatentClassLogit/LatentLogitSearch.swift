import TesseraMath
import TesseraSegmentation

/// The search for the best mixture of logits: many short climbs of several kinds, the best carried
/// on, more of them until the best has been reached often enough, and then rearrangements of it.
struct LatentLogitSearch: Sendable {
  let climber: LatentLogitClimber
  let settings: LatentClassLogitSettings
  let workers: Workers

  /// What the search found.
  struct Outcome {
    let best: LatentLogitState
    /// Climbs that were carried to the end.
    let finished: Int
    /// All starts, and those that came to the best.
    let tally: StartTally
  }

  /// Relative gain of a round below which a climb ends before it is known to be the best.
  private static let roughly = 1e-8
  /// How many times its last gain a climb may still be hoped to gain.
  private static let outlook = 50.0
  /// Starts made in a search that has not found its best three times, whatever they cost.
  private static let persistent = 100
  /// Arrangements tried at a time, and in vain before the search ends.
  private static let tries = 4
  private static let patience = 32

  /// Runs the search.
  func run() -> Outcome {
    let root = RandomStream(seed: settings.seed)
    let schedule =
      settings.classes == 1
      ? StartSchedule(first: 1, isFixed: true)
      : settings.starts == .adaptive
        ? StartSchedule(persistent: Self.persistent) : StartSchedule(settings.starts)
    var finished: [LatentLogitState] = []
    var (begun, rounds) = (0, 0)
    while let goal = schedule.goal(
      after: begun, hits: reached(finished), work: Double(rounds) * climber.roundCost)
    {
      let (climber, settings) = (climber, settings)
      let first = begun
      let short = workers.map(goal - first) { place in
        var stream = root.split(first + place)
        return climber.climb(
          climber.start(number: first + place, &stream), rounds: settings.shortRounds,
          tolerance: settings.tolerance)
      }
      rounds += short.reduce(0) { $0 + $1.rounds }
      let kept = short.indices.sorted {
        (-short[$0].objective, $0) < (-short[$1].objective, $1)
      }.prefix(max(min(2, short.count), (short.count + 2) / 3))
      begun = goal
      rounds += carry(kept.map { short[$0] }, into: &finished)
    }
    var starts = begun
    if settings.starts == .adaptive, settings.classes > 1 {
      starts += rearrange(&finished, root.split(2_000_003))
    }
    let tally = StartTally(run: starts, reachedBest: max(1, reached(finished)))
    return Outcome(best: polished(finished), finished: finished.count, tally: tally)
  }

  /// Carries climbs on, a few at a time; those that will not come as far as the best are given up.
  private func carry(
    _ states: [LatentLogitState], into finished: inout [LatentLogitState]
  ) -> Int {
    let (climber, settings) = (climber, settings)
    var rounds = 0
    for first in stride(from: 0, to: states.count, by: Self.tries) {
      let batch = Array(states[first..<min(states.count, first + Self.tries)])
      let rival = best(finished)?.objective ?? -.infinity
      let ends = workers.map(batch.count) { place in
        climber.climb(
          batch[place], rounds: settings.mostRounds,
          tolerance: max(settings.tolerance, Self.roughly), rival: rival, outlook: Self.outlook)
      }
      rounds += zip(ends, batch).reduce(0) { $0 + $1.0.rounds - $1.1.rounds }
      finished += ends
    }
    return rounds
  }

  /// Tries the best with one class put elsewhere, until nothing better comes of it.
  ///
  /// - Returns: 1 if something did, which counts as one start more; else 0.
  private func rearrange(_ finished: inout [LatentLogitState], _ stream: RandomStream) -> Int {
    let (climber, settings) = (climber, settings)
    var (tried, idle, rounds, since, better) = (0, 0, 0, 0, 0)
    while let from = best(finished), idle < Self.patience,
      Double(since) * climber.roundCost < StartSchedule.ample || idle < Self.tries,
      Double(rounds) * climber.roundCost < StartSchedule.most || idle < Self.tries
    {
      let first = tried
      let short = workers.map(Self.tries) { place in
        var stream = stream.split(first + place)
        return climber.climb(
          climber.rearranged(from, &stream), rounds: settings.shortRounds,
          tolerance: settings.tolerance)
      }
      let order = short.indices.sorted { (-short[$0].objective, $0) < (-short[$1].objective, $1) }
      var ends: [LatentLogitState] = [from]
      let carried = carry(order.prefix(2).map { short[$0] }, into: &ends)
      let work = short.reduce(carried) { $0 + $1.rounds }
      (tried, idle) = (tried + Self.tries, idle + Self.tries)
      (rounds, since) = (rounds + work, since + work)
      if let top = best(ends), top.objective > from.objective + slack(from) {
        finished.append(top)
        (idle, since, better) = (0, 0, 1)
      }
    }
    return better
  }

  /// The best, climbed on to the end.
  private func polished(_ finished: [LatentLogitState]) -> LatentLogitState {
    let order = finished.indices.sorted {
      (-finished[$0].objective, $0) < (-finished[$1].objective, $1)
    }
    var best = finished[order[0]]
    for place in order.prefix(3) where finished[place].objective >= best.objective - slack(best) {
      var state = finished[place]
      state.isConverged = false
      let end = climber.climb(
        state, rounds: settings.mostRounds, tolerance: settings.tolerance)
      if place == order[0] || end.objective > best.objective { best = end }
    }
    return best
  }

  private func best(_ states: [LatentLogitState]) -> LatentLogitState? {
    states.max { $0.objective < $1.objective }
  }

  /// Climbs that came to the best, within what a climb that ended leaves open.
  private func reached(_ states: [LatentLogitState]) -> Int {
    guard let top = best(states) else { return 0 }
    return states.count { $0.objective >= top.objective - slack(top) }
  }

  private func slack(_ state: LatentLogitState) -> Double {
    1e-4 + 1e-6 * state.objective.magnitude
  }
}

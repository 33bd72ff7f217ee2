import TesseraMath

/// A search that climbs from several starts and keeps the best: shared by methods whose climbs know
/// nothing of each other.
struct SearchFromStarts: Sendable {
  /// Number of starts.
  let starts: Int

  /// Refuses settings below 1.
  ///
  /// - Parameters:
  ///   - segments: Number of segments.
  ///   - starts: Number of starts.
  ///   - rounds: Rounds of a climb at most.
  /// - Throws: ``SegmentationError/badSetting(name:value:remedy:)``.
  init(segments: Int, starts: Int, rounds: Int) throws(SegmentationError) {
    guard segments >= 1, starts >= 1, rounds >= 1 else {
      throw .badSetting(
        name: "the number of segments, starts or rounds",
        value: Double(min(segments, starts, rounds)), remedy: "Use 1 or more.")
    }
    self.starts = starts
  }

  /// Climbs from every start.
  ///
  /// - Parameters:
  ///   - name: What to call the work where progress is told.
  ///   - random: Split once for each start.
  ///   - workers: Threads over which starts are shared.
  ///   - progress: Told of each start.
  ///   - cost: What is to be small.
  ///   - climb: Climbs from a start of its own.
  /// - Returns: The state of least cost, the earlier of equals, and how many starts came as far.
  func best<State: Sendable>(
    _ name: String, random: RandomStream, workers: Workers, progress: Progress,
    cost: (State) -> Double, climb: @Sendable (inout RandomStream) -> State
  ) -> (state: State, tally: StartTally) {
    let counter = StepCounter(name, total: starts, progress: progress)
    let states = workers.map(starts) { start in
      var stream = random.split(start)
      let state = climb(&stream)
      counter.step()
      return state
    }
    var best = states[0]
    for state in states where cost(state) < cost(best) * (1 - 1e-12) {
      best = state
    }
    let limit = cost(best) * (1 + 1e-7)
    return (best, StartTally(run: starts, reachedBest: states.count { cost($0) <= limit }))
  }
}

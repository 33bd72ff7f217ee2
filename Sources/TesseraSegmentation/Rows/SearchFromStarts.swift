import TesseraMath

/// A search that climbs from several starts, rearranges the best, and keeps what is best in the end:
/// shared by methods whose climbs know nothing of each other.
struct SearchFromStarts: Sendable {
  private let policy: StartPolicy

  /// Arrangements tried at a time, and tried in vain before the search ends.
  private static let tries = 8
  private static let patience = 64

  /// Refuses settings below 1.
  ///
  /// - Parameters:
  ///   - segments: Number of segments.
  ///   - starts: How many starts to make.
  ///   - rounds: Rounds of a climb at most.
  /// - Throws: ``SegmentationError/badSetting(name:value:remedy:)``.
  init(segments: Int, starts: StartPolicy, rounds: Int) throws(SegmentationError) {
    var least = min(segments, rounds)
    if case .fixed(let count) = starts { least = min(least, count) }
    guard least >= 1 else {
      throw .badSetting(
        name: "the number of segments, starts or rounds", value: Double(least),
        remedy: "Use 1 or more.")
    }
    policy = segments == 1 ? .fixed(1) : starts
  }

  /// Climbs from every start, and then from arrangements of the best.
  ///
  /// - Parameters:
  ///   - name: What to call the work where progress is told.
  ///   - random: Split once for each start.
  ///   - workers: Threads over which starts are shared.
  ///   - progress: Told of each wave of starts.
  ///   - cost: What is to be small.
  ///   - work: Elementary operations that a climb took.
  ///   - climb: Climbs from a start of its own.
  ///   - rearrange: Climbs from a state with one segment put elsewhere.
  /// - Returns: The state of least cost, the earlier of equals, and how many starts came as far.
  func best<State: Sendable>(
    _ name: String, random: RandomStream, workers: Workers, progress: Progress,
    cost: (State) -> Double, work: (State) -> Double,
    climb: @Sendable (inout RandomStream) -> State,
    rearrange: @Sendable (State, inout RandomStream) -> State
  ) -> (state: State, tally: StartTally) {
    let schedule = StartSchedule(policy)
    var states: [State] = []
    var spent = 0.0
    func isLess(_ one: State, _ other: State) -> Bool { cost(one) < cost(other) * (1 - 1e-12) }
    func least(_ given: [State]) -> State {
      given.dropFirst().reduce(given[0]) { isLess($1, $0) ? $1 : $0 }
    }
    func hits() -> Int {
      guard !states.isEmpty else { return 0 }
      let limit = cost(least(states)) * (1 + 1e-7)
      return states.count { cost($0) <= limit }
    }
    while let goal = schedule.goal(after: states.count, hits: hits(), work: spent) {
      let first = states.count
      let more = workers.map(goal - first) { place in
        var stream = random.split(first + place)
        return climb(&stream)
      }
      states += more
      spent = more.reduce(spent) { $0 + work($1) }
      progress.report(name, goal, goal)
    }
    var best = least(states)
    // Where a wave costs much, arrangements would too.
    let each = spent / Double(states.count)
    guard policy == .adaptive, each * Double(Self.patience) <= StartSchedule.most else {
      return (best, StartTally(run: states.count, reachedBest: hits()))
    }
    var (tried, idle, since, total, found) = (0, 0, 0.0, 0.0, false)
    // What costs little is not spared: small data are rearranged far beyond the least number.
    while idle < Self.patience || since < StartSchedule.ample / 2, since < StartSchedule.ample,
      total < StartSchedule.most
    {
      let (first, from) = (tried, best)
      let ends = workers.map(Self.tries) { place in
        var stream = random.split(2_000_003).split(first + place)
        return rearrange(from, &stream)
      }
      let cost = ends.reduce(0) { $0 + work($1) }
      tried += Self.tries
      idle += Self.tries
      (since, total) = (since + cost, total + cost)
      let top = least(ends)
      if isLess(top, best) { (best, idle, since, found) = (top, 0, 0, true) }
    }
    // The arrangement that found it counts as one start more.
    if found { states.append(best) }
    return (best, StartTally(run: states.count, reachedBest: hits()))
  }
}

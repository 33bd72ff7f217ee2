import TesseraMath

/// The search for the best optimum: many short runs, the best carried on, more of them until the
/// best has been reached often enough.
struct LatentSearch {
  let data: LatentClassData
  let settings: LatentClassSettings
  let layout: LatentLayout
  let shape: LatentShape
  let weights: [Double]
  let marginals: LatentMarginals

  /// Where a run of the search ended.
  struct Candidate: Sendable {
    var theta: [Double]
    var objective: Double
    var rounds: Int
    var isFinished: Bool
    /// Patterns worked through to get here, counted once for every sweep.
    var swept: Int
  }

  /// What the search found.
  struct Outcome {
    let climb: LatentClimb
    let arrived: Bool
    let tally: StartTally
    let finished: Int
    /// Patterns worked through by all climbs, counted once for every sweep.
    let swept: Int
  }

  /// Patterns above which short runs look at a sample of them.
  private static let sampled = 16_384
  /// Patterns up to which rounds cost so little that the search goes on longer.
  private static let small = 4_096
  /// Patterns from which all threads work on one climb; below, each has a climb of its own.
  private static let shared = 8_192
  /// Rounds of a short run.
  private static let shortRounds = 12
  /// Runs carried on at a time.
  private static let batch = 4
  /// How often the best must be reached; a lesser optimum may well be reached three times first, as
  /// one of the four classes of the election data is.
  private var enough: Int { isSmall ? 5 : 3 }
  private var isSmall: Bool { data.livePatterns <= LatentSearch.small }

  init(data: LatentClassData, settings: LatentClassSettings, weights: [Double]) {
    self.data = data
    self.settings = settings
    self.weights = weights
    layout = LatentLayout(data: data, classes: settings.classes)
    shape = LatentShape(data: data, classes: settings.classes)
    marginals = LatentMarginals(data: data, weights: weights)
  }

  private var precision: LatentPrecision { data.livePatterns > 1024 ? .single : .double }

  /// Tolerance of a climb in a precision: single cannot tell finer steps from rounding.
  private func tolerance(_ precision: LatentPrecision) -> Double {
    precision == .single ? max(settings.rule.tolerance, 1e-7) : settings.rule.tolerance
  }

  func makeClimb(patterns: Int, workers: Workers) -> LatentClimb {
    LatentClimb(
      data: data, layout: layout, shape: shape, prior: settings.prior, marginals: marginals,
      weights: weights, patterns: patterns, workers: workers)
  }

  /// Runs the search and polishes its best find.
  ///
  /// - Parameter hints: Parameters of models to start from besides.
  /// - Returns: The climb at the best optimum, and how the search went.
  func run(hints: [[Double]] = []) -> Outcome {
    let plan: [Int]
    switch settings.starts {
    case .adaptive: plan = settings.classes == 1 ? [1] : [20, 50, 200]
    case .fixed(let count): plan = [settings.classes == 1 ? 1 : max(1, count)]
    }
    var finished: [Candidate] = []
    var begun = 0
    var swept = 0
    for (hint, theta) in hints.enumerated() {
      let climb = makeClimb(patterns: data.livePatterns, workers: settings.workers)
      climb.theta = theta
      climb.climb(precision, tolerance: tolerance(precision), rounds: settings.rule.iterations)
      finished.append(
        Candidate(
          theta: climb.theta, objective: climb.objective, rounds: climb.rounds, isFinished: true,
          swept: climb.swept))
      settings.progress.report("starts", hint + 1, hints.count)
    }
    for goal in plan {
      let best = finished.max { $0.objective < $1.objective }
      let short = shortRuns(begun..<goal, best: best?.theta)
      swept += short.reduce(0) { $0 + $1.swept }
      let carried = short.sorted { $0.objective > $1.objective }
        .prefix(max(1, (goal - begun + 3) / 4))
      begun = goal
      finish(Array(carried), into: &finished)
      settings.progress.report("starts", begun, plan.last ?? begun)
      if reached(finished) >= enough {
        break
      }
    }
    return polish(finished, begun: begun + hints.count, swept: swept)
  }

  /// Runs starts for a few rounds, on a sample of the patterns where there are many.
  private func shortRuns(_ numbers: Range<Int>, best: [Double]?) -> [Candidate] {
    let patterns = min(data.livePatterns, LatentSearch.sampled)
    let crew = min(settings.workers.count, numbers.count)
    let stream = settings.stream
    let precision = precision
    // Kinds of starts come in turns, so that neighbours share the work evenly.
    let bounds = (0...crew).map { numbers.lowerBound + $0 * numbers.count / max(1, crew) }
    let parts = settings.workers.map(crew) { worker in
      let climb = makeClimb(patterns: patterns, workers: .single)
      return (bounds[worker]..<bounds[worker + 1]).map { number in
        LatentStart.fill(climb, number: number, best: best, stream: stream)
        climb.rounds = 0
        let before = climb.swept
        climb.climb(precision, tolerance: 1e-5, rounds: LatentSearch.shortRounds)
        return Candidate(
          theta: climb.theta, objective: climb.objective, rounds: climb.rounds, isFinished: false,
          swept: climb.swept - before)
      }
    }
    return parts.flatMap(\.self)
  }

  /// Carries runs on, the most promising first, until the best has been reached often enough.
  private func finish(_ candidates: [Candidate], into finished: inout [Candidate]) {
    var next = 0
    while next < candidates.count {
      let batch = Array(candidates[next..<min(candidates.count, next + LatentSearch.batch)])
      next += batch.count
      let precision = precision
      let tolerance = tolerance(precision)
      let limit = settings.rule.iterations
      let isShared = data.livePatterns >= LatentSearch.shared
      let (outer, inner) =
        isShared ? (Workers.single, settings.workers) : (settings.workers, .single)
      finished += outer.map(batch.count) { position in
        let climb = makeClimb(patterns: data.livePatterns, workers: inner)
        climb.theta = batch[position].theta
        climb.rounds = batch[position].rounds
        let arrived = climb.climb(precision, tolerance: tolerance, rounds: limit)
        return Candidate(
          theta: climb.theta, objective: climb.objective, rounds: climb.rounds, isFinished: arrived,
          swept: climb.swept)
      }
      if reached(finished) >= enough {
        return
      }
    }
  }

  private func best(_ candidates: [Candidate]) -> Candidate? {
    candidates.max { $0.objective < $1.objective }
  }

  /// Runs that came to the best objective, within what a stopped climb leaves open.
  private func reached(_ candidates: [Candidate]) -> Int {
    guard let top = best(candidates) else { return 0 }
    let slack = 1e-4 + 1e-6 * top.objective.magnitude
    return candidates.count { $0.objective >= top.objective - slack }
  }

  /// Climbs on from the best find in double precision, with all threads on one climb.
  private func polish(_ finished: [Candidate], begun: Int, swept: Int) -> Outcome {
    let climb = makeClimb(patterns: data.livePatterns, workers: settings.workers)
    if let top = best(finished) {
      climb.theta = top.theta
      climb.rounds = top.rounds
    }
    // Where a round costs nothing, a flat ridge is followed to its end.
    let tolerance = settings.rule.tolerance * (isSmall ? 1e-3 : 1)
    let arrived = climb.climb(
      .double, tolerance: max(tolerance, 1e-13), rounds: settings.rule.iterations)
    return Outcome(
      climb: climb, arrived: arrived,
      tally: StartTally(run: begun, reachedBest: max(1, reached(finished))),
      finished: finished.count { $0.isFinished },
      swept: finished.reduce(swept + climb.swept) { $0 + $1.swept })
  }
}

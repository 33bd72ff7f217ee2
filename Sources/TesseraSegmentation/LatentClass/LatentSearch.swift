import TesseraMath

/// The search for the best optimum: many short runs, the best carried on, more of them until the
/// best has been reached often enough.
struct LatentSearch {
  let data: LatentClassData
  let settings: LatentClass
  let layout: ParameterLayout
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
    let em: EM
    let arrived: Bool
    let tally: StartTally
    let finished: Int
    /// Another run that ended as high with other shares, if there is one.
    var other: EM?
    /// Patterns worked through by all runs, counted once for every sweep.
    let swept: Int
  }

  /// Patterns above which short runs look at a sample of them.
  private static let sampled = 16_384
  /// Patterns from which all threads work on one run; below, each has a run of its own.
  private static let shared = 8_192
  /// Rounds of a short run.
  static let shortRounds = 12
  /// How many times its last gain a run may still be hoped to gain: gains can be small for a while
  /// before a class finds its people.
  static let outlook = 50.0
  /// Runs carried on at a time.
  static let batch = 4
  /// Elementary operations of a round up to which a search is small, or all its runs are carried on.
  private static let smallRound = 1e6
  private static let cheapRound = 1.2e5
  /// Elementary operations of a round, roughly.
  let roundCost: Double
  /// Whether a search costs so little that it is not spared: all its runs are carried to the end.
  let carriesAll: Bool
  /// Whether the likelihood has a greatest value.
  ///
  /// Without a prior, numbers whose variance is each
  /// class's own let it rise without end on a handful of people: to look for it everywhere, and in
  /// small classes above all, would be to look for that.
  let isBounded: Bool
  /// Whether a search costs well under a second.
  let isSmall: Bool

  init(data: LatentClassData, settings: LatentClass, weights: [Double]) {
    self.data = data
    self.settings = settings
    self.weights = weights
    layout = ParameterLayout(data: data, classes: settings.segments)
    shape = LatentShape(data: data, classes: settings.segments)
    marginals = LatentMarginals(data: data, weights: weights)
    let lanes = Double((settings.segments + 3) / 4 * 4)
    let terms = Double(data.groups.count + 3 * data.columns.count + 10)
    roundCost =
      Double(data.livePatterns) * lanes * terms
      + Double(24 * layout.count + 4 * settings.segments * data.groupCells)
    isSmall = roundCost <= LatentSearch.smallRound
    isBounded =
      settings.prior.variances > 0
      || data.factors.allSatisfy(\.family.isBounded)
    carriesAll =
      isBounded && roundCost <= LatentSearch.cheapRound && settings.starts == .adaptive
  }

  var precision: LatentPrecision { data.livePatterns > 1024 ? .single : .double }

  /// Tolerance of a run in a precision: single cannot tell finer steps from rounding.
  func tolerance(_ precision: LatentPrecision) -> Double {
    precision == .single ? max(settings.rule.tolerance, 1e-7) : settings.rule.tolerance
  }

  func makeEM(patterns: Int, workers: Workers) -> EM {
    EM(
      data: data, layout: layout, shape: shape, prior: settings.prior, marginals: marginals,
      weights: weights, patterns: patterns, workers: workers)
  }

  /// Runs the search and polishes its best find.
  ///
  /// - Parameter hints: Parameters of models to start from besides.
  /// - Returns: The run at the best optimum, and how the search went.
  func run(hints: [[Double]] = []) -> Outcome {
    let schedule = schedule
    var finished: [Candidate] = []
    var begun = 0
    var swept = 0
    for (hint, theta) in hints.enumerated() {
      let em = makeEM(patterns: data.livePatterns, workers: settings.workers)
      em.theta = theta
      em.run(precision, tolerance: tolerance(precision), rounds: settings.rule.iterations)
      finished.append(
        Candidate(
          theta: em.theta, objective: em.objective, rounds: em.rounds, isFinished: true,
          swept: em.swept))
      settings.progress.report("starts", hint + 1, hints.count)
    }
    while let goal = schedule.goal(
      after: begun, hits: reached(finished),
      work: cost(of: finished.dropFirst(hints.count).reduce(swept) { $0 + $1.swept }))
    {
      let short = shortRuns(begun..<goal, best: isSmall && isBounded ? nil : best(finished)?.theta)
      swept += short.reduce(0) { $0 + $1.swept }
      let carried = short.sorted { $0.objective > $1.objective }
        .prefix(carriesAll ? short.count : max(1, (goal - begun + 3) / 4))
      begun = goal
      finish(Array(carried), into: &finished)
      settings.progress.report("starts", begun, begun)
    }
    var tally = StartTally(run: begun + hints.count, reachedBest: max(1, reached(finished)))
    if isSmall, isBounded, settings.starts == .adaptive, settings.segments > 1 {
      let found = rearranged(from: finished)
      swept += found.swept
      if let better = found.better {
        finished.append(better)
        // The arrangement that found it counts as one start more.
        tally = StartTally(run: tally.run + 1, reachedBest: reached(finished))
      }
    }
    var outcome = polish(finished, tally: tally, swept: swept)
    outcome.other = flat(beside: outcome.em, among: finished)
    return outcome
  }

  private var schedule: StartSchedule {
    guard settings.segments > 1 else { return StartSchedule(first: 1, isFixed: true) }
    switch settings.starts {
    case .adaptive: return StartSchedule(persistent: 200, isLavish: isBounded)
    case .fixed(let count): return StartSchedule(first: max(1, count), isFixed: true)
    }
  }

  /// Elementary operations of runs that worked through so many patterns.
  func cost(of swept: Int) -> Double {
    roundCost * Double(swept) / Double(max(1, data.livePatterns))
  }

  /// Runs starts for a few rounds, on a sample of the patterns where there are many.
  func shortRuns(_ numbers: Range<Int>, best: [Double]?) -> [Candidate] {
    let patterns = min(data.livePatterns, LatentSearch.sampled)
    let crew = min(settings.workers.count, numbers.count)
    let stream = settings.stream
    let precision = precision
    // Kinds of starts come in turns, so that neighbours share the work evenly.
    let bounds = (0...crew).map { numbers.lowerBound + $0 * numbers.count / max(1, crew) }
    let parts = settings.workers.map(crew) { worker in
      let em = makeEM(patterns: patterns, workers: .single)
      return (bounds[worker]..<bounds[worker + 1]).map { number in
        LatentStart.fill(
          em, number: number, best: best, slices: isBounded, stream: stream)
        em.rounds = 0
        let before = em.swept
        em.run(precision, tolerance: 1e-5, rounds: LatentSearch.shortRounds)
        return Candidate(
          theta: em.theta, objective: em.objective, rounds: em.rounds, isFinished: false,
          swept: em.swept - before)
      }
    }
    return parts.flatMap(\.self)
  }

  /// Carries runs on, the most promising first, until the best has been reached often enough.
  private func finish(_ candidates: [Candidate], into finished: inout [Candidate]) {
    var next = 0
    while next < candidates.count {
      let batch = Array(candidates[next..<min(candidates.count, next + LatentSearch.batch)])
      let rival = best(finished)?.objective ?? -.infinity
      next += batch.count
      let precision = precision
      let tolerance = tolerance(precision)
      let limit = settings.rule.iterations
      let isShared = data.livePatterns >= LatentSearch.shared
      let (outer, inner) =
        isShared ? (Workers.single, settings.workers) : (settings.workers, .single)
      finished += outer.map(batch.count) { position in
        let em = makeEM(patterns: data.livePatterns, workers: inner)
        em.theta = batch[position].theta
        em.rounds = batch[position].rounds
        let arrived = em.run(
          precision, tolerance: tolerance, rounds: limit, rival: rival,
          outlook: LatentSearch.outlook)
        return Candidate(
          theta: em.theta, objective: em.objective, rounds: em.rounds, isFinished: arrived,
          swept: em.swept)
      }
      if !carriesAll, reached(finished) >= (isSmall ? 5 : 3) {
        return
      }
    }
  }

  func best(_ candidates: [Candidate]) -> Candidate? {
    candidates.max { $0.objective < $1.objective }
  }

  /// Runs that came to the best objective, within what a stopped run leaves open.
  func reached(_ candidates: [Candidate]) -> Int {
    guard let top = best(candidates) else { return 0 }
    return candidates.count { $0.objective >= top.objective - slack(top.objective) }
  }

  /// What a stopped run leaves open.
  func slack(_ objective: Double) -> Double { 1e-4 + 1e-6 * objective.magnitude }

  /// Runs EM on from the best finds in double precision, with all threads on one run.
  private func polish(_ finished: [Candidate], tally: StartTally, swept: Int) -> Outcome {
    // Runs stop a little below their optima: which of two near ones is the better shows here.
    var rivals: [Candidate] = []
    for one in finished.sorted(by: { $0.objective > $1.objective })
    where rivals.count < 3 && isNear(one, finished) {
      if !rivals.contains(where: { isAlike($0, one) }) { rivals.append(one) }
    }
    var best: (em: EM, arrived: Bool)?
    var work = swept
    for rival in rivals {
      let em = makeEM(patterns: data.livePatterns, workers: settings.workers)
      em.theta = rival.theta
      em.rounds = rival.rounds
      // Where a round costs nothing, a flat ridge is followed to its end.
      let tolerance = settings.rule.tolerance * (isSmall ? 1e-3 : 1)
      let arrived = em.run(
        .double, tolerance: max(tolerance, 1e-13), rounds: settings.rule.iterations)
      work += em.swept
      if em.objective > (best?.em.objective ?? -.infinity) + 1e-9 {
        best = (em, arrived)
      }
    }
    let found =
      best ?? (makeEM(patterns: data.livePatterns, workers: settings.workers), false)
    // Where EM ends depends on the way by more than its last gain: the maximum itself does not.
    if isSmall, isBounded {
      LatentLeap(found.em, largest: LatentLeap.largestAlone, workers: settings.workers)?
        .settle(found.em)
    }
    return Outcome(
      em: found.em, arrived: found.arrived, tally: tally,
      finished: finished.count { $0.isFinished },
      swept: finished.reduce(work) { $0 + $1.swept })
  }

  private func isNear(_ one: Candidate, _ all: [Candidate]) -> Bool {
    guard isSmall, let top = best(all) else { return true }
    return one.objective >= top.objective - slack(top.objective)
  }

  /// Whether two runs went to the same optimum, to judge by the sizes of its classes.
  private func isAlike(_ one: Candidate, _ other: Candidate) -> Bool {
    guard isSmall else { return true }
    let sizes = [one, other].map { $0.theta[layout.sizes.all(classes: settings.segments)].sorted() }
    return zip(sizes[0], sizes[1]).allSatisfy { ($0 - $1).magnitude < 0.003 }
  }
}

import TesseraMath

extension LatentSearch {
  /// Arrangements tried in vain before the search ends, and how many are tried at a time.
  private static let patience = 64
  private static let tries = 8

  /// Rearranges the best optimum until nothing better comes of it.
  ///
  /// Where optima are many, most of those near the best lead to it by one class that stands
  /// elsewhere, while few starts from nothing come to it.
  ///
  /// - Parameter finished: What runs came to.
  /// - Returns: What is better than all of them, if anything is, and the patterns worked through.
  func rearranged(from finished: [Candidate]) -> (better: Candidate?, swept: Int) {
    guard var best = best(finished) else { return (nil, 0) }
    let stream = settings.stream.split(2_000_003)
    let patience = carriesAll ? LatentSearch.patience : LatentSearch.patience / 2
    let (precision, tolerance) = (precision, tolerance(precision))
    let crew = settings.workers
    var better: Candidate?
    var (tried, idle, swept, since) = (0, 0, 0, 0)
    while idle < patience, cost(of: since) < StartSchedule.ample,
      cost(of: swept) < StartSchedule.most
    {
      let (first, from) = (tried, best)
      let short = crew.map(LatentSearch.tries) { place in
        var stream = stream.split(first + place)
        let em = makeEM(patterns: data.livePatterns, workers: .single)
        em.theta = from.theta
        switch (first + place) % 4 {
        case 1: LatentStart.rearrange(em, &stream)
        case 3: LatentStart.cutAnew(em, fromAll: false, &stream)
        default: LatentStart.cutAnew(em, fromAll: true, &stream)
        }
        em.run(precision, tolerance: 1e-5, rounds: LatentSearch.shortRounds)
        return Candidate(
          theta: em.theta, objective: em.objective, rounds: em.rounds, isFinished: false,
          swept: em.swept)
      }
      let carried = short.sorted { $0.objective > $1.objective }
        .prefix(carriesAll ? short.count : LatentSearch.tries / 4)
      let ends = crew.map(carried.count) { place in
        let em = makeEM(patterns: data.livePatterns, workers: .single)
        em.theta = carried[place].theta
        em.rounds = carried[place].rounds
        let arrived = em.run(
          precision, tolerance: tolerance, rounds: settings.rule.iterations,
          rival: from.objective, outlook: LatentSearch.outlook)
        return Candidate(
          theta: em.theta, objective: em.objective, rounds: em.rounds,
          isFinished: arrived, swept: em.swept)
      }
      tried += LatentSearch.tries
      idle += LatentSearch.tries
      let work = (short + ends).reduce(0) { $0 + $1.swept }
      swept += work
      since += work
      if let top = self.best(ends), top.objective > best.objective + gain(best.objective) {
        (best, better, idle, since) = (top, top, 0, 0)
        better?.swept = 0
      }
    }
    return (better, swept)
  }

  /// What is more than a stopped run leaves open.
  private func gain(_ objective: Double) -> Double {
    1e-3 + (precision == .single ? 1e-6 : 1e-7) * objective.magnitude
  }
}

public import TesseraMath

/// Segments bootstrap samples of the same respondents by latent classes, many times over.
///
/// Samples of the same respondents have much the same local optima. They are looked for once, among
/// all respondents, and in every sample all of them compete. A start at the best optimum alone would
/// let samples agree more than they should wherever another is nearly as good. A run of EM is given up once it is plain that it will not reach the best of its sample.
/// Nothing is encoded anew, and respondents who were not drawn are not worked through.
public struct LatentClassReplication: Sendable {
  private let data: LatentClassData
  private let prior: LatentClassPrior
  private let layout: ParameterLayout
  private let shape: LatentShape
  /// Parameters at local optima of all respondents, the best first.
  private var optima: [[Double]] = []

  /// Short runs from which local optima of all respondents are looked for, and rounds of each.
  private static let explored = 16
  private static let shortRounds = 12
  /// Short runs carried on, and optima kept.
  private static let carried = 10
  /// Rounds of a run at most.
  private static let rounds = 500
  /// Shares of the objective that a round gains less than when a run ends: one of several, and
  /// the best of them.
  private static let roughly = 1e-6
  private static let finely = 1e-7

  /// Looks for the local optima.
  ///
  /// - Parameters:
  ///   - data: The table made ready.
  ///   - reference: The best model found, one of the optima.
  ///   - prior: What is believed before the answers are seen.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Throws: ``SegmentationError`` if data and model do not go together.
  public init(
    _ data: LatentClassData, reference: LatentClassModel, prior: LatentClassPrior = .default,
    random: RandomStream, workers: Workers = .single
  ) throws(SegmentationError) {
    let classes = reference.classCount
    self.data = data
    self.prior = prior
    layout = ParameterLayout(data: data, classes: classes)
    shape = LatentShape(data: data, classes: classes)
    let start = try reference.parameters(for: data, layout: layout)
    optima = classes == 1 ? [start] : explore(from: start, random: random, workers: workers)
  }

  /// Labels of all respondents by a model found in a resample of them.
  ///
  /// Classes are numbered as the search left them: those who compare divisions do not look at
  /// numbers.
  ///
  /// - Parameter weights: What each respondent counts for in the resample; 0 leaves out.
  /// - Returns: The likeliest class of each respondent.
  /// - Throws: ``SegmentationError`` if the weights are unfit.
  public func labels(resampled weights: [Double]) throws(SegmentationError) -> [Int] {
    try CaseWeights.frequency(weights).validate(count: data.table.respondentCount)
    let gathered = data.gather(weights)
    let drawn = gathered.indices.filter { gathered[$0] > 0 }
    let em = makeEM(data, weights: gathered)
    em.theta = search(data.selecting(drawn), weights: drawn.map { gathered[$0] })
    let posterior = em.score().posterior
    let classes = layout.classes
    let likeliest = (0..<data.patternCount).map { pattern in
      var best = 0
      for latent in 1..<max(1, classes)
      where posterior[pattern * classes + latent] > posterior[pattern * classes + best] {
        best = latent
      }
      return best
    }
    return data.patternOf.map { likeliest[Int($0)] }
  }

  /// Different local optima of all respondents, the best first.
  private func explore(
    from reference: [Double], random: RandomStream, workers: Workers
  ) -> [[Double]] {
    let weights = data.gather(
      data.table.weights.effective(count: data.table.respondentCount))
    let precision = precision(data)
    let patterns = data.livePatterns
    let short = workers.map(Self.explored) { start in
      let em = makeEM(data, weights: weights, patterns: patterns)
      LatentStart.fill(em, number: start, best: nil, stream: random)
      em.run(precision, tolerance: 1e-5, rounds: Self.shortRounds)
      return (theta: em.theta, objective: em.objective)
    }
    let order = short.indices.sorted { (-short[$0].objective, $0) < (-short[$1].objective, $1) }
    let starts = [reference] + order.prefix(Self.carried).map { short[$0].theta }
    let ends = workers.map(starts.count) { place in
      let em = makeEM(data, weights: weights, patterns: patterns)
      em.theta = starts[place]
      em.run(precision, tolerance: Self.roughly, rounds: Self.rounds)
      return (theta: em.theta, objective: em.objective)
    }
    var found: [(theta: [Double], objective: Double)] = []
    for end in ends.sorted(by: { $0.objective > $1.objective }) {
      // Runs that stopped a little apart went to the same optimum.
      let slack = 1e-5 * end.objective.magnitude
      if let last = found.last, end.objective > last.objective - slack { continue }
      found.append(end)
    }
    return found.map(\.theta)
  }

  /// The best of what the optima lead to in a sample.
  private func search(
    _ part: LatentClassData, weights: [Double]
  ) -> [Double] {
    let precision = precision(part)
    let em = makeEM(part, weights: weights, patterns: part.patternCount)
    var best: (theta: [Double], objective: Double) = (optima[0], -.infinity)
    func compete(_ theta: [Double]) {
      em.theta = theta
      em.run(
        precision, tolerance: Self.roughly, rounds: Self.rounds, rival: best.objective)
      if em.objective > best.objective { best = (em.theta, em.objective) }
    }
    for theta in optima { compete(theta) }
    em.theta = best.theta
    em.run(precision, tolerance: Self.finely, rounds: Self.rounds)
    return em.theta
  }

  private func precision(_ part: LatentClassData) -> LatentPrecision {
    part.patternCount > 1024 ? .single : .double
  }

  private func makeEM(
    _ part: LatentClassData, weights: [Double], patterns: Int? = nil
  ) -> EM {
    EM(
      data: part, layout: layout, shape: shape, prior: prior,
      marginals: LatentMarginals(data: part, weights: weights), weights: weights,
      patterns: patterns ?? part.patternCount, workers: .single)
  }
}

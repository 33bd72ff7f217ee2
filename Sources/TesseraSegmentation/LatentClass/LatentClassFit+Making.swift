public import TesseraMath

extension LatentClass {
  /// Fits a latent class model to what respondents answered.
  ///
  /// - Parameter table: What respondents answered; gaps say nothing unless they are modelled.
  /// - Returns: The best model the search found, with what it believes of each respondent.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  /// - Complexity: O(patterns · items · classes) a round and start.
  /// - Reference: Dempster, Laird & Rubin (1977), *JRSS B* 39(1), 1-38; Linzer & Lewis (2011),
  ///   *J. Stat. Softw.* 42(10), doi:10.18637/jss.v042.i10.
  public func fit(_ table: ItemTable) throws(SegmentationError) -> LatentClassFit {
    let data = try LatentClassData(
      table, blocks: blocks, directEffects: directEffects, missing: missing, workers: workers)
    return try fit(data)
  }

  /// Fits with chance, threads and progress from outside, whatever the settings hold.
  public func fit(
    _ input: ItemTable, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> LatentClassFit {
    var own = self
    (own.stream, own.workers, own.progress) = (random, workers, progress)
    return try own.fit(input)
  }

  /// Fits a latent class model to a table made ready before.
  ///
  /// - Parameters:
  ///   - data: The table made ready; its blocks and direct effects are used, not the settings'.
  ///   - hints: Models of as many classes to start from besides.
  /// - Returns: The best model the search found.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  public func fit(
    _ data: LatentClassData, hints: [LatentClassModel] = []
  ) throws(SegmentationError) -> LatentClassFit {
    try validate(for: data)
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    let search = LatentSearch(data: data, settings: self, weights: weights)
    var starts: [[Double]] = []
    for hint in hints {
      starts.append(try hint.parameters(for: data, layout: search.layout))
    }
    return LatentClassFit(search.run(hints: starts), search: search)
  }

  func validate(for data: LatentClassData) throws(SegmentationError) {
    guard (1...32).contains(segments) else {
      throw .badSetting(
        name: "number of segments", value: Double(segments), remedy: "Ask for 1 to 32.")
    }
    guard segments <= data.livePatterns else {
      throw .tooManySegments(asked: segments, distinct: data.livePatterns)
    }
    if case .fixed(let count) = starts, count < 1 {
      throw .badSetting(name: "starts", value: Double(count), remedy: "Ask for 1 or more.")
    }
    for constant in [prior.sizes, prior.categories, prior.variances, prior.rates]
    where !(constant >= 0 && constant.isFinite) {
      throw .badSetting(name: "prior", value: constant, remedy: "Give constants of 0 or more.")
    }
    guard rule.tolerance > 0, rule.iterations > 0 else {
      throw .badSetting(
        name: "tolerance", value: rule.tolerance,
        remedy: "Give a tolerance above 0 and at least one round.")
    }
  }
}

extension LatentClassFit {
  init(_ outcome: LatentSearch.Outcome, search: LatentSearch) {
    let em = outcome.em
    let data = em.data
    let order = em.orderByPrevalence()
    em.permute(order)
    let scored = em.score()
    let rows = data.table.respondentCount
    let classes = em.layout.classes
    let posterior = Matrix(
      rows: rows, columns: classes,
      values: PatternSpreadKernel.rows(
        of: scored.posterior, width: classes, at: data.patternOf, workers: em.workers))
    let logLikelihood = zip(em.weights, scored.logLikelihoods)
      .reduce(em.marginals.constant) { $1.0 > 0 ? $0 + $1.0 * $1.1 : $0 }
    let caseWeights = data.table.weights
    let size = caseWeights.sampleSize(count: rows)
    let effective = caseWeights.effectiveSampleSize(count: rows)
    let parameters = em.layout.freeParameters
    let criteria = InformationCriteria(
      logLikelihood: logLikelihood, parameters: parameters, sampleSize: size,
      effectiveSampleSize: effective, posterior: scored.posterior, classes: classes,
      weights: em.weights,
      patterns: PatternTable(data, weights: em.weights, logs: scored.logLikelihoods),
      workers: em.workers)
    let identifiability = Identifiability(em)
    model = em.model(posterior: scored.posterior)
    posteriorMatrix = posterior
    self.logLikelihood = logLikelihood
    logPrior = em.logPrior()
    self.parameters = parameters
    iterations = em.rounds
    respondentRounds = outcome.swept
    ending =
      outcome.arrived ? .converged(rounds: em.rounds) : .stopped(rounds: em.rounds)
    starts = outcome.tally
    startsFinished = outcome.finished
    flat = outcome.other.map { FlatSolution($0, beside: em, posterior: scored.posterior) }
    self.criteria = criteria
    self.identifiability = identifiability
    sampleSize = size
    effectiveSampleSize = effective
    warnings = LatentClassWarning.all(
      em, outcome, identifiability, model: model, size: size, effective: effective)
  }
}

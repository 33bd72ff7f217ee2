public import TesseraMath

extension LatentClassModel {
  /// Chance of each class for respondents who need not have been in the fit.
  ///
  /// Any items may be missing; a respondent without any answer gets the prevalence. Weights play no
  /// part.
  ///
  /// - Parameters:
  ///   - table: The model's items in the model's order, and its covariates.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: Respondents x classes, rows summing to 1.
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  /// - Complexity: O(respondents · items · classes).
  public func posterior(
    of table: ItemTable, workers: Workers = .single
  ) throws(SegmentationError) -> Matrix {
    try scores(of: table, workers: workers).posterior
  }

  /// Chance of each class and log-likelihood of each respondent's answers, in one pass.
  ///
  /// - Parameters:
  ///   - table: The model's items in the model's order, and its covariates.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: Respondents x classes, and one number a respondent, in nats.
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  public func scores(
    of table: ItemTable, workers: Workers = .single
  ) throws(SegmentationError) -> (posterior: Matrix, logLikelihoods: [Double]) {
    let scored = try score(table, workers: workers)
    let posterior = Matrix(
      rows: table.respondentCount, columns: classCount, values: scored.posterior)
    return (posterior, scored.logLikelihoods)
  }

  /// Log-likelihood of each respondent's answers, in nats.
  ///
  /// - Parameters:
  ///   - table: The model's items in the model's order, and its covariates.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: One number a respondent; 0 for one without any answer.
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  public func logLikelihoods(
    of table: ItemTable, workers: Workers = .single
  ) throws(SegmentationError) -> [Double] {
    try score(table, workers: workers).logLikelihoods
  }

  /// Answers made ready for models of this one's form, whatever their numbers.
  ///
  /// - Parameter table: The model's items in the model's order, and its covariates.
  /// - Returns: The answers.
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  public func data(scoring table: ItemTable) throws(SegmentationError) -> LatentClassData {
    try LatentClassData(scoring: table, with: self)
  }

  private func score(
    _ table: ItemTable, workers: Workers
  ) throws(SegmentationError) -> (posterior: [Double], logLikelihoods: [Double]) {
    let data = try LatentClassData(scoring: table, with: self)
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: workers)
    var scored = em.score()
    // Densities are per unit of the table, and counts have their factorials.
    for row in scored.logLikelihoods.indices {
      scored.logLikelihoods[row] += data.constant(of: row)
    }
    return scored
  }

  /// Runs EM from this model to a maximum on prepared data, under other weights if given.
  ///
  /// This is how a bootstrap replicate is segmented again from the reference: nothing is encoded
  /// anew and no other start is tried.
  ///
  /// - Parameters:
  ///   - data: The table made ready.
  ///   - weights: One weight a respondent instead of the table's; used as they are.
  ///   - prior: What is believed before the answers are seen.
  ///   - rule: When the run may stop.
  ///   - rival: Objective that another run under the same weights has reached; this one is given
  ///     up as soon as it is plain that it will not come as far.
  ///   - workers: How many threads may be used.
  /// - Returns: The parameters and the posterior arrived at; classes keep this model's order.
  /// - Throws: ``SegmentationError`` if the items differ or the weights are unfit.
  public func refit(
    on data: LatentClassData, weights: [Double]? = nil, prior: LatentClassPrior = .default,
    until rule: ConvergenceRule = ConvergenceRule(tolerance: 1e-7, iterations: 500),
    rival: Double = -.infinity, workers: Workers = .single
  ) throws(SegmentationError) -> RefittedModel {
    let whole = try makeEM(on: data, weights: weights, prior: prior, workers: workers)
    // Nobody's answers cost as much time as anybody's, and a bootstrap leaves a third out.
    let em = weights == nil ? whole : whole.withoutAbsent()
    let precision: LatentPrecision = data.livePatterns > 1024 ? .single : .double
    let isRough = precision == .single
    let goal = rival - em.marginals.constant
    var arrived = em.run(
      precision, tolerance: isRough ? max(rule.tolerance, 1e-7) : rule.tolerance,
      rounds: rule.iterations, rival: goal)
    if isRough, rule.tolerance < 1e-7 {
      arrived = em.run(
        .double, tolerance: rule.tolerance, rounds: rule.iterations, rival: goal)
    }
    whole.theta = em.theta
    return whole.result(of: em, isConverged: arrived)
  }

  func makeEM(
    on data: LatentClassData, weights: [Double]?, prior: LatentClassPrior, workers: Workers,
    patterns: Int? = nil
  ) throws(SegmentationError) -> EM {
    let rows = data.table.respondentCount
    if let weights {
      try CaseWeights.frequency(weights).validate(count: rows)
    }
    let layout = ParameterLayout(data: data, classes: classCount)
    let gathered = data.gather(weights ?? data.table.weights.effective(count: rows))
    let em = EM(
      data: data, layout: layout, shape: LatentShape(data: data, classes: classCount),
      prior: prior, marginals: LatentMarginals(data: data, weights: gathered), weights: gathered,
      patterns: patterns ?? (weights == nil ? data.livePatterns : data.patternCount),
      workers: workers)
    em.theta = try parameters(for: data, layout: layout)
    return em
  }
}

/// Where a run of EM from a model ended.
public struct RefittedModel: Sendable, Equatable {
  /// The model arrived at, its classes in the order of the model it began from.
  public let model: LatentClassModel
  /// Chance of each class for each respondent, those of weight 0 included.
  public let posterior: Matrix
  /// Log-likelihood in nats under the weights used, without the prior.
  public let logLikelihood: Double
  /// Log-likelihood and log prior together.
  public let objective: Double
  /// How the run ended.
  public let ending: Ending
}

extension EM {
  /// The model, and the memberships of all respondents, where a run over them or some of them ended.
  func result(of run: EM, isConverged: Bool) -> RefittedModel {
    let scored = score()
    let posterior = Matrix(
      rows: data.patternOf.count, columns: layout.classes,
      values: PatternSpreadKernel.rows(
        of: scored.posterior, width: layout.classes, at: data.patternOf, workers: workers))
    return RefittedModel(
      model: model(posterior: scored.posterior), posterior: posterior,
      logLikelihood: run.logLikelihood + marginals.constant,
      objective: run.objective + marginals.constant,
      ending: isConverged ? .converged(rounds: run.rounds) : .stopped(rounds: run.rounds))
  }
}

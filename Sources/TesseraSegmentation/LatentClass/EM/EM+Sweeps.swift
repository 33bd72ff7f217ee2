extension EM {
  /// Works through all patterns at `theta`: fills `totals`.
  ///
  /// - Returns: The log-likelihood.
  func sweep(_ precision: LatentPrecision) -> Double {
    let sweep = sweeping(precision)
    fillTables(of: sweep)
    lanes = sweep.lanes
    if totals.count != shape.sumCount * lanes {
      totals = [Double](repeating: 0, count: shape.sumCount * lanes)
    }
    return sweep.sweep(patterns: patterns, workers: workers, totals: &totals)
  }

  /// Chances of each class and log-likelihood of each pattern at `theta`.
  func score() -> (posterior: [Double], logLikelihoods: [Double]) {
    let sweep = sweeping(.double)
    fillTables(of: sweep)
    return sweep.score(workers: workers)
  }

  private func sweeping(_ precision: LatentPrecision) -> any LatentSweeping {
    if let made = sweeps[precision] { return made }
    let made = precision.sweep(data: data, shape: shape)
    made.setWeights(weights)
    for lane in 0..<made.lanes {
      made.setTable(shape.classTable, lane: lane, to: lane < shape.classes ? 0 : -1e30)
    }
    sweeps[precision] = made
    return made
  }

  /// The same run over the patterns of positive weight alone.
  func withoutAbsent() -> EM {
    let present = (0..<patterns).filter { weights[$0] > 0 }
    guard !present.isEmpty, present.count < patterns else { return self }
    let part = EM(
      data: data.selecting(present), layout: layout, shape: shape, prior: prior,
      marginals: marginals, weights: present.map { weights[$0] }, patterns: present.count,
      workers: workers)
    part.theta = theta
    return part
  }
}

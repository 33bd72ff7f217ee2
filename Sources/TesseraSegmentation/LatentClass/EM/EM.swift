import TesseraMath

/// The EM algorithm: comes to a maximum of log-likelihood plus log prior by turns of an E-step and an
/// M-step.
///
/// Nothing is allocated while it runs. Not for sharing: each thread makes its own.
///
/// - Reference: Dempster, Laird & Rubin (1977), *JRSS B* 39(1), 1-38.
final class EM {
  let data: LatentClassData
  let shape: LatentShape
  let layout: ParameterLayout
  let prior: LatentClassPrior
  let marginals: LatentMarginals
  let weights: [Double]
  /// Patterns taken into account, the first so many.
  let patterns: Int
  let workers: Workers

  /// Where the run stands, and what one EM step makes of it.
  var theta: [Double]
  var image: [Double]
  /// At `theta`: log-likelihood without and with the prior.
  private(set) var logLikelihood = -Double.infinity
  private(set) var objective = -Double.infinity
  var rounds = 0
  /// Patterns worked through so far, counted once for every sweep.
  private(set) var swept = 0

  /// Expected counts by factor code, codes x classes.
  var counts: [Double]
  /// Log chances by factor code, codes x classes.
  var logs: [Double]
  /// What the last sweep added up, sums x lanes.
  var totals: [Double] = []
  var lanes = 0
  /// Sweeps over the patterns, made when first asked for.
  var sweeps: [LatentPrecision: any LatentSweeping] = [:]

  init(
    data: LatentClassData, layout: ParameterLayout, shape: LatentShape, prior: LatentClassPrior,
    marginals: LatentMarginals, weights: [Double], patterns: Int, workers: Workers
  ) {
    self.data = data
    self.shape = shape
    self.layout = layout
    self.prior = prior
    self.marginals = marginals
    self.weights = weights
    self.patterns = patterns
    self.workers = workers
    theta = [Double](repeating: 0, count: layout.count)
    image = theta
    counts = [Double](repeating: 0, count: data.factorCells * layout.classes)
    logs = counts
  }

  /// E-step at `theta`: expected counts and sums, log-likelihood and objective.
  func expectation(_ precision: LatentPrecision) {
    logLikelihood = sweep(precision)
    swept += patterns
    unpackCounts()
    objective = logLikelihood + logPrior()
  }

  /// One round: an E-step at `theta`, and an M-step from there to `image`.
  func iterate(_ precision: LatentPrecision) {
    expectation(precision)
    maximisation()
    rounds += 1
  }

  /// Iterates until the rule says so.
  ///
  /// Anderson's acceleration proposes where the rounds seem to lead; a proposal that lowers the
  /// objective is dropped for the plain M-step, so that the objective never falls.
  ///
  /// - Parameters:
  ///   - precision: Precision of the sweeps.
  ///   - tolerance: EM has converged once two rounds gain less than this share of the objective.
  ///   - limit: Rounds at most.
  ///   - rival: Objective that another run has reached; this one is given up as soon as it is plain
  ///     that it will not come as far.
  ///   - outlook: How many times its last gain a run may still be hoped to gain.
  /// - Returns: Whether EM converged.
  /// - Reference: Henderson & Varadhan (2019), *JCGS* 28(4), 834-846,
  ///   doi:10.1080/10618600.2019.1594835.
  @discardableResult
  func run(
    _ precision: LatentPrecision, tolerance: Double, rounds limit: Int,
    rival: Double = -.infinity, outlook: Double = 8
  ) -> Bool {
    var accelerator = AndersonAcceleration(layout: layout)
    let last = rounds + limit
    iterate(precision)
    // Where the M-step of the last accepted point leads, to return to.
    var plain = image
    var previous = theta
    var (reached, lastGain, smallGains) = (objective, Double.infinity, 0)
    while rounds < last {
      accelerator.propose(from: theta, image: image, into: &theta, keeping: &previous)
      keepAboveFloors()
      swap(&plain, &image)
      iterate(precision)
      let floor = reached - (precision == .single ? 1e-8 : 1e-13) * objective.magnitude
      if !(objective >= floor) {
        accelerator.restart()
        swap(&theta, &plain)
        iterate(precision)
        // Only the Newton step of the membership can overshoot.
        for _ in 0..<8 where !(objective >= floor) {
          for index in theta.indices { theta[index] = (theta[index] + previous[index]) / 2 }
          iterate(precision)
        }
      }
      let gain = objective - reached
      reached = objective
      smallGains = gain.magnitude < tolerance * max(1, reached.magnitude) ? smallGains + 1 : 0
      if smallGains >= 2 { return true }
      // Gains of accelerated rounds come unevenly: the greater of two speaks for what is left.
      if objective + outlook * max(gain, lastGain) < rival { return false }
      lastGain = gain
    }
    return false
  }
}

import Foundation
import TesseraMath

/// A climb towards a maximum of log-likelihood plus log prior, with everything it needs at hand.
///
/// Nothing is allocated while it climbs. Not for sharing: each thread makes its own.
final class LatentClimb {
  let data: LatentClassData
  let shape: LatentShape
  let layout: LatentLayout
  let prior: LatentClassPrior
  let marginals: LatentMarginals
  let weights: [Double]
  /// Patterns taken into account, the first so many.
  let patterns: Int
  let workers: Workers

  /// Where the climb stands, and what one EM step makes of it.
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
  private var single: (any LatentSweeping)?
  private var double: (any LatentSweeping)?

  init(
    data: LatentClassData, layout: LatentLayout, shape: LatentShape, prior: LatentClassPrior,
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

  /// The sweep of a precision, made when first asked for.
  func sweep(_ precision: LatentPrecision) -> any LatentSweeping {
    switch precision {
    case .single:
      if let single { return single }
      let made = makeSweep(.single)
      single = made
      return made
    case .double:
      if let double { return double }
      let made = makeSweep(.double)
      double = made
      return made
    }
  }

  private func makeSweep(_ precision: LatentPrecision) -> any LatentSweeping {
    let made = precision.sweep(data: data, shape: shape)
    made.setWeights(weights)
    for lane in 0..<made.lanes {
      made.setTable(shape.classTable, lane: lane, to: lane < shape.classes ? 0 : -1e30)
    }
    return made
  }

  /// The same climb over the patterns of positive weight alone.
  func withoutAbsent() -> LatentClimb {
    let present = (0..<patterns).filter { weights[$0] > 0 }
    guard !present.isEmpty, present.count < patterns else { return self }
    let part = LatentClimb(
      data: data.selecting(present), layout: layout, shape: shape, prior: prior,
      marginals: marginals, weights: present.map { weights[$0] }, patterns: present.count,
      workers: workers)
    part.theta = theta
    return part
  }

  /// E-step: log-likelihood, objective and sums at `theta`.
  func expect(_ precision: LatentPrecision) {
    let sweep = sweep(precision)
    fillTables(of: sweep)
    lanes = sweep.lanes
    if totals.count != shape.sumCount * lanes {
      totals = [Double](repeating: 0, count: shape.sumCount * lanes)
    }
    logLikelihood = sweep.sweep(patterns: patterns, workers: workers, totals: &totals)
    swept += patterns
    unpackCounts()
    maximise()
    objective = logLikelihood + logPrior()
  }

  /// Chances of each class and log-likelihood of each pattern at `theta`.
  func score() -> (posterior: [Double], logLikelihoods: [Double]) {
    let sweep = sweep(.double)
    fillTables(of: sweep)
    return sweep.score(workers: workers)
  }

  /// Climbs until the rule says so.
  ///
  /// Anderson's acceleration proposes where the EM steps seem to lead; a proposal that lowers the
  /// objective is dropped for the plain EM step, so that the objective never falls.
  ///
  /// - Parameters:
  ///   - precision: Precision of the sweeps.
  ///   - tolerance: The climb has arrived once two rounds gain less than this share of the objective.
  ///   - limit: Rounds at most.
  ///   - rival: Objective that another climb has reached; this one is given up as soon as it is
  ///     plain that it will not come as far.
  ///   - outlook: How many times its last gain a climb may still be hoped to gain.
  /// - Returns: True if the climb arrived.
  /// - Reference: Henderson & Varadhan (2019), *JCGS* 28(4), 834-846,
  ///   doi:10.1080/10618600.2019.1594835.
  @discardableResult
  func climb(
    _ precision: LatentPrecision, tolerance: Double, rounds limit: Int,
    rival: Double = -.infinity, outlook: Double = 8
  ) -> Bool {
    let accelerator = AndersonAcceleration(layout: layout)
    expect(precision)
    rounds += 1
    var smallSteps = 0
    var taken = 1
    // Where the last accepted point's EM step leads, to return to.
    var fallback = image
    var previousTheta = theta
    var reached = objective
    var lastGain = Double.infinity
    while taken < limit {
      accelerator.propose(from: theta, image: image, into: &theta, keeping: &previousTheta)
      keepAboveFloors()
      swap(&fallback, &image)
      expect(precision)
      rounds += 1
      taken += 1
      let slack = (precision == .single ? 1e-8 : 1e-13) * objective.magnitude
      if !(objective >= reached - slack) {
        accelerator.restart()
        swap(&theta, &fallback)
        expect(precision)
        rounds += 1
        taken += 1
        var halvings = 0
        while !(objective >= reached - slack), halvings < 8 {
          // Only the Newton step of the membership can overshoot.
          for index in theta.indices {
            theta[index] = (theta[index] + previousTheta[index]) / 2
          }
          expect(precision)
          rounds += 1
          taken += 1
          halvings += 1
        }
      }
      let gain = objective - reached
      reached = objective
      smallSteps = gain.magnitude < tolerance * max(1, reached.magnitude) ? smallSteps + 1 : 0
      if smallSteps >= 2 {
        return true
      }
      // Gains of accelerated rounds come unevenly: the greater of two speaks for what is left.
      if objective + outlook * max(gain, lastGain) < rival {
        return false
      }
      lastGain = gain
    }
    return false
  }
}

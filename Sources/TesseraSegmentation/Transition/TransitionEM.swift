import Foundation
import TesseraMath

/// The EM algorithm of a latent transition model: forward and backward through each person's times.
///
/// Not for sharing: each thread makes its own.
///
/// - Reference: Baum, Petrie, Soules & Weiss (1970), *Annals of Mathematical Statistics* 41(1), 164-171.
struct TransitionEM: Sendable {
  let panel: Panel
  let profiles: PanelProfiles
  let classes: Int
  let form: LatentTransitionModel.Transitions
  /// Imaginary people for initial shares, for each row of chances to change, and for each item.
  let prior: Double

  /// Where the run stands.
  private(set) var model: LatentTransitionModel
  /// At the last E-step: log-likelihood without and with the prior.
  private(set) var logLikelihood = -Double.infinity
  private(set) var objective = -Double.infinity
  private(set) var rounds = 0

  /// Chances of the classes for each row and unweighted, as the last E-step found them.
  private(set) var posterior: [Double]

  // Sums of the last E-step.
  private var first: [Double]
  private var moves: [Matrix]
  private var weighted: [Double]
  private var logs: [Double] = []
  /// With covariates: people x columns, and by person the weighted chances of classes and of moves.
  private let design: Matrix?
  private var ownFirst: [Double] = []
  private var ownMoves: [Double] = []

  init(
    _ panel: Panel, _ profiles: PanelProfiles, from model: LatentTransitionModel,
    form: LatentTransitionModel.Transitions, prior: Double
  ) {
    self.panel = panel
    self.profiles = profiles
    self.form = form
    self.prior = prior
    self.model = model
    classes = model.classCount
    posterior = [Double](repeating: 0, count: profiles.rows * classes)
    weighted = posterior
    first = []
    moves = []
    design = panel.design
    if let design, model.dependence == nil {
      self.model = Self.depending(model, columns: design.columns)
    }
  }

  /// Runs to a maximum.
  ///
  /// - Parameters:
  ///   - tolerance: Ends when a round gains less log-likelihood, in nats.
  ///   - limit: Rounds at most.
  /// - Returns: Whether it came to a maximum.
  @discardableResult
  mutating func run(tolerance: Double, rounds limit: Int) -> Bool {
    var last = -Double.infinity
    for _ in 0..<limit {
      expectation()
      if objective - last < tolerance { return true }
      last = objective
      maximisation()
    }
    expectation()
    return false
  }

  /// E-step: chances of classes at each time and of moves between times.
  mutating func expectation() {
    let (classes, times) = (classes, panel.times)
    logs = profiles.logChances(model.items, classes: classes)
    var chances = (0..<max(0, times - 1)).map { model.transition($0).values }
    var initial = model.initial
    if design != nil {
      ownFirst = [Double](repeating: 0, count: panel.rows.count * classes)
      ownMoves = [Double](repeating: 0, count: panel.rows.count * classes * classes)
    }
    first = [Double](repeating: 0, count: classes)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: classes * classes), count: max(0, times - 1))
    var total = 0.0
    var forward = [Double](repeating: 0, count: times * classes)
    var emitted = forward
    var (backward, next) = ([Double](repeating: 1, count: classes), forward)
    for (person, rows) in panel.rows.enumerated() {
      let weight = panel.weights[person]
      guard weight > 0 else { continue }
      if let design, let dependence = model.dependence {
        let values = Array(design.row(person))
        initial = SoftLogit.chances(dependence.initial, values)
        let step = dependence.moves.flatMap { SoftLogit.chances($0, values) }
        for time in chances.indices { chances[time] = step }
      }
      var own = 0.0
      for time in 0..<times {
        let row = rows[time]
        var top = 0.0
        if row >= 0 {
          top = logs[row * classes]
          for latent in 1..<max(1, classes) { top = max(top, logs[row * classes + latent]) }
          own += top
        }
        var scale = 0.0
        for latent in 0..<classes {
          let chance = row >= 0 ? exp(logs[row * classes + latent] - top) : 1
          var reached = 0.0
          if time == 0 {
            reached = initial[latent]
          } else {
            for from in 0..<classes {
              reached +=
                forward[(time - 1) * classes + from]
                * chances[time - 1][from * classes + latent]
            }
          }
          emitted[time * classes + latent] = chance
          forward[time * classes + latent] = reached * chance
          scale += reached * chance
        }
        scale = max(scale, 1e-300)
        own += log(scale)
        for latent in 0..<classes { forward[time * classes + latent] /= scale }
      }
      total += weight * own
      for latent in 0..<classes { backward[latent] = 1 }
      for time in stride(from: times - 1, through: 0, by: -1) {
        var sum = 0.0
        for latent in 0..<classes { sum += forward[time * classes + latent] * backward[latent] }
        sum = max(sum, 1e-300)
        for latent in 0..<classes {
          let chance = forward[time * classes + latent] * backward[latent] / sum
          if rows[time] >= 0 {
            posterior[rows[time] * classes + latent] = chance
            weighted[rows[time] * classes + latent] = weight * chance
          }
          if time == 0 {
            first[latent] += weight * chance
            if design != nil { ownFirst[person * classes + latent] = weight * chance }
          }
        }
        guard time > 0 else { break }
        let step = chances[time - 1]
        var joint = 0.0
        for from in 0..<classes {
          var value = 0.0
          for to in 0..<classes {
            value += step[from * classes + to] * emitted[time * classes + to] * backward[to]
          }
          next[from] = value
          joint += forward[(time - 1) * classes + from] * value
        }
        joint = max(joint, 1e-300)
        for from in 0..<classes {
          let begun = weight * forward[(time - 1) * classes + from] / joint
          for to in 0..<classes {
            let moved =
              begun * step[from * classes + to] * emitted[time * classes + to] * backward[to]
            sums[time - 1][from * classes + to] += moved
            if design != nil { ownMoves[(person * classes + from) * classes + to] += moved }
          }
        }
        let scale = max(next.prefix(classes).max() ?? 1, 1e-300)
        for latent in 0..<classes { backward[latent] = next[latent] / scale }
      }
    }
    moves = sums.map { Matrix(rows: classes, columns: classes, values: $0) }
    logLikelihood = total
    objective = total + logPrior()
    rounds += 1
  }

  /// M-step: shares, chances to change, profiles.
  mutating func maximisation() {
    let classes = classes
    func shares(_ counts: [Double]) -> [Double] {
      let sum = counts.reduce(0, +) + prior
      guard sum > 0 else { return [Double](repeating: 1 / Double(classes), count: classes) }
      return counts.map { ($0 + prior / Double(classes)) / sum }
    }
    var groups = moves
    if form == .constant, let one = moves.first {
      groups = [
        moves.dropFirst().reduce(one) { sum, step in
          Matrix(
            rows: classes, columns: classes, values: zip(sum.values, step.values).map { $0 + $1 })
        }
      ]
    }
    model = LatentTransitionModel(
      initial: shares(first),
      steps: groups.map { counts in
        Matrix((0..<classes).map { shares(Array(counts.row($0))) })
      },
      items: profiles.maximise(weighted, classes: classes, prior: prior),
      dependence: nextDependence())
  }

  /// Log-odds after a Newton step each.
  private func nextDependence() -> LatentTransitionModel.Dependence? {
    guard let design, let old = model.dependence else { return nil }
    let (people, classes) = (panel.rows.count, classes)
    let start = SoftLogit(
      design: design, counts: Matrix(rows: people, columns: classes, values: ownFirst),
      reference: 0)
    return LatentTransitionModel.Dependence(
      initial: start.step(from: old.initial),
      moves: panel.times < 2
        ? old.moves
        : (0..<classes).map { from in
          var counts: [Double] = []
          counts.reserveCapacity(people * classes)
          for person in 0..<people {
            let start = (person * classes + from) * classes
            counts += ownMoves[start..<start + classes]
          }
          return SoftLogit(
            design: design, counts: Matrix(rows: people, columns: classes, values: counts),
            reference: from
          ).step(from: old.moves[from])
        })
  }

  /// Log-odds that give everybody the shares and chances of a model without covariates.
  private static func depending(
    _ model: LatentTransitionModel, columns: Int
  ) -> LatentTransitionModel {
    func rows(_ chances: [Double], _ reference: Int) -> [[Double]] {
      chances.map { chance in
        [log(max(chance, 1e-9)) - log(max(chances[reference], 1e-9))]
          + [Double](repeating: 0, count: columns - 1)
      }
    }
    return LatentTransitionModel(
      initial: model.initial, steps: model.steps, items: model.items,
      dependence: .init(
        initial: rows(model.initial, 0),
        moves: (0..<model.classCount).map { from in
          model.steps.isEmpty
            ? [] : rows(Array(model.steps[0].row(from)), from)
        }))
  }

  private func logPrior() -> Double {
    guard prior > 0 || model.dependence != nil else { return 0 }
    let each = prior / Double(classes)
    // Log-odds have a ridge of their own.
    if let dependence = model.dependence {
      return profiles.logPrior(model.items, prior: prior)
        + SoftLogit.logPrior([dependence.initial] + dependence.moves)
    }
    let shares = model.initial + model.steps.flatMap(\.values)
    return shares.reduce(0) { $0 + each * log(max($1, 1e-300)) }
      + profiles.logPrior(model.items, prior: prior)
  }
}

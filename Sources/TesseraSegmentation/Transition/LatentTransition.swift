import Foundation
public import TesseraMath

/// Fits a latent transition model to people seen at several times.
public struct LatentTransition: Sendable {
  /// Classes.
  public let classes: Int
  /// Whether chances to change depend on the time.
  public let transitions: LatentTransitionModel.Transitions
  /// Imaginary people for shares, for each row of chances and for each item; 0 for plain maximum
  /// likelihood.
  public let prior: Double

  /// Starts that are tried before it is judged how many find the best.
  private static let batch = 40
  /// Starts at most.
  private static let most = 200
  /// Of each batch as many are carried to the end.
  private static let carried = 6
  /// Maxima nearer than this are the same, in nats.
  private static let same = 0.01

  /// Says what to fit.
  public init(
    classes: Int, transitions: LatentTransitionModel.Transitions, prior: Double
  ) {
    self.classes = classes
    self.transitions = transitions
    self.prior = prior
  }

  /// A fitted model.
  public struct Fit: Sendable {
    /// The model, classes by falling share at the first time.
    public let model: LatentTransitionModel
    /// Log-likelihood, weighted, in nats.
    public let logLikelihood: Double
    /// Chances of the classes for each row of the table, given all times of the person.
    public let posterior: Matrix
    /// BIC on the effective number of people.
    public let bic: Double
    /// Starts tried, and those carried to the end that came to the best.
    public let starts: (tried: Int, reached: Int)
    /// Whether EM came to a maximum.
    public let isConverged: Bool
  }

  /// Searches for the best maximum from many starts.
  ///
  /// - Parameters:
  ///   - table: Answers, a row for each person and time.
  ///   - panel: Which rows are whose.
  ///   - seed: Starts the draws.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: The best fit found.
  /// - Throws: ``SegmentationError/tooManySegments(asked:distinct:)`` for more classes than people.
  /// - Complexity: O(starts x rounds x (rows x items x classes + persons x times x classes²)).
  public func fit(
    _ table: ItemTable, _ panel: Panel, seed: UInt64, workers: Workers = .single
  ) throws(SegmentationError) -> Fit {
    let people = panel.weights.count { $0 > 0 }
    guard classes <= people else { throw .tooManySegments(asked: classes, distinct: people) }
    let profiles = PanelProfiles(table)
    let root = RandomStream(seed: seed).split(0x17A)
    var (tried, finished) = (0, [TransitionEM]())
    repeat {
      let from = tried
      let count = classes == 1 ? 1 : Self.batch
      let short = workers.map(count) { place -> TransitionEM in
        var stream = root.split(from + place)
        var em = TransitionEM(
          panel, profiles, from: start(profiles, panel, &stream), form: transitions, prior: prior)
        em.run(tolerance: 1e-2, rounds: 30)
        return em
      }
      let best = short.sorted { $0.objective > $1.objective }.prefix(Self.carried)
      let ended = Array(best)
      finished += workers.map(ended.count) { place -> TransitionEM in
        var em = ended[place]
        em.run(tolerance: 1e-7, rounds: 5_000)
        return em
      }
      tried += count
      finished.sort { $0.objective > $1.objective }
    } while classes > 1 && tried < Self.most && reached(finished) < 2
    return result(finished[0], panel, (tried, reached(finished)))
  }

  /// Goes on from a model, as replicates do; classes keep its order.
  ///
  /// - Parameters:
  ///   - model: Where to begin.
  ///   - table: Answers, a row for each person and time.
  ///   - panel: Which rows are whose, with the weights to use.
  ///   - tolerance: Ends when a round gains less log-likelihood, in nats.
  /// - Returns: The fit.
  public func refit(
    _ model: LatentTransitionModel, _ table: ItemTable, _ panel: Panel,
    tolerance: Double = 1e-4
  ) -> Fit {
    var em = TransitionEM(
      panel, PanelProfiles(table), from: model, form: transitions, prior: prior)
    let isConverged = em.run(tolerance: tolerance, rounds: 5_000)
    return result(em, panel, (1, 1), isConverged: isConverged, isOrdered: true)
  }

  private func reached(_ runs: [TransitionEM]) -> Int {
    runs.count { $0.objective > runs[0].objective - Self.same }
  }

  /// Profiles of random memberships; people stay where they are four times in five.
  private func start(
    _ profiles: PanelProfiles, _ panel: Panel, _ stream: inout RandomStream
  ) -> LatentTransitionModel {
    let memberships = profiles.randomMemberships(&stream, classes: classes)
    let others = classes > 1 ? 0.2 / Double(classes - 1) : 0
    let step = Matrix(
      (0..<classes).map { from in
        (0..<classes).map { $0 == from ? (classes > 1 ? 0.8 : 1) : others }
      })
    return LatentTransitionModel(
      initial: [Double](repeating: 1 / Double(classes), count: classes),
      steps: [Matrix](
        repeating: step, count: transitions == .constant ? min(1, panel.times - 1) : panel.times - 1
      ),
      items: profiles.maximise(memberships, classes: classes, prior: max(prior, 1)))
  }

  private func result(
    _ em: TransitionEM, _ panel: Panel, _ starts: (tried: Int, reached: Int),
    isConverged: Bool = true, isOrdered: Bool = false
  ) -> Fit {
    let order =
      isOrdered
      ? Array(0..<classes)
      : (0..<classes).sorted { (em.model.initial[$0], $1) > (em.model.initial[$1], $0) }
    let model = em.model.reordered(order)
    var posterior = Matrix(rows: em.profiles.rows, columns: classes)
    for row in 0..<em.profiles.rows {
      for (place, latent) in order.enumerated() {
        posterior[row, place] = em.posterior[row * classes + latent]
      }
    }
    return Fit(
      model: model, logLikelihood: em.logLikelihood, posterior: posterior,
      bic: -2 * em.logLikelihood + Double(model.parameterCount) * log(max(panel.effectiveSize, 1)),
      starts: starts, isConverged: isConverged)
  }
}

import TesseraMath

/// Another solution that describes the answers as well as the one reported.
public struct FlatSolution: Sendable, Equatable {
  /// How far its log-likelihood, with the prior, lies below that of the solution reported.
  public let distance: Double
  /// Its shares, each beside the class of the reported solution that it has most members with.
  public let prevalence: [Double]

  /// Distance up to which two solutions describe the answers equally well.
  static let distance = 0.01
  /// Difference of a share from which they are two.
  static let difference = 0.01
}

extension LatentSearch {
  /// The start that ended as high as the best but with other shares, carried to its end.
  ///
  /// Starts stop a little short of their optimum, so that one on the way to the same optimum can
  /// still look different: the most different one is carried on before it is believed.
  ///
  /// - Parameters:
  ///   - best: Where the search ended.
  ///   - finished: Where its starts ended.
  /// - Returns: The other run; `nil` if there is none.
  func flat(beside best: EM, among finished: [Candidate]) -> EM? {
    guard settings.segments > 1, isBounded else { return nil }
    let own = best.theta[layout.sizes.all(classes: settings.segments)].sorted()
    func difference(_ theta: [Double]) -> Double {
      zip(theta[layout.sizes.all(classes: settings.segments)].sorted(), own).reduce(0) {
        max($0, abs($1.0 - $1.1))
      }
    }
    let near = finished.filter {
      $0.objective >= best.objective - FlatSolution.distance - slack(best.objective)
        && difference($0.theta) > FlatSolution.difference
    }
    guard let other = near.max(by: { difference($0.theta) < difference($1.theta) }) else {
      return nil
    }
    let em = makeEM(patterns: data.livePatterns, workers: settings.workers)
    em.theta = other.theta
    em.run(
      .double, tolerance: max(settings.rule.tolerance * 1e-3, 1e-13),
      rounds: settings.rule.iterations)
    guard em.objective >= best.objective - FlatSolution.distance,
      difference(em.theta) > FlatSolution.difference
    else { return nil }
    return em
  }
}

extension FlatSolution {
  /// Puts the classes of another run beside those of the best.
  ///
  /// - Parameters:
  ///   - other: The other run.
  ///   - best: The best, its classes in their final order.
  ///   - posterior: Memberships of the best.
  init(_ other: EM, beside best: EM, posterior: [Double]) {
    let classes = best.layout.classes
    let theirs = other.score().posterior
    var shared = Matrix(rows: classes, columns: classes)
    for pattern in 0..<best.patterns where best.weights[pattern] > 0 {
      for a in 0..<classes {
        for b in 0..<classes {
          shared[a, b] +=
            best.weights[pattern] * posterior[pattern * classes + a]
            * theirs[pattern * classes + b]
        }
      }
    }
    let partner = Assignment(shared, goal: .maximise).columnOfRow
    prevalence = partner.enumerated().map { other.theta[$0.element ?? $0.offset] }
    distance = max(0, best.objective - other.objective)
  }
}

import Foundation
import TesseraMath

/// Leaps of EM to where its steps lead, near a maximum.
///
/// There EM moves x to M(x) ≈ x̂ + J (x − x̂), and comes closer only by the largest eigenvalue of J in
/// each step. J is taken once, by differences of the EM step; x + (I − J)⁻¹ (M(x) − x) arrives in a
/// handful of steps where EM takes dozens.
///
/// - Reference: Jamshidian & Jennrich (1997), *JRSS B* 59(3), 569-587 (QN1, with the true J).
struct LatentLeap: Sendable {
  private let coordinates: LatentCoordinates
  /// (I − J)⁻¹.
  private let matrix: Matrix

  /// Most numbers of a model for which J is taken before many refits, and before a single end is settled.
  static let largest = 1_200
  static let largestAlone = 400
  /// Patterns from which J is taken; the first are a random sample of all.
  private static let sampled = 8_192
  /// How far a coordinate is moved to see what EM makes of it.
  private static let nudge = 1e-5
  /// Steps at most.
  private static let steps = 12
  /// A step has arrived that gains less log-likelihood: a hundredth of a standard error is left.
  private static let arrived = 1e-3
  /// An end is settled where EM moves no coordinate farther.
  private static let settled = 1e-11
  /// A step farther than this leads along a ridge without an end, not to a maximum nearby.
  private static let farthest = 0.02

  /// Takes the derivatives of the EM step at where a run stands; `nil` where J has no finite inverse, or is
  /// too large to be worth it.
  ///
  /// - Parameters:
  ///   - em: The run.
  ///   - largest: Most numbers of a model for which it is worth it.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Complexity: O(parameters × one sweep of at most 8,192 patterns + parameters³).
  init?(_ em: EM, largest: Int = LatentLeap.largest, workers: Workers) {
    let hasFollowers = em.layout.factors.contains {
      $0.tables.contains { $0.form.scale == .follow }
    }
    guard em.layout.classes > 1, em.layout.count <= largest, !hasFollowers else { return nil }
    let coordinates = LatentCoordinates(em.layout)
    let sampled = min(em.patterns, Self.sampled)
    let nudge = Self.nudge
    let count = em.layout.count
    let theta = em.theta
    let (data, layout, shape, prior) = (em.data, em.layout, em.shape, em.prior)
    let (marginals, weights) = (em.marginals, em.weights)
    let parts = min(workers.count, count)
    let columns = workers.map(parts) { part -> [[Double]] in
      let trial = EM(
        data: data, layout: layout, shape: shape, prior: prior, marginals: marginals,
        weights: weights, patterns: sampled, workers: .single)
      func image(_ point: [Double]) -> [Double] {
        trial.theta = point
        trial.iterate(.double)
        return trial.image.indices.map { coordinates.forward(trial.image[$0], at: $0) }
      }
      let still = image(theta)
      return stride(from: part, to: count, by: parts).map { index in
        var moved = theta
        switch coordinates.scales[index] {
        case .root:
          let root = theta[index].squareRoot() + nudge
          moved[index] = root * root
        case .plain, .follow: moved[index] += nudge
        case .logarithm: moved[index] *= exp(nudge)
        }
        return zip(image(moved), still).map { ($0 - $1) / nudge }
      }
    }
    var matrix = Matrix(rows: count, columns: count)
    for part in 0..<parts {
      for (place, column) in columns[part].enumerated() {
        for row in 0..<count { matrix[row, part + place * parts] = -column[row] }
      }
    }
    var identity = Matrix(rows: count, columns: count)
    for index in 0..<count {
      matrix[index, index] += 1
      identity[index, index] = 1
      // What EM leaves as it is (the first slope, say) takes no part in a step.
      if (0..<count).allSatisfy({ abs(matrix[index, $0]) < 1e-9 }) { matrix[index, index] = 1 }
    }
    guard let inverse = try? matrix.solve(identity), inverse.values.allSatisfy(\.isFinite) else {
      return nil
    }
    self.coordinates = coordinates
    self.matrix = inverse
  }

  /// Leaps until a step gains next to nothing; false if a step fell, the run at the best point.
  func run(_ em: EM, _ precision: LatentPrecision) -> Bool {
    em.iterate(precision)
    var reached = em.objective
    for _ in 0..<Self.steps {
      let image = em.image
      _ = step(em)
      em.iterate(precision)
      let gain = em.objective - reached
      let slack = (precision == .single ? 1e-8 : 1e-13) * reached.magnitude
      guard gain >= -slack else {
        em.theta = image
        return false
      }
      reached = em.objective
      if gain < Self.arrived { return true }
    }
    return false
  }

  /// Takes a run that has arrived to its maximum as exactly as numbers can tell; it stays where it is
  /// where that lies far off or lower.
  func settle(_ em: EM) {
    em.iterate(.double)
    for _ in 0..<Self.steps {
      let (point, reached) = (em.theta, em.objective)
      let length = step(em)
      if length < Self.settled || length > Self.farthest {
        em.theta = point
        return
      }
      em.iterate(.double)
      if em.objective < reached - 1e-13 * reached.magnitude {
        em.theta = point
        em.iterate(.double)
        return
      }
    }
  }

  /// Moves a run by one leap from where its last round began.
  ///
  /// - Returns: How far the coordinate went that went farthest.
  private func step(_ em: EM) -> Double {
    let (point, image) = (em.theta, em.image)
    let residual = point.indices.map {
      coordinates.forward(image[$0], at: $0) - coordinates.forward(point[$0], at: $0)
    }
    let step = matrix.multiplied(by: residual)
    for index in point.indices {
      em.theta[index] = coordinates.backward(
        coordinates.forward(point[index], at: index) + step[index], image: image[index],
        at: index)
    }
    coordinates.normalise(&em.theta)
    em.keepAboveFloors()
    return step.reduce(0) { max($0, $1.magnitude) }
  }
}

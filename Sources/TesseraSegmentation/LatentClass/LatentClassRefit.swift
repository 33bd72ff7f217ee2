import Foundation
public import TesseraMath

/// Fits a model again under other weights of the same respondents, from its estimate, in few sweeps.
///
/// Near its maximum EM moves x to M(x) ≈ x̂ + J (x − x̂), and comes closer only by the largest
/// eigenvalue of J in each step. J is taken once, by differences of the EM step at the estimate;
/// other weights move M more than J, so that x + (I − J)⁻¹ (M*(x) − x) arrives in a handful of steps
/// where EM takes dozens. A step that lowers the objective is dropped, and the run goes on as any
/// other.
///
/// - Reference: Jamshidian & Jennrich (1997), *JRSS B* 59(3), 569-587 (QN1, with the true J).
public struct LatentClassRefit: Sendable {
  /// The study's own model.
  public let reference: LatentClassModel
  private let data: LatentClassData
  private let prior: LatentClassPrior
  private let coordinates: LatentCoordinates
  /// (I − J)⁻¹; `nil` where J has no finite one or is too large to be worth it.
  private let leap: Matrix?

  /// Most numbers of a model for which J is taken.
  private static let largest = 1_200
  /// Patterns from which J is taken; the first are a random sample of all.
  private static let sampled = 8_192
  /// How far a coordinate is moved to see what EM makes of it.
  private static let nudge = 1e-5
  /// Steps at most.
  private static let steps = 12
  /// A step has arrived that gains less log-likelihood: a hundredth of a standard error is left.
  private static let arrived = 1e-3

  /// Takes the derivatives of the EM step at the estimate.
  ///
  /// - Parameters:
  ///   - reference: The estimate.
  ///   - data: The table it was fitted to, made ready.
  ///   - prior: The prior it was fitted under.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Throws: ``SegmentationError`` if data and model do not go together.
  /// - Complexity: O(parameters × one sweep of at most 8,192 patterns + parameters³).
  public init(
    _ reference: LatentClassModel, on data: LatentClassData, prior: LatentClassPrior,
    workers: Workers = .single
  ) throws(SegmentationError) {
    self.reference = reference
    self.data = data
    self.prior = prior
    let em = try reference.makeEM(on: data, weights: nil, prior: prior, workers: .single)
    let layout = em.layout
    coordinates = LatentCoordinates(layout)
    let hasFollowers = layout.factors.contains { $0.tables.contains { $0.form.scale == .follow } }
    guard reference.classCount > 1, layout.count <= Self.largest, !hasFollowers else {
      leap = nil
      return
    }
    leap = Self.leap(
      em, sampled: min(em.patterns, Self.sampled), coordinates, workers: workers)
  }

  /// (I − J)⁻¹ at where a run stands.
  private static func leap(
    _ em: EM, sampled: Int, _ coordinates: LatentCoordinates, workers: Workers
  ) -> Matrix? {
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
    return try? matrix.solve(identity)
  }

  /// Fits the model under other weights.
  ///
  /// - Parameter weights: One weight a respondent, used as they are.
  /// - Returns: The parameters and the posterior arrived at; classes keep the reference's order.
  /// - Throws: ``SegmentationError`` if the weights are unfit.
  public func refit(weights: [Double]) throws(SegmentationError) -> RefittedModel {
    let em = try reference.makeEM(on: data, weights: weights, prior: prior, workers: .single)
    let precision: LatentPrecision = data.livePatterns > 1024 ? .single : .double
    let hasArrived =
      leap(em, precision)
      || em.run(precision, tolerance: 1e-7, rounds: 500)
    return em.result(of: em, isConverged: hasArrived)
  }

  /// Leaps until a step gains next to nothing; false if a step fell, the run at the best point.
  private func leap(_ em: EM, _ precision: LatentPrecision) -> Bool {
    guard let leap else { return false }
    em.iterate(precision)
    var reached = em.objective
    for _ in 0..<Self.steps {
      let point = em.theta
      let image = em.image
      let residual = point.indices.map {
        coordinates.forward(image[$0], at: $0) - coordinates.forward(point[$0], at: $0)
      }
      let step = leap.multiplied(by: residual)
      for index in point.indices {
        em.theta[index] = coordinates.backward(
          coordinates.forward(point[index], at: index) + step[index], image: image[index],
          at: index)
      }
      coordinates.normalise(&em.theta)
      em.keepAboveFloors()
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
}

public import TesseraMath

/// Fits a model again under other weights of the same respondents, from its estimate, in few sweeps.
///
/// Other weights move the EM step more than its derivatives: a ``LatentLeap`` taken at the estimate
/// arrives in a handful of steps where EM takes dozens. A step that lowers the objective is dropped,
/// and the run goes on as any other.
public struct LatentClassRefit: Sendable {
  /// The study's own model.
  public let reference: LatentClassModel
  private let data: LatentClassData
  private let prior: LatentClassPrior
  private let leap: LatentLeap?

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
    leap = LatentLeap(em, workers: workers)
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
      leap?.run(em, precision) == true
      || em.run(precision, tolerance: 1e-7, rounds: 500)
    return em.result(of: em, isConverged: hasArrived)
  }
}

public import TesseraMath
public import TesseraSegmentation

/// Segments the same respondents again under other weights by a latent class model.
///
/// Nothing is encoded anew: the run begins at the study's own model, or at random models near
/// the answers of everybody.
struct LatentClassRestart: Resegmenter {
  let data: LatentClassData
  /// The study's own model.
  let reference: LatentClassModel
  /// The model of a single class, around which random models are drawn.
  let everybody: LatentClassModel
  let prior: LatentClassPrior
  /// What takes the study's own model to that of other weights; made once before many replicates.
  var refit: LatentClassRefit?

  func prepared(workers: Workers) -> any Resegmenter {
    var prepared = self
    prepared.refit = try? LatentClassRefit(reference, on: data, prior: prior, workers: workers)
    return prepared
  }

  /// Random models tried for a fresh start; the best is carried on.
  private static let freshStarts = 4
  /// Rounds given to each of them.
  private static let shortRounds = 20
  /// Rounds in which the best must have arrived: what has not by then is no better optimum found.
  private static let longRounds = 150
  /// Respondents beyond whom fresh starts, which only tell how often the reference start is beaten,
  /// are halved in number and rounds.
  private static let crowd = 20_000

  func resegment(
    weights: [Double], start: ResegmentationStart
  ) -> (posterior: Matrix, objective: Double) {
    let fitted: RefittedModel? =
      switch start {
      case .reference: try? refitted(weights)
      case .fresh(let stream, let rival): try? fresh(weights, stream, rival: rival)
      }
    if let fitted { return (fitted.posterior, fitted.objective) }
    // Weights of which nobody is left; memberships stay as they were.
    let rows = data.table.respondentCount
    let posterior =
      (try? reference.posterior(of: data.table))
      ?? Matrix(rows: rows, columns: reference.classCount, repeating: 1)
    return (posterior, -.infinity)
  }

  func replicate(weights: [Double], align: (Matrix) -> [Int]) -> (
    numbers: [Double], objective: Double
  ) {
    guard let fitted = try? refitted(weights) else {
      return (reference.numbers, -.infinity)
    }
    return (fitted.model.reordered(align(fitted.posterior)).numbers, fitted.objective)
  }

  func posterior(of numbers: [Double]) -> Matrix {
    LatentClassMemberships(data: data, form: reference).posterior(of: numbers)
  }

  func estimates(of numbers: [Double], posterior: () -> Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  )? {
    let own = reference.items.count - reference.modelledGaps.count
    return reference.with(numbers: numbers).map {
      ($0.prevalence, $0.items.prefix(own).map(\.rowsBySegment))
    }
  }

  private func refitted(_ weights: [Double]) throws(SegmentationError) -> RefittedModel {
    guard let refit else { return try reference.refit(on: data, weights: weights, prior: prior) }
    return try refit.refit(weights: weights)
  }

  private func fresh(
    _ weights: [Double], _ stream: RandomStream, rival: Double
  ) throws(SegmentationError) -> RefittedModel {
    var best: RefittedModel?
    let part = data.table.respondentCount > Self.crowd ? 2 : 1
    for start in 0..<Self.freshStarts / part {
      var random = stream.split(start)
      let model = everybody.scattered(into: reference.classCount, &random)
      let fitted = try model.refit(
        on: data, weights: weights, prior: prior,
        until: ConvergenceRule(tolerance: 1e-5, iterations: Self.shortRounds / part))
      if fitted.objective > best?.objective ?? -.infinity { best = fitted }
    }
    guard let best else { return try refitted(weights) }
    return try best.model.refit(
      on: data, weights: weights, prior: prior,
      until: ConvergenceRule(tolerance: 1e-7, iterations: Self.longRounds / part), rival: rival)
  }
}

/// Memberships by the numbers of a latent class model.
public struct LatentClassMemberships: MembershipSource {
  private let data: LatentClassData
  private let form: LatentClassModel

  /// Binds answers to a model of the same form.
  ///
  /// - Parameters:
  ///   - data: The answers made ready.
  ///   - form: A model of the form whose numbers are given.
  public init(data: LatentClassData, form: LatentClassModel) {
    self.data = data
    self.form = form
  }

  /// The memberships that the numbers of a replicate stand for.
  ///
  /// - Parameter numbers: As stored.
  /// - Returns: Respondents × segments.
  public func posterior(of numbers: [Double]) -> Matrix {
    let model = form.with(numbers: numbers) ?? form
    let rows = data.table.respondentCount
    return (try? model.posterior(on: data))
      ?? Matrix(
        rows: rows, columns: form.classCount, repeating: 1 / Double(max(1, form.classCount)))
  }
}

public import TesseraMath

/// Memberships from the numbers that a replicate was kept as.
public protocol MembershipSource: Sendable {
  /// Everybody's membership under the numbers of a replicate.
  ///
  /// - Parameter numbers: What ``Resegmenter/replicate(weights:start:)`` gave.
  /// - Returns: Respondents × segments, rows summing to 1.
  func posterior(of numbers: [Double]) -> Matrix
}

/// Segments the same respondents again under other weights, as each bootstrap replicate does.
public protocol Resegmenter: MembershipSource {
  /// Does once what many replicates need.
  ///
  /// - Parameter workers: How many threads may be used; the result does not depend on it.
  /// - Returns: The same, ready for many replicates.
  func prepared(workers: Workers) -> any Resegmenter

  /// Fits the model anew and returns everybody's membership.
  ///
  /// - Parameters:
  ///   - weights: One for each respondent of the ``SegmentedSurvey``, 0 or more.
  ///   - start: Where the run begins.
  /// - Returns: Respondents × segments, rows summing to 1; the order of the segments is the
  ///   fit's own for fresh starts, and near the reference's for the reference start. Also the
  ///   objective reached, larger is better, comparable between starts under the same weights.
  func resegment(weights: [Double], start: ResegmentationStart) -> (
    posterior: Matrix, objective: Double
  )

  /// Fits the model anew and returns the numbers from which memberships can be had again.
  ///
  /// - Parameters:
  ///   - weights: One for each respondent, 0 or more.
  ///   - align: For each place the fit's segment that belongs there, by its memberships.
  /// - Returns: As many numbers for every replicate, segments in the order asked for; the objective.
  func replicate(weights: [Double], align: (Matrix) -> [Int]) -> (
    numbers: [Double], objective: Double
  )

  /// Shares of the segments and what each answers, as the numbers of a replicate say.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of a replicate.
  ///   - posterior: The memberships that go with the numbers, where a method needs them.
  ///   - weights: The replicate's weights.
  /// - Returns: Shares, and by indicator and segment the same numbers as `segments.json` has; `nil`
  ///   if the method does not say.
  func estimates(of numbers: [Double], posterior: () -> Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  )?
}

/// Where a new segmentation begins.
public enum ResegmentationStart: Sendable {
  /// At the study's own segments.
  case reference
  /// At random places; given up once it is plain that it will not come as far as a rival's objective.
  case fresh(RandomStream, rival: Double)
}

extension Resegmenter {
  /// Nothing to do.
  public func prepared(workers: Workers) -> any Resegmenter { self }

  /// Keeps the memberships themselves, packed.
  public func replicate(weights: [Double], align: (Matrix) -> [Int]) -> (
    numbers: [Double], objective: Double
  ) {
    let found = resegment(weights: weights, start: .reference)
    let order = align(found.posterior)
    return (PackedMemberships.numbers(found.posterior.reordered(order)), found.objective)
  }

  /// Nothing: the method has no shares and answers of its own.
  public func estimates(of numbers: [Double], posterior: () -> Matrix, weights: [Double]) -> (
    shares: [Double], answers: [[[Double]]]
  )? { nil }
}

extension Matrix {
  /// The matrix with its columns in another order.
  func reordered(_ order: [Int]) -> Matrix {
    guard order != Array(0..<columns) else { return self }
    var result = self
    for row in 0..<rows {
      for (place, column) in order.enumerated() { result[row, place] = self[row, column] }
    }
    return result
  }
}

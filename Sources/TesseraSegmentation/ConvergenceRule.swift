/// When an iteration that climbs towards an optimum may stop.
public struct ConvergenceRule: Sendable, Equatable {
  /// Smallest change of the objective, relative to max(1, |objective|), that still counts.
  public let tolerance: Double
  /// Most rounds to take.
  public let iterations: Int

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - tolerance: Relative change of the objective below which the climb has arrived.
  ///   - iterations: Most rounds to take.
  public init(tolerance: Double = 1e-8, iterations: Int = 5_000) {
    self.tolerance = tolerance
    self.iterations = iterations
  }

  /// Whether a change from one round to the next is too small to count.
  ///
  /// - Parameters:
  ///   - previous: Objective before the round.
  ///   - current: Objective after the round.
  /// - Returns: True if the change is below the tolerance.
  public func hasArrived(from previous: Double, to current: Double) -> Bool {
    (current - previous).magnitude < tolerance * max(1, current.magnitude)
  }
}

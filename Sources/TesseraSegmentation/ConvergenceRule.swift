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
}

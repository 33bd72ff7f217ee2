/// A 95% interval for a share that stays inside 0 to 1.
///
/// - Reference: Wilson (1927), *JASA* 22(158), 209–212; with the design's effective size, Korn &
///   Graubard (1998), *Survey Methodology* 24(2), 193–201.
public struct WilsonInterval: Sendable, Equatable {
  /// Low end.
  public let low: Double
  /// High end.
  public let high: Double

  /// Finds the interval.
  ///
  /// - Parameters:
  ///   - share: The share found, 0 to 1.
  ///   - size: Respondents it rests on; p(1 − p)/variance where they were drawn by design.
  public init(share: Double, size: Double) {
    guard size > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = 1.959963984540054
    let middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    let reach =
      z / (1 + z * z / size)
      * (share * (1 - share) / size + z * z / (4 * size * size)).squareRoot()
    low = max(0, middle - reach)
    high = min(1, middle + reach)
  }
}

extension WilsonInterval {
  /// The interval of a share of a domain, by the respondents that the design makes it worth.
  package static func of(
    _ share: Double, error: Double, _ estimator: DomainEstimator, _ domain: Int
  ) -> WilsonInterval {
    WilsonInterval(
      share: share,
      size: error > 0 && share > 1e-9 && share < 1 - 1e-9
        ? share * (1 - share) / (error * error) : estimator.effectiveSize(of: domain))
  }
}
